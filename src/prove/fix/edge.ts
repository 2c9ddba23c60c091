/** What CloudFront sends, by link, worked out once for a graph; edits do not change it. */
import type { Link, LoadBalancer, Topology } from '#topology/model.ts'
import { type Balancers, forwardsOf, innerDoors } from '../backend.ts'
import { edgeRequests } from '../edge-request.ts'
import type { Edge, SentRequests } from './edit.ts'

export const edgeOf = (topology: Topology): Edge => {
  const balancers: Balancers = new Map(topology.loadBalancers.map(lb => [lb.ref.arn, lb]))
  const leading = new Map<string, Link[]>()
  for (const link of topology.links)
    for (const arn of new Set(balancersOf(link, balancers))) {
      const links = leading.get(arn) ?? []
      links.push(link)
      leading.set(arn, links)
    }
  const requests = new Map<string, SentRequests>()
  return {
    linksTo: arn => leading.get(arn) ?? [],
    requestsOf: link => {
      const made = requests.get(link.id) ?? { ...edgeRequests(link), headersKept: keepsHeaders(link) }
      requests.set(link.id, made)
      return made
    },
  }
}

/** Code that runs before a viewer's request is looked at cannot touch the headers of the origin, unless it picks another. */
const keepsHeaders = ({ behaviors }: Link): boolean =>
  behaviors
    .flatMap(b => b.functions)
    .filter(f => f.event.endsWith('request'))
    .every(
      ({ event, originChange }) =>
        event === 'viewer-request' && originChange.known && originChange.value === 'never',
    )

/** ARNs of its own load balancers, and of those behind them. */
const balancersOf = ({ target }: Link, balancers: Balancers): readonly string[] => {
  if (target.kind !== 'load-balancer') return []
  return [target.loadBalancer, ...target.others].flatMap(lb => [
    lb.ref.arn,
    ...innerOf(lb, balancers).map(inner => inner.ref.arn),
  ])
}

export const innerOf = (lb: LoadBalancer, balancers: Balancers): readonly LoadBalancer[] => {
  const listeners = lb.listeners.known ? lb.listeners.value : []
  const rules = listeners.flatMap(l => (l.rules.known ? l.rules.value : []))
  return rules.flatMap(forwardsOf).flatMap(({ group }) => innerDoors(group, balancers).map(d => d.balancer))
}
