/** A body as what comparing needs and nothing that gives it back: size, hash, hashed shingles, title. */
import { createHash } from 'node:crypto'
import type { ProbeResponse } from './exchange.ts'
import { maskLongWords } from './mask.ts'
import { normaliseText } from './normalise.ts'

type BodyFingerprint = Pick<ProbeResponse, 'bodyBytes' | 'bodyHash' | 'shingles' | 'title'>

/** Bodies below this never count as evidence of sameness. */
const leastBody = 256
const wordsPerShingle = 5
const bytesPerBlock = 64
/** Words, or blocks, that are looked at. */
const mostPieces = 8_192
const mostShingles = 128

const sha = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex')

const isText = (contentType: string | null, body: Uint8Array): boolean =>
  contentType === null || contentType === ''
    ? !body.includes(0)
    : /^(?:text\/|application\/(?:[\w.+-]*\+)?(?:json|xml|javascript|xhtml|ecmascript))/i.test(contentType)

/** Overlapping runs of words; one of all words where there are few. */
const wordRuns = (text: string): readonly string[] => {
  const words = text.split(/[^\p{L}\p{N}]+/u, mostPieces).filter(w => w !== '')
  const count = Math.max(1, words.length - wordsPerShingle + 1)
  return Array.from({ length: count }, (_, i) => words.slice(i, i + wordsPerShingle).join(' '))
}

const blocks = (body: Uint8Array): readonly Uint8Array[] =>
  Array.from({ length: Math.min(mostPieces, Math.ceil(body.length / bytesPerBlock)) }, (_, i) =>
    body.subarray(i * bytesPerBlock, (i + 1) * bytesPerBlock),
  )

/** The smallest hashes of the set: a sketch from which the overlap of two sets can be estimated. */
const sketch = (pieces: readonly (string | Uint8Array)[]): readonly string[] =>
  [...new Set(pieces.map(p => sha(p).slice(0, 8)))].sort().slice(0, mostShingles)

/** The text of the title element, cut to 120 characters, long words masked: it may echo what the server knows. */
const titleOf = (text: string): string | null => {
  const found = /<title\b[^>]{0,256}>([^<]{0,1024})/i.exec(text)?.[1]
  const title = found
    ?.replace(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, 120)
  return title === undefined || title === '' ? null : maskLongWords(title)
}

/** Fingerprint of a decoded body. Text is normalised first; anything else is taken byte for byte. */
export const fingerprintBody = (body: Uint8Array, contentType: string | null): BodyFingerprint => {
  const text = isText(contentType, body) ? Buffer.from(body).toString('utf8') : null
  const normal = text === null ? null : normaliseText(text)
  const length = normal === null ? body.length : Buffer.byteLength(normal)
  const pieces = normal === null ? blocks(body) : wordRuns(normal)
  return {
    bodyBytes: body.length,
    bodyHash: sha(normal ?? body).slice(0, 32),
    shingles: length < leastBody ? [] : sketch(pieces),
    title: text === null ? null : titleOf(text),
  }
}
