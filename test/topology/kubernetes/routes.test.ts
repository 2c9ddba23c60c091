import { describe, expect, it } from 'vitest'
import { known } from '#base/known.ts'
import { recordsOfManifests } from '#collect/kubernetes/manifests.ts'
import { gatewayVerdicts } from '#prove/kubernetes/gateway-api/routes.ts'
import { traefikVerdicts } from '#prove/kubernetes/traefik/routes.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { sealResources } from '#snapshot/seal.ts'
import { buildGateway, buildHttpRoute } from '#topology/kubernetes/gateway-api.ts'
import { buildIngressRoute, buildMiddleware } from '#topology/kubernetes/traefik.ts'
import { staticConfigOf } from '#topology/kubernetes/traefik-static.ts'

const token = 'wT4kq9ZcV7mB2xR8nL5pD1sF6hJ3gY0a'
const anyone = { kind: 'addresses', cidrs: ['0.0.0.0/0'] } as const
const key = new Uint8Array(32).fill(7)

/** What a snapshot of the manifests holds: collected and sealed as a scan would. */
const read = (text: string): readonly LocatedResource[] => {
  const { records, gaps } = recordsOfManifests([{ path: 'deploy/app.yaml', text }])
  expect(gaps).toEqual([])
  const sealed = sealResources(records, key)
  expect(JSON.stringify(sealed)).not.toContain(token)
  return sealed.map((r, n) => ({ ...r, line: n + 2 }))
}

const only = (all: readonly LocatedResource[], type: string) => all.filter(r => r.type === type)

const traefik = `
apiVersion: traefik.io/v1alpha1
kind: Middleware
metadata: { name: users, namespace: shop }
spec:
  basicAuth: { secret: users }
---
apiVersion: traefik.io/v1alpha1
kind: Middleware
metadata: { name: office, namespace: shop }
spec:
  ipAllowList: { sourceRange: [192.0.2.0/24] }
---
apiVersion: traefik.io/v1alpha1
kind: Middleware
metadata: { name: all, namespace: shop }
spec:
  chain: { middlewares: [{ name: office }, { name: users }] }
---
apiVersion: traefik.io/v1alpha1
kind: IngressRoute
metadata: { name: web, namespace: shop }
spec:
  entryPoints: [websecure]
  routes:
    - match: Host(\`shop.example.com\`) && Header(\`X-Origin-Verify\`, \`${token}\`)
      kind: Rule
      services: [{ name: web, port: 80 }]
    - match: Host(\`shop.example.com\`) && PathPrefix(\`/admin\`)
      kind: Rule
      priority: 500
      middlewares: [{ name: all }]
      services: [{ name: admin, port: http, namespace: back }]
    - match: Host(\`shop.example.com\`) && PathPrefix(\`/health\`)
      kind: Rule
      services: [{ name: web, port: 80 }]
  tls: {}
`

describe('IngressRoutes from manifests', () => {
  const records = read(traefik)
  const middlewares = only(records, types.middleware).map(buildMiddleware)
  const config = staticConfigOf([
    '--providers.kubernetescrd',
    '--providers.kubernetescrd.allowcrossnamespace',
  ])
  const parts = { services: [], middlewares, config, old: false }
  const [object] = only(records, types.ingressRoute).map(r => buildIngressRoute(r, parts))

  it('keep what decides them, and the manifest that they stand in', () => {
    expect(object).toMatchObject({
      namespace: 'shop',
      name: 'web',
      entryPoints: ['websecure'],
      tls: true,
      place: { file: 'deploy/app.yaml', line: 20 },
    })
    expect(object?.routes.map(r => [r.priority, r.match.values.length, r.services])).toEqual([
      [null, 1, [{ name: 'shop/web', port: '80' }]],
      [500, 0, [{ name: 'back/admin', port: 'http' }]],
      [null, 0, [{ name: 'shop/web', port: '80' }]],
    ])
    expect(object?.routes[0]?.match.length).toBe(
      `Host(\`shop.example.com\`) && Header(\`X-Origin-Verify\`, \`${token}\`)`.length,
    )
    expect(middlewares.map(m => [m.name, m.does.kind])).toEqual(
      expect.arrayContaining([
        ['users', 'basic-auth'],
        ['office', 'addresses'],
        ['all', 'chain'],
      ]),
    )
  })

  it('are decided: the token closes, the list of addresses closes, the forgotten path is open', () => {
    const verdicts = traefikVerdicts(
      object === undefined ? [] : [object],
      { middlewares, authSecrets: known([]) },
      null,
      { kind: 'addresses', cidrs: ['203.0.113.0/24'] },
    )
    expect(verdicts.map(v => v.verdict)).toEqual(['closed', 'closed', 'open'])
    expect(verdicts[2]?.witness).toMatchObject({ host: 'shop.example.com', path: '/health' })
  })
})

describe('middlewares from manifests', () => {
  const kindOf = (spec: string) => {
    const text = `apiVersion: traefik.io/v1alpha1\nkind: Middleware\nmetadata: { name: m }\nspec: ${spec}`
    return only(read(text), types.middleware).map(buildMiddleware)[0]?.does
  }

  it('are told apart, and one of a later version is not read', () => {
    expect(kindOf('{ compress: {} }')).toEqual({ kind: 'harmless' })
    expect(kindOf('{ forwardAuth: { address: "https://sso.example.com" } }')).toEqual({ kind: 'login' })
    expect(kindOf('{ oracle: {} }')).toEqual({ kind: 'unread', name: 'oracle' })
    expect(kindOf('{}')).toMatchObject({ kind: 'unread' })
    expect(kindOf('{ redirectScheme: { scheme: https } }')).toMatchObject({ kind: 'unread' })
    expect(
      kindOf('{ ipAllowList: { sourceRange: [192.0.2.0/24], ipStrategy: { depth: 1 } } }'),
    ).toMatchObject({ of: { kind: 'position', depth: 1 } })
  })
})

const gateways = `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: public, namespace: edge }
spec:
  gatewayClassName: nginx
  listeners:
    - { name: web, port: 80, protocol: HTTP, allowedRoutes: { namespaces: { from: All } } }
status:
  addresses: [{ type: Hostname, value: Edge-1.elb.eu-west-1.amazonaws.com }]
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: shop, namespace: shop }
spec:
  parentRefs: [{ name: public, namespace: edge }]
  hostnames: [shop.example.com]
  rules:
    - matches:
        - path: { type: PathPrefix, value: / }
          headers: [{ name: X-Origin-Verify, value: ${token} }]
      backendRefs: [{ name: web, port: 80 }]
    - matches: [{ path: { type: PathPrefix, value: /status } }]
      backendRefs: [{ name: web, port: 80 }]
`

describe('Gateways from manifests', () => {
  it('are decided with the routes of every namespace that may attach', () => {
    const records = read(gateways)
    const [gateway] = only(records, types.gateway).map(buildGateway)
    const routes = only(records, types.httpRoute).map(buildHttpRoute)
    expect(gateway?.addresses).toEqual(['edge-1.elb.eu-west-1.amazonaws.com'])
    const found = gateway === undefined ? [] : gatewayVerdicts(gateway, routes, anyone)
    expect(found.map(v => [v.route.services[0]?.name, v.verdict, v.witness?.path])).toEqual([
      ['shop/web', 'open', '/status'],
      ['shop/web', 'closed', undefined],
    ])
  })
})
