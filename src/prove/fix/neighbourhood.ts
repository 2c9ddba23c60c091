/** The part of a graph that the verdicts of one link rest on, so that proving it again does not look at the whole estate. */
import type { Link, LoadBalancer, Topology } from '#topology/model.ts'
import { backendOf, forwardsOf, identities } from '../backend.ts'
import { targetIndex } from '../target-index.ts'
import { innerOf } from './edge.ts'
import type { Edge } from './edit.ts'

/**
 * Load balancers that share a target with any rule of the link's own ones, those that lead to them, and those of which
 * something was not read. Edits let no rule forward to other targets than before, so that no more can be entry points.
 * Ways that are no load balancers stay as they are. Links around the same load balancers share one object.
 */
export const neighbourhoods = (topology: Topology, edge: Edge): ((link: Link) => Topology) => {
  const index = targetIndex(topology)
  const place = new Map(topology.links.map((link, i) => [link.id, i]))
  const rank = new Map(topology.loadBalancers.map((lb, i) => [lb.ref.arn, i]))
  const made = new Map<string, Topology>()
  return link => {
    const own = ownOf(link).flatMap(lb => [lb, ...innerOf(lb, index.balancers)])
    const reads = own
      .flatMap(rulesOf)
      .flatMap(forwardsOf)
      .map(f => identities(f.group, index.balancers))
    // Targets that were not read may be behind any load balancer.
    const backend = backendOf(link, index.balancers)
    if ([backend, ...reads].some(r => r.reasons.length > 0)) return topology
    const targets = new Set([...backend.targets, ...backend.maybe, ...reads.flatMap(r => r.ids)])
    const beside = index.leadingTo({ targets, maybe: new Set(), reasons: [] })
    const all = new Set([...own, ...beside, ...index.uncertain])
    for (const lb of all) for (const inner of innerOf(lb, index.balancers)) all.add(inner)
    const links = new Set([link, ...[...all].flatMap(lb => edge.linksTo(lb.ref.arn))])
    const loadBalancers = [...all].sort((a, b) => (rank.get(a.ref.arn) ?? 0) - (rank.get(b.ref.arn) ?? 0))
    const key = [...loadBalancers.map(lb => lb.ref.arn), links.size, own.length === 0 ? link.id : ''].join(
      '\n',
    )
    const part = made.get(key) ?? {
      ...topology,
      loadBalancers,
      links: [...links].sort((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0)),
    }
    made.set(key, part)
    return part
  }
}

const ownOf = ({ target }: Link): readonly LoadBalancer[] =>
  target.kind === 'load-balancer' ? [target.loadBalancer, ...target.others] : []

const rulesOf = (lb: LoadBalancer) =>
  (lb.listeners.known ? lb.listeners.value : []).flatMap(l => (l.rules.known ? l.rules.value : []))
