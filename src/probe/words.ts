/** Random-looking words for controls, derived from a seed: the same seed and purpose always give the same word. */
import { createHash } from 'node:crypto'
import type { OriginHeader } from '#topology/model.ts'

/** The alphabets a sealed value may have. */
export type Alphabet = Exclude<OriginHeader['value'], string>['alphabet']

const digits = '0123456789'
const lower = 'abcdefghijklmnopqrstuvwxyz'
const alphanumeric = digits + lower + lower.toUpperCase()

/** Characters a made-up value of the alphabet is drawn from: no wildcard, no separator, valid in any header. */
const characters: Readonly<Record<Alphabet, string>> = {
  empty: '',
  digits,
  hex: `${digits}abcdef`,
  lower,
  upper: lower.toUpperCase(),
  letters: lower + lower.toUpperCase(),
  alphanumeric,
  base64url: alphanumeric,
  base64: alphanumeric,
  printable: alphanumeric,
  other: alphanumeric,
}

/** SHA-256 in counter mode: as many bytes as asked for. */
const bytes = (seed: string, purpose: string, count: number): Buffer => {
  const block = (i: number) =>
    createHash('sha256')
      .update(JSON.stringify([seed, purpose, i]))
      .digest()
  return Buffer.concat(Array.from({ length: Math.ceil(count / 32) }, (_, i) => block(i))).subarray(0, count)
}

/** A word of `length` characters of the alphabet; empty for the empty alphabet. */
export const seededWord = (seed: string, purpose: string, length: number, alphabet: Alphabet): string => {
  const set = characters[alphabet]
  if (set.length === 0) return ''
  return [...bytes(seed, purpose, length)].map(b => set.charAt(b % set.length)).join('')
}

/** A share of one, from 0 (inclusive) to 1 (exclusive). */
export const seededShare = (seed: string, purpose: string): number =>
  bytes(seed, purpose, 4).readUInt32BE(0) / 2 ** 32
