/** Finds every load balancer that leads to given targets. */
import type { LoadBalancer, Topology } from '#topology/model.ts'
import { type Backend, type Balancers, forwardsOf, identities, innerDoors } from './backend.ts'

export interface TargetIndex {
  readonly balancers: Balancers
  /** Those that share a target with the backend, or stand in front of one that does. */
  leadingTo(backend: Backend): readonly LoadBalancer[]
  /** Those of which something was not read, so that they may lead anywhere. */
  readonly uncertain: readonly LoadBalancer[]
}

export const targetIndex = (topology: Topology): TargetIndex => {
  const all = balancersOf(topology)
  const balancers: Balancers = new Map(all.map(lb => [lb.ref.arn, lb]))
  const byTarget = new Map<string, Set<LoadBalancer>>()
  const fronts = new Map<string, Set<LoadBalancer>>()
  const uncertain: LoadBalancer[] = []
  for (const lb of all) {
    const { ids, inner, complete } = leads(lb, balancers)
    for (const id of ids) add(byTarget, id, lb)
    for (const arn of inner) add(fronts, arn, lb)
    if (!complete) uncertain.push(lb)
  }
  return {
    balancers,
    uncertain,
    leadingTo: backend => {
      const found = new Set(
        [...backend.targets, ...backend.maybe].flatMap(id => [...(byTarget.get(id) ?? [])]),
      )
      for (const lb of found) for (const front of fronts.get(lb.ref.arn) ?? []) found.add(front)
      return [...found]
    },
  }
}

const add = (map: Map<string, Set<LoadBalancer>>, key: string, lb: LoadBalancer): void => {
  const set = map.get(key)
  if (set) set.add(lb)
  else map.set(key, new Set([lb]))
}

/** Each once, by ARN. */
const balancersOf = (topology: Topology): readonly LoadBalancer[] => {
  const ofLinks = topology.links.flatMap(({ target }) =>
    target.kind === 'load-balancer' ? [target.loadBalancer, ...target.others] : [],
  )
  return [...new Map([...topology.loadBalancers, ...ofLinks].map(lb => [lb.ref.arn, lb])).values()]
}

interface Leads {
  readonly ids: readonly string[]
  /** ARNs of load balancers that are targets themselves. */
  readonly inner: readonly string[]
  readonly complete: boolean
}

const leads = (lb: LoadBalancer, balancers: Balancers): Leads => {
  if (!lb.listeners.known) return { ids: [], inner: [], complete: false }
  const rules = lb.listeners.value.flatMap(l => (l.rules.known ? l.rules.value : []))
  const groups = rules.flatMap(forwardsOf).map(f => f.group)
  const read = groups.map(g => identities(g, balancers))
  const seen = lb.listeners.value.every(l => l.rules.known) && read.every(r => r.reasons.length === 0)
  const understood = rules.every(r => r.actions.every(a => a.kind !== 'unrecognised'))
  return {
    ids: read.flatMap(r => r.ids),
    inner: groups.flatMap(g => innerDoors(g, balancers)).map(d => d.balancer.ref.arn),
    complete: seen && understood,
  }
}
