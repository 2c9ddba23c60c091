/** Worlds for the rules about Traefik, the Gateway API and the AWS Load Balancer Controller. */
import { known } from '#base/known.ts'
import { sealRule } from '#snapshot/traefik/seal-rule.ts'
import type { BalancerIngress, ClusterRouter, IngressRoute } from '#topology/model.ts'
import { aGap, aRef, inCluster, type World } from '../../judge/build.ts'
import { seal } from '../../prove/build/values.ts'
import type { Cases } from '../test-rule.ts'

const token = 'Vb7QnK2xTj9RwLzC4mYhF8sDpG3uXa6E'
const gated = `Host(\`shop.example.com\`) && Header(\`X-Origin-Token\`, \`${token}\`)`

const route = (match: string): IngressRoute => ({
  ref: aRef('Kubernetes::IngressRoute', 'shop/web', 'kubernetes://manifests/IngressRoute/shop/web'),
  place: { file: 'deploy/shop.yaml', line: 3 },
  namespace: 'shop',
  name: 'web',
  className: null,
  entryPoints: [],
  tls: false,
  routes: [
    {
      match: sealRule(match, s => seal(s.raw, s.dialect)),
      syntax: 'v3',
      priority: null,
      middlewares: [],
      services: [{ name: 'shop/shop', port: '80' }],
    },
  ],
})

/** The cluster of a world with other contents. */
const withCluster = (
  world: World,
  change: (cluster: World['topology']['clusters'][number]) => Partial<World['topology']['clusters'][number]>,
): World => ({
  ...world,
  topology: { ...world.topology, clusters: world.topology.clusters.map(c => ({ ...c, ...change(c) })) },
})

const traefik = (
  match: string,
  changes: Partial<ClusterRouter> = {},
  link: Parameters<typeof inCluster>[1] = {},
): World =>
  withCluster(inCluster({}, link), cluster => ({
    controllers: [],
    routers: cluster.controllers.map(({ loadBalancers, targetGroups, services }) => ({
      ref: aRef(
        'Kubernetes::Workload',
        'traefik/traefik',
        'kubernetes://manifests/Deployment/traefik/traefik',
      ),
      place: null,
      cluster: 'manifests',
      services,
      loadBalancers,
      targetGroups,
      routing: { kind: 'traefik', objects: [route(match)], middlewares: [], authSecrets: known([]) },
      aside: null,
      gaps: [],
      ...changes,
    })),
  }))

const object = (name: string, changes: Partial<BalancerIngress> = {}): BalancerIngress => ({
  ref: aRef('Kubernetes::Ingress', `shop/${name}`, `kubernetes://manifests/Ingress/shop/${name}`),
  place: { file: 'deploy/alb.yaml', line: 7 },
  namespace: 'shop',
  name,
  group: null,
  doubt: null,
  services: ['shop'],
  conditions: [],
  annotations: {},
  params: null,
  loadBalancers: [],
  ...changes,
})

const condition = (name: string) => ({ name, headers: ['x-origin-token'] })

const alb = (...balancerIngresses: readonly BalancerIngress[]): World =>
  withCluster(inCluster({}), () => ({ balancerIngresses }))

const facing = (annotations: Readonly<Record<string, string>> = {}): World =>
  alb(object('web', { annotations: { scheme: 'internet-facing', ...annotations } }))

const unclassed = 'who serves it was not read, for its class was not'
const params = { scheme: null, inboundCidrs: [], prefixLists: [], webAcl: null }
const acl = (name: string) => ({
  'wafv2-acl-arn': `arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/${name}/1`,
})

export const kubernetesRouteCases: Cases = {
  'gateway-route-gated': [
    { name: 'the router asks for the token', world: traefik(gated), outcome: 'satisfied' },
    {
      name: 'the link is closed before',
      world: traefik('PathPrefix(`/`)', {}, { verdict: 'closed' }),
      outcome: 'satisfied',
    },
    {
      name: 'the router asks for nothing',
      world: traefik('PathPrefix(`/`)'),
      outcome: 'violated',
      says: 'asks for nothing',
    },
    {
      name: 'the value can be guessed',
      world: traefik(gated.replace(token, 'test')),
      outcome: 'violated',
      says: 'guessed',
    },
    {
      name: 'a matcher is not known',
      world: traefik('Moon(`full`)'),
      outcome: 'unknown',
      says: 'not decided',
    },
    {
      name: 'the arguments of Traefik were not read',
      world: traefik(gated, { gaps: [aGap('ListDeployment', '*')] }),
      outcome: 'unknown',
    },
    { name: 'no origin leads there', world: traefik(gated, { loadBalancers: [] }), outcome: 'inapplicable' },
  ],
  'lbc-condition-effective': [
    {
      name: 'it names a Service',
      world: alb(object('web', { conditions: [condition('shop')] })),
      outcome: 'satisfied',
    },
    {
      name: 'it names no Service',
      world: alb(object('web', { conditions: [condition('shop'), condition('shpo')] })),
      outcome: 'violated',
      says: 'names none of its Services (shop)',
    },
    {
      name: 'its class was not read',
      world: alb(object('web', { doubt: unclassed })),
      outcome: 'unknown',
      says: 'class',
    },
    { name: 'there is no condition', world: alb(object('web')), outcome: 'inapplicable' },
  ],
  'lbc-security-group-closed': [
    { name: 'a prefix list', world: facing({ 'security-group-prefix-lists': 'pl-1' }), outcome: 'satisfied' },
    {
      name: 'some addresses',
      world: facing({ 'inbound-cidrs': '192.0.2.0/24, 198.51.100.0/24' }),
      outcome: 'satisfied',
    },
    { name: 'groups of its own', world: facing({ 'security-groups': 'sg-1' }), outcome: 'satisfied' },
    {
      name: 'the class names a prefix list',
      world: alb(
        object('web', {
          annotations: { scheme: 'internet-facing' },
          params: { ...params, prefixLists: ['pl-1'] },
        }),
      ),
      outcome: 'satisfied',
    },
    {
      name: 'another of the group names a prefix list',
      world: alb(
        object('web', { group: 'edge', annotations: { scheme: 'internet-facing' } }),
        object('api', {
          group: 'edge',
          annotations: { scheme: 'internet-facing', 'security-group-prefix-lists': 'pl-1' },
        }),
      ),
      outcome: 'satisfied',
    },
    { name: 'nothing', world: facing(), outcome: 'violated', says: "the controller's default is everybody" },
    {
      name: 'everybody in two halves',
      world: facing({ 'inbound-cidrs': '0.0.0.0/1,128.0.0.0/1' }),
      outcome: 'violated',
    },
    {
      name: 'a prefix list that is ignored',
      world: facing({ 'security-groups': 'sg-1', 'security-group-prefix-lists': 'pl-1' }),
      outcome: 'violated',
      says: 'ignored',
    },
    {
      name: 'its class was not read',
      world: alb(object('web', { doubt: unclassed })),
      outcome: 'unknown',
      says: 'class',
    },
    { name: 'an internal one', world: alb(object('web')), outcome: 'inapplicable' },
  ],
  'lbc-waf-kept': [
    { name: 'it names one', world: alb(object('web', { annotations: acl('a') })), outcome: 'satisfied' },
    {
      name: 'it says none',
      world: alb(object('web', { annotations: { 'wafv2-acl-arn': 'none' } })),
      outcome: 'violated',
      says: 'takes the web ACL off',
    },
    {
      name: 'another of the group names another',
      world: alb(
        object('web', { group: 'edge', annotations: acl('a') }),
        object('api', { group: 'edge', annotations: acl('b') }),
      ),
      outcome: 'violated',
      says: 'of the same group names',
    },
    {
      name: 'another of another group names another',
      world: alb(object('web', { annotations: acl('a') }), object('api', { annotations: acl('b') })),
      outcome: 'satisfied',
    },
    {
      name: 'its class was not read',
      world: alb(object('web', { doubt: unclassed })),
      outcome: 'unknown',
      says: 'class',
    },
    { name: 'nobody speaks of one', world: alb(object('web')), outcome: 'inapplicable' },
  ],
}
