/** Worlds for the rules about checks inside a cluster. */
import { known } from '#base/known.ts'
import type { Ingress } from '#topology/model.ts'
import { aController, aGap, anIngress, aService, aWorld, inCluster } from '../../judge/build.ts'
import { sealedSnippet, sealedToken } from '../../prove/kubernetes/seal.ts'
import type { Cases } from '../test-rule.ts'

const token = 'Vb7QnK2xTj9RwLzC4mYhF8sDpG3uXa6E'
const check = `if ($http_x_origin_token != "${token}") {\n  return 403;\n}\n`
const snippet = (text = check) => ({ 'configuration-snippet': { ...sealedSnippet(text), fileLine: 17 } })
const gated = (name = 'shop', changes: Partial<Ingress> = {}): Ingress =>
  anIngress(name, { snippets: snippet(), ...changes })
const at = (host: string, path: string): Pick<Ingress, 'rules'> => ({
  rules: [{ host, paths: [{ path, pathType: 'Prefix', service: { name: 'shop', port: '80' } }] }],
})
const unread = [aGap('GetConfigMap', 'ingress-nginx/controller')]
const strict = aController({ data: {} })
const unversioned = aController({ data: {}, version: null })
const sends = (value: string) => ({
  origin: { headers: [{ name: 'X-Origin-Token', value: sealedToken(value, [check]) }] },
})
const basic = { 'auth-type': 'basic', 'auth-secret': 'edge' }
const elsewhere = aWorld([{}])
const mended = { observedAt: '2026-01-15T00:00:00.000Z' }
const before = (version: string | null) => {
  const world = inCluster({ controller: aController({ version }) })
  return { ...world, topology: { ...world.topology, ...mended } }
}
const listed = { annotations: { 'whitelist-source-range': '203.0.113.0/24' } }
const believing = (proxies?: string) =>
  aController({
    data: {
      'use-forwarded-headers': 'true',
      ...(proxies === undefined ? {} : { 'proxy-real-ip-cidr': proxies }),
    },
  })

export const kubernetesCases: Cases = {
  'ingress-requires-token': [
    { name: 'the path asks for the token', world: inCluster({ ingresses: [gated()] }), outcome: 'satisfied' },
    { name: 'the link is closed before', world: inCluster({}, { verdict: 'closed' }), outcome: 'satisfied' },
    {
      name: 'the path asks for nothing',
      world: inCluster({}),
      outcome: 'violated',
      says: 'asks for nothing',
    },
    {
      name: 'the value can be guessed',
      world: inCluster({
        ingresses: [gated('shop', { snippets: snippet(check.replace(token, 'changeme')) })],
      }),
      outcome: 'violated',
      says: 'guessed',
    },
    {
      name: 'the password is not known',
      world: inCluster({
        controller: aController({ authSecrets: known([{ name: 'shop/edge', state: 'usable' }]) }),
        ingresses: [anIngress('shop', { annotations: basic })],
      }),
      outcome: 'unknown',
      says: 'password',
    },
    { name: 'the settings were not read', world: inCluster({ gaps: unread }), outcome: 'unknown' },
    { name: 'no origin leads there', world: inCluster({ joined: false }), outcome: 'inapplicable' },
  ],
  'ingress-token-check-rendered': [
    { name: 'snippets are rendered', world: inCluster({ ingresses: [gated()] }), outcome: 'satisfied' },
    {
      name: 'snippets are not allowed',
      world: inCluster({ controller: strict, ingresses: [gated()] }),
      outcome: 'violated',
      says: 'is not rendered',
    },
    {
      name: 'the version was not observed',
      world: inCluster({ controller: unversioned, ingresses: [gated()] }),
      outcome: 'unknown',
    },
    {
      name: 'the settings were not read',
      world: inCluster({ ingresses: [gated()], gaps: unread }),
      outcome: 'unknown',
    },
    { name: 'the object has no check', world: inCluster({}), outcome: 'inapplicable' },
  ],
  'ingress-no-ungated-sibling': [
    { name: 'there is one object only', world: inCluster({ ingresses: [gated()] }), outcome: 'satisfied' },
    {
      name: 'a longer path lacks the check',
      world: inCluster({ ingresses: [gated(), anIngress('health', at('shop.example.com', '/health'))] }),
      outcome: 'violated',
      says: 'shop/health',
    },
    {
      name: 'another host leads elsewhere',
      world: inCluster({
        ingresses: [
          gated(),
          anIngress('blog', {
            rules: [
              {
                host: 'blog.example.com',
                paths: [{ path: '/', pathType: 'Prefix', service: { name: 'blog', port: '80' } }],
              },
            ],
          }),
        ],
        services: [aService('shop'), aService('blog')],
      }),
      outcome: 'satisfied',
    },
    {
      name: 'a node port leads to the same pods',
      world: inCluster({
        ingresses: [gated()],
        services: [aService('shop'), aService('debug', { type: 'NodePort', selector: { app: 'shop' } })],
      }),
      outcome: 'violated',
      says: 'NodePort',
    },
    {
      name: 'Services were not read',
      world: inCluster({ ingresses: [gated()], clusterGaps: [aGap('ListService')] }),
      outcome: 'unknown',
    },
    { name: 'nothing is checked', world: inCluster({}), outcome: 'inapplicable' },
  ],
  'ingress-snippet-parses': [
    { name: 'the snippet is well-formed', world: inCluster({ ingresses: [gated()] }), outcome: 'satisfied' },
    {
      name: 'a block is not closed',
      world: inCluster({ ingresses: [gated('shop', { snippets: snippet(check.replace('}', '')) })] }),
      outcome: 'violated',
      says: 'configuration-snippet',
    },
    {
      name: 'quotes are typographic',
      world: inCluster({
        ingresses: [gated('shop', { snippets: snippet(check.replaceAll('"', '\u201d')) })],
      }),
      outcome: 'violated',
      says: 'quote',
    },
    { name: 'the settings were not read', world: inCluster({ gaps: unread }), outcome: 'unknown' },
  ],
  'ingress-credentials-match': [
    {
      name: 'the value fits',
      world: inCluster({ ingresses: [gated()] }, sends(token)),
      outcome: 'satisfied',
    },
    {
      name: 'another value is sent',
      world: inCluster({ ingresses: [gated()] }, sends('zQ8wN3kT6vB1xM9yL4pJ7sD2hF5rC0gE')),
      outcome: 'violated',
      says: 'answers 403',
    },
    {
      name: 'no password is sent',
      world: inCluster({
        controller: aController({ authSecrets: known([{ name: 'shop/edge', state: 'usable', bits: 128 }]) }),
        ingresses: [anIngress('shop', { annotations: basic })],
      }),
      outcome: 'violated',
      says: 'Authorization',
    },
    { name: 'the settings were not read', world: inCluster({ gaps: unread }), outcome: 'unknown' },
    { name: 'no object serves the origin', world: inCluster({ ingresses: [] }), outcome: 'unknown' },
    { name: 'the origin is in no cluster', world: elsewhere, outcome: 'inapplicable' },
  ],
  'ingress-token-not-in-clear': [
    { name: 'no snippet holds a value', world: inCluster({}), outcome: 'satisfied' },
    {
      name: 'a snippet holds the token',
      world: inCluster({ ingresses: [gated()] }),
      outcome: 'violated',
      says: 'line 1 holds the secret in clear text',
    },
    { name: 'the settings were not read', world: inCluster({ gaps: unread }), outcome: 'unknown' },
  ],
  'ingress-controller-supported': [
    { name: 'it was mended, and maintained still', world: before('1.13.0'), outcome: 'satisfied' },
    { name: 'it is after the end', world: inCluster({}), outcome: 'violated', says: 'no more fixes' },
    { name: 'it has known holes', world: before('1.12.0'), outcome: 'violated', says: 'CVE-2025-1974' },
    { name: 'its version was not observed', world: before(null), outcome: 'unknown' },
  ],
  'ingress-client-ip-trusted': [
    {
      name: 'no address is taken from headers',
      world: inCluster({ ingresses: [anIngress('shop', listed)] }),
      outcome: 'satisfied',
    },
    {
      name: 'the load balancer alone is believed',
      world: inCluster({ controller: believing('10.0.0.0/16'), ingresses: [anIngress('shop', listed)] }),
      outcome: 'satisfied',
    },
    {
      name: 'everybody is believed',
      world: inCluster({ controller: believing(), ingresses: [anIngress('shop', listed)] }),
      outcome: 'violated',
      says: '0.0.0.0/0',
    },
    {
      name: 'a public range is believed',
      world: inCluster({
        controller: believing('10.0.0.0/8, 8.0.0.0/8'),
        ingresses: [anIngress('shop', listed)],
      }),
      outcome: 'violated',
    },
    {
      name: 'the settings were not read',
      world: inCluster({ ingresses: [anIngress('shop', listed)], gaps: unread }),
      outcome: 'unknown',
    },
    { name: 'nothing goes by addresses', world: inCluster({}), outcome: 'inapplicable' },
  ],
}
