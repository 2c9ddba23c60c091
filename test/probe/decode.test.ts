import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { decodeBody } from '#probe/decode.ts'

const quickBrotli = (data: Uint8Array) =>
  brotliCompressSync(data, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })

const most = 4_096
const zeros = Buffer.alloc(16 * 1024 * 1024)

describe('decoding a body', () => {
  property.prop([
    fc.uint8Array({ maxLength: 2_000 }),
    fc.constantFrom(
      ['gzip', gzipSync] as const,
      ['deflate', deflateSync] as const,
      ['deflate', deflateRawSync] as const,
      ['br', brotliCompressSync] as const,
      ['x-gzip', gzipSync] as const,
    ),
  ])('gives back what was encoded', async (data, [encoding, encode]) => {
    // The raw format has no mark of its own; the rare one that looks like the zlib format cannot be told apart.
    fc.pre(!(encode === deflateRawSync && ((encode(data)[0] ?? 0) & 0x0f) === 8))
    const decoded = await decodeBody(encode(data), encoding, most)
    expect(decoded).toEqual({ body: Buffer.from(data), truncated: false })
  })

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', quickBrotli],
  ])('stops a %s bomb at the bound', async (encoding, encode) => {
    const bomb = encode(zeros)
    const before = process.memoryUsage().arrayBuffers
    const decoded = await decodeBody(bomb, encoding, most)
    expect(decoded.body.length).toBe(most)
    expect(decoded.truncated).toBe(true)
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 * 1024 * 1024)
  })

  it('stops a bomb inside a bomb', async () => {
    const bomb = gzipSync(gzipSync(zeros))
    const decoded = await decodeBody(bomb, 'gzip, gzip', most)
    expect(decoded.body.length).toBeLessThanOrEqual(most)
    expect(decoded.truncated).toBe(true)
  })

  it('decodes what was cut off as far as it goes', async () => {
    const whole = gzipSync(Buffer.from(Array.from({ length: 3_000 }, (_, i) => `${i}`).join(' ')))
    const decoded = await decodeBody(whole.subarray(0, 2_000), 'gzip', most)
    expect(decoded.body.toString().startsWith('0 1 2 3')).toBe(true)
  })

  it('undoes two encodings in the right order', async () => {
    const body = brotliCompressSync(gzipSync(Buffer.from('hello')))
    expect((await decodeBody(body, 'gzip, br', most)).body.toString()).toBe('hello')
  })

  it('leaves an unknown encoding as it is', async () => {
    expect((await decodeBody(Buffer.from('hello'), 'rot13', most)).body.toString()).toBe('hello')
  })

  it('rejects what is not what the header says', async () => {
    await expect(decodeBody(Buffer.from('hello, no gzip'), 'gzip', most)).rejects.toThrow()
  })
})
