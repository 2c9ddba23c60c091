import { describe, expect, it } from 'vitest'
import { gatewayVerdicts } from '#prove/kubernetes/gateway-api/routes.ts'
import type { Seen } from '#prove/kubernetes/nginx/access.ts'
import type {
  Gateway,
  GatewayListener,
  HttpRoute,
  HttpRouteMatch,
  HttpRouteRule,
} from '#topology/model/gateway-api.ts'
import { ref, seal } from '../build/values.ts'

const token = seal('wT4kq9ZcV7mB2xR8nL5pD1sF6hJ3gY0a', 'nginx:=')
const anyone: Seen = { kind: 'addresses', cidrs: ['0.0.0.0/0'] }

const listener = (more: Partial<GatewayListener> = {}): GatewayListener => ({
  name: 'web',
  hostname: null,
  port: 80,
  protocol: 'HTTP',
  allowedRoutes: 'Same',
  ...more,
})

const gateway = (...listeners: readonly GatewayListener[]): Gateway => ({
  ref: ref('kubernetes://prod/Gateway/edge/public', 'public'),
  place: null,
  namespace: 'edge',
  name: 'public',
  className: 'nginx',
  addresses: [],
  listeners: listeners.length > 0 ? listeners : [listener()],
})

const match = (path: string, more: Partial<HttpRouteMatch> = {}): HttpRouteMatch => ({
  path: { type: 'PathPrefix', value: path },
  headers: [],
  queryParams: [],
  method: null,
  ...more,
})

const gated = (path: string) =>
  match(path, { headers: [{ type: 'Exact', name: 'X-Origin-Verify', value: token }] })

const rule = (matches: readonly HttpRouteMatch[], filters: readonly string[] = []): HttpRouteRule => ({
  matches,
  filters,
  services: [{ name: 'edge/shop', port: '80' }],
})

const route = (
  name: string,
  rules: readonly HttpRouteRule[],
  hostnames: readonly string[] = [],
  more: Partial<HttpRoute> = {},
): HttpRoute => ({
  ref: ref(`kubernetes://prod/HTTPRoute/edge/${name}`, name),
  place: null,
  namespace: 'edge',
  name,
  createdAt: null,
  parents: [{ namespace: 'edge', name: 'public', listener: null, port: null }],
  hostnames,
  rules,
  ...more,
})

const verdicts = (routes: readonly HttpRoute[], on = gateway()) => gatewayVerdicts(on, routes, anyone)
const said = (...of: Parameters<typeof verdicts>) =>
  verdicts(...of).map(v => [v.route.name.replace('rule ', ''), v.verdict])

describe('HTTPRoutes of a Gateway', () => {
  it('are closed where every match asks for the token', () => {
    expect(said([route('shop', [rule([gated('/'), gated('/admin')])])])).toEqual([
      ['1 of edge/shop', 'closed'],
      ['1 of edge/shop', 'closed'],
    ])
  })

  it('are open where one match does not, and without any match take every path', () => {
    expect(said([route('shop', [rule([gated('/'), match('/health')])])])).toContainEqual([
      '1 of edge/shop',
      'open',
    ])
    const [all] = verdicts([route('shop', [rule([])], ['shop.example.com'])])
    expect(all).toMatchObject({ verdict: 'open', witness: { host: 'shop.example.com', path: '/' } })
  })

  it('match a prefix by whole elements of the path', () => {
    const [first] = verdicts([
      route('shop', [rule([match('/a')]), rule([match('/a', { path: { type: 'Exact', value: '/a' } })])]),
    ])
    expect(first?.verdict).toBe('open')
    const prefix = verdicts([
      route('shop', [rule([match('/a')]), rule([match('/a', { path: { type: 'Exact', value: '/a' } })])]),
    ]).find(v => v.route.name.startsWith('rule 1'))
    expect(prefix?.witness?.path).toBe('/a/originproof')
  })

  it('of the longer path come first, so that a shorter one gets what is left', () => {
    const found = verdicts([route('shop', [rule([match('/')]), rule([gated('/admin')])])])
    const open = found.find(v => v.verdict === 'open')
    expect(open?.witness?.path).toBe('/')
  })

  it('with equal matches depend on their age, which a manifest does not tell', () => {
    const two = [route('a', [rule([match('/')])]), route('b', [rule([match('/')])])]
    expect(said(two)).toEqual([
      ['1 of edge/a', 'unknown'],
      ['1 of edge/b', 'unknown'],
    ])
    const aged = two.map((r, n) => ({ ...r, createdAt: `2026-01-0${n + 1}T00:00:00Z` }))
    expect(said(aged)).toEqual([
      ['1 of edge/a', 'open'],
      ['1 of edge/b', 'unknown'],
    ])
  })

  it('of another namespace attach where the listener lets them', () => {
    const granted = rule([match('/')])
    const plain = { ...granted, services: [{ name: 'team-b/shop', port: '80' }] }
    const other = route('other', [plain, granted], [], { namespace: 'team-b' })
    expect(said([other])).toEqual([])
    expect(said([other], gateway(listener({ allowedRoutes: 'All' })))).toEqual([
      ['1 of team-b/other', 'open'],
      ['2 of team-b/other', 'unknown'],
    ])
    expect(said([other], gateway(listener({ allowedRoutes: 'Selector' })))).toHaveLength(2)
  })

  it('of another section or port do not count', () => {
    const section = route('shop', [rule([match('/')])], [], {
      parents: [{ namespace: 'edge', name: 'public', listener: 'internal', port: null }],
    })
    expect(said([section])).toEqual([])
  })

  it('are served under the host names that route and listener share', () => {
    const on = gateway(listener({ hostname: '*.example.com' }))
    expect(said([route('shop', [rule([match('/')])], ['shop.example.net'])], on)).toEqual([])
    const [found] = verdicts([route('shop', [rule([match('/')])])], on)
    expect(found?.witness?.host).toMatch(/\.example\.com$/)
  })

  it('get no request that a listener with a closer host name takes', () => {
    const on = gateway(listener(), listener({ name: 'closer', hostname: 'shop.example.com' }))
    const only = route('shop', [rule([match('/')])], ['shop.example.com'], {
      parents: [{ namespace: 'edge', name: 'public', listener: 'web', port: null }],
    })
    expect(said([only], on)).toEqual([['1 of edge/shop', 'unknown']])
  })

  it('that redirect forward nothing; filters of later versions are unknown', () => {
    expect(said([route('shop', [rule([match('/')], ['RequestRedirect'])])])).toEqual([
      ['1 of edge/shop', 'closed'],
    ])
    expect(said([route('shop', [rule([match('/')], ['ExtensionRef'])])])).toEqual([
      ['1 of edge/shop', 'unknown'],
    ])
    expect(said([route('shop', [rule([match('/')], ['RequestHeaderModifier'])])])).toEqual([
      ['1 of edge/shop', 'open'],
    ])
  })

  it('with a regular expression for the path are unknown, for implementations differ', () => {
    const pattern = match('/', { path: { type: 'RegularExpression', value: '/v[0-9]' } })
    expect(said([route('shop', [rule([pattern])])])).toEqual([['1 of edge/shop', 'unknown']])
  })
})
