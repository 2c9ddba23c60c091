/** Globs against a regular expression that says the same, and patterns made to make a matcher hang. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { foldCase, globTokens, matchesGlob } from '#base/glob.ts'

const text = fc.string({ unit: fc.constantFrom('a', 'A', 'b', '\\', '*', '?', '.', '\n'), maxLength: 8 })

const asRegex = (pattern: string, escapes: boolean, ignoreCase: boolean): RegExp => {
  const parts = escapes ? (pattern.match(/\\[*?\\]|[\s\S]/g) ?? []) : [...pattern]
  const source = parts.map(part => {
    if (part === '*') return '[\\s\\S]*'
    if (part === '?') return '[\\s\\S]'
    return (part.length === 2 ? part.slice(1) : part).replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
  })
  return new RegExp(`^${source.join('')}$`, ignoreCase ? 'i' : '')
}

test('a glob matches what the regular expression for it matches', () => {
  fc.assert(
    fc.property(text, text, fc.boolean(), fc.boolean(), (pattern, subject, escapes, ignoreCase) => {
      const expected = asRegex(pattern, escapes, ignoreCase).test(subject)
      expect(matchesGlob(pattern, subject, { escapes, ignoreCase })).toBe(expected)
    }),
    { numRuns: 2000 },
  )
})

test.each([
  ['abc*', 'abcZZ', true],
  ['a?c', 'ac', false],
  ['*', '', true],
  ['', '', true],
  ['', 'a', false],
  ['*.example.com', 'example.com', false],
  ['AbC', 'abc', false],
])('%j against %j', (pattern, subject, expected) => {
  expect(matchesGlob(pattern, subject)).toBe(expected)
})

test('only ASCII letters are folded', () => {
  expect(foldCase('AbÉ')).toBe('abÉ')
  expect(matchesGlob('É', 'é', { ignoreCase: true })).toBe(false)
})

test('a backslash is an ordinary character unless escapes are asked for', () => {
  expect(globTokens('\\*')).toEqual([{ literal: '\\' }, '*'])
  expect(globTokens('\\*\\?\\\\\\x', { escapes: true })).toEqual([
    { literal: '*' },
    { literal: '?' },
    { literal: '\\' },
    { literal: '\\' },
    { literal: 'x' },
  ])
})

test('many wildcards against a long text that almost matches end at once', () => {
  expect(matchesGlob(`${'a*'.repeat(60)}b`, 'a'.repeat(5000))).toBe(false)
})
