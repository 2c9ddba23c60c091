/** Who the security groups of a load balancer let in. */
import { type Known, known, unobserved } from '#base/known.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { call, type Place } from './calls.ts'
import { flagAt, integerAt, textAt } from './config.ts'
import { allKnown, type Facts, listed, misread, refOf } from './facts.ts'
import type { IngressRule } from './model.ts'
import { prefixListNamed } from './prefix-list.ts'

const peerOf = (facts: Facts, rule: LocatedResource): IngressRule['peer'] | undefined => {
  const { config } = rule
  const v4 = textAt(config, 'CidrIpv4')
  const v6 = textAt(config, 'CidrIpv6')
  const prefixListId = textAt(config, 'PrefixListId')
  const groupId = textAt(config, 'ReferencedGroupInfo', 'GroupId')
  if (v4 !== undefined) return { kind: 'cidr4', cidr: v4 }
  if (v6 !== undefined) return { kind: 'cidr6', cidr: v6 }
  if (prefixListId !== undefined)
    return { kind: 'prefix-list', prefixListId, list: prefixListNamed(facts, prefixListId, rule) }
  return groupId === undefined ? undefined : { kind: 'group', groupId }
}

/** Protocol `-1` carries -1 for both ports, and an ICMP rule its type and code. */
const portsOf = (
  rule: LocatedResource,
  protocol: string,
): readonly [from: number, to: number] | undefined => {
  if (protocol === '-1') return [0, 65535]
  const from = integerAt(rule.config, 'FromPort')
  const to = integerAt(rule.config, 'ToPort')
  if (from === undefined || to === undefined) return undefined
  return from === -1 ? [0, 65535] : [from, to]
}

const ingressRule = (facts: Facts, rule: LocatedResource, groupId: string): Known<IngressRule> => {
  const protocol = textAt(rule.config, 'IpProtocol')
  const ports = protocol === undefined ? undefined : portsOf(rule, protocol)
  const peer = peerOf(facts, rule)
  if (protocol === undefined || ports === undefined || peer === undefined)
    return unobserved(misread(rule, 'the protocol, ports or peer of the rule cannot be read'))
  const name = textAt(rule.config, 'SecurityGroupRuleId') ?? rule.arn
  return known({ ref: refOf(rule, name), groupId, protocol, fromPort: ports[0], toPort: ports[1], peer })
}

const groupRules = (facts: Facts, groupId: string, place: Place): Known<readonly IngressRule[]> => {
  const all = facts.where(types.securityGroupRule, 'GroupId', groupId).filter(r => r.region === place.region)
  const rules = listed(facts, call('DescribeSecurityGroupRules', groupId, place), all)
  if (!rules.known) return rules
  const inbound = rules.value.filter(rule => flagAt(rule.config, 'IsEgress') !== true)
  return allKnown(inbound.map(rule => ingressRule(facts, rule, groupId)))
}

/**
 * Inbound rules of all the groups together. One rule that cannot be read hides the whole: security groups only allow, so
 * an unread rule may admit anyone.
 */
export const ingressOf = (
  facts: Facts,
  place: Place,
  groupIds: readonly string[],
): Known<readonly IngressRule[]> => {
  const groups = allKnown(groupIds.toSorted().map(id => groupRules(facts, id, place)))
  return groups.known ? known(groups.value.flat()) : groups
}
