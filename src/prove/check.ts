/**
 * Re-validates a certificate without any part of the search that made it: every rule of every listener of every entry
 * point, for both address families, must be covered by an obligation that still holds.
 */
import type { Known } from '#base/known.ts'
import type { Link, Listener, LoadBalancer, Rule, TargetGroup, Topology } from '#topology/model.ts'
import { apiFaults } from './check/api.ts'
import { addsNoSecret, linkFaults } from './check/api-link.ts'
import {
  allGroups,
  backendTargets,
  balancersOf,
  behind,
  type CheckedBackend,
  entryPoints,
  groupsOf,
} from './check/backend.ts'
import { bucketFaults } from './check/bucket.ts'
import { edgeFaults } from './check/edge-functions.ts'
import { functionUrlFaults } from './check/function-url.ts'
import { type Machine, machinesOf, originMachines } from './check/gate.ts'
import { type Front, obligationHolds, type Place } from './check/obligation-holds.ts'
import { type CheckedWay, namedBalancer, otherWays, ownWay } from './check/ways.ts'
import type { Certificate, Obligation, Vantage } from './exposure.ts'

/** What is wrong with the certificate, a sentence each; empty where it proves that the link is closed. */
export const checkCertificate = (
  topology: Topology,
  link: Link,
  vantage: Vantage,
  certificate: Certificate,
): readonly string[] => [...edgeFaults(link, certificate), ...waysLeft(topology, link, vantage, certificate)]

const waysLeft = (
  topology: Topology,
  link: Link,
  vantage: Vantage,
  certificate: Certificate,
): readonly string[] => {
  if (link.target.kind === 'function-url') return functionUrlFaults(link.target, vantage, certificate)
  if (link.target.kind === 'bucket') return bucketFaults(link.target, link, vantage, certificate)
  if (link.target.kind === 'api') return apiFaults(topology, link, link.target, vantage, certificate)
  if (link.target.kind !== 'load-balancer' && link.target.kind !== 'instance')
    return ['The origin of the link is neither a load balancer nor an instance.']
  const balancers = balancersOf(topology)
  const backend = backendTargets(link, balancers)
  const entries = entryPoints(link, backend, balancers)
  const check: Check = {
    whole: certificate,
    certificate: byPlace(certificate),
    place: { topology, link, balancers, backend, vantage },
  }
  const unseen = link.target.kind === 'load-balancer' ? link.target.gaps.map(gap => gap.message) : []
  unseen.push(...hiddenBeside(topology, link, entries))
  // Targets that were not read may be behind any load balancer.
  if (backend.partly && balancers.size > entries.length) unseen.push('Targets of the origin were not read.')
  if (vantage !== 'inside' && entries.flatMap(allGroups).some(g => isFunctionOf(g, backend)))
    unseen.push('What else invokes the Lambda function behind the origin is not followed.')
  const machines = machinesToCheck(link, vantage, backend, entries)
  if (machines === null) unseen.push('The machines behind the targets of the origin were not read.')
  const ways = [
    ...entries.flatMap(lb => [ownWay(lb), ...otherWays(topology, namedBalancer(lb), vantage)]),
    ...(machines ?? []).flatMap(({ host, gate }) => [
      ownWay(gate),
      ...otherWays(
        topology,
        { gate, ids: host.ids, elastic: host.publicAddresses, isMachine: true },
        vantage,
      ),
    ]),
  ]
  unseen.push(...unsaid(vantage, certificate))
  return [
    ...unseen,
    ...ways.flatMap(way => ([4, 6] as const).flatMap(family => checkWay(check, way, family))),
  ]
}

const isFunctionOf = (group: Known<TargetGroup>, { targets }: CheckedBackend): boolean =>
  group.known &&
  group.value.targetType === 'lambda' &&
  group.value.targets.known &&
  group.value.targets.value.some(name => targets.has(name))

/** A load balancer that nobody saw may lead to the same targets, where it is in the region of one that does. */
const hiddenBeside = (
  { unseenLoadBalancers }: Topology,
  { target }: Link,
  entries: readonly LoadBalancer[],
): readonly string[] => {
  const near = [
    ...entries.map(lb => lb.ref.region),
    ...(target.kind === 'instance' ? [target.ref.region] : []),
  ]
  return unseenLoadBalancers.filter(gap => near.includes(gap.region)).map(gap => gap.message)
}

/** A certificate says what it rests on besides what was read. */
const unsaid = (vantage: Vantage, { obligations, reliesOn }: Certificate): readonly string[] => {
  const needed = [
    ...(vantage === 'inside' ? [] : ['other-networks']),
    ...(obligations.some(o => o.kind === 'MTLS') ? ['trust-store'] : []),
    ...(obligations.some(o => o.kind === 'CLUSTER_REFUSES') ? ['cluster-as-read'] : []),
  ]
  return needed
    .filter(name => !reliesOn.includes(name))
    .map(name => `The certificate does not say that it assumes ${name}.`)
}

/** From inside only those of an origin that is an instance are asked: see the assumptions of certificates. */
const machinesToCheck = (
  link: Link,
  vantage: Vantage,
  { targets, partly }: CheckedBackend,
  entries: readonly LoadBalancer[],
): readonly Machine[] | null => {
  if (partly && vantage !== 'inside') return null
  const groups = vantage === 'inside' ? [] : entries.flatMap(allGroups)
  const found = [
    originMachines(link),
    ...groups.map(g => (g.known ? machinesOf(g.value, name => targets.has(name)) : [])),
  ]
  const known = found.filter(m => m !== null)
  return known.length === found.length ? known.flat() : null
}

interface Check {
  readonly whole: Certificate
  readonly certificate: ReadonlyMap<string, readonly Obligation[]>
  readonly place: Pick<Place, 'topology' | 'link' | 'balancers' | 'backend' | 'vantage'>
}

const key = (entry: string, family: number, listener: string | null, rule: string | null): string =>
  JSON.stringify([entry, family, listener, rule])

/** Listeners of a classic load balancer share one ARN, so that a place may have several. */
const byPlace = ({ obligations }: Certificate): ReadonlyMap<string, readonly Obligation[]> =>
  Map.groupBy(obligations, o => key(o.entryPoint, o.family, o.listener, o.rule))

interface At {
  readonly way: CheckedWay
  readonly front: Front | null
  readonly balancer: LoadBalancer
  readonly family: 4 | 6
  readonly listener: Listener | null
  readonly rule: Rule | null
}

const obligationsAt = ({ certificate }: Check, { way, family, listener, rule }: At): readonly Obligation[] =>
  certificate.get(key(way.arn, family, listener?.ref.arn ?? null, rule?.ref.arn ?? null)) ?? []

/** Whether an obligation of the place holds there. One that speaks of another way under the same name need not. */
const holdsAt = (check: Check, at: At, only?: Obligation['kind']): boolean =>
  obligationsAt(check, at).some(
    o => (only === undefined || o.kind === only) && obligationHolds(o, { ...check.place, ...at }),
  )

const complaint = (check: Check, at: At): string => {
  const { way, listener, rule, family } = at
  const { arn } = (rule ?? listener ?? { ref: { arn: way.arn } }).ref
  const [said] = obligationsAt(check, at)
  return said === undefined
    ? `Nothing closes ${arn} by ${way.arn} (IPv${family}).`
    : `${said.kind} does not hold for ${arn} (IPv${family}).`
}

const checkWay = (check: Check, way: CheckedWay, family: 4 | 6): readonly string[] => [
  ...datagrams(way.gate),
  ...(isShutByApis(check, way) ? [] : [...checkBrought(check, way), ...checkTcp(check, way, family)]),
]

/** Where no API in front of a link lets anybody through, the load balancer behind it need not. */
const isShutByApis = ({ place: { topology, vantage }, whole }: Check, { link, gate }: CheckedWay): boolean =>
  link !== undefined && linkFaults(topology, link, gate, vantage, whole).length === 0

/** What a gate asks for is no secret where an API adds it to every request. */
const checkBrought = ({ place }: Check, { link, gate, arn }: CheckedWay): readonly string[] =>
  link === undefined || addsNoSecret(link, gate, place.link)
    ? []
    : [`An API in front of ${arn} may add what the gate behind it asks for.`]

/** Obligations speak of TCP. */
const datagrams = ({ ref, listeners, ingress, securityGroupIds }: LoadBalancer): readonly string[] => {
  const udp =
    listeners.known && listeners.value.some(l => l.protocol.includes('UDP') || l.protocol.includes('QUIC'))
  const kept =
    securityGroupIds.length > 0 &&
    ingress.known &&
    ingress.value.every(r => r.protocol !== 'udp' && r.protocol !== '17' && r.protocol !== '-1')
  return udp && !kept ? [`${ref.arn} may be reached by UDP.`] : []
}

const checkTcp = (check: Check, way: CheckedWay, family: 4 | 6): readonly string[] => {
  const { gate } = way
  const whole: At = { way, front: null, balancer: gate, family, listener: null, rule: null }
  if (holdsAt(check, whole)) return []
  if (obligationsAt(check, whole).length > 0 && way.by === 'own-address') return [complaint(check, whole)]
  if (gate.kind === 'gateway') return [`${gate.ref.arn} is a gateway load balancer.`]
  if (!gate.listeners.known) return [`The listeners of ${gate.ref.arn} were not read.`]
  return gate.listeners.value.flatMap(listener => {
    const at: At = { ...whole, listener }
    if (holdsAt(check, at, 'NET_UNREACHABLE')) return []
    const own = checkListener(check, at, listener)
    if (gate.kind !== 'network' || !listener.rules.known) return own
    return [...own, ...checkBehind(check, at, listener)]
  })
}

/** Application load balancers that the listener of a network load balancer leads to. */
const checkBehind = (check: Check, at: At, outer: Listener): readonly string[] => {
  const groups = outer.rules.known ? outer.rules.value.flatMap(groupsOf).map(f => f.group) : []
  return groups.flatMap(group =>
    behind(group, check.place.balancers).flatMap(({ balancer, listener }) =>
      group.known
        ? checkListener(
            check,
            { ...at, front: { listener: outer, group: group.value }, balancer, listener },
            listener,
          )
        : [],
    ),
  )
}

const checkListener = (check: Check, at: At, listener: Listener): readonly string[] => {
  if (holdsAt(check, at)) return []
  if (!listener.rules.known) return [`The rules of ${listener.ref.arn} were not read.`]
  if (!listener.rules.value.some(r => r.priority === 'default'))
    return [`${listener.ref.arn} shows no default rule.`]
  return listener.rules.value
    .map(rule => ({ ...at, rule }))
    .flatMap(place => (holdsAt(check, place) ? [] : [complaint(check, place)]))
}
