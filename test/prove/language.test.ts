import fc from 'fast-check'
import { RE2JS } from 're2js'
import { expect, test } from 'vitest'
import { globTokens, matchesGlob } from '#base/glob.ts'
import { globsMachine } from '#prove/language/glob-machine.ts'
import { accepts } from '#prove/language/machine.ts'
import { regexMachine } from '#prove/language/regex-machine.ts'
import { findWord } from '#prove/language/search.ts'
import { anyText, headerTexts, hostNames, plainPaths } from '#prove/language/universe.ts'
import { covers } from '#prove/shadow.ts'

const glob = fc.array(fc.constantFrom('a', 'B', 'c', '*', '?', '.'), { maxLength: 7 }).map(l => l.join(''))
const word = fc.array(fc.constantFrom('a', 'b', 'B', 'c', '.', 'x'), { maxLength: 7 }).map(l => l.join(''))

test('a glob machine accepts what the glob matches, with and without case', () => {
  fc.assert(
    fc.property(
      fc.array(glob, { minLength: 1, maxLength: 3 }),
      word,
      fc.boolean(),
      (globs, text, ignoreCase) => {
        const expected = globs.some(g => matchesGlob(g, text, { ignoreCase }))
        expect(accepts(globsMachine(globs, { ignoreCase }), text)).toBe(expected)
      },
    ),
  )
})

test('a word that is found is accepted by all and refused by none, and a shorter one does not exist', () => {
  const short = ['', 'a', 'c', 'x', 'aa', 'ac', 'ca', 'xx', 'a.', '.a', 'xa', 'ax']
  fc.assert(
    fc.property(glob, glob, (wanted, unwanted) => {
      const found = findWord(anyText, [globsMachine([wanted])], [globsMachine([unwanted])], { left: 100_000 })
      const fits = (text: string) => matchesGlob(wanted, text) && !matchesGlob(unwanted, text)
      if (found !== null) expect(fits(found)).toBe(true)
      for (const text of short) if (fits(text)) expect(found?.length).toBeLessThanOrEqual(text.length)
    }),
  )
})

test('a spent budget finds nothing and says so', () => {
  const budget = { left: 10 }
  expect(findWord(anyText, [globsMachine(['????????'])], [], budget)).toBeNull()
  expect(budget.left).toBeLessThanOrEqual(0)
})

const patterns = [
  'abc',
  '^ab',
  'c$',
  '^a.c$',
  '(?:ab|c)+',
  'a|^b$',
  '[^a]',
  '[a-c]{2,3}',
  'x*',
  '^$',
  '(a*)*b',
  '\\.',
]

test('a regular expression machine agrees with RE2, searched and whole, with and without case', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...patterns),
      word,
      fc.boolean(),
      fc.boolean(),
      (pattern, text, whole, ignoreCase) => {
        const machine = regexMachine(pattern, { whole, ignoreCase })
        const re2 = RE2JS.compile(pattern, ignoreCase ? RE2JS.CASE_INSENSITIVE : 0)
        expect(machine && accepts(machine, text)).toBe(whole ? re2.testExact(text) : re2.test(text))
      },
    ),
  )
})

test('an expression that is out of reach has no machine', () => {
  for (const pattern of ['(?=a)b', '\\bword\\b', '(a|b)*a(a|b){14}', '('])
    expect(regexMachine(pattern, { whole: true, ignoreCase: false })).toBeNull()
})

test('universes hold what every reading sees alike, and nothing else', () => {
  const all = (universe: typeof plainPaths, texts: readonly string[]) => texts.map(t => accepts(universe, t))
  expect(all(plainPaths, ['/', '/a/b', '/.well-known/x', '/a/', '/a.b', '/...'])).toEqual(Array(6).fill(true))
  expect(all(plainPaths, ['', 'a', '//', '/a//b', '/.', '/../a', '/%61', '/a;b', '*'])).toEqual(
    Array(9).fill(false),
  )
  expect(all(hostNames, ['a', 'a-b.example.com', '1.2.3.4'])).toEqual([true, true, true])
  expect(all(hostNames, ['', 'a:80', '.a', 'a..b', '-a', 'a-', 'A'])).toEqual(Array(7).fill(false))
  expect(all(headerTexts, ['a b', 'x'])).toEqual([true, true])
  expect(all(headerTexts, ['', ' a', 'a ', 'é'])).toEqual(Array(4).fill(false))
})

test('a glob that covers another accepts all its words', () => {
  fc.assert(
    fc.property(glob, glob, word, (wider, narrower, text) => {
      fc.pre(covers(globTokens(wider), globTokens(narrower)) && matchesGlob(narrower, text))
      expect(matchesGlob(wider, text)).toBe(true)
    }),
    { numRuns: 200, maxSkipsPerRun: 2000 },
  )
})
