/** Which ingress controller stands behind target groups, told by the identity of targets. */
import type { Known } from '#base/known.ts'
import type {
  Cluster,
  ClusterController,
  ClusterRouter,
  Fronted,
  TargetGroup,
  Topology,
} from '#topology/model.ts'
import { type Balancers, forwardsOf, identities } from '../backend.ts'

export interface Behind {
  readonly cluster: Cluster
  readonly at: ClusterController | ClusterRouter
  /** Identities of the targets that are the controller. */
  readonly entrances: ReadonlySet<string>
}

const made = new WeakMap<Topology, readonly Behind[]>()

export type BehindController = Behind & { readonly at: ClusterController }
export type BehindRouter = Behind & { readonly at: ClusterRouter }

export const isRouter = (behind: Behind): behind is BehindRouter => 'routing' in behind.at
export const isController = (behind: Behind): behind is BehindController => 'controller' in behind.at

/** Every controller that some load balancer leads to. */
export const behindOf = (topology: Topology, balancers: Balancers): readonly Behind[] => {
  const before = made.get(topology)
  if (before !== undefined) return before
  const all = topology.clusters.flatMap(cluster =>
    [...cluster.controllers, ...cluster.routers].map(at => ({
      cluster,
      at,
      entrances: entrancesOf(at, balancers),
    })),
  )
  const found = all.filter(b => b.entrances.size > 0)
  made.set(topology, found)
  return found
}

const entrancesOf = (at: Fronted, balancers: Balancers): ReadonlySet<string> => {
  const found = new Set<string>()
  for (const lb of balancers.values()) {
    const whole = at.loadBalancers.includes(lb.ref.arn)
    const rules = (lb.listeners.known ? lb.listeners.value : []).flatMap(l =>
      l.rules.known ? l.rules.value : [],
    )
    for (const { group } of rules.flatMap(forwardsOf))
      if (group.known && (whole || at.targetGroups.includes(group.value.ref.arn)))
        for (const id of ownTargets(group.value, at, balancers)) found.add(id)
  }
  return found
}

/** A port of the nodes that no Service of the controller has leads elsewhere. */
const ownTargets = (group: TargetGroup, at: Fronted, balancers: Balancers): readonly string[] => {
  const { ids } = identities({ known: true, value: group }, balancers)
  const ports = at.services.flatMap(s => s.nodePorts ?? [])
  if (group.targetType !== 'instance' || ports.length === 0) return ids
  const fits = ids.filter(id => ports.includes(Number(id.slice(id.lastIndexOf(':') + 1))))
  const named = ids.filter(id => !id.startsWith('group '))
  return named.every(id => fits.includes(id)) ? ids : fits
}

/** Null unless every target of the groups is one and the same controller. */
export const controllerBehind = (
  all: readonly Behind[],
  groups: readonly Known<TargetGroup>[],
  balancers: Balancers,
): Behind | null => {
  if (all.length === 0 || groups.length === 0) return null
  const each = groups.map(group => identities(group, balancers).ids)
  return all.find(({ entrances }) => each.every(ids => leadsIn(ids, entrances))) ?? null
}

/** One target may be named by instance in one group and by address in another: then its place tells. */
const leadsIn = (ids: readonly string[], entrances: ReadonlySet<string>): boolean => {
  const named = ids.filter(id => !/^(?:group|at) /.test(id))
  const places = ids.filter(id => id.startsWith('at '))
  if (named.length === 0) return ids.some(id => entrances.has(id))
  return (
    named.every(id => entrances.has(id)) ||
    (places.length >= named.length && places.every(id => entrances.has(id)))
  )
}
