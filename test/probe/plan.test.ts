import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { known, unobserved } from '#base/known.ts'
import type { ProbeRequest } from '#probe/exchange.ts'
import { planProbes } from '#probe/plan.ts'
import { policyFor, refuseRequest } from '#probe/policy.ts'
import type { LinkExposure } from '#prove/exposure.ts'
import {
  distribution,
  exposed,
  hidden,
  isEdge,
  lbName,
  link,
  listener,
  loadBalancer,
  ref,
  sealed,
  witness,
} from './fixtures.ts'

const options = { mode: 'safe', seed: 'seed' } as const
const plan = (...exposures: readonly LinkExposure[]): readonly ProbeRequest[] =>
  planProbes({ exposures, options })
const roles = (requests: readonly ProbeRequest[]) => requests.map(r => r.role)

describe('the plan of a link', () => {
  it('holds every control, the plain direct requests and the matrix, within 16 requests', () => {
    const requests = plan(exposed(link()))
    expect(new Set(roles(requests))).toEqual(new Set(['P', 'N1-edge', 'N1-direct', 'N2', 'N3', 'W']))
    expect(new Set(requests.map(r => r.recipe))).toEqual(new Set(['control', 'R1', 'R2', 'R5']))
    expect(requests.length).toBeLessThanOrEqual(16)
  })

  it('asks the edge for the page before and after everything else', () => {
    const requests = plan(exposed(link()))
    expect(roles(requests).filter(r => r === 'P')).toHaveLength(2)
    expect([requests.at(0)?.role, requests.at(-1)?.role]).toEqual(['P', 'P'])
  })

  it('asks the edge by the alias at the distribution name and the origin at the load balancer name', () => {
    for (const r of plan(exposed(link()))) {
      expect(r.connect.name).toBe(isEdge(r) ? 'd111111abcdef8.cloudfront.net' : lbName)
      if (isEdge(r)) expect(r.present).toEqual({ host: 'shop.example.com', sni: 'shop.example.com' })
    }
  })

  it('uses the distribution name where every alias is a wildcard', () => {
    const wild = link({ distribution: { aliases: ['*.example.com'] } })
    expect(plan(exposed(wild))[0]?.present.host).toBe('d111111abcdef8.cloudfront.net')
  })

  it('asks without the token as origin name and as alias', () => {
    const plain = plan(exposed(link())).filter(r => r.recipe === 'R1')
    expect(plain.map(r => r.present.host)).toEqual(['origin.example.com', 'shop.example.com'])
    expect(plain.every(r => r.headers.length === 0)).toBe(true)
  })

  it('sends the witness exactly as proven', () => {
    const w = witness({
      path: '/static/a?x=1',
      host: 'b.example.com',
      headers: [['X-Any', 'thing']],
      port: 443,
    })
    const sent = plan(exposed(link(), 'open', { witness: w })).find(r => r.present.host === 'b.example.com')
    expect(sent).toMatchObject({
      recipe: 'R1',
      role: 'W',
      path: '/static/a?x=1',
      headers: [['X-Any', 'thing']],
      connect: { name: lbName, port: 443, family: 4 },
    })
  })

  it('asks the edge for the path of the witness', () => {
    const w = witness({ path: '/v1/static/a' })
    const of = link({ origin: { originPath: '/v1' } })
    expect(plan(exposed(of, 'open', { witness: w }))[0]?.path).toBe('/static/a')
  })

  it('leaves out a witness whose value must not be shown', () => {
    const w = witness({ headers: [['X-Auth-Token', hidden]], path: '/only-here' })
    const requests = plan(exposed(link(), 'guessable', { witness: w }))
    expect(JSON.stringify(requests)).not.toContain('sealed')
    expect(requests.some(r => r.path === '/only-here')).toBe(false)
  })

  it('leaves out a witness whose query must not be shown, or that names no host', () => {
    for (const w of [
      witness({ path: `/only-here?k=${hidden}` }),
      witness({ path: '/only-here', host: '' }),
    ]) {
      const requests = plan(exposed(link(), 'guessable', { witness: w }))
      expect(requests.length).toBeGreaterThan(0)
      expect(requests.some(r => r.path.includes('only-here') && !isEdge(r))).toBe(false)
      expect(JSON.stringify(requests)).not.toContain('sealed')
    }
  })

  it.each(['POST', 'DELETE', 'OPTIONS'])('leaves out a witness with the method %s', method => {
    const requests = plan(exposed(link(), 'open', { witness: witness({ method, path: '/only-here' }) }))
    expect(requests.some(r => r.path === '/only-here')).toBe(false)
  })

  it('leaves out a witness on a path that may change state', () => {
    const requests = plan(exposed(link(), 'open', { witness: witness({ path: '/users/delete' }) }))
    expect(requests.length).toBeGreaterThan(0)
    expect(requests.some(r => r.path.includes('delete'))).toBe(false)
  })

  it('asks every listener in every family', () => {
    const balancer = loadBalancer({
      ipAddressType: 'dualstack',
      listeners: known([listener(443, 'HTTPS'), listener(80, 'HTTP'), listener(8443, 'HTTPS')]),
    })
    const direct = plan(exposed(link({ balancer }))).filter(r => !isEdge(r))
    const doors = new Set(direct.map(r => `${r.connect.port}/${r.connect.family}`))
    expect(doors).toEqual(new Set(['443/4', '443/6', '80/4', '80/6', '8443/4', '8443/6']))
    expect(direct.filter(r => r.connect.port === 80).every(r => r.present.sni === null)).toBe(true)
  })

  it('asks only over IPv6 where the load balancer has no public IPv4 address', () => {
    const balancer = loadBalancer({ ipAddressType: 'dualstack-without-public-ipv4' })
    const direct = plan(exposed(link({ balancer }))).filter(r => !isEdge(r))
    expect(direct.every(r => r.connect.family === 6)).toBe(true)
  })

  it('falls back to the port CloudFront uses where the listeners were not read', () => {
    const balancer = loadBalancer({ listeners: unobserved() })
    const of = link({ balancer, origin: { protocolPolicy: 'http-only', httpPort: 8080 } })
    const direct = plan(exposed(of)).filter(r => !isEdge(r))
    expect(direct.length).toBeGreaterThan(0)
    expect(direct.every(r => r.connect.port === 8080 && r.present.sni === null)).toBe(true)
  })

  it('keeps the controls on a path that this origin serves', () => {
    const [only] = distribution().behaviors
    if (only === undefined) throw new Error('the fixture has a behaviour')
    const behaviors = [
      { ...only, pathPattern: 'api/*', isDefault: false },
      { ...only, target: 'other' },
    ]
    const requests = plan(exposed(link({ distribution: { behaviors } })))
    expect(requests[0]?.path).toBe('/api/')
    expect(requests.find(r => r.role === 'N1-edge')?.path).toMatch(/^\/api\/[a-z]{24}$/)
  })

  it('plans nothing where no path of the distribution leads to this origin first', () => {
    const [only] = distribution().behaviors
    if (only === undefined) throw new Error('the fixture has a behaviour')
    const second = {
      behaviors: [{ ...only, target: 'group' }],
      originGroups: [{ id: 'group', members: ['primary', 'app'] }],
    }
    expect(plan(exposed(link({ distribution: second })))).toEqual([])
    const first = { ...second, originGroups: [{ id: 'group', members: ['app', 'spare'] }] }
    expect(plan(exposed(link({ distribution: first }))).length).toBeGreaterThan(0)
  })
})

describe('the wrong token', () => {
  const wrong = (requests: readonly ProbeRequest[]) => requests.find(r => r.role === 'N3')

  it('has the length and alphabet of the right one', () => {
    const value = { ...sealed(40), alphabet: 'hex' } as const
    const headers = [{ name: 'X-Auth-Token', value }]
    expect(wrong(plan(exposed(link({ origin: { headers } }))))?.headers).toEqual([
      ['X-Auth-Token', expect.stringMatching(/^[0-9a-f]{40}$/)],
    ])
  })

  it('is not sent where no gate compares the header', () => {
    const headers = [{ name: 'X-Unrelated', value: sealed() }]
    expect(wrong(plan(exposed(link({ origin: { headers } }))))).toBeUndefined()
  })

  it('is not sent where a made-up value might be the right one', () => {
    const headers = [{ name: 'X-Auth-Token', value: sealed(4, 13) }]
    expect(wrong(plan(exposed(link({ origin: { headers } }))))).toBeUndefined()
  })

  it('is not sent in clear text', () => {
    const balancer = loadBalancer({ listeners: known([listener(80, 'HTTP')]) })
    const of = link({ balancer, origin: { protocolPolicy: 'http-only' } })
    expect(wrong(plan(exposed(of)))).toBeUndefined()
  })

  it('is sent to a gate in the web ACL as well', () => {
    const acl = {
      ref: ref('webacl'),
      name: 'gate',
      scope: 'REGIONAL',
      defaultAction: 'block',
      rules: [
        {
          name: 'token',
          priority: 0,
          action: 'allow',
          statement: { ByteMatchStatement: { FieldToMatch: { SingleHeader: { Name: 'x-waf-token' } } } },
        },
      ],
    } as const
    const balancer = loadBalancer({ webAcl: known(acl) })
    const headers = [{ name: 'X-WAF-Token', value: sealed() }]
    expect(wrong(plan(exposed(link({ balancer, origin: { headers } }))))?.headers[0]?.[0]).toBe('X-WAF-Token')
  })
})

describe('what is not probed', () => {
  const target = { names: [] }
  it.each([
    ['a disabled distribution', link({ distribution: { enabled: false } })],
    ['a staging distribution', link({ distribution: { staging: true } })],
    ['an internal load balancer', link({ balancer: loadBalancer({ scheme: 'internal' }) })],
    ['a gateway load balancer', link({ balancer: loadBalancer({ kind: 'gateway' }) })],
    ['a service', link({ target: { ...target, kind: 'service' } })],
    ["somebody else's host", link({ target: { ...target, kind: 'external', addresses: ['8.8.8.8'] } })],
    ['an instance', link({ target: { ...target, kind: 'instance', ref: ref('i'), addresses: [] } })],
    ['a dangling name', link({ target: { ...target, kind: 'dangling', reason: 'gone' } })],
    ['an unknown target', link({ target: { ...target, kind: 'unknown', gaps: [] } })],
  ])('%s', (_, of) => {
    expect(plan(exposed(of))).toEqual([])
  })
})

describe('the plan of many links', () => {
  const shared = (count: number) =>
    Array.from({ length: count }, (_, i) => exposed(link({ id: `E${i}/app`, distribution: { id: `E${i}` } })))

  it.each([1, 3, 4, 7, 12, 13, 40])('keeps %i links at one load balancer within 60 requests', count => {
    const requests = plan(...shared(count))
    expect(requests.length).toBeLessThanOrEqual(60)
    // Whoever is asked at all gets both positive controls and something in between.
    for (const own of Map.groupBy(requests, r => r.link).values()) {
      expect(own.length).toBeGreaterThanOrEqual(5)
      expect(own.filter(r => r.role === 'P')).toHaveLength(2)
    }
  })

  it('numbers the requests of each link', () => {
    const requests = plan(...shared(2))
    expect(new Set(requests.map(r => r.id)).size).toBe(requests.length)
    expect(requests[0]?.id).toBe('E0/app#1')
  })

  property.prop([
    fc.string({ maxLength: 12 }),
    fc.constantFrom('ipv4', 'dualstack', 'dualstack-without-public-ipv4'),
    fc.uniqueArray(fc.integer({ min: 1, max: 65535 }), { maxLength: 12 }),
    fc.constantFrom('HTTP', 'HTTPS', 'TCP', 'TLS', 'UDP'),
    fc.webPath(),
    fc.constantFrom('open', 'closed', 'unknown'),
  ])(
    'is bounded, repeatable, and every request of it passes the policy',
    (seed, type, ports, protocol, path, verdict) => {
      const balancer = loadBalancer({
        ipAddressType: type,
        listeners: known(ports.map(port => listener(port, protocol))),
      })
      const of = link({ balancer })
      const w = witness({ path: `/${path}`, port: ports[0] ?? 443 })
      const input = {
        exposures: [exposed(of, verdict, { witness: verdict === 'open' ? w : null })],
        options: { mode: 'all', seed } as const,
      }
      const requests = planProbes(input)
      expect(planProbes(input)).toEqual(requests)
      expect(requests.length).toBeLessThanOrEqual(16)
      const policy = policyFor([of])
      for (const r of requests) expect(refuseRequest(policy, r)).toBeNull()
    },
  )
})

describe('an origin name that leads to several load balancers', () => {
  const second = loadBalancer({ ref: ref('lb/2'), dnsName: 'second.eu-west-1.elb.amazonaws.com' })

  it('is asked at each of them that faces the internet', () => {
    const hidden = loadBalancer({ ref: ref('lb/3'), dnsName: 'third', scheme: 'internal' })
    const of = link({ others: [second, hidden] })
    const requests = plan(exposed(of))
    const names = new Set(requests.filter(r => !isEdge(r)).map(r => r.connect.name))
    expect(names).toEqual(new Set([lbName, second.dnsName]))
    const policy = policyFor([of])
    expect(requests.map(r => refuseRequest(policy, r))).toEqual(requests.map(() => null))
  })

  it('shares pace and budget with whatever else leads to one of them', () => {
    const alone = link({ id: 'E3/app', balancer: second })
    const apart = link({ id: 'E4/app', balancer: loadBalancer({ ref: ref('lb/4'), dnsName: 'fourth' }) })
    const { origins } = policyFor([link({ others: [second] }), alone, apart])
    expect(origins.get('E1/app')).toBe(origins.get('E3/app'))
    expect(origins.get('E1/app')).not.toBe(origins.get('E4/app'))
  })
})
