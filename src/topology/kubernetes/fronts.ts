/** Which load balancers and target groups lead to a Service: by the host name in its status, or by tags. */
import { normalName } from '#base/domain-name.ts'
import { types } from '#snapshot/resource-types.ts'
import { listAt, textAt } from '../config.ts'
import type { Facts } from '../facts.ts'
import type { ClusterService } from '../model/cluster.ts'
import type { LoadBalancer, Ref } from '../model.ts'
import type { BuiltIngress } from './ingress.ts'

export interface Fronts {
  readonly loadBalancers: readonly string[]
  readonly targetGroups: readonly string[]
}

/** What of a cluster says who stands in front of it. */
export interface Published {
  readonly cluster: string
  /** Whether no other cluster was read, so that a tag of any name is taken for this one. */
  readonly alone: boolean
  readonly services: readonly ClusterService[]
  readonly ingresses: readonly BuiltIngress[]
  /** `namespace/name` to the group of the AWS Load Balancer Controller that the object is in. */
  readonly groups: ReadonlyMap<string, string>
}

type Tags = ReadonlyMap<string, string>

const tagsOf = (facts: Facts, arn: string): Tags =>
  new Map(
    facts
      .where(types.tags, 'ResourceArn', arn)
      .flatMap(({ config }) => listAt(config, 'Tags') ?? [])
      .map(tag => [textAt(tag, 'Key') ?? '', textAt(tag, 'Value') ?? ''] as const),
  )

/** EKS writes its ARN for the name of a context. */
const isOfCluster = (tags: Tags, { cluster, alone }: Published): boolean => {
  const named = tags.get('elbv2.k8s.aws/cluster') ?? inTreeCluster(tags)
  return named !== undefined && (alone || cluster === named || cluster.endsWith(`/${named}`))
}

/** The older controller writes the name into the key. */
const inTreeCluster = (tags: Tags): string | undefined =>
  [...tags.keys()].find(k => k.startsWith('kubernetes.io/cluster/'))?.slice('kubernetes.io/cluster/'.length)

const hostName = (lb: LoadBalancer): string => normalName(lb.dnsName).replace(/^dualstack\./, '')

const isNamed = (hostnames: readonly string[], lb: LoadBalancer): boolean =>
  hostnames.some(h => normalName(h).replace(/^dualstack\./, '') === hostName(lb))

/** `namespace/name` of the Service that the load balancer was made for. */
const madeFor = (tags: Tags): string | undefined =>
  tags.get('service.k8s.aws/stack') ?? tags.get('kubernetes.io/service-name')

const stackOf = ({ ingress }: BuiltIngress, { groups }: Published): string =>
  groups.get(ingress.ref.name) ?? ingress.ref.name

/** Services that the objects behind an application load balancer name; null where it has no such objects. */
const behindIngress = (lb: LoadBalancer, tags: Tags, published: Published): readonly BuiltIngress[] => {
  const stack = isOfCluster(tags, published) ? tags.get('ingress.k8s.aws/stack') : undefined
  return published.ingresses.filter(
    i => (stack !== undefined && stackOf(i, published) === stack) || isNamed(i.hostnames, lb),
  )
}

const backendsOf = ({ ingress }: BuiltIngress): readonly { readonly name: string; readonly port: string }[] =>
  [...ingress.rules.flatMap(r => r.paths.map(p => p.service)), ingress.defaultBackend].flatMap(service =>
    service === null ? [] : [{ name: `${ingress.namespace}/${service.name}`, port: service.port }],
  )

const groupsOf = (lb: LoadBalancer): readonly string[] =>
  (lb.listeners.known ? lb.listeners.value : [])
    .flatMap(l => (l.rules.known ? l.rules.value : []))
    .flatMap(r => r.actions)
    .flatMap(a => (a.kind === 'forward' ? a.groups : []))
    .flatMap(({ group }) => (group.known ? [group.value.ref.arn] : []))

/** `ingress.k8s.aws/resource` of a target group: `namespace/ingress-service:port`. */
const groupNamesOf = (built: BuiltIngress, names: ReadonlySet<string>): readonly string[] =>
  backendsOf(built).flatMap(({ name, port }) =>
    names.has(name) ? [`${built.ingress.ref.name}-${name.slice(name.indexOf('/') + 1)}:${port}`] : [],
  )

/** ARNs of the load balancers that were made of an Ingress, alone or with others. */
export const madeOf = (
  facts: Facts,
  balancers: readonly LoadBalancer[],
  published: Published,
  ingress: Ref,
): readonly string[] =>
  balancers
    .filter(lb =>
      behindIngress(lb, tagsOf(facts, lb.ref.arn), published).some(i => i.ingress.ref.arn === ingress.arn),
    )
    .map(lb => lb.ref.arn)

/**
 * What leads to one of `own` and nowhere else. `served` are the objects that the controller behind those Services serves:
 * it writes the host name of its own load balancer into their status.
 */
export const frontsOf = (
  facts: Facts,
  balancers: readonly LoadBalancer[],
  published: Published,
  own: readonly ClusterService[],
  served: readonly BuiltIngress[],
): Fronts => {
  const names = new Set(own.map(s => s.ref.name))
  const [loadBalancers, targetGroups]: [string[], string[]] = [[], []]
  for (const lb of balancers) {
    const tags = tagsOf(facts, lb.ref.arn)
    const service = isOfCluster(tags, published) ? madeFor(tags) : undefined
    const direct =
      (service !== undefined && names.has(service)) ||
      own.some(s => isNamed(s.hostnames, lb)) ||
      served.some(i => isNamed(i.hostnames, lb))
    const objects = behindIngress(lb, tags, published).filter(i => !served.includes(i))
    const all = objects.flatMap(backendsOf)
    if (direct || (all.length > 0 && all.every(b => names.has(b.name)))) loadBalancers.push(lb.ref.arn)
    else if (all.some(b => names.has(b.name))) {
      const wanted = new Set(objects.flatMap(i => groupNamesOf(i, names)))
      targetGroups.push(
        ...groupsOf(lb).filter(arn => wanted.has(tagsOf(facts, arn).get('ingress.k8s.aws/resource') ?? '')),
      )
    }
  }
  return { loadBalancers, targetGroups: [...new Set(targetGroups)] }
}
