import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { decodeBase64, encodeBase64 } from '#cookie/base64.ts'
import { coverageOf } from '#cookie/breadth.ts'
import { describeInspection } from '#cookie/describe.ts'
import { inspectSigned } from '#cookie/inspect.ts'
import { cookie, keyId, now, signature } from './build.ts'

it.each(['', 'hello', 'https://example.com/', '{"a": 1}', '[', 'Cookie: session=1'])(
  '%j holds no signature',
  text => {
    expect(inspectSigned(text, null, now)).toBeNull()
  },
)

describe('no output', () => {
  const shown = (text: string) => {
    const inspection = inspectSigned(text, [keyId], now)
    return inspection ? [JSON.stringify(inspection), ...describeInspection(inspection)].join('\n') : ''
  }

  it.each([
    ['of a good cookie', cookie()],
    ['of a signature as key id', cookie(undefined, { 'CloudFront-Key-Pair-Id': signature })],
    ['of a signature as hash', cookie(undefined, { 'CloudFront-Hash-Algorithm': signature })],
    ['of a signature as policy', cookie(undefined, { 'CloudFront-Policy': signature })],
    ['of a signature as expiry', `CloudFront-Expires=${signature}; CloudFront-Signature=${signature}`],
  ])('%s holds the signature', (_, text) => {
    const out = shown(text)
    expect(out).not.toBe('')
    for (let i = 0; i + 12 <= signature.length; i += 12) expect(out).not.toContain(signature.slice(i, i + 12))
    expect(out).not.toContain('canary-signature')
  })

  test.prop([fc.string({ unit: 'binary' })])('is a crash, whatever is pasted', text => {
    expect(() => shown(text)).not.toThrow()
    expect(() => shown(`CloudFront-Policy=${encodeBase64(text)}`)).not.toThrow()
  })
})

describe("CloudFront's base64", () => {
  test.prop([fc.string({ unit: 'grapheme', minLength: 1 })])('gives back what was put in', text => {
    const decoded = decodeBase64(encodeBase64(text))
    expect(decoded && Buffer.from(decoded.bytes).toString('utf8')).toBe(text)
    expect(decoded?.ordinary).toBe(false)
  })
})

it.each([
  ['https://cdn.example.com/a.mp4', 'object', false],
  ['http://cdn.example.com/a.mp4', 'object', true],
  ['https://cdn.example.com/a?.mp4', 'object', false],
  ['https://cdn.example.com/private/*', 'paths', false],
  ['https://cdn.example.com/*', 'host', false],
  ['https://cdn.example.com*', 'host', false],
  ['https://*.example.com/private/a', 'host', false],
  ['http*://cdn.example.com/private/*', 'paths', true],
  ['*://cdn.example.com/private/*', 'paths', true],
  ['https://*', 'everything', false],
  ['https://*/private/*', 'everything', false],
  ['http*', 'everything', true],
  ['*', 'everything', true],
  [null, 'everything', true],
] as const)('the resource %s covers: %s', (resource, breadth, plainHttp) => {
  expect(coverageOf(resource)).toEqual({ breadth, plainHttp })
})
