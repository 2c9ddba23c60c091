/** Every kind of object that is read of a cluster, and why: the one list, from which the cluster role is printed. */
import { types } from '#snapshot/resource-types.ts'

interface ApiGroup {
  /** Empty for the core group. */
  readonly group: string
  /** In order of preference; a later one is asked only where the earlier ones are not served. */
  readonly versions: readonly string[]
}

export interface Resource {
  /** One of `resource-types.ts`. */
  readonly type: string
  readonly kind: string
  readonly plural: string
  /** More than one where a project moved its kinds to another group. */
  readonly groups: readonly ApiGroup[]
  readonly namespaced: boolean
  /** Defined by a controller: a cluster that does not know it has none. */
  readonly custom: boolean
  /** `get`: only objects that others name are read, one by one. */
  readonly verb: 'list' | 'get'
  /** What is learned by it, for the reader of the role. */
  readonly purpose: string
}

const core: readonly ApiGroup[] = [{ group: '', versions: ['v1'] }]
const apps: readonly ApiGroup[] = [{ group: 'apps', versions: ['v1'] }]
const networking: readonly ApiGroup[] = [{ group: 'networking.k8s.io', versions: ['v1'] }]
const gatewayGroup = 'gateway.networking.k8s.io'
const gatewayApi: readonly ApiGroup[] = [{ group: gatewayGroup, versions: ['v1', 'v1beta1'] }]
const traefik: readonly ApiGroup[] = [
  { group: 'traefik.io', versions: ['v1alpha1'] },
  { group: 'traefik.containo.us', versions: ['v1alpha1'] },
]

const built = { namespaced: true, custom: false, verb: 'list' } as const
const custom = { ...built, custom: true } as const

export const resources: readonly Resource[] = [
  {
    ...built,
    type: types.ingress,
    kind: 'Ingress',
    plural: 'ingresses',
    groups: networking,
    purpose: 'hosts, paths and checks of every Ingress',
  },
  {
    ...built,
    type: types.ingressClass,
    kind: 'IngressClass',
    plural: 'ingressclasses',
    groups: networking,
    namespaced: false,
    purpose: 'which controller serves which Ingress',
  },
  {
    ...custom,
    type: types.ingressClassParams,
    kind: 'IngressClassParams',
    plural: 'ingressclassparams',
    groups: [{ group: 'elbv2.k8s.aws', versions: ['v1beta1'] }],
    namespaced: false,
    purpose: 'what the AWS Load Balancer Controller is told for a class',
  },
  {
    ...built,
    type: types.service,
    kind: 'Service',
    plural: 'services',
    groups: core,
    purpose: 'which load balancers and node ports lead into the cluster',
  },
  {
    ...built,
    type: types.namespace,
    kind: 'Namespace',
    plural: 'namespaces',
    groups: core,
    namespaced: false,
    purpose: 'labels by which gateways and classes choose namespaces',
  },
  {
    ...built,
    type: types.workload,
    kind: 'Deployment',
    plural: 'deployments',
    groups: apps,
    purpose: 'version and arguments of the controllers',
  },
  {
    ...built,
    type: types.workload,
    kind: 'DaemonSet',
    plural: 'daemonsets',
    groups: apps,
    purpose: 'version and arguments of the controllers',
  },
  {
    ...built,
    type: types.configMap,
    kind: 'ConfigMap',
    plural: 'configmaps',
    groups: core,
    verb: 'get',
    purpose: 'settings of the controllers; no other ConfigMap is read',
  },
  {
    ...built,
    type: types.kubernetesSecret,
    kind: 'Secret',
    plural: 'secrets',
    groups: core,
    verb: 'get',
    purpose: 'htpasswd entries that a check names; no other Secret is read',
  },
  {
    ...custom,
    type: types.gatewayClass,
    kind: 'GatewayClass',
    plural: 'gatewayclasses',
    groups: gatewayApi,
    namespaced: false,
    purpose: 'which controller serves which Gateway',
  },
  {
    ...custom,
    type: types.gateway,
    kind: 'Gateway',
    plural: 'gateways',
    groups: gatewayApi,
    purpose: 'listeners, and which routes may attach to them',
  },
  {
    ...custom,
    type: types.httpRoute,
    kind: 'HTTPRoute',
    plural: 'httproutes',
    groups: gatewayApi,
    purpose: 'hosts, paths and header matches of every route',
  },
  {
    ...custom,
    type: types.ingressRoute,
    kind: 'IngressRoute',
    plural: 'ingressroutes',
    groups: traefik,
    purpose: 'routers of Traefik, their matchers and middlewares',
  },
  {
    ...custom,
    type: types.grpcRoute,
    kind: 'GRPCRoute',
    plural: 'grpcroutes',
    groups: [{ group: gatewayGroup, versions: ['v1', 'v1alpha2'] }],
    purpose: 'other ways to the same Services',
  },
  {
    ...custom,
    type: types.tlsRoute,
    kind: 'TLSRoute',
    plural: 'tlsroutes',
    groups: [{ group: gatewayGroup, versions: ['v1', 'v1alpha3', 'v1alpha2'] }],
    purpose: 'other ways to the same Services',
  },
  {
    ...custom,
    type: types.tcpRoute,
    kind: 'TCPRoute',
    plural: 'tcproutes',
    groups: [{ group: gatewayGroup, versions: ['v1', 'v1alpha2'] }],
    purpose: 'other ways to the same Services',
  },
  {
    ...custom,
    type: types.ingressRouteTcp,
    kind: 'IngressRouteTCP',
    plural: 'ingressroutetcps',
    groups: traefik,
    purpose: 'other ways to the same Services',
  },
  {
    ...custom,
    type: types.ingressRouteUdp,
    kind: 'IngressRouteUDP',
    plural: 'ingressrouteudps',
    groups: traefik,
    purpose: 'other ways to the same Services',
  },
  {
    ...custom,
    type: types.traefikService,
    kind: 'TraefikService',
    plural: 'traefikservices',
    groups: traefik,
    purpose: 'Services that share the requests of a router, or get copies of them',
  },
  {
    ...custom,
    type: types.targetGroupBinding,
    kind: 'TargetGroupBinding',
    plural: 'targetgroupbindings',
    groups: [{ group: 'elbv2.k8s.aws', versions: ['v1beta1'] }],
    purpose: 'load balancers that somebody made and that lead to the same pods',
  },
  {
    ...custom,
    type: types.middleware,
    kind: 'Middleware',
    plural: 'middlewares',
    groups: traefik,
    purpose: 'passwords and address lists that Traefik asks for',
  },
]

/** The name of a kind as RBAC and its API give it, e.g. `ingresses.networking.k8s.io`. */
export const resourceName = (plural: string, group: string): string =>
  group === '' ? plural : `${plural}.${group}`

/** Of read and gap records: `ListIngress`, `GetSecret`. */
export const operationOf = ({ verb, kind }: Pick<Resource, 'verb' | 'kind'>): string =>
  `${verb === 'list' ? 'List' : 'Get'}${kind}`

export type Recognised =
  | { readonly kind: 'known'; readonly resource: Resource; readonly group: string }
  /** A kind that is read, in a version of its API that is not. */
  | { readonly kind: 'other-version'; readonly resource: Resource }
  | { readonly kind: 'not-read' }

/** API groups that Ingress left long ago. */
const formerGroups: Readonly<Record<string, string>> = { extensions: 'networking.k8s.io' }

/** What an object is, by its `apiVersion` and `kind`. */
export const recognise = (apiVersion: string, kind: string): Recognised => {
  const slash = apiVersion.indexOf('/')
  const written = apiVersion.slice(0, Math.max(slash, 0))
  const group = Object.hasOwn(formerGroups, written) ? formerGroups[written] : written
  const resource = resources.find(r => r.kind === kind && r.groups.some(g => g.group === group))
  if (resource === undefined) return { kind: 'not-read' }
  const own = resource.groups.find(g => g.group === written)
  return own?.versions.includes(apiVersion.slice(slash + 1))
    ? { kind: 'known', resource, group: own.group }
    : { kind: 'other-version', resource }
}
