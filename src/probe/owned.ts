/** Names and addresses that the account itself says are its own, beside the load balancers of origins. */
import type { LoadBalancer, TargetGroup, Topology } from '#topology/model.ts'

/**
 * Of internet-facing load balancers and enabled accelerators, which AWS names and nobody else can have, and the public
 * addresses of the instances and interfaces behind target groups, as the account's own listing gives them.
 */
export const ownedEndpoints = ({ loadBalancers, accelerators }: Topology): readonly string[] => [
  ...new Set([
    ...loadBalancers.filter(lb => lb.scheme === 'internet-facing').map(lb => lb.dnsName),
    ...accelerators.items.filter(a => a.enabled).flatMap(a => [...a.dnsNames, ...a.addresses]),
    ...loadBalancers.flatMap(groupsOf).flatMap(hostAddresses),
  ]),
]

const groupsOf = ({ listeners }: LoadBalancer): readonly TargetGroup[] => {
  const rules = listeners.known ? listeners.value.flatMap(l => (l.rules.known ? l.rules.value : [])) : []
  const forwards = rules.flatMap(r => r.actions).flatMap(a => (a.kind === 'forward' ? a.groups : []))
  return forwards.flatMap(({ group }) => (group.known ? [group.value] : []))
}

/** Only those that arrive at the target itself: nothing else is said to serve it. */
const hostAddresses = ({ hosts }: TargetGroup): readonly string[] =>
  hosts.known ? hosts.value.flatMap(host => host.direct ?? host.publicAddresses) : []
