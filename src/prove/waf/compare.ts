/** How one value meets the search string, regular expression or size of a statement. */
import { RE2JS } from 're2js'
import type { Truth } from '#base/truth.ts'
import { isSealed, patternId, type Sealed, type Value } from '#topology/sealed.ts'
import { agreement, certain, type Reading, unknownBecause } from '../reading.ts'
import { isStrong } from '../value.ts'
import { isTransformation, transformed } from './transform.ts'

const unsure: Reading = unknownBecause()
const reading = (truth: Truth): Reading => (truth === 'unknown' ? unsure : certain(truth))

/** Transformations that keep every character in its place. */
const keepLength = (names: readonly string[]): boolean => names.every(n => n === 'NONE' || n === 'LOWERCASE')

/**
 * A sender who holds no secret cannot meet a strong search string, whatever the component holds; of a transformation that
 * is not known nothing can be said.
 */
export const unseenMeets = (search: Value, names: readonly string[]): Reading =>
  isStrong(search) && names.every(isTransformation) ? certain(false) : unsure

export const meetsSearch = (
  value: Value,
  search: Value,
  constraint: string,
  names: readonly string[],
): Reading => {
  if (isSealed(value)) return isSealed(search) ? reading(sealedMeets(value, search, names)) : unsure
  if (isSealed(search)) {
    if (keepLength(names) && tooShort(value, search, constraint)) return certain(false)
    return unseenMeets(search, names)
  }
  const text = transformed(value, names)
  const test = positions[constraint]
  return text === null || test === undefined ? unsure : certain(test(text, search))
}

const tooShort = (value: string, search: Sealed, constraint: string): boolean =>
  constraint === 'EXACTLY' ? value.length !== search.length : value.length < search.length

/**
 * A sealed pattern used as a value stands for a word that it accepts; equal text meets every constraint. What CloudFront
 * sends was compared, transformations included, when it was sealed; a guess is compared only where they leave it as it is.
 */
const sealedMeets = (value: Sealed, search: Sealed, names: readonly string[]): Truth => {
  const id = patternId(search)
  if (value.meets.includes(id)) return true
  if (value.mayMeet.includes(id)) return 'unknown'
  if (value.dialect === 'value') return false
  const same = patternId(value) === id
  const text = isText(search) && value.dialect !== 'alb-regex'
  if (!same && !(text && value.sealed === search.sealed)) return 'unknown'
  return names.every(n => n === 'NONE' || (text && isUntouched(value, n))) ? true : 'unknown'
}

const isText = ({ dialect }: Sealed): boolean => !/^(?:waf:REGEX|alb-regex)/.test(dialect)

/** Whether the transformation leaves the sealed text as it is. */
const isUntouched = ({ sealed, folded, alphabet }: Sealed, name: string): boolean => {
  if (name === 'NONE') return true
  if (name === 'LOWERCASE') return sealed === folded
  return /^(?:digits|hex|lower|upper|letters|alphanumeric)$/.test(alphabet) && leavesWords.includes(name)
}

/** Transformations that change nothing in a word of letters and digits. */
const leavesWords = [
  'COMPRESS_WHITE_SPACE',
  'URL_DECODE',
  'URL_DECODE_UNI',
  'REMOVE_NULLS',
  'REPLACE_NULLS',
  'REMOVE_WHITESPACE',
  'HTML_ENTITY_DECODE',
  'TRIM',
  'TRIM_LEFT',
  'TRIM_RIGHT',
]

const positions: Readonly<Record<string, (text: string, search: string) => boolean>> = {
  EXACTLY: (text, search) => text === search,
  STARTS_WITH: (text, search) => text.startsWith(search),
  ENDS_WITH: (text, search) => text.endsWith(search),
  CONTAINS: (text, search) => text.includes(search),
  CONTAINS_WORD: (text, search) => containsWord(text, search),
}

/** A word ends where something outside `[A-Za-z0-9_]`, or the text, does. */
const containsWord = (text: string, search: string): boolean => {
  for (let at = text.indexOf(search); at >= 0; at = text.indexOf(search, at + 1)) {
    const before = text.charAt(at - 1)
    const after = text.charAt(at + search.length)
    if (!/\w/.test(before) && !/\w/.test(after)) return true
  }
  return false
}

/** Searched, or compared with the whole (U-22). */
export const meetsExpression = (value: Value, expression: Value, names: readonly string[]): Reading => {
  if (isSealed(expression)) {
    return isSealed(value) ? reading(sealedMeets(value, expression, names)) : unseenMeets(expression, names)
  }
  if (isSealed(value)) return unsure
  const text = transformed(value, names)
  const compiled = compile(expression)
  if (text === null || compiled === null) return unsure
  return agreement([certain(compiled.test(text)), certain(compiled.testExact(text))], 'U-22')
}

const compile = (expression: string): RE2JS | null => {
  try {
    return RE2JS.compile(expression)
  } catch {
    return null
  }
}

const orders: Readonly<Record<string, (length: number, size: number) => boolean>> = {
  EQ: (a, b) => a === b,
  NE: (a, b) => a !== b,
  LE: (a, b) => a <= b,
  LT: (a, b) => a < b,
  GE: (a, b) => a >= b,
  GT: (a, b) => a > b,
}

export const hasSize = (value: Value, operator: string, size: number, names: readonly string[]): Reading => {
  const order = orders[operator]
  const length = isSealed(value)
    ? keepLength(names)
      ? value.length
      : null
    : (transformed(value, names)?.length ?? null)
  // A sealed regular expression stands for a word of unknown length.
  const stretches = isSealed(value) && value.dialect === 'alb-regex'
  return order === undefined || length === null || stretches ? unsure : certain(order(length, size))
}
