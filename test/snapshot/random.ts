/** Random texts from a seed: fast-check prefers short and repeated characters, which is what a generator does not do. */
import { createHash } from 'node:crypto'

export const digits = '0123456789'
export const hex = `${digits}abcdef`
export const lower = 'abcdefghijklmnopqrstuvwxyz'
export const alphanumeric = `${digits}${lower}${lower.toUpperCase()}`
export const base64url = `${alphanumeric}-_`
/** Visible ASCII without the space. */
export const visible = Array.from({ length: 94 }, (_, i) => String.fromCharCode(33 + i)).join('')

export const randomText = (seed: string, length: number, alphabet = alphanumeric): string => {
  const limit = 256 - (256 % alphabet.length)
  let text = ''
  for (let block = 0; text.length < length; block++) {
    for (const byte of createHash('sha256').update(`${seed}/${block}`).digest()) {
      if (byte < limit && text.length < length) text += alphabet.charAt(byte % alphabet.length)
    }
  }
  return text
}
