/** Masks words that are long enough to be a secret, keeping only whether two of them are equal. */
import { createHash } from 'node:crypto'

/** Long runs of characters that tokens are made of. */
const longWord = /[A-Za-z0-9_+=~-]{16,}/g
/** Short words of letters with hyphens between, as in `strict-origin-when-cross-origin` or `Microsoft-HTTPAPI`. */
const hyphenated = /^[A-Za-z]{1,12}(?:-[A-Za-z]{1,12})+$/

const mask = (word: string): string => `~${createHash('sha256').update(word).digest('hex').slice(0, 8)}`

/** Each run of 16 or more token characters becomes `~` and 8 hex digits of its SHA-256. */
export const maskLongWords = (text: string): string => text.replace(longWord, mask)

/** The same, but ordinary hyphenated words stay: for headers that name software and policies. */
export const maskLongIds = (text: string): string =>
  text.replace(longWord, word => (hyphenated.test(word) ? word : mask(word)))
