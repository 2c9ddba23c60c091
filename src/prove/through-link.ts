/** Who reaches the backend of a link by a VPC link: what the load balancer does with all that the APIs let through. */
import { containsAddress } from '#base/ip-set.ts'
import type { Link, Listener, LoadBalancer, Rule, VpcLink } from '#topology/model.ts'
import { outcomeOf } from './alb/interpret.ts'
import { linkExposure } from './api-gateway/linked.ts'
import type { Door } from './door.ts'
import type { Entry } from './entry.ts'
import type { Exposure, Vantage } from './exposure.ts'
import { insideOfRule } from './kubernetes/rule.ts'
import { admission } from './network/admission.ts'
import { difference } from './network/cidrs.ts'
import type { Spaces } from './network/space.ts'
import type { Prover } from './prover.ts'

export interface Through {
  readonly link: Link
  readonly entry: Entry
  readonly vpcLink: VpcLink
  readonly vantage: Vantage
  /** Whether the rule surely leads to the backend. */
  readonly isBackend: (rule: Rule) => boolean
}

export const throughLink = (prover: Prover, through: Through): Exposure => {
  const { entry, vpcLink, vantage } = through
  const { balancer } = entry
  const handing = prover.doorsOf(entry, vantage).doors.filter(door => handsOn(prover, through, door))
  const forwards = (listener: Listener): boolean =>
    admitsLink(prover.spaces, vpcLink, balancer, listener.port) && handing.some(d => d.listener === listener)
  return linkExposure({ link: vpcLink, balancer, forwards }, vantage, prover)
}

/** One rule that asks for nothing, without a web ACL in front or a cluster behind it. */
const handsOn = (prover: Prover, { link, isBackend }: Through, door: Door): boolean => {
  const [rule, ...others] = door.rules
  const { webAcl, kind } = door.balancer
  return (
    rule !== undefined &&
    others.length === 0 &&
    door.listener.mutualTls !== 'unknown' &&
    outcomeOf(rule.actions).kind === 'forward' &&
    (kind === 'network' || (webAcl.known && webAcl.value === null)) &&
    isBackend(rule) &&
    insideOfRule(prover, link, door, rule) === null
  )
}

/** Interfaces of a link of version 2 have groups and private addresses; one of version 1 comes by AWS PrivateLink. */
const admitsLink = (
  spaces: Spaces,
  { kind, securityGroupIds, subnetIds }: VpcLink,
  balancer: LoadBalancer,
  port: number,
): boolean => {
  if (kind === 'rest') return balancer.privateLinkFiltered === false || balancer.securityGroupIds.length === 0
  const { named, groups } = admission(balancer, 4, port)
  return (
    groups.some(g => securityGroupIds.includes(g)) ||
    difference(spaces[4].inside.sure, named.sure).length === 0 ||
    holdsSubnets(balancer, subnetIds, named.sure)
  )
}

/** Whether all addresses of the subnets, which are some of the load balancer's own, are admitted. */
const holdsSubnets = (
  { subnets }: LoadBalancer,
  ids: readonly string[],
  admitted: readonly string[],
): boolean => {
  const own = new Map((subnets.known ? subnets.value : []).map(s => [s.id, s.cidr]))
  const cidrs = ids.map(id => own.get(id))
  return ids.length > 0 && cidrs.every(cidr => cidr !== undefined && containsAddress(admitted, cidr))
}

/**
 * Whether an API may add by itself what a gate behind its link compares: a header that CloudFront sends, or one that a rule
 * or the web ACL reads, or a query string.
 */
export const mayBringSecret = ({ writes }: VpcLink, { origin }: Link, balancer: LoadBalancer): boolean => {
  if (!writes.known) return true
  const headers = writes.value.flatMap(name => (name.startsWith('header.') ? [name.slice(7)] : []))
  if (headers.length < writes.value.length) return true
  const read = [
    ...origin.headers.map(h => h.name),
    ...(balancer.listeners.known ? balancer.listeners.value : [])
      .flatMap(l => (l.rules.known ? l.rules.value : []))
      .flatMap(r => r.conditions)
      .flatMap(c => (c.field === 'http-header' ? [c.name] : [])),
  ].map(name => name.toLowerCase())
  const acl = balancer.webAcl.known ? JSON.stringify(balancer.webAcl.value).toLowerCase() : ''
  return headers.some(name => read.includes(name) || acl.includes(`"${name}"`))
}
