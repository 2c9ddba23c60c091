/** Takes a long text apart into the pieces that a token can stand in: strings of JSON, lines, and what Base64 hides. */
import { gunzipSync } from 'node:zlib'

/** JSON inside JSON, scripts inside templates, Base64 inside scripts: nobody nests deeper. */
const deepest = 4
/** More than this is no configuration: what AWS takes as user data or template is at most 1 MB. */
const mostUnpacked = 1024 * 1024
/** As many archives as one text has; those inside archives are not opened. */
const mostArchives = 32

const jsonOf = (text: string): unknown => {
  if (!/^\s*[[{"]/.test(text)) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const stringsOf = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return typeof value === 'number' ? [String(value)] : []
  return Object.entries(value).flatMap(([key, inner]) => [
    ...(Array.isArray(value) ? [] : [key]),
    ...stringsOf(inner),
  ])
}

/** Base64 over several lines, as mail and cloud-init wrap it: the lines as one. */
const wrapped = (text: string): readonly string[] =>
  [...text.matchAll(/(?:^[ \t]*[A-Za-z0-9+/]{40,}[ \t]*\r?\n)+[ \t]*[A-Za-z0-9+/]*={0,2}/gm)].map(found =>
    found[0].replace(/\s/g, ''),
  )

const unpacked = (bytes: Buffer): Buffer => {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes
  try {
    return gunzipSync(bytes, { maxOutputLength: mostUnpacked })
  } catch {
    // No archive after all, or one too large to be what it claims: its bytes are looked through as they are.
    return bytes
  }
}

/** Text of the bytes; two-byte encodings, as Windows writes them, lose their zeros. */
const readable = (bytes: Buffer): string => bytes.toString('utf8').replaceAll('\0', '')

/** What Base64 stands for, archives unpacked. */
export const textOfBase64 = (base64: string): string => readable(unpacked(Buffer.from(base64, 'base64')))

/** Archives in the middle of a text: `H4sI` are the first bytes of every one. */
const archives = (text: string): readonly string[] =>
  [...text.matchAll(/H4sI[A-Za-z0-9+/]{20,}={0,2}/g)]
    .slice(0, mostArchives)
    .map(found => textOfBase64(found[0]))

/** The text itself, and every piece of it in which a token can stand undivided. */
export const piecesOf = (text: string, depth = 0): readonly string[] => {
  if (depth > deepest) return [text]
  const json = jsonOf(text)
  if (json !== undefined)
    return [text, ...stringsOf(json).flatMap(inner => (inner === text ? [] : piecesOf(inner, depth + 1)))]
  const lines = text.split(/\r?\n/)
  const joined = lines.length > 1 ? [...lines, ...wrapped(text)] : []
  const packed = [...new Set([text, ...joined].flatMap(archives))]
  return [text, ...joined, ...packed.flatMap(inner => [inner, ...inner.split(/\r?\n/)])]
}
