/** What ties the token of `E1EXAMPLE` to a store, and what rotates it. The worlds' own time is 2026-06-01. */
import { known } from '#base/known.ts'
import type { NamingFunction, Schedule, StoredParameter, StoredSecret, TokenLife } from '#topology/model.ts'
import { aRef } from '../../judge/build.ts'
import { noLife } from '../../topology/no-life.ts'

const functionArn = 'arn:aws:lambda:eu-west-1:111122223333:function:rotate'

export const aFunction = (spec: Partial<NamingFunction> = {}): NamingFunction => ({
  ref: aRef('AWS::Lambda::EnvironmentNames', 'rotate', functionArn),
  functionArn,
  distributions: ['E1EXAMPLE'],
  origins: [],
  headers: ['x-auth-token'],
  secrets: [],
  parameters: [],
  ...spec,
})

export const aSecret = (
  spec: Partial<StoredSecret> = {},
  current = '2026-05-20T00:00:00.000Z',
): StoredSecret => ({
  ref: aRef('AWS::SecretsManager::Secret', 'edge-token'),
  created: '2025-01-01T00:00:00.000Z',
  lastChanged: current,
  lastRotated: current,
  nextRotation: '2026-06-19T00:00:00.000Z',
  rotationEnabled: true,
  rotationFunctionArn: functionArn,
  rotationDays: 30,
  versions: known([{ created: current, stages: ['AWSCURRENT'] }]),
  tags: {},
  ...spec,
})

export const aParameter = (type: StoredParameter['type']): StoredParameter => ({
  ref: aRef('AWS::SSM::Parameter', '/edge/token'),
  type,
  lastModified: '2026-05-20T00:00:00.000Z',
  version: 3,
})

export const aSchedule = (spec: Partial<Schedule> = {}): Schedule => ({
  ref: aRef('AWS::Events::Rule', 'monthly'),
  enabled: true,
  expression: 'rate(30 days)',
  functionArns: known([functionArn]),
  ...spec,
})

export const ran = (invocations: number, errors: number, lastFailed: boolean | null): TokenLife['runs'] => [
  {
    functionArn,
    runs: known({
      ref: aRef('AWS::CloudWatch::FunctionRuns', 'rotate', functionArn),
      invocations,
      errors,
      lastFailed,
    }),
  },
]

export const aLife = (spec: Partial<TokenLife>): TokenLife => ({
  ...noLife,
  modified: { E1EXAMPLE: '2026-05-20T00:05:00.000Z' },
  ...spec,
})

export const all = <T>(...items: readonly T[]) => ({ items, gaps: [] })

/** Secrets Manager rotates the secret with the function. */
export const rotated = (
  secret: Partial<StoredSecret> = {},
  more: Partial<TokenLife> = {},
  current?: string,
): TokenLife =>
  aLife({
    secrets: all(aSecret(secret, current)),
    functions: all(aFunction()),
    runs: ran(2, 0, false),
    ...more,
  })

const senderEvents = [
  'CopyDistribution',
  'CreateDistribution',
  'CreateDistributionWithTags',
  'UpdateDistribution',
  'UpdateDistributionWithStagingConfig',
]

/** CloudTrail answered for distributions since then; the last of the changes is of `last`. */
export const trail = (
  last: string | null,
  region = 'us-east-1',
  events = senderEvents,
): TokenLife['changes'] => ({
  since: '2026-03-03T00:00:00.000Z',
  asked: events.map(event => ({ region, event, since: '2026-03-03T00:00:00.000Z' })),
  items:
    last === null
      ? []
      : [
          {
            ref: { ...aRef('AWS::CloudTrail::Event', events.at(-1) ?? ''), region },
            at: last,
            event: events.at(-1) ?? '',
            resources: [],
          },
        ],
  gaps: [],
})
