/** The forms in which a secret can repeat elsewhere: plain, hex, and Base64 at any alignment. `unescape.ts` undoes the rest. */
import { foldCase } from '#base/glob.ts'

/** The Base64 digits that the text alone decides when `before` bytes stand in front of it. */
const base64Core = (bytes: Buffer, before: number): string => {
  const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64')
  return encoded.slice(Math.ceil((8 * before) / 6), Math.floor((8 * (before + bytes.length)) / 6))
}

const urlSafe = (base64: string): string => base64.replaceAll('+', '-').replaceAll('/', '_')

/** All forms, ASCII case folded (a load balancer takes the token in any case), without duplicates. */
export const formsOf = (text: string): readonly string[] => {
  const bytes = Buffer.from(text, 'utf8')
  const base64 = [0, 1, 2].map(before => base64Core(bytes, before))
  // A form writes a space as a plus sign.
  const forms = [text, text.replaceAll(' ', '+'), ...base64, ...base64.map(urlSafe), bytes.toString('hex')]
  return [...new Set(forms.map(foldCase))]
}
