/** The forms in which a secret can repeat elsewhere: plain, Base64 at any alignment, hex, percent-encoded, escaped. */
import { foldCase } from '#base/glob.ts'

/** The Base64 digits that the text alone decides when `before` bytes stand in front of it. */
const base64Core = (bytes: Buffer, before: number): string => {
  const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64')
  return encoded.slice(Math.ceil((8 * before) / 6), Math.floor((8 * (before + bytes.length)) / 6))
}

const urlSafe = (base64: string): string => base64.replaceAll('+', '-').replaceAll('/', '_')

const percent = (text: string): string => {
  try {
    return encodeURIComponent(text)
  } catch {
    // A lone surrogate has no UTF-8 form.
    return text
  }
}

const strictPercent = (text: string): string =>
  percent(text).replace(/[!'()*]/g, c => `%${c.charCodeAt(0).toString(16)}`)

const percentEveryByte = (bytes: Buffer): string =>
  [...bytes].map(b => `%${b.toString(16).padStart(2, '0')}`).join('')

const html = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** All forms, ASCII case folded (a load balancer takes the token in any case), without duplicates. */
export const formsOf = (text: string): readonly string[] => {
  const bytes = Buffer.from(text, 'utf8')
  const base64 = [0, 1, 2].map(before => base64Core(bytes, before))
  const forms = [
    text,
    ...base64,
    ...base64.map(urlSafe),
    bytes.toString('hex'),
    percent(text),
    strictPercent(text),
    strictPercent(text).replaceAll('%20', '+'),
    percentEveryByte(bytes),
    JSON.stringify(text).slice(1, -1),
    html(text),
    html(text).replaceAll("'", '&#39;'),
  ]
  return [...new Set(forms.map(foldCase))]
}
