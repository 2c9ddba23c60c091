/** Re-validates one obligation against the topology by the simplest argument there is. */
import { intersectCidrs } from '#base/ip-set.ts'
import type { Condition, Link, Listener, LoadBalancer, Rule, TargetGroup, Topology } from '#topology/model.ts'
import type { Value } from '#topology/sealed.ts'
import type { Obligation, Vantage } from '../exposure.ts'
import { admittedFrom, isOpenTo } from './arrivals.ts'
import { type CheckedBackend, targetsOf, usedGroups } from './backend.ts'
import { clusterRefuses } from './cluster.ts'
import { sourcesBy } from './quiet.ts'
import { isShadowed } from './shadow.ts'
import { isSecret } from './values.ts'
import type { CheckedWay } from './ways.ts'
import { blocksStrangers } from './web-acl.ts'

/** What an obligation speaks of. */
export interface Place {
  readonly topology: Topology
  readonly link: Link
  readonly balancers: ReadonlyMap<string, LoadBalancer>
  readonly backend: CheckedBackend
  readonly vantage: Vantage
  /** By which the client comes. */
  readonly way: CheckedWay
  /** Listener of the way's gate, and the group that leads on; null where the gate itself decides. */
  readonly front: Front | null
  /** The one whose listener decides. */
  readonly balancer: LoadBalancer
  /** Null where the whole entry point is closed at once. */
  readonly listener: Listener | null
  /** Null where the whole listener is closed at once. */
  readonly rule: Rule | null
}

export interface Front {
  readonly listener: Listener
  readonly group: TargetGroup
}

export const obligationHolds = (obligation: Obligation, place: Place): boolean => {
  const { listener, rule } = place
  if (obligation.kind === 'NET_UNREACHABLE') return isUnreachable(obligation, place)
  if (obligation.kind === 'MTLS') return listener?.mutualTls === 'verify'
  return rule !== null && listener !== null && ruleHolds(obligation, place, listener, rule)
}

const ruleHolds = (obligation: Obligation, place: Place, listener: Listener, rule: Rule): boolean => {
  switch (obligation.kind) {
    case 'NON_FORWARD':
      return (
        rule.actions.length > 0 && rule.actions.every(a => a.kind !== 'forward' && a.kind !== 'unrecognised')
      )
    case 'SECRET_REQUIRED':
      return rule.conditions.some(asksForSecret)
    case 'SHADOWED_BY':
      return isTaken(obligation, place, listener, rule)
    case 'DIFFERENT_BACKEND':
      return leadsElsewhere(place, rule)
    case 'AUTH':
      return asksForLogin(rule) || clusterRefuses(place.topology, place.link, rule, place.balancers, true)
    case 'CLUSTER_REFUSES':
      return clusterRefuses(place.topology, place.link, rule, place.balancers, false)
    case 'WAF_BLOCKS':
      return webAclBlocks(place.balancer)
    default:
      return false
  }
}

/** By the earlier rules that the obligation names. */
const isTaken = (
  { earlier: named, family }: Obligation,
  { topology, vantage, way, front }: Place,
  listener: Listener,
  rule: Rule,
): boolean => {
  if (!listener.rules.known) return false
  const place = ({ priority }: Rule): number => (priority === 'default' ? Number.POSITIVE_INFINITY : priority)
  const inFront = listener.rules.value.filter(r => place(r) < place(rule))
  const earlier = named === undefined ? inFront : inFront.filter(r => named.includes(r.ref.arn))
  const everyone = ['0.0.0.0/0', '::/0']
  const asked = { topology, vantage, family, port: listener.port }
  const direct = front === null ? sourcesBy(way, asked) : null
  const refused = ['HTTP', 'HTTPS'].includes(listener.protocol) ? ['TRACE'] : []
  return isShadowed({ rule, earlier, from: direct ?? everyone, refused })
}

const isUnreachable = ({ family }: Obligation, place: Place): boolean => {
  const { topology, vantage, way, front, listener, rule } = place
  if (front !== null) return rule === null && isUnreachableBehind(place, front, family)
  const from = sourcesBy(way, { topology, vantage, family, port: listener?.port ?? null })
  if (from === null) return false
  const asked = (rule?.conditions ?? []).flatMap(c => (c.field === 'source-ip' ? [c.cidrs] : []))
  return asked.reduce<readonly string[]>((left, cidrs) => intersectCidrs(left, cidrs), from).length === 0
}

/** Behind a network load balancer the groups see the client's address or that one's own: neither may be admitted. */
const isUnreachableBehind = (
  { topology, vantage, way, balancer, listener }: Place,
  { listener: outer, group }: Front,
  family: 4 | 6,
): boolean => {
  const port = listener?.port ?? null
  const own = way.gate.securityGroupIds
  const { ingress } = balancer
  if (ingress.known && ingress.value.some(({ peer }) => peer.kind === 'group' && own.includes(peer.groupId)))
    return false
  const isPrivate = way.by === 'vpc-link' || way.by === 'endpoint-service'
  const kept = group.clientIpPreserved
  const loses = isPrivate || (kept.known && !kept.value)
  const surelyKept = !isPrivate && kept.known && kept.value && family === 4
  const clients = loses
    ? []
    : clientsBehind(topology, vantage, way, balancer, { family, port, outer: outer.port })
  const fronts = surelyKept
    ? []
    : [4 as const, family].map(f => admittedFrom(topology, balancer, 'inside', f, port))
  return clients?.length === 0 && fronts.every(f => f?.length === 0)
}

const clientsBehind = (
  topology: Topology,
  vantage: Vantage,
  way: CheckedWay,
  balancer: LoadBalancer,
  { family, port, outer }: { family: 4 | 6; port: number | null; outer: number },
): readonly string[] | null => {
  const before = sourcesBy(way, { topology, vantage, family, port: outer })
  const admitted = admittedFrom(topology, balancer, vantage, family, port)
  if (before === null)
    return balancer.ingress.known && !balancer.ingress.value.some(r => isOpenTo(r, family, port)) ? [] : null
  return admitted === null ? null : intersectCidrs(admitted, before)
}

/** Not on a header that the load balancer writes itself. */
const asksForSecret = (condition: Condition): boolean => {
  if (condition.field === 'http-header' && /^x-(?:forwarded|amzn)-/i.test(condition.name)) return false
  const values = acceptedBy(condition)
  return values.length > 0 && values.every(isSecret)
}

const acceptedBy = (condition: Condition): readonly Value[] => {
  if (condition.field === 'http-header') return [...condition.globs, ...condition.regexes]
  return condition.field === 'query-string' ? condition.pairs.map(p => p.value) : []
}

const leadsElsewhere = ({ backend, balancers }: Place, rule: Rule): boolean => {
  if (backend.partly || rule.actions.some(a => a.kind === 'unrecognised')) return false
  const names = usedGroups(rule).map(g => targetsOf(g, balancers))
  return names.every(n => n?.every(name => !backend.targets.has(name)) ?? false)
}

const asksForLogin = (rule: Rule): boolean => {
  const kinds = rule.actions.map(a => {
    const waived = a.kind === 'authenticate' && a.with !== 'jwt' && a.onUnauthenticated === 'allow'
    return waived ? 'waived' : a.kind
  })
  const login = kinds.indexOf('authenticate')
  const forward = kinds.indexOf('forward')
  return login >= 0 && !kinds.includes('unrecognised') && (forward < 0 || login < forward)
}

const webAclBlocks = ({ webAcl, attributes }: LoadBalancer): boolean =>
  webAcl.known &&
  webAcl.value !== null &&
  attributes.known &&
  attributes.value['waf.fail_open.enabled'] !== 'true' &&
  blocksStrangers(webAcl.value)
