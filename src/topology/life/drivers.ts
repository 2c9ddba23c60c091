/** Functions that name a distribution, what runs them, and how their runs ended. */
import { type Known, known, unobserved } from '#base/known.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { call } from '../calls.ts'
import { flagAt, integerAt, isMissing, textAt, textsAt } from '../config.ts'
import { type Facts, gapsOf, misread, refOf } from '../facts.ts'
import type { FunctionRuns, NamingFunction, Schedule, TokenLife } from '../model/life.ts'
import { unlisted } from './lists.ts'

/** `arn:aws:lambda:<region>:<account>:function:<name>`, without the version or alias that may follow. */
const functionOf = (arn: string): string => arn.split(':').slice(0, 7).join(':')

const namingFunction = (resource: LocatedResource): NamingFunction => {
  const names = (key: string) => textsAt(resource.config, key) ?? []
  return {
    ref: refOf(resource, resource.arn.split(':')[6] ?? resource.arn),
    functionArn: resource.arn,
    distributions: names('Distributions'),
    origins: names('Origins'),
    headers: names('Headers'),
    secrets: names('Secrets'),
    parameters: names('Parameters'),
  }
}

export const namingFunctionsOf = (facts: Facts): TokenLife['functions'] => ({
  items: facts.byType(types.functionNames).map(namingFunction),
  gaps: unlisted(facts, 'ListFunctions'),
})

const states: Readonly<Record<string, boolean>> = {
  ENABLED: true,
  ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS: true,
  DISABLED: false,
}

const stateOf = (rule: LocatedResource): boolean | undefined => {
  const state = textAt(rule.config, 'State') ?? ''
  return Object.hasOwn(states, state) ? states[state] : undefined
}

const targetsOf = (facts: Facts, rule: LocatedResource): Known<readonly string[]> => {
  if (stateOf(rule) === undefined) return unobserved(misread(rule, 'its state is none that is known'))
  const found = facts.byArn(types.eventTargets, rule.arn)
  const asked = call('ListTargetsByRule', rule.arn, rule)
  if (found === undefined || !facts.wasRead(asked)) return unobserved(...gapsOf(facts, asked))
  const arns = textsAt(found.config, 'TargetArns')
  return arns === undefined
    ? unobserved(misread(found, 'the targets cannot be read'))
    : known(arns.filter(arn => arn.split(':')[2] === 'lambda').map(functionOf))
}

const ruleOf = (facts: Facts, resource: LocatedResource): Schedule => ({
  ref: refOf(resource, textAt(resource.config, 'Name') ?? resource.arn),
  group: null,
  enabled: stateOf(resource) ?? false,
  ended: false,
  expression: textAt(resource.config, 'ScheduleExpression') ?? '',
  functionArns: targetsOf(facts, resource),
})

/** What runs once is no schedule to rely on. */
const isOnce = ({ config }: LocatedResource): boolean =>
  textAt(config, 'ScheduleExpression')?.startsWith('at(') ?? false

const hasEnded = ({ snapshot }: Facts, { config }: LocatedResource): boolean =>
  Date.parse(textAt(config, 'EndDate') ?? '') <= Date.parse(snapshot.head.observedAt)

const functionsOf = (facts: Facts, schedule: LocatedResource): Known<readonly string[]> => {
  const asked = call('GetSchedule', schedule.arn, schedule)
  if (!facts.wasRead(asked)) return unobserved(...gapsOf(facts, asked))
  const arns = textsAt(schedule.config, 'TargetArns')
  return stateOf(schedule) === undefined || arns === undefined
    ? unobserved(misread(schedule, 'its state or what it runs cannot be read'))
    : known(arns.map(functionOf))
}

const scheduleOf = (facts: Facts, resource: LocatedResource): Schedule => ({
  ref: refOf(resource, textAt(resource.config, 'Name') ?? resource.arn),
  group: textAt(resource.config, 'GroupName') ?? 'default',
  enabled: stateOf(resource) ?? false,
  ended: hasEnded(facts, resource),
  expression: textAt(resource.config, 'ScheduleExpression') ?? '',
  functionArns: functionsOf(facts, resource),
})

const namesEdge = ({ config }: LocatedResource): boolean =>
  ['Distributions', 'Origins'].some(key => (textsAt(config, key) ?? []).length > 0)

/** Schedules are listed where a function names a distribution: elsewhere they could run none. */
export const schedulesOf = (facts: Facts): TokenLife['schedules'] => {
  const naming = facts.byType(types.functionNames).filter(namesEdge)
  const regions = [...new Set(naming.map(f => f.region))]
  const own = facts.byType(types.schedule).filter(resource => !isOnce(resource))
  return {
    items: [
      ...facts.byType(types.eventRule).map(resource => ruleOf(facts, resource)),
      ...own.map(resource => scheduleOf(facts, resource)),
    ],
    gaps: [...unlisted(facts, 'ListRules', regions), ...unlisted(facts, 'ListSchedules', regions)],
  }
}

/** Errors count each attempt: a run that was repeated and then succeeded leaves it open which was the last. */
const lastFailed = (resource: LocatedResource): boolean | null => {
  const { config } = resource
  if (isMissing(config, 'Last')) return null
  const [runs, errors] = [integerAt(config, 'Last', 'Invocations'), integerAt(config, 'Last', 'Errors')]
  if (runs === undefined || errors === undefined) return null
  if (errors === 0) return false
  return errors >= runs ? true : null
}

const runsOf = (facts: Facts, naming: LocatedResource): FunctionRuns => {
  const functionArn = naming.arn
  const found = facts.byArn(types.functionRuns, functionArn)
  if (found === undefined)
    return { functionArn, runs: unobserved(...gapsOf(facts, call('GetMetricData', functionArn, naming))) }
  const [invocations, errors] = ['Invocations', 'Errors'].map(key => integerAt(found.config, key))
  const isWhole = flagAt(found.config, 'Complete') === true
  return {
    functionArn,
    runs:
      invocations === undefined || errors === undefined || !isWhole
        ? unobserved(misread(found, 'the metrics of its runs are not whole'))
        : known({ ref: refOf(found, naming.arn), invocations, errors, lastFailed: lastFailed(found) }),
  }
}

export const functionRunsOf = (facts: Facts): TokenLife['runs'] =>
  facts.byType(types.functionNames).map(resource => runsOf(facts, resource))
