import { describe, expect, it } from 'vitest'
import type { ProbeRequest } from '#probe/exchange.ts'
import { defaultLimits } from '#probe/limits.ts'
import { planProbes } from '#probe/plan.ts'
import { policyFor, refuseAddress, refuseRequest } from '#probe/policy.ts'
import { isSafePath } from '#probe/safe-path.ts'
import { hasSafeHeaders } from '#probe/safe-request.ts'
import { exposed, hidden, lbName, link, loadBalancer } from './fixtures.ts'

const of = link()
const policy = policyFor([of])
const [plain] = planProbes({ exposures: [exposed(of)], options: { mode: 'safe', seed: '' } }).filter(
  r => r.recipe === 'R1',
)
if (plain === undefined) throw new Error('the fixture has a direct request')
const request = plain
const refused = (changes: object) => refuseRequest(policy, { ...request, ...changes } as ProbeRequest)?.reason

describe('what may be asked', () => {
  it('a plain GET or HEAD at an endpoint of the account', () => {
    expect(refused({})).toBeUndefined()
    expect(refused({ method: 'HEAD' })).toBeUndefined()
  })

  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT', 'get', ''])(
    'not with the method "%s"',
    method => {
      expect(refused({ method })).toBe('not-sent-unsafe')
    },
  )

  it.each([
    '/logout',
    '/user/SignOut',
    '/items/1/delete',
    '/deleteAll',
    '/remove/1',
    '/unsubscribe?u=1',
    '/wp-cron.php',
    '/webhooks/github',
    '/index.php?action=purge',
    '/index.php?x=1&Action=purge',
    '/log%6fut',
    '/log%256fut',
    `/?token=${hidden}`,
  ])('not for the state-changing path %s', path => {
    expect(isSafePath(path)).toBe(false)
    expect(refused({ path })).toBe('not-sent-unsafe')
  })

  it.each([
    '',
    'x',
    '*',
    'http://example.com/',
    '/a b',
    '/a\r\nHost: evil',
    '/\u0000',
    '/é',
    '/a#b',
    `/${'a'.repeat(2048)}`,
  ])('not for the path %j that is no plain path', path => {
    expect(refused({ path })).toBe('not-sent-unsafe')
  })

  it.each(['/', '/robots.txt', '/index.html?transaction=1', '/a%20b', '/login', '/interaction=1'])(
    'for the ordinary path %s',
    path => {
      expect(refused({ path })).toBeUndefined()
    },
  )

  it.each([
    ['Cookie', 'a=b'],
    ['Authorization', 'Basic YTpi'],
    ['x-api-key', 'k'],
    ['Proxy-Authorization', 'x'],
    ['Host', 'other.example.com'],
    ['Content-Length', '10'],
    ['Transfer-Encoding', 'chunked'],
    ['Connection', 'upgrade'],
    ['Upgrade', 'websocket'],
    ['User-Agent', 'Amazon CloudFront'],
    ['X-Forwarded-For', '10.0.0.1'],
    ['X-Real-IP', '10.0.0.1'],
    ['Forwarded', 'for=10.0.0.1'],
    ['X-Auth-Token', hidden],
    ['X-Split', 'a\r\nCookie: a=b'],
    ['Bad Name', 'x'],
    ['X-Long', 'a'.repeat(2049)],
  ])('not with the header %s: %j', (name, value) => {
    expect(hasSafeHeaders([[name, value]])).toBe(false)
    expect(refused({ headers: [[name, value]] })).toBe('not-sent-unsafe')
  })

  it('not with more than ten headers', () => {
    const many = (count: number) => Array.from({ length: count }, (_, i) => [`X-H-${i}`, 'v'] as const)
    expect(refused({ headers: many(10) })).toBeUndefined()
    expect(refused({ headers: many(11) })).toBe('not-sent-unsafe')
  })

  it.each(['a\r\nb', 'a b', '', 'a/b'])('not with the Host %j', host => {
    expect(refused({ present: { ...request.present, host } })).toBe('not-sent-unsafe')
  })

  it('not with a wrong token in clear text', () => {
    const token = { role: 'N3', headers: [['X-Auth-Token', 'wrong']] }
    expect(refused(token)).toBeUndefined()
    expect(refused({ ...token, present: { ...request.present, sni: null } })).toBe('not-sent-unsafe')
  })

  it('not at a name that is not of the topology', () => {
    const at = (name: string) => refused({ connect: { ...request.connect, name } })
    expect(at('other.example.com')).toBe('not-sent-unowned')
    expect(at('evil.elb.amazonaws.com')).toBe('not-sent-unowned')
    expect(at(`${lbName.toUpperCase()}.`)).toBeUndefined()
    expect(at('origin.example.com')).toBeUndefined()
    expect(at('d111111abcdef8.cloudfront.net')).toBeUndefined()
  })

  it('not at the endpoints of a link that is not probed', () => {
    const internal = link({ balancer: loadBalancer({ scheme: 'internal' }) })
    expect(refuseRequest(policyFor([internal]), request)?.reason).toBe('not-sent-unowned')
    const external = link({ target: { kind: 'external', names: [], addresses: [] } })
    const there = { ...request, connect: { ...request.connect, name: 'origin.example.com' } }
    expect(refuseRequest(policyFor([external]), there)?.reason).toBe('not-sent-unowned')
  })
})

describe('which addresses may be connected to', () => {
  const reason = (address: string, owned = [address], allow: readonly string[] = []) =>
    refuseAddress(policyFor([of], { allow }), address, owned)?.reason

  it("a public one that the account's endpoint resolves to", () => {
    expect(reason('52.1.2.3')).toBeUndefined()
    expect(reason('2a05:d018::1')).toBeUndefined()
  })

  it('none that the endpoint does not resolve to now', () => {
    expect(reason('52.1.2.3', ['52.1.2.4'])).toBe('not-sent-unowned')
    expect(reason('52.1.2.3', [])).toBe('not-sent-unowned')
  })

  it.each([
    ['private', '10.1.2.3'],
    ['private', '172.16.0.1'],
    ['private', '192.168.0.1'],
    ['loopback', '127.0.0.1'],
    ['loopback', '::1'],
    ['link-local metadata', '169.254.169.254'],
    ['link-local', 'fe80::1'],
    ['carrier-grade NAT', '100.64.0.1'],
    ['unique local', 'fd00:ec2::254'],
    ['multicast', '224.0.0.1'],
    ['multicast', 'ff02::1'],
    ['documentation', '203.0.113.1'],
    ['documentation', '2001:db8::1'],
    ['unspecified', '0.0.0.0'],
    ['broadcast', '255.255.255.255'],
    ['mapped private', '::ffff:10.0.0.1'],
    ['NAT64 private', '64:ff9b::a00:1'],
    ['6to4 private', '2002:a00:1::'],
    ['not an', 'localhost'],
  ])('no %s address %s unless allowed', (_, address) => {
    expect(reason(address)).toBe('not-sent-private')
  })

  it('a private one in a range that the user allows, and only there', () => {
    expect(reason('127.0.0.5', ['127.0.0.5'], ['127.0.0.0/8'])).toBeUndefined()
    expect(reason('10.0.0.5', ['10.0.0.5'], ['127.0.0.0/8'])).toBe('not-sent-private')
    expect(reason('127.0.0.5', [], ['127.0.0.0/8'])).toBe('not-sent-unowned')
  })
})

describe('the numbers', () => {
  it('are those of the safety rules unless the laboratory says otherwise', () => {
    expect(policyFor([]).limits).toEqual(defaultLimits)
    expect(defaultLimits).toMatchObject({
      requestsPerSecond: 1,
      requestsPerOrigin: 60,
      connectMs: 3_000,
      tlsMs: 3_000,
      firstByteMs: 5_000,
      totalMs: 10_000,
      headerBytes: 32_768,
      bodyBytes: 65_536,
      decodedBytes: 262_144,
      troubleInARow: 3,
      slowFactor: 3,
    })
    expect(policyFor([], { limits: { requestsPerSecond: 50 } }).limits.requestsPerSecond).toBe(50)
  })
})
