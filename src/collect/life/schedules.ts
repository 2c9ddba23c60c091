/** Reads the schedules of EventBridge in a region, and which functions each of them runs. */
import type { Rule } from '@aws-sdk/client-eventbridge'
import { types } from '#snapshot/resource-types.ts'
import { listRules, listTargetsByRule } from '../operations/eventbridge.ts'
import { distinct, type Reader } from '../reader.ts'

/** Rules that wait for events rotate nothing by themselves. */
export async function readSchedules(reader: Reader, region: string): Promise<void> {
  const { items } = await reader.ask(listRules, { region, input: {} })
  await Promise.all(
    items.filter(rule => rule.ScheduleExpression).map(rule => readTargets(reader, region, rule)),
  )
}

/** What a target is sent may hold anything: only which one it is is kept. */
const readTargets = async ({ ask, journal }: Reader, region: string, rule: Rule): Promise<void> => {
  const { Name, Arn = '', State, ScheduleExpression } = rule
  const config = { Name, Arn, State, ScheduleExpression }
  journal.keep(listRules, { type: types.eventRule, arn: Arn, region, config })
  const { items } = await ask(listTargetsByRule, { region, input: { Rule: Name }, about: Arn })
  const targets = { Rule: Name, TargetArns: distinct(items.map(one => one.Arn)) }
  journal.keep(listTargetsByRule, { type: types.eventTargets, arn: Arn, region, config: targets })
}
