/** How nginx compares two values, where either may be sealed. */
import { foldCase } from '#base/glob.ts'
import type { Truth } from '#base/truth.ts'
import { isSealed, patternId, type Sealed, type Value } from '#topology/sealed.ts'
import { isStrong } from '../../value.ts'
import { matchesPattern } from './pattern.ts'

/** What is asked of one value. */
export type Test =
  /** `=`; keys of a map fold ASCII case. */
  | { readonly kind: 'equals'; readonly value: Value; readonly fold: boolean }
  | { readonly kind: 'matches'; readonly pattern: Value; readonly ignoreCase: boolean }
  /** `if ($variable)` does not take the empty text and `0`. */
  | { readonly kind: 'blank' }

export const holds = (test: Test, value: Value): Truth => {
  switch (test.kind) {
    case 'blank':
      return isBlank(value)
    case 'equals':
      return equals(value, test.value, test.fold)
    case 'matches':
      return matches(value, test.pattern, test.ignoreCase)
  }
}

const isBlank = (value: Value): Truth => {
  if (!isSealed(value)) return value === '' || value === '0'
  return value.length === 0 ? true : value.length === 1 ? 'unknown' : false
}

const equals = (a: Value, b: Value, fold: boolean): Truth => {
  if (isSealed(a)) return isSealed(b) ? (fold ? a.folded === b.folded : a.sealed === b.sealed) : textIs(b, a)
  if (isSealed(b)) return textIs(a, b)
  return fold ? foldCase(a) === foldCase(b) : a === b
}

/** Text that a stranger chose against a secret: a strong one it is not; see `prove/value.ts`. */
const textIs = (text: string, secret: Sealed): Truth =>
  text.length !== secret.length || isStrong(secret) ? false : 'unknown'

const matches = (value: Value, pattern: Value, ignoreCase: boolean): Truth => {
  if (!isSealed(pattern))
    return isSealed(value) ? sealedMatches(value, pattern) : matchesPattern(pattern, ignoreCase, value)
  if (!isSealed(value)) return isStrong(pattern) ? false : 'unknown'
  const id = patternId(pattern)
  if (value.meets.includes(id)) return true
  return value.mayMeet.includes(id) || value.dialect !== 'value' ? 'unknown' : false
}

/** Nothing of a sealed value is known but its length. */
const sealedMatches = (value: Sealed, pattern: string): Truth => {
  if (/^\^?\.\*\$?$/.test(pattern) || pattern === '') return true
  if (/^\^?\.\+?\$?$/.test(pattern) && !/^\^\.\$$/.test(pattern)) return value.length > 0
  return pattern === '^$' ? value.length === 0 : 'unknown'
}

export const sameTest = (a: Test, b: Test): boolean => JSON.stringify(a) === JSON.stringify(b)
