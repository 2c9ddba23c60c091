/** Reads the attributes of target groups, where they decide something: behind network load balancers. */
import { types } from '#snapshot/resource-types.ts'
import { describeTargetGroupAttributes } from './operations/elbv2.ts'
import type { Reader } from './reader.ts'

export async function readTargetGroupAttributes(
  { ask, journal }: Reader,
  region: string,
  groups: readonly string[],
): Promise<void> {
  await Promise.all(
    groups.map(async arn => {
      const input = { TargetGroupArn: arn }
      const { items, complete } = await ask(describeTargetGroupAttributes, { region, input, about: arn })
      if (!complete) return
      const config = { TargetGroupArn: arn, Attributes: items }
      const type = types.targetGroupAttributes
      journal.keep(describeTargetGroupAttributes, { type, arn, region, config })
    }),
  )
}
