import { afterAll, describe, expect, test } from 'vitest'
import { toHttps } from '#lab/build/rules.ts'
import { requireHeader } from '#lab/build/security.ts'
import { startLab } from '#lab/lab.ts'
import { ask, statusOf } from './ask.ts'
import { addressOf, cloudFront, gate, http, https, open, site, token, worldOf } from './worlds.ts'

const world = worldOf(
  site('gated', { admits: [open(443)], listeners: [gate] }),
  site('free', { admits: [open(443)], listeners: [https] }),
  site('locked', { admits: [cloudFront(443)], listeners: [https] }),
  site('office', { admits: [{ peer: { cidr: '198.51.100.0/24' }, ports: [443, 443] }], listeners: [https] }),
  site('elsewhere', { admits: [{ peer: { cidr: '192.0.2.0/25' }, ports: [443, 443] }], listeners: [https] }),
  site('twoports', {
    admits: [open(80)],
    listeners: [https, { ...http, otherwise: toHttps }],
  }),
  site('sixopen', {
    dualstack: true,
    admits: [cloudFront(443), { peer: 'world-v6', ports: [443, 443] }],
    listeners: [https],
  }),
  site('fouropen', { dualstack: true, admits: [open(443)], listeners: [https] }),
  site('inside', { internal: true, admits: [open(443)], listeners: [https] }, { vpcOrigin: true }),
  site(
    'walled',
    { admits: [open(443)], listeners: [https] },
    { regionalRules: [requireHeader('x-auth-token', token)] },
  ),
)
const lab = await startLab(world)
afterAll(() => lab.close())

const door = (name: string, port = 443, type: 'A' | 'AAAA' = 'A') => ({
  lab,
  to: [addressOf(world, name, type), port] as const,
  tls: port === 443,
  host: `origin-${name}.example.com`,
})
const withToken = (value: string) => ({ headers: { 'x-auth-token': value } })

describe('a door', () => {
  test('answers as the rules of its listener say: no token, a wrong one, the right one', async () => {
    const none = await ask(door('gated'))
    const wrong = await ask({ ...door('gated'), ...withToken(`${token}x`) })
    const right = await ask({ ...door('gated'), ...withToken(token) })
    expect([none.status, wrong.status, right.status]).toEqual([403, 403, 200])
    expect(none.body).toBe('Forbidden')
    expect(right.body).toContain('Welcome to gated')
  })

  test('serves the site of its own load balancer, the same page for the same path', async () => {
    const [first, second] = [await ask(door('free')), await ask(door('free'))]
    expect(first.body).toContain('Welcome to free')
    expect(second.body).toBe(first.body)
    expect((await ask({ ...door('free'), path: '/no-such-page?x=1' })).status).toBe(404)
    expect((await ask({ ...door('free'), method: 'HEAD' })).body).toBe('')
  })

  test('shows a certificate that the authority of the laboratory issued for the origin name', async () => {
    expect(await statusOf(door('free'))).toBe(200)
    expect(await statusOf({ ...door('free'), host: 'other.example.com' })).toBe(
      'ERR_TLS_CERT_ALTNAME_INVALID',
    )
    expect(await statusOf({ ...door('free'), lab: { route: lab.route, ca: '' } })).toMatch(/VERIFY|ISSUER/)
  })

  test('redirects as the action says', async () => {
    const { status, headers } = await ask({ ...door('twoports', 80), path: '/a/b?c=d' })
    expect(status).toBe(301)
    expect(headers.location).toBe('https://origin-twoports.example.com:443/a/b?c=d')
  })

  test.each([
    ['lets in whom a security group names by range', 'office', 443, 200],
    ['does not exist where the range is another', 'elsewhere', 443, 'ECONNREFUSED'],
    ['does not exist where only CloudFront may connect', 'locked', 443, 'ECONNREFUSED'],
    ['does not exist on a port that is not admitted', 'twoports', 443, 'ECONNREFUSED'],
    ['does not exist on a port without a listener', 'free', 80, 'ECONNREFUSED'],
    ['does not exist for an internal load balancer', 'inside', 443, 'ECONNREFUSED'],
  ] as const)('%s', async (_, name, port, expected) => {
    expect(await statusOf(door(name, port))).toBe(expected)
  })

  test('towards IPv6 is apart from the one towards IPv4', async () => {
    expect(await statusOf(door('sixopen', 443, 'AAAA'))).toBe(200)
    expect(await statusOf(door('sixopen', 443, 'A'))).toBe('ECONNREFUSED')
    expect(await statusOf(door('fouropen', 443, 'AAAA'))).toBe('ECONNREFUSED')
    expect(await statusOf(door('fouropen', 443, 'A'))).toBe(200)
  })
})

describe('a web ACL on the load balancer', () => {
  test('blocks before the listener is asked, and lets the right header through', async () => {
    const none = await ask(door('walled'))
    expect(none.status).toBe(403)
    expect(none.headers['content-type']).toBe('text/html')
    expect(await statusOf({ ...door('walled'), ...withToken('wrong') })).toBe(403)
    expect(await statusOf({ ...door('walled'), ...withToken(token) })).toBe(200)
  })

  test.each([
    ['statement', { GeoMatchStatement: { CountryCodes: ['IE'] } }],
    [
      'transformation',
      {
        ByteMatchStatement: {
          SearchString: 'x',
          FieldToMatch: { UriPath: {} },
          TextTransformations: [{ Priority: 0, Type: 'LOWERCASE' }],
          PositionalConstraint: 'EXACTLY',
        },
      },
    ],
    [
      'field',
      {
        ByteMatchStatement: {
          SearchString: 'x',
          FieldToMatch: { QueryString: {} },
          TextTransformations: [{ Priority: 0, Type: 'NONE' }],
          PositionalConstraint: 'EXACTLY',
        },
      },
    ],
  ])('with a %s that the laboratory cannot play stops it at the start', async (what, Statement) => {
    const rule = { ...requireHeader('x-auth-token', token), Statement }
    const strange = site('strange', { admits: [open(443)], listeners: [https] }, { regionalRules: [rule] })
    await expect(startLab(worldOf(strange))).rejects.toThrow(new RegExp(`does not know the ${what}`))
  })
})

test('two load balancers with one address stop the laboratory at the start', async () => {
  const two = worldOf(
    site('first', { admits: [open(443)], listeners: [https] }),
    site('second', { admits: [open(443)], listeners: [https] }),
  )
  const value = addressOf(two, 'first')
  const dns = two.dns.map(e => (e.name.startsWith('second-') ? { ...e, value } : e))
  await expect(startLab({ ...two, dns })).rejects.toThrow(/same address/)
})
