/** Re-validates one obligation against the topology by the simplest argument there is. */
import { intersectCidrs } from '#base/ip-set.ts'
import type { Condition, Listener, LoadBalancer, Rule, Topology } from '#topology/model.ts'
import type { Value } from '#topology/sealed.ts'
import type { Obligation, Vantage } from '../exposure.ts'
import { arrivals } from './arrivals.ts'
import { type CheckedBackend, targetsOf, usedGroups } from './backend.ts'
import { isShadowed } from './shadow.ts'
import { isSecret } from './values.ts'
import { blocksStrangers } from './web-acl.ts'

/** What an obligation speaks of. */
export interface Place {
  readonly topology: Topology
  readonly balancers: ReadonlyMap<string, LoadBalancer>
  readonly backend: CheckedBackend
  readonly vantage: Vantage
  readonly entry: LoadBalancer
  /** The one whose listener decides. */
  readonly balancer: LoadBalancer
  /** Null where the whole entry point is closed at once. */
  readonly listener: Listener | null
  /** Null where the whole listener is closed at once. */
  readonly rule: Rule | null
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
      return listener.rules.known && isShadowed(listener.rules.value, rule)
    case 'DIFFERENT_BACKEND':
      return leadsElsewhere(place, rule)
    case 'AUTH':
      return asksForLogin(rule)
    case 'WAF_BLOCKS':
      return webAclBlocks(place.balancer)
    default:
      return false
  }
}

const isUnreachable = (
  { family }: Obligation,
  { topology, vantage, entry, balancer, listener, rule }: Place,
): boolean => {
  if (entry !== balancer) return isUnreachableBehind(topology, balancer, vantage, family, listener)
  if (vantage === 'tenant' && entry.scheme === 'internal' && rule === null) return true
  const from = arrivals(topology, entry, vantage, family, listener?.port ?? null)
  if (from === null) return false
  const asked = (rule?.conditions ?? []).flatMap(c => (c.field === 'source-ip' ? [c.cidrs] : []))
  return asked.reduce<readonly string[]>((left, cidrs) => intersectCidrs(left, cidrs), from).length === 0
}

/** Behind a network load balancer: neither the client nor a private address may be admitted. */
const isUnreachableBehind = (
  topology: Topology,
  balancer: LoadBalancer,
  vantage: Vantage,
  family: 4 | 6,
  listener: Listener | null,
): boolean => {
  const port = listener?.port ?? null
  const sides = [
    arrivals(topology, balancer, vantage, family, port),
    arrivals(topology, balancer, 'inside', 4, port),
    arrivals(topology, balancer, 'inside', family, port),
  ]
  return sides.every(side => side !== null && side.length === 0)
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
