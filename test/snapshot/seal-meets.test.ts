/** Which patterns a value meets, told at the door under every reading of what AWS leaves open. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { foldCase, matchesGlob } from '#base/glob.ts'
import { sealResources } from '#snapshot/seal.ts'
import { patternId } from '#snapshot/sealed.ts'
import { randomText } from './random.ts'
import {
  byteMatch,
  distribution,
  header,
  key,
  meeting,
  rule,
  sealedIn,
  singleHeader,
  webAcl,
} from './sealing.ts'

const token = randomText('token', 32)
const yes = { meets: 1, mayMeet: 0 }
const maybe = { meets: 0, mayMeet: 1 }
const no = { meets: 0, mayMeet: 0 }

const glob = (value: string, pattern: string) => meeting(value, [rule([header('x-t', [pattern])])])
const regex = (value: string, source: string) => meeting(value, [rule([header('X-T', [], [source])])])
const waf = (value: string, search: string, constraint: string, ...transforms: string[]) =>
  meeting(value, [webAcl([byteMatch(singleHeader('X-t'), search, constraint, transforms)])])

test.each([
  [token, token, yes],
  [token, token.toUpperCase(), yes],
  ['AbC', 'aBc', yes],
  ['abcZZ', 'abc*', yes],
  ['ac', 'a?c', no],
  ['abc', 'a?c', yes],
  ['', '*', yes],
  ['s1,s2', 's1', no],
  ['x\\*y', 'x\\*y', maybe],
  ['x*y', 'x\\*y', maybe],
  ['x\\zzy', 'x\\*y', maybe],
  ['ä', '*', maybe],
  ['  abc ', 'abc', maybe],
  ['  abc ', '*abc*', yes],
])('the load balancer compares %j with the value %j', (value, pattern, expected) => {
  expect(glob(value, pattern)).toEqual(expected)
})

test.each([
  // U-01: searched or matched whole; U-02: with case or without.
  ['abc', '^abc$', yes],
  ['abc', 'abc', yes],
  ['xabcx', 'abc', maybe],
  ['xabcx', '.*abc.*', yes],
  ['ABC', 'abc', maybe],
  ['ABC', '(?i)abc', yes],
  ['abd', 'abc', no],
  ['abc', 'a(?=b)bc', maybe],
  ['zzz', '(', maybe],
  ['a'.repeat(40), '(a+)+$b', no],
])('the load balancer compares %j with the expression %j', (value, source, expected) => {
  expect(regex(value, source)).toEqual(expected)
})

test.each([
  ['Abc', 'Abc', 'EXACTLY', [], yes],
  ['abc', 'Abc', 'EXACTLY', [], no],
  ['ABC', 'abc', 'EXACTLY', ['LOWERCASE'], yes],
  ['ABC', 'ABC', 'EXACTLY', ['LOWERCASE'], no],
  ['abcdef', 'abc', 'STARTS_WITH', ['NONE'], yes],
  ['xabc', 'abc', 'STARTS_WITH', ['NONE'], no],
  ['xabc', 'abc', 'ENDS_WITH', ['NONE'], yes],
  ['xabcx', 'abc', 'CONTAINS', ['NONE'], yes],
  ['x-k9-y', 'k9', 'CONTAINS_WORD', ['NONE'], yes],
  ['xk9y', 'k9', 'CONTAINS_WORD', ['NONE'], no],
  ['xk9 k9', 'k9', 'CONTAINS_WORD', ['NONE'], yes],
  ['abc', 'abc', 'EXACTLY', ['URL_DECODE'], yes],
  ['a%62c', 'abc', 'EXACTLY', ['URL_DECODE'], maybe],
  [Buffer.from('abcd').toString('base64'), 'abcd', 'EXACTLY', ['BASE64_DECODE'], yes],
  ['not base64!', 'abcd', 'EXACTLY', ['BASE64_DECODE'], maybe],
  [Buffer.from('abcd').toString('hex'), 'abcd', 'EXACTLY', ['HEX_DECODE'], yes],
  [Buffer.from('ABCD').toString('base64'), 'abcd', 'EXACTLY', ['BASE64_DECODE', 'LOWERCASE'], yes],
  ['abc', 'abc', 'EXACTLY', ['MD5'], maybe],
  ['abc', 'abc', 'EXACTLY', ['SOMETHING_NEW'], maybe],
  ['abc', 'abc', 'SOMETHING_NEW', [], maybe],
])('a web ACL compares %j with %j by %s after %j', (value, search, constraint, transforms, expected) => {
  expect(waf(value, search, constraint, ...transforms)).toEqual(expected)
})

test('a web ACL expression may be searched or matched whole, and counts case', () => {
  const acl = (source: string) =>
    webAcl([
      {
        RegexMatchStatement: {
          RegexString: source,
          FieldToMatch: singleHeader('X-T'),
          TextTransformations: [],
        },
      },
    ])
  expect(meeting('abc', [acl('^abc$')])).toEqual(yes)
  expect(meeting('xabc', [acl('abc')])).toEqual(maybe)
  expect(meeting('ABC', [acl('abc')])).toEqual(no)
})

test('only patterns on the same header count, and a pattern on all headers is never certain', () => {
  expect(meeting(token, [rule([header('X-Other', [token])])])).toEqual(no)
  expect(meeting(token, [webAcl([byteMatch({ Headers: { MatchScope: 'VALUE' } }, token)])])).toEqual(maybe)
  expect(meeting(token, [webAcl([byteMatch({ QueryString: {} }, token)])])).toEqual(no)
})

test('a leftover value meets itself and the wildcards that let it in', () => {
  const resources = [rule([header('X-T', ['old-token', 'old-*', 'new-*', '*'], ['^old-token$'])])]
  const [leftover, oldAny, newAny, any, expression] = sealedIn(sealResources(resources, key))
  const ids = [leftover, oldAny, any, expression].map(s => (s ? patternId(s) : ''))
  expect(leftover?.meets).toEqual([...ids].sort())
  expect(leftover?.mayMeet).toEqual([])
  expect([oldAny, newAny, any, expression].map(s => s?.meets)).toEqual([[], [], [], []])
})

test('for any values and globs the answer is the one of the glob matcher', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'B', 'b', '1'), maxLength: 5 })
  const pattern = fc.string({ unit: fc.constantFrom('a', 'B', 'b', '*', '?'), maxLength: 5 })
  fc.assert(
    fc.property(fc.array(text, { maxLength: 4 }), fc.array(pattern, { maxLength: 4 }), (values, patterns) => {
      const sealed = sealResources(
        [distribution(values.map(v => ['X-T', v])), rule([header('X-T', patterns)])],
        key,
      )
      const [sent, gates] = [sealedIn(sealed[0]), sealedIn(sealed[1])]
      sent.forEach((own, i) => {
        const met = patterns.filter(p => matchesGlob(p, values[i] ?? '', { ignoreCase: true }))
        const expected = new Set(met.map(p => gates[patterns.indexOf(p)]).map(s => (s ? patternId(s) : '')))
        expect(own.meets).toEqual([...expected].sort())
        expect(own.mayMeet).toEqual([])
      })
    }),
  )
})

test('equal fingerprints mean equal values, equal folded ones mean equal to the load balancer', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'A', 'b', 'é', 'É'), maxLength: 3 })
  fc.assert(
    fc.property(text, text, (a, b) => {
      const [x, y] = sealedIn(
        sealResources(
          [
            distribution([
              ['X-T', a],
              ['X-U', b],
            ]),
          ],
          key,
        ),
      )
      expect(x?.sealed === y?.sealed).toBe(a === b)
      expect(x?.folded === y?.folded).toBe(foldCase(a) === foldCase(b))
    }),
  )
})

test('another key gives other fingerprints', () => {
  const of = (k: Uint8Array) => sealedIn(sealResources([distribution([['X-T', token]])], k))[0]?.sealed
  expect(of(key)).toBe(of(Uint8Array.from(key)))
  expect(of(key)).not.toBe(of(new Uint8Array(32).fill(8)))
})
