/** Target groups: where a forwarded request ends up. */
import { type Known, known, unobserved } from '#base/known.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { call, type Place } from './calls.ts'
import { integerAt, listAt, objectAt, textAt } from './config.ts'
import { type Facts, lookUp, misread, refOf } from './facts.ts'
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
    hosts: known([]),
    clientIpPreserved: unobserved(),
  })
}
