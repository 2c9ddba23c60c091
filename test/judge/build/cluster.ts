/** A cluster with an ingress-nginx controller behind the load balancer of a world. */
import { known } from '#base/known.ts'
import type {
  Cluster,
  ClusterController,
  ClusterService,
  Ingress,
  IngressController,
  LoadBalancer,
} from '#topology/model.ts'
import { aLoadBalancer } from './load-balancer.ts'
import { aRef } from './refs.ts'
import { aWorld, type LinkSpec, toLoadBalancer, type World } from './world.ts'

const arn = (kind: string, name: string): string => `kubernetes://manifests/${kind}/shop/${name}`

export const anIngress = (name: string, changes: Partial<Ingress> = {}): Ingress => ({
  ref: aRef('Kubernetes::Ingress', `shop/${name}`, arn('Ingress', name)),
  place: { file: 'deploy/shop.yaml', line: 10 },
  namespace: 'shop',
  name,
  className: 'nginx',
  createdAt: '2025-01-01T00:00:00Z',
  rules: [
    {
      host: 'shop.example.com',
      paths: [{ path: '/', pathType: 'Prefix', service: { name: 'shop', port: '80' } }],
    },
  ],
  defaultBackend: null,
  annotations: {},
  snippets: {},
  ...changes,
})

export const aService = (name: string, changes: Partial<ClusterService> = {}): ClusterService => ({
  ref: aRef('Kubernetes::Service', `shop/${name}`, arn('Service', name)),
  place: { file: 'deploy/shop.yaml', line: 40 },
  namespace: 'shop',
  name,
  type: 'ClusterIP',
  selector: { app: name },
  nodePorts: null,
  hostnames: [],
  keepsClient: true,
  ...changes,
})

export const aController = (changes: Partial<IngressController> = {}): IngressController => ({
  ref: aRef('Kubernetes::Workload', 'ingress-nginx/controller', arn('Deployment', 'controller')),
  place: { file: 'deploy/controller.yaml', line: 1 },
  version: '1.15.1',
  data: { 'allow-snippet-annotations': 'true', 'annotations-risk-level': 'Critical' },
  snippets: {},
  sslPassthrough: false,
  authSecrets: known([]),
  ...changes,
})

export interface ClusterSpec {
  readonly controller?: IngressController
  readonly ingresses?: readonly Ingress[]
  readonly services?: readonly ClusterService[]
  readonly gaps?: ClusterController['gaps']
  readonly clusterGaps?: Cluster['gaps']
  /** False where no load balancer is known to lead there. */
  readonly joined?: boolean
}

export const inCluster = (spec: ClusterSpec, link: LinkSpec = {}): World => {
  const lb: LoadBalancer = aLoadBalancer()
  const { ingresses = [anIngress('shop')], gaps = [], clusterGaps = [], joined = true } = spec
  const { controller = aController(), services = [aService('shop')] } = spec
  const at: ClusterController = {
    cluster: 'manifests',
    controller,
    serves: ingresses.map(ingress => ({ ingress, sure: true })),
    services: [],
    loadBalancers: joined ? [lb.ref.arn] : [],
    targetGroups: [],
    gaps,
  }
  const cluster: Cluster = {
    name: 'manifests',
    controllers: [at],
    routers: [],
    balancerIngresses: [],
    balancerClasses: [],
    balancerControllers: [],
    services,
    ingresses,
    otherRoutes: [],
    gaps: clusterGaps,
  }
  const world = aWorld([
    { target: toLoadBalancer(lb), distribution: { aliases: ['shop.example.com'] }, verdict: 'open', ...link },
  ])
  return { ...world, topology: { ...world.topology, clusters: [cluster] } }
}
