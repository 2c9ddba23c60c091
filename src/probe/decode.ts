/** Undoes content encodings within a bound: a few kilobytes must not become gigabytes. */
import {
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  constants as zlib,
} from 'node:zlib'

export interface Decoded {
  readonly body: Uint8Array
  /** The bound was reached and the rest not decoded. */
  readonly truncated: boolean
}

/** Input that ends early is decoded as far as it goes. */
const partial = { finishFlush: zlib.Z_SYNC_FLUSH }

const decoderFor = (encoding: string, body: Uint8Array) => {
  switch (encoding) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip(partial)
    case 'deflate':
      // Some servers mean the zlib format, others the raw one; the first byte of the zlib format says so.
      return ((body[0] ?? 0) & 0x0f) === 8 ? createInflate(partial) : createInflateRaw(partial)
    case 'br':
      return createBrotliDecompress({ finishFlush: zlib.BROTLI_OPERATION_FLUSH })
    default:
      return null
  }
}

const decodeOnce = async (body: Uint8Array, encoding: string, most: number): Promise<Decoded | null> => {
  const decoder = decoderFor(encoding, body)
  if (decoder === null) return null
  const parts: Buffer[] = []
  let size = 0
  decoder.end(body)
  try {
    for await (const part of decoder as AsyncIterable<Buffer>) {
      parts.push(part)
      size += part.length
      // Leaving the loop destroys the decoder: nothing more is inflated.
      if (size >= most) break
    }
  } finally {
    decoder.destroy()
  }
  return { body: Buffer.concat(parts).subarray(0, most), truncated: size >= most }
}

/**
 * The body without its content encodings (outermost last, as in the header), at most `most` bytes. An encoding that is
 * not known leaves the bytes as they are. Rejects where the bytes are not what the header says. At most two layers.
 */
export const decodeBody = async (
  body: Uint8Array,
  contentEncoding: string | null,
  most: number,
): Promise<Decoded> => {
  const encodings = (contentEncoding ?? '')
    .toLowerCase()
    .split(',')
    .map(e => e.trim())
    .filter(e => e !== '' && e !== 'identity')
    .slice(-2)
    .reverse()
  let current: Decoded = { body: body.subarray(0, most), truncated: body.length > most }
  for (const encoding of encodings) {
    if (current.body.length === 0) return current
    const decoded = await decodeOnce(current.body, encoding, most)
    if (decoded === null) return current
    current = { body: decoded.body, truncated: current.truncated || decoded.truncated }
  }
  return current
}
