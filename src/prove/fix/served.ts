/**
 * Whether CloudFront's own requests are delivered after a change as they were before it: through the same network, web ACL
 * and rules. The arguments are sufficient, not necessary; where they fail, the change is not proposed.
 */
import { subtractCidrs } from '#base/ip-set.ts'
import type { Link, Listener, LoadBalancer, Topology } from '#topology/model.ts'
import { type Balancers, forwardsOf, innerDoors, originPorts } from '../backend.ts'
import { admission } from '../network/admission.ts'
import { type Spaces, spacesOf } from '../network/space.ts'
import type { Edge, SentRequests } from './edit.ts'
import { arrivesAlike, instanceAlike, targetsAlike } from './served-hosts.ts'
import { rulesAlike } from './served-rules.ts'
import { webAclAlike } from './served-web-acl.ts'

/** A graph with what is looked up in it. */
export interface Estate {
  readonly topology: Topology
  readonly balancers: Balancers
  readonly spaces: () => Spaces
}

export const estateOf = (topology: Topology): Estate => {
  let spaces: Spaces | null = null
  return {
    topology,
    balancers: new Map(topology.loadBalancers.map(lb => [lb.ref.arn, lb])),
    spaces: () => (spaces ??= spacesOf(topology)),
  }
}

/** `after` is `before` with changed load balancers; every link that leads to one of them is compared. */
export const servesAlike = (before: Estate, after: Estate, edge: Edge): boolean => {
  const changed = [...before.balancers].filter(([arn, lb]) => after.balancers.get(arn) !== lb)
  const links = new Set(changed.flatMap(([arn]) => edge.linksTo(arn)))
  return (
    hostsServed(before, after, changed) &&
    [...links].every(link => {
      const own =
        link.target.kind === 'load-balancer' ? [link.target.loadBalancer, ...link.target.others] : []
      const comparison: Comparison = { before, after, link, requests: edge.requestsOf(link) }
      return own.every(lb => balancerAlike(comparison, lb.ref.arn, originPorts(link), 0))
    })
  )
}

const hostsServed = (
  before: Estate,
  after: Estate,
  changed: readonly (readonly [string, LoadBalancer])[],
): boolean =>
  changed.every(([arn, lb]) => {
    const now = after.balancers.get(arn)
    return now !== undefined && targetsAlike(lb, now)
  }) &&
  before.topology.links.every((link, i) => {
    const now = after.topology.links[i]
    return link.target.kind !== 'instance' || (now !== undefined && instanceAlike(before.spaces(), link, now))
  })

interface Comparison {
  readonly before: Estate
  readonly after: Estate
  readonly link: Link
  readonly requests: SentRequests
}

const balancerAlike = (
  comparison: Comparison,
  arn: string,
  ports: readonly number[],
  depth: number,
): boolean => {
  const [old, now] = [comparison.before.balancers.get(arn), comparison.after.balancers.get(arn)]
  if (old === undefined || now === undefined) return old === now
  const alike =
    old === now ||
    (webAclAlike(comparison.requests, old, now) && networkAlike(comparison, old, now, ports, depth))
  return alike && ports.every(port => listenersAlike(comparison, [old, now], port, depth))
}

const at = ({ listeners }: LoadBalancer, port: number): Listener | undefined =>
  listeners.known ? listeners.value.find(l => l.port === port) : undefined

const listenersAlike = (
  comparison: Comparison,
  [before, after]: readonly [LoadBalancer, LoadBalancer],
  port: number,
  depth: number,
): boolean => {
  const [old, now] = [at(before, port), at(after, port)]
  if (old === undefined || now === undefined) return old === now
  if (old !== now && !rulesAlike(comparison.requests, old, now)) return false
  return depth > 1 || innerAlike(comparison, old, depth)
}

/** Application load balancers behind a network load balancer. */
const innerAlike = (comparison: Comparison, listener: Listener, depth: number): boolean =>
  (listener.rules.known ? listener.rules.value : [])
    .flatMap(forwardsOf)
    .flatMap(({ group }) => innerDoors(group, comparison.before.balancers))
    .every(door => balancerAlike(comparison, door.balancer.ref.arn, [door.listener.port], depth + 1))

const families = [4, 6] as const

const networkAlike = (
  { before, link }: Comparison,
  old: LoadBalancer,
  now: LoadBalancer,
  ports: readonly number[],
  depth: number,
): boolean => {
  if (old.ingress === now.ingress) return true
  // Who connects from inside is the owner's affair: nothing may be taken away there.
  if (depth > 0) return false
  const isPrivate = link.target.kind === 'load-balancer' && link.target.vpcOrigin !== null
  return ports.every(port =>
    families.every(family =>
      isPrivate
        ? privateAlike(old, now, family, port)
        : arrivesAlike(before.spaces(), [old, now], family, port),
    ),
  )
}

/** Of a VPC origin: its interfaces have private addresses, CloudFront's list, or a group of their own. */
const privateAlike = (old: LoadBalancer, now: LoadBalancer, family: 4 | 6, port: number): boolean => {
  const [had, has] = [admission(old, family, port), admission(now, family, port)]
  if (had.cloudFront) return has.cloudFront
  if (had.groups.length > 0) return had.groups.every(g => has.groups.includes(g))
  return subtractCidrs(had.named.possible, has.named.possible).length === 0
}
