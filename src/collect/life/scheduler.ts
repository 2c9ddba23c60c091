/** Reads the schedules of EventBridge Scheduler in a region that run a function which names a distribution. */
import type { GetScheduleCommandOutput, ScheduleSummary } from '@aws-sdk/client-scheduler'
import { types } from '#snapshot/resource-types.ts'
import { getSchedule, listSchedules } from '../operations/scheduler.ts'
import { arnParts, type Reader } from '../reader.ts'

/** The target of a schedule that calls Lambda itself: which function it calls stands in what is sent. */
const invoke = /^arn:[^:]+:scheduler:::aws-sdk:lambda:invoke(Async)?$/i

const isOf = (target: string, functionArn: string): boolean =>
  target === functionArn || target.startsWith(`${functionArn}:`)

const mayRun = (target: string, functionArns: readonly string[]): boolean =>
  invoke.test(target) || functionArns.some(arn => isOf(target, arn))

/** Of `functionArns`, the one that the input of a call names; null where it names another, undefined where it is not seen. */
const calledBy = (input: string | undefined, functionArns: readonly string[]): string | null | undefined => {
  try {
    const { FunctionName } = JSON.parse(input ?? '') as { readonly FunctionName?: unknown }
    if (typeof FunctionName !== 'string') return undefined
    // A name, a whole ARN or the end of one, each with a version or alias after it or without.
    return functionArns.find(arn => isNamed(FunctionName, arn)) ?? null
  } catch {
    return undefined
  }
}

const isNamed = (name: string, functionArn: string): boolean => {
  const short = arnParts(functionArn).resource.split(':')[1] ?? ''
  const [, end = name] = /(?:^|:)function:(.+)$/.exec(name) ?? []
  return isOf(name, functionArn) || end.split(':')[0] === short
}

const targetsOf = (
  { Target }: GetScheduleCommandOutput,
  functionArns: readonly string[],
): readonly string[] | undefined => {
  const arn = Target?.Arn
  if (arn === undefined) return undefined
  if (!invoke.test(arn)) return [arn]
  const called = calledBy(Target?.Input, functionArns)
  return called === undefined ? undefined : called === null ? [] : [called]
}

/** Of the target's input, which may hold anything, only the name of one of these functions is used. */
export async function readScheduler(
  reader: Reader,
  region: string,
  functionArns: readonly string[],
): Promise<void> {
  const { items } = await reader.ask(listSchedules, { region, input: {} })
  const own = items.filter(({ Target }) => mayRun(Target?.Arn ?? '', functionArns))
  await Promise.all(own.map(one => readOne(reader, region, one, functionArns)))
}

const readOne = async (
  { ask, journal }: Reader,
  region: string,
  { Arn = '', Name, GroupName, State }: ScheduleSummary,
  functionArns: readonly string[],
): Promise<void> => {
  const { items, complete } = await ask(getSchedule, { region, input: { Name, GroupName }, about: Arn })
  const [found] = items
  const TargetArns = found && targetsOf(found, functionArns)
  if (complete && (found === undefined || TargetArns?.length === 0)) return
  const times = { ScheduleExpression: found?.ScheduleExpression, EndDate: found?.EndDate }
  const config = { Name, GroupName, Arn, State: found?.State ?? State, ...times, TargetArns }
  journal.keep(getSchedule, { type: types.schedule, arn: Arn, region, config })
}
