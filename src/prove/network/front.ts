/** Whom an application load balancer behind a network load balancer admits: the client, the load balancer in front, or either. */
import { containsAddress, type Family, intersectCidrs } from '#base/ip-set.ts'
import type { Listener, LoadBalancer, TargetGroup } from '#topology/model.ts'
import type { Entry } from '../entry.ts'
import type { Reason } from '../exposure.ts'
import { gapReasons, notModelled } from '../uncertainty.ts'
import { type Admission, admission } from './admission.ts'
import { difference } from './cidrs.ts'
import { closed, exampleSource, type Reach, type Sources } from './reach.ts'
import { everyAddress } from './region.ts'
import type { Spaces } from './space.ts'

/** What stands behind the front, and the target group that leads there. */
export interface Inner {
  readonly balancer: LoadBalancer
  readonly listener: Listener
  readonly group: TargetGroup
}

interface At {
  readonly entry: Entry
  readonly family: Family
}

type Outer = Exclude<Reach, { kind: 'closed' }>

/** `outer` says who reaches the network load balancer of `at.entry`. */
export const reachBehind = (spaces: Spaces, at: At, inner: Inner, outer: Outer): Reach => {
  const { balancer, listener } = inner
  const front = at.entry.balancer
  const keeps = keepsAddress(at, inner.group)
  const client = keeps === false ? nobody : admittedClients(spaces, at, inner, outer)
  const own = keeps === true ? neither : admittedFront(spaces, at, inner)
  if (client.possible.length === 0 && !own.possible) {
    const text = `Security groups of ${balancer.ref.name} admit none of what ${front.ref.name} passes on.`
    return closed(text, [balancer.ref.line, front.ref.line])
  }
  const sources = keeps === false ? sourcesOf(outer) : client.sources
  const wholly = (keeps === true || (own.sure && !asksForSource(listener))) && sources !== null
  if (wholly && outer.kind === 'open') return { kind: 'open', sources }
  const possible = [...client.possible, ...(own.possible ? [everyAddress[4], everyAddress[6]] : [])]
  return { kind: 'unknown', possible, reasons: whyUnsure(at, inner, outer) }
}

const sourcesOf = (outer: Outer): Sources | null => (outer.kind === 'open' ? outer.sources : null)

/**
 * Whether the load balancer behind sees the client's address. It does not of what came through AWS PrivateLink or was
 * changed from one family to the other (Network Load Balancer guide, client IP preservation).
 */
const keepsAddress = ({ entry, family }: At, { clientIpPreserved }: TargetGroup): boolean | null => {
  if (entry.way.kind === 'vpc-link' || entry.way.kind === 'endpoint-service') return false
  if (clientIpPreserved.known && !clientIpPreserved.value) return false
  return clientIpPreserved.known && family === 4 ? true : null
}

/** Naming the group of the load balancer in front admits all that it passes on, the client's address kept or not. */
const namesFront = ({ groups }: Admission, front: LoadBalancer): boolean =>
  groups.some(g => front.securityGroupIds.includes(g))

interface Clients {
  readonly possible: readonly string[]
  /** Null where it is not certain that any is admitted. */
  readonly sources: Sources | null
}

const nobody: Clients = { possible: [], sources: null }

const admittedClients = (
  spaces: Spaces,
  { entry, family }: At,
  { balancer, listener }: Inner,
  outer: Outer,
): Clients => {
  const admitted = admission(balancer, family, listener.port)
  const { named, cloudFront } = admitted
  const possible = outer.kind === 'open' ? outer.sources.possible : outer.possible
  if (namesFront(admitted, entry.balancer)) return { possible, sources: sourcesOf(outer) }
  const servers = spaces[family].cloudFront
  const left = [
    ...intersectCidrs(named.possible, possible),
    ...(cloudFront ? intersectCidrs(servers.possible, possible) : []),
  ]
  if (outer.kind !== 'open') return { possible: left, sources: null }
  const sure = [
    ...intersectCidrs(named.sure, outer.sources.sure),
    ...(cloudFront ? intersectCidrs(servers.sure, outer.sources.sure) : []),
  ]
  const example = exampleSource(sure)
  return { possible: left, sources: example === null ? null : { sure, possible: left, example } }
}

interface Front {
  readonly possible: boolean
  readonly sure: boolean
}

const neither: Front = { possible: false, sure: false }

/** It connects from private IPv4 addresses of its subnets, or from IPv6 ones that nobody knows. */
const admittedFront = (spaces: Spaces, { entry, family }: At, { balancer, listener }: Inner): Front => {
  const fourth = admission(balancer, 4, listener.port)
  const own = admission(balancer, family, listener.port)
  const possible =
    intersectCidrs(fourth.named.possible, spaces[4].inside.possible).length > 0 ||
    intersectCidrs(own.named.possible, spaces[family].inside.possible).length > 0 ||
    fourth.groups.length > 0
  const sure = namesFront(fourth, entry.balancer) || holdsFront(spaces, fourth, entry.balancer)
  return { possible: possible || sure, sure }
}

const holdsFront = (spaces: Spaces, { named }: Admission, { subnets }: LoadBalancer): boolean => {
  if (difference(spaces[4].inside.sure, named.sure).length === 0) return true
  if (!subnets.known || subnets.value.length === 0) return false
  return subnets.value.every(({ cidr }) => cidr !== undefined && containsAddress(named.sure, cidr))
}

const asksForSource = (listener: Listener): boolean =>
  listener.rules.known && listener.rules.value.some(r => r.conditions.some(c => c.field === 'source-ip'))

const whyUnsure = (
  { entry, family }: At,
  { balancer, listener, group }: Inner,
  outer: Outer,
): readonly Reason[] => {
  const { named } = admission(balancer, family, listener.port)
  const { clientIpPreserved: kept } = group
  const reasons = [
    ...(outer.kind === 'unknown' ? outer.reasons : []),
    ...gapReasons(named.gaps),
    ...(kept.known ? [] : gapReasons(kept.gaps)),
  ]
  const message = `Whether ${balancer.ref.name} admits what ${entry.balancer.ref.name} passes on turns on an address that is not known.`
  return reasons.length > 0 ? reasons : [notModelled(message)]
}
