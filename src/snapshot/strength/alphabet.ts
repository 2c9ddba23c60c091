/** The generator a value seems to come from: the smallest usual character set that holds all its characters. */
import type { Alphabet } from '../sealed.ts'

/** Base64 padding follows from the length and carries nothing. */
export const withoutPadding = (text: string): string =>
  /^[A-Za-z0-9+/_-]+={1,2}$/.test(text) ? text.replace(/=+$/, '') : text

const named: readonly (readonly [Alphabet, RegExp])[] = [
  ['empty', /^$/],
  ['digits', /^[0-9]+$/],
  ['hex', /^(?:[0-9a-f]+|[0-9A-F]+)$/],
  ['lower', /^[a-z]+$/],
  ['upper', /^[A-Z]+$/],
  ['letters', /^[A-Za-z]+$/],
  ['alphanumeric', /^[A-Za-z0-9]+$/],
  ['base64url', /^[A-Za-z0-9_-]+={0,2}$/],
  ['base64', /^[A-Za-z0-9+/]+={0,2}$/],
  ['printable', /^[\x20-\x7e]+$/],
]

export const alphabetOf = (text: string): Alphabet =>
  named.find(([, form]) => form.test(text))?.[0] ?? 'other'

/** How many symbols the generator has, and whether it uses letters of both cases. */
interface Generator {
  readonly size: number
  readonly bothCases: boolean
}

const punctuation = (text: string): number => {
  const marks = text.replace(/[A-Za-z0-9 ]|[^\x20-\x7e]/g, '')
  if (marks === '') return 0
  return /^[_-]+$/.test(marks) || /^[+/]+$/.test(marks) ? 2 : 32
}

const generatorOf = (text: string): Generator => {
  if (/^(?:[0-9a-f]+|[0-9A-F]+)$/.test(text))
    return { size: /^[0-9]+$/.test(text) ? 10 : 16, bothCases: false }
  const has = (form: RegExp, size: number): number => (form.test(text) ? size : 0)
  const [lower, upper] = [has(/[a-z]/, 26), has(/[A-Z]/, 26)]
  // Characters outside visible ASCII are counted as one more printable set: fewer than there are.
  const others = has(/ /, 1) + has(/[^\x20-\x7e]/, 94)
  const size = lower + upper + has(/[0-9]/, 10) + punctuation(text) + others
  return { size: Math.max(size, 1), bothCases: lower > 0 && upper > 0 }
}

/**
 * Bits of each character against a guesser who knows the generator: minus log2 of the probability of the likeliest
 * character that compares equal. With `fold`, a letter of a two-case generator has twice the probability.
 */
export const characterBits = (text: string, fold: boolean): ((character: string) => number) => {
  const { size, bothCases } = generatorOf(text)
  const plain = Math.log2(size)
  const letter = fold && bothCases ? Math.log2(size / 2) : plain
  return character => (/^[A-Za-z]$/.test(character) ? letter : plain)
}

/** Bits under a generator of just the characters seen, where they are few for the length; null where they are not. */
export const observedBits = (text: string): number | null => {
  const symbols = new Set(text).size
  return text.length >= 4 * symbols ? text.length * Math.log2(symbols) : null
}
