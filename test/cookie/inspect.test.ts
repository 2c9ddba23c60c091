import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { decodeBase64, encodeBase64 } from '#cookie/base64.ts'
import { coverageOf } from '#cookie/breadth.ts'
import { describeInspection } from '#cookie/describe.ts'
import { inspectSigned } from '#cookie/inspect.ts'
import { cookie, inOneHour, keyId, now, signature, statement } from './build.ts'

const notes = (text: string, known: readonly string[] | null = [keyId]) =>
  (inspectSigned(text, known, now)?.notes ?? []).map(n => `${n.level}: ${n.text}`)
const day = 86_400

describe('a good signed cookie', () => {
  it('is read whole, and nothing is wrong with it but what is good to know', () => {
    expect(inspectSigned(cookie(), [keyId], now)).toEqual({
      form: 'cookies',
      policy: 'custom',
      resource: 'https://cdn.example.com/private/*',
      starts: null,
      expires: '2026-11-20T13:00:00.000Z',
      sourceIp: '192.0.2.0/24',
      keyId,
      hash: 'SHA1',
      notes: [{ level: 'note', text: 'It covers all paths that match a wildcard.' }],
    })
  })

  const pieces = Object.fromEntries(
    cookie()
      .split('; ')
      .map(p => [p.slice(0, p.indexOf('=')), p.slice(p.indexOf('=') + 1)]),
  )
  const each = Object.entries(pieces)
  it.each([
    ['a Cookie header', `Cookie: session=1; ${cookie()}; theme=dark`],
    ['a Cookie header in lower case', `cookie: ${cookie()}`],
    [
      'Set-Cookie headers',
      each.map(([n, v]) => `Set-Cookie: ${n}=${v}; Path=/; Secure; HttpOnly`).join('\r\n'),
    ],
    ['lines', each.map(([n, v]) => `${n}=${v}`).join('\n')],
    ['lines with colons', each.map(([n, v]) => `${n}: ${v}`).join('\n')],
    ['quoted lines', each.map(([n, v]) => `${n}="${v}"`).join('\n')],
    ['a JSON object', JSON.stringify(pieces)],
    ['a JSON object inside others', JSON.stringify({ cookies: { cdn: pieces } })],
    [
      'a list as browsers export it',
      JSON.stringify(each.map(([name, value]) => ({ name, value, path: '/' }))),
    ],
    ['a list of Set-Cookie values', JSON.stringify(each.map(([n, v]) => `${n}=${v}; Path=/`))],
    ['a cookie file', each.map(([n, v]) => `cdn.example.com\tFALSE\t/\tTRUE\t0\t${n}\t${v}`).join('\n')],
  ])('is understood as %s', (_, text) => {
    const found = inspectSigned(text, [keyId], now)
    expect(found).toMatchObject({ policy: 'custom', keyId, expires: '2026-11-20T13:00:00.000Z' })
    expect(found?.notes).toHaveLength(1)
  })
})

describe('a policy that cannot be read', () => {
  const inspection = inspectSigned(`https://cdn.example.com/a?Policy=%%%&Signature=${signature}`, null, now)

  it('is not said to be good from anywhere', () => {
    if (!inspection) throw new Error('nothing was found')
    const lines = describeInspection(inspection).join('\n')
    expect(lines).toMatch(/^valid from +not told$/m)
    expect(lines).toMatch(/^address +not told$/m)
    expect(lines).not.toContain('bound to no address')
  })
})

describe('a signed URL', () => {
  const url = `https://cdn.example.com/private/a.mp4?size=large&Expires=${inOneHour}&Signature=${signature}&Key-Pair-Id=${keyId}`

  it('with a canned policy covers itself until it expires', () => {
    expect(inspectSigned(url, [keyId], now)).toMatchObject({
      form: 'url',
      policy: 'canned',
      resource: 'https://cdn.example.com/private/a.mp4',
      expires: '2026-11-20T13:00:00.000Z',
      notes: [{ level: 'note', text: 'It is bound to no address: it works wherever it is copied to.' }],
    })
  })

  it('with a custom policy covers what the policy says', () => {
    const custom = url.replace(/Expires=\d+/, `Policy=${encodeBase64(JSON.stringify(statement()))}`)
    expect(inspectSigned(custom, [keyId], now)).toMatchObject({
      policy: 'custom',
      resource: 'https://cdn.example.com/private/*',
    })
  })

  it('with an expiry that is none is refused', () => {
    expect(notes(url.replace(String(inOneHour), 'tomorrow'))).toContain(
      'refused: Expires is no time in whole seconds since 1970.',
    )
  })
})

describe('what is wrong is named', () => {
  it.each([
    [
      'an expired cookie',
      cookie(statement({ DateLessThan: { 'AWS:EpochTime': inOneHour - 7200 } })),
      'refused: It has expired.',
    ],
    [
      'a cookie of tomorrow',
      cookie(statement({ DateGreaterThan: { 'AWS:EpochTime': inOneHour - 60 } })),
      'refused: It is not valid yet.',
    ],
    [
      'an end before the start',
      cookie(statement({ DateGreaterThan: { 'AWS:EpochTime': inOneHour + 60 } })),
      'refused: It expires before it starts.',
    ],
    [
      'a long life',
      cookie(statement({ DateLessThan: { 'AWS:EpochTime': inOneHour + 30 * day } })),
      'risk: It stays valid for 30 more days: whoever copies it has that long.',
    ],
    [
      'no expiry',
      cookie({ Statement: [{ Resource: 'https://cdn.example.com/a', Condition: {} }] }),
      'refused: The policy has no expiry (DateLessThan).',
    ],
    [
      'an expiry in milliseconds as text',
      cookie(statement({ DateLessThan: { 'AWS:EpochTime': '1' } })),
      'refused: DateLessThan holds no AWS:EpochTime in whole seconds.',
    ],
    [
      'every resource',
      cookie(statement({}, '*')),
      'risk: It covers every object of every distribution that trusts the key.',
    ],
    [
      'every host of both schemes',
      cookie(statement({}, 'http*://*')),
      'risk: It covers every object of every distribution that trusts the key.',
    ],
    [
      'no resource',
      cookie(statement({}, null)),
      'risk: It covers every object of every distribution that trusts the key.',
    ],
    [
      'every path of a host',
      cookie(statement({}, 'https://cdn.example.com/*')),
      'risk: It covers every path of its host names.',
    ],
    [
      'both schemes',
      cookie(statement({}, 'http*://cdn.example.com/a')),
      'note: It is good for plain HTTP as well as for HTTPS.',
    ],
    [
      'no address',
      cookie({
        Statement: [
          {
            Resource: 'https://a.example.com/b',
            Condition: { DateLessThan: { 'AWS:EpochTime': inOneHour } },
          },
        ],
      }),
      'note: It is bound to no address: it works wherever it is copied to.',
    ],
    [
      'all addresses',
      cookie(statement({ IpAddress: { 'AWS:SourceIp': '0.0.0.0/0' } })),
      'note: Its address range is all of IPv4, which limits nothing.',
    ],
    [
      'an IPv6 address',
      cookie(statement({ IpAddress: { 'AWS:SourceIp': '2001:db8::/32' } })),
      'refused: Its address range is IPv6, which signed policies cannot hold.',
    ],
    [
      'an address that is none',
      cookie(statement({ IpAddress: { 'AWS:SourceIp': 'office' } })),
      'refused: IpAddress holds no AWS:SourceIp that is an address or range.',
    ],
    [
      'an operator that is not known',
      cookie(statement({ StringLike: { a: 'b' } })),
      'refused: The Condition has an operator "StringLike" that CloudFront does not know.',
    ],
    [
      'two statements',
      cookie({ Statement: [...statement().Statement, ...statement().Statement] }),
      'refused: The policy has more than one statement.',
    ],
    ['no statement list', cookie({}), 'refused: The policy has no Statement list.'],
    ['a policy that is no JSON', cookie('{Statement}'), 'refused: The policy is no JSON.'],
    [
      'a policy in no base64',
      cookie(undefined, { 'CloudFront-Policy': 'a b!' }),
      "refused: The policy is not in CloudFront's base64.",
    ],
    [
      'a policy in ordinary base64',
      cookie(undefined, {
        'CloudFront-Policy': Buffer.from(
          JSON.stringify(statement({}, 'https://a.example.com/?????')),
        ).toString('base64'),
      }),
      'refused: The policy is in ordinary base64: CloudFront wants - _ ~ instead of + = /.',
    ],
    [
      'a signature in no base64',
      cookie(undefined, { 'CloudFront-Signature': '%%%' }),
      "refused: The signature is not in CloudFront's base64.",
    ],
    [
      'a signature that is cut off',
      cookie(undefined, { 'CloudFront-Signature': signature.slice(0, 100) }),
      'refused: The signature has 75 bytes: RSA 2048 gives 256, ECDSA 256 about 70. It may be cut off.',
    ],
    [
      'a signature of a short key',
      cookie(undefined, { 'CloudFront-Signature': encodeBase64('x'.repeat(128)) }),
      'risk: The signature has the length of an RSA key of 1024 bits: too short a key.',
    ],
    [
      'no signature',
      cookie(undefined, { 'CloudFront-Signature': '' }),
      'refused: CloudFront-Signature is missing.',
    ],
    [
      'no key id',
      cookie(undefined, { 'CloudFront-Key-Pair-Id': '' }),
      'refused: CloudFront-Key-Pair-Id is missing.',
    ],
    [
      'an unknown key',
      cookie(undefined, { 'CloudFront-Key-Pair-Id': 'K1111111111111' }),
      'refused: The key id is none of those that CloudFront is known to trust.',
    ],
    [
      'an account key pair',
      cookie(undefined, { 'CloudFront-Key-Pair-Id': 'APKAIOSFODNN7EXAMPLE' }),
      'risk: The key is an account key pair of the root user (APKA...): use a key group instead.',
    ],
    [
      'no policy at all',
      cookie(undefined, { 'CloudFront-Policy': '' }),
      'refused: Neither CloudFront-Policy nor CloudFront-Expires is there.',
    ],
    [
      'a hash that is not known',
      cookie(undefined, { 'CloudFront-Hash-Algorithm': 'MD5' }),
      'refused: Hash-Algorithm is neither SHA1 nor SHA256.',
    ],
    [
      'two different policies',
      `${cookie()}; CloudFront-Policy=${encodeBase64('{}')}`,
      'refused: CloudFront-Policy occurs with two different values.',
    ],
    [
      'both kinds of policy',
      cookie(undefined, { 'CloudFront-Expires': '1' }),
      'note: Both CloudFront-Policy and CloudFront-Expires are there; the policy was read.',
    ],
    [
      'a cookie for plain HTTP',
      `Set-Cookie: CloudFront-Signature=${signature}; HttpOnly`,
      'risk: CloudFront-Signature is set without Secure: it is sent over plain HTTP as well.',
    ],
    [
      'a cookie for scripts',
      `Set-Cookie: CloudFront-Signature=${signature}; Secure`,
      'risk: CloudFront-Signature is set without HttpOnly: scripts of the page can read it.',
    ],
  ])('%s', (_, text, expected) => {
    expect(notes(text)).toContain(expected)
  })

  it('whether a key is trusted stays open where no keys were given', () => {
    expect(notes(cookie(), null)).toContain(
      'note: Whether the key id is one that CloudFront trusts was not checked.',
    )
  })
})

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
