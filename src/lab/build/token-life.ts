/** What stands behind the value of an origin header in a world: its secret or parameter, and what rotates it. */
import { types } from '#snapshot/resource-types.ts'
import type { WorldResource } from '../world.ts'

interface At {
  readonly account: string
  readonly region: string
}

export const lambdaArn = ({ account, region }: At, name: string): string =>
  `arn:aws:lambda:${region}:${account}:function:${name}`

/** A function that exists for its environment. */
export const buildFunctionNames = (
  at: At,
  name: string,
  variables: Readonly<Record<string, string>>,
): WorldResource => {
  const arn = lambdaArn(at, name)
  const config = { FunctionArn: arn, Environment: { Variables: variables } }
  return { type: types.functionNames, arn, ...at, config }
}

export interface SecretSpec {
  readonly name: string
  readonly created: string
  readonly lastRotated?: string
  readonly nextRotation?: string
  /** Name of the function that rotates it; no rotation without one. */
  readonly rotatedBy?: string
  readonly rotationDays?: number
  /** Of the current version; `created` unless given. */
  readonly current?: string
  /** Of a version that a rotation left half-way. */
  readonly pending?: string
  readonly tags?: Readonly<Record<string, string>>
}

export const secretArn = ({ account, region }: At, name: string): string =>
  `arn:aws:secretsmanager:${region}:${account}:secret:${name}-AbCdEf`

export const buildSecret = (at: At, spec: SecretSpec): readonly WorldResource[] => {
  const arn = secretArn(at, spec.name)
  const current = spec.current ?? spec.created
  const Versions = [
    { VersionId: 'current', CreatedDate: current, VersionStages: ['AWSCURRENT'] },
    ...(spec.pending
      ? [{ VersionId: 'pending', CreatedDate: spec.pending, VersionStages: ['AWSPENDING'] }]
      : []),
  ]
  const config = {
    ARN: arn,
    Name: spec.name,
    CreatedDate: spec.created,
    LastChangedDate: spec.pending ?? current,
    ...(spec.lastRotated && { LastRotatedDate: spec.lastRotated }),
    ...(spec.nextRotation && { NextRotationDate: spec.nextRotation }),
    ...(spec.rotatedBy && {
      RotationEnabled: true,
      RotationLambdaARN: lambdaArn(at, spec.rotatedBy),
      RotationRules: { AutomaticallyAfterDays: spec.rotationDays ?? 30 },
    }),
    Tags: Object.entries(spec.tags ?? {}).map(([Key, Value]) => ({ Key, Value })),
  }
  return [
    { type: types.secret, arn, ...at, config },
    { type: types.secretVersions, arn, ...at, config: { ARN: arn, Versions } },
  ]
}

export const parameterArn = ({ account, region }: At, name: string): string =>
  `arn:aws:ssm:${region}:${account}:parameter${name.startsWith('/') ? '' : '/'}${name}`

export const buildParameter = (
  at: At,
  name: string,
  type: 'String' | 'SecureString',
  lastModified: string,
): WorldResource => {
  const arn = parameterArn(at, name)
  const config = { Name: name, ARN: arn, Type: type, LastModifiedDate: lastModified, Version: 3 }
  return { type: types.parameter, arn, ...at, config }
}

/** A rule of EventBridge that runs functions by the clock. */
export const buildSchedule = (
  at: At,
  name: string,
  schedule: {
    readonly expression: string
    readonly enabled?: boolean
    readonly functions: readonly string[]
  },
): readonly WorldResource[] => {
  const arn = `arn:aws:events:${at.region}:${at.account}:rule/${name}`
  const State = (schedule.enabled ?? true) ? 'ENABLED' : 'DISABLED'
  const config = { Name: name, Arn: arn, State, ScheduleExpression: schedule.expression }
  const TargetArns = schedule.functions.map(f => lambdaArn(at, f))
  return [
    { type: types.eventRule, arn, ...at, config },
    { type: types.eventTargets, arn, ...at, config: { Rule: name, TargetArns } },
  ]
}

/** A schedule of EventBridge Scheduler that runs a function, or calls Lambda to run it with that input. */
export const buildTimer = (
  at: At,
  name: string,
  timer: {
    readonly expression: string
    readonly enabled?: boolean
    readonly ends?: string
    readonly runs: string
    readonly input?: string
  },
): WorldResource => {
  const arn = `arn:aws:scheduler:${at.region}:${at.account}:schedule/default/${name}`
  const State = (timer.enabled ?? true) ? 'ENABLED' : 'DISABLED'
  const config = {
    ...{ Name: name, GroupName: 'default', Arn: arn, State, ScheduleExpression: timer.expression },
    ...(timer.ends && { EndDate: timer.ends }),
    ...(timer.input && { Input: timer.input }),
    TargetArns: [timer.runs],
  }
  return { type: types.schedule, arn, ...at, config }
}

export interface Run {
  readonly at: string
  readonly invocations: number
  readonly errors: number
}

export const buildRuns = (at: At, name: string, runs: readonly Run[]): WorldResource => {
  const arn = lambdaArn(at, name)
  const Points = runs.map(r => ({ At: r.at, Invocations: r.invocations, Errors: r.errors }))
  return { type: types.functionRuns, arn, ...at, config: { FunctionArn: arn, Points } }
}

/** An entry of CloudTrail's event history. `resources` are the names that CloudTrail tells of what was changed. */
export const buildTrailEvent = (
  at: At,
  event: string,
  time: string,
  resources: readonly string[],
): WorldResource => {
  const id = `${event}-${time}-${resources.join('-')}`
  const Resources = resources.map(ResourceName => ({ ResourceType: 'AWS::Resource', ResourceName }))
  const EventSource = 'lab.amazonaws.com'
  const config = { EventId: id, EventName: event, EventTime: time, EventSource, Resources }
  return { type: types.trailEvent, arn: id, ...at, config }
}
