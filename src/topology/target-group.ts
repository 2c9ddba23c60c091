/** Target groups: where a forwarded request ends up. */
import { type Known, known, unobserved } from '#base/known.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { call, type Place } from './calls.ts'
import { integerAt, listAt, objectAt, textAt } from './config.ts'
import { type Facts, lookUp, misread, refOf } from './facts.ts'
import { hostsOf } from './host.ts'
import type { TargetGroup } from './model.ts'

/** `id:port`; a Lambda function has no port, and a target without one listens on the group's. */
const targetText = (target: unknown, group: LocatedResource): string | undefined => {
  const id = textAt(target, 'Id')
  if (id === undefined || textAt(group.config, 'TargetType') === 'lambda') return id
  const port = integerAt(target, 'Port') ?? integerAt(group.config, 'Port')
  return port === undefined ? undefined : `${id}:${port}`
}

const targetsOf = (facts: Facts, group: LocatedResource): TargetGroup['targets'] => {
  const asked = call('DescribeTargetHealth', group.arn, group)
  const health = lookUp(facts, types.targetHealth, group.arn, asked)
  if (!health.known) return health
  const targets = listAt(health.value.config, 'TargetHealthDescriptions')?.map(d =>
    targetText(objectAt(d, 'Target'), group),
  )
  const readable = targets?.filter(t => t !== undefined)
  return readable !== undefined && readable.length === targets?.length
    ? known([...new Set(readable)].toSorted())
    : unobserved(misread(health.value, 'the targets cannot be read'))
}

/** Ids of the registered targets; whoever cannot tell them tells no machine either. */
const targetHosts = (facts: Facts, group: LocatedResource): TargetGroup['hosts'] => {
  const targetType = textAt(group.config, 'TargetType')
  if (targetType === 'lambda' || targetType === 'alb') return known([])
  if (targetType !== 'instance' && targetType !== 'ip')
    return unobserved(misread(group, 'the kind of its targets is not recognised'))
  const health = lookUp(facts, types.targetHealth, group.arn, call('DescribeTargetHealth', group.arn, group))
  if (!health.known) return health
  const ids = listAt(health.value.config, 'TargetHealthDescriptions')?.map(d => textAt(d, 'Target', 'Id'))
  const readable = ids?.filter(id => id !== undefined)
  if (readable === undefined || readable.length !== ids?.length)
    return unobserved(misread(health.value, 'the targets cannot be read'))
  const vpcId = textAt(group.config, 'VpcId')
  if (targetType === 'ip' && vpcId === undefined && readable.length > 0)
    return unobserved(misread(group, 'the target group names no VPC'))
  return hostsOf(facts, {
    kind: targetType,
    ids: [...new Set(readable)],
    vpcId: vpcId ?? '',
    ipv6: textAt(group.config, 'IpAddressType') === 'ipv6',
    place: group,
  })
}

/** Application load balancers open connections of their own. */
const terminated = ['HTTP', 'HTTPS']

/**
 * Where the attribute is not listed, its default: on, but for targets by address over TCP or TLS.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html
 */
const clientIpPreserved = (facts: Facts, group: LocatedResource): TargetGroup['clientIpPreserved'] => {
  const protocol = textAt(group.config, 'Protocol') ?? ''
  if (terminated.includes(protocol)) return known(false)
  const asked = call('DescribeTargetGroupAttributes', group.arn, group)
  const found = lookUp(facts, types.targetGroupAttributes, group.arn, asked)
  if (!found.known) return found
  const attributes = listAt(found.value.config, 'Attributes')
  if (attributes === undefined) return unobserved(misread(found.value, 'the attributes are not a list'))
  const pair = attributes.find(one => textAt(one, 'Key') === 'preserve_client_ip.enabled')
  const said = textAt(pair, 'Value')
  if (said === 'true' || said === 'false') return known(said === 'true')
  if (pair !== undefined)
    return unobserved(misread(found.value, 'preserve_client_ip.enabled is no truth value'))
  const byAddress = textAt(group.config, 'TargetType') === 'ip'
  return known(!(byAddress && ['TCP', 'TLS'].includes(protocol)))
}

/** `balancer` is the load balancer whose rules name the group. */
export const targetGroupNamed = (
  facts: Facts,
  arn: string,
  balancer: Place & { readonly arn: string },
): Known<TargetGroup> => {
  const asked = call('DescribeTargetGroups', arn, balancer)
  const found = lookUp(
    facts,
    types.targetGroup,
    arn,
    asked,
    call('DescribeTargetGroups', balancer.arn, balancer),
  )
  if (!found.known) return found
  const group = found.value
  return known({
    ref: refOf(group, textAt(group.config, 'TargetGroupName') ?? arn),
    name: textAt(group.config, 'TargetGroupName') ?? '',
    protocol: textAt(group.config, 'Protocol') ?? '',
    port: integerAt(group.config, 'Port') ?? 0,
    targetType: textAt(group.config, 'TargetType') ?? '',
    targets: targetsOf(facts, group),
    hosts: targetHosts(facts, group),
    clientIpPreserved: clientIpPreserved(facts, group),
  })
}
