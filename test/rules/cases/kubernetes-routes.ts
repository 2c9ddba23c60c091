/** Worlds for the rules about Traefik and the Gateway API. */
import { known, unobserved } from '#base/known.ts'
import { sealRule } from '#snapshot/traefik/seal-rule.ts'
import type {
  AddressSource,
  ClusterRouter,
  ForwardedHeaders,
  IngressRoute,
  LoadBalancer,
  Middleware,
} from '#topology/model.ts'
import { aGap, aLoadBalancer, aRef, inCluster, toLoadBalancer, type World } from '../../judge/build.ts'
import { seal } from '../../prove/build/values.ts'
import type { Cases } from '../test-rule.ts'
import { withCluster } from './with-cluster.ts'

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
      routing: {
        kind: 'traefik',
        objects: [route(match)],
        middlewares: [],
        authSecrets: known([]),
        forwarded: [],
      },
      aside: null,
      gaps: [],
      ...changes,
    })),
  }))

const aMiddleware = (name: string, does: Middleware['does']): Middleware => ({
  ref: aRef('Kubernetes::Middleware', `shop/${name}`, `kubernetes://manifests/Middleware/shop/${name}`),
  place: { file: 'deploy/shop.yaml', line: 30 },
  namespace: 'shop',
  name,
  does,
})

const privately: ForwardedHeaders = { entryPoint: 'web', everybody: false, cidrs: ['10.0.0.0/8'] }
const chain = aMiddleware('both', { kind: 'chain', of: [{ namespace: 'shop', name: 'office' }] })

/** A router behind a list of addresses, named itself or by the chain. */
const listing = (
  of: AddressSource,
  forwarded: readonly ForwardedHeaders[] = [],
  balancer: Partial<Pick<LoadBalancer, 'attributes'>> = {},
  chains: readonly Middleware[] = [],
): World => {
  const first = chains[0]?.name ?? 'office'
  const web = route('PathPrefix(`/`)')
  const routes = web.routes.map(r => ({ ...r, middlewares: [{ namespace: 'shop', name: first }] }))
  const office = aMiddleware('office', { kind: 'addresses', cidrs: ['203.0.113.0/28'], of })
  const lb = aLoadBalancer(balancer)
  const world = traefik(
    'PathPrefix(`/`)',
    {
      loadBalancers: [lb.ref.arn],
      routing: {
        kind: 'traefik',
        objects: [{ ...web, routes }],
        middlewares: [office, ...chains],
        authSecrets: known([]),
        forwarded,
      },
    },
    { target: toLoadBalancer(lb) },
  )
  return { ...world, topology: { ...world.topology, loadBalancers: [lb] } }
}

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
  'traefik-client-ip-trusted': [
    { name: 'the list goes by the connection', world: listing({ kind: 'connection' }), outcome: 'satisfied' },
    {
      name: 'nobody is believed',
      world: listing({ kind: 'position', depth: 1 }, []),
      outcome: 'satisfied',
    },
    {
      name: 'the load balancer is believed, and writes the last address',
      world: listing({ kind: 'position', depth: 1 }, [privately]),
      outcome: 'satisfied',
    },
    {
      name: 'the load balancer is believed, and the address before the last counts',
      world: listing({ kind: 'position', depth: 2 }, [privately]),
      outcome: 'violated',
      says: 'address 2 from the end',
    },
    {
      name: 'the load balancer leaves the header as it is',
      world: listing({ kind: 'last-other-than', cidrs: ['10.0.0.0/8'] }, [privately], {
        attributes: known({ 'routing.http.xff_header_processing.mode': 'preserve' }),
      }),
      outcome: 'violated',
      says: 'is preserve',
    },
    {
      name: 'everybody is believed',
      world: listing({ kind: 'position', depth: 1 }, [{ ...privately, everybody: true }]),
      outcome: 'violated',
      says: 'believes everybody (forwardedHeaders.insecure)',
    },
    {
      name: 'half of the internet is believed, and a chain leads to the list',
      world: listing({ kind: 'position', depth: 1 }, [{ ...privately, cidrs: ['128.0.0.0/1'] }], {}, [chain]),
      outcome: 'violated',
      says: '128.0.0.0/1',
    },
    {
      name: 'attributes of the load balancer were not read',
      world: listing({ kind: 'position', depth: 1 }, [privately], {
        attributes: unobserved(aGap('DescribeLoadBalancerAttributes', '*')),
      }),
      outcome: 'unknown',
    },
    {
      name: 'the arguments of Traefik were not read',
      world: traefik(gated, { gaps: [aGap('ListDeployment', '*')] }),
      outcome: 'unknown',
    },
    { name: 'no router has a list', world: traefik(gated), outcome: 'inapplicable' },
  ],
}
