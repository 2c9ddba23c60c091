import { describe, expect, it } from 'vitest'
import { encodeBase64 } from '#cookie/base64.ts'
import { describeInspection } from '#cookie/describe.ts'
import { inspectSigned } from '#cookie/inspect.ts'
import { cookie, inOneHour, keyId, now, signature, statement } from './build.ts'
import { notes } from './inspect-parts.ts'

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
