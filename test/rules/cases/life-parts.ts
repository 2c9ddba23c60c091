/** What ties the token of `E1EXAMPLE` to a store, and what rotates it. The worlds' own time is 2026-06-01. */
import { known } from '#base/known.ts'
import { senderEvents } from '#snapshot/trail-events.ts'
import type { NamingFunction, Schedule, StoredParameter, StoredSecret, TokenLife } from '#topology/model.ts'
import { changedAt } from '../../judge/build/life.ts'
import { aGap, aRef } from '../../judge/build.ts'
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
  group: null,
  enabled: true,
  ended: false,
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
  changes: changedAt('2026-05-20T00:05:00.000Z'),
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

/** CloudTrail tells of a distribution that was made then, and of a gate that was changed since then at the latest. */
export const madeAt = (at: string, gateChanged: string | null = at): TokenLife['changes'] => {
  const { items, ...whole } = changedAt(gateChanged ?? at)
  const made = {
    ref: { ...aRef('AWS::CloudTrail::Event', 'made'), region: 'us-east-1' },
    ...{ at, event: 'CreateDistributionWithTags', resources: ['E1EXAMPLE'] },
  }
  const changes = items.filter(i => i.event !== 'UpdateDistribution' && gateChanged !== null)
  return { ...whole, items: [...changes, made] }
}

/** Without what it says of calls of those names. */
export const withoutAnswer = (
  changes: TokenLife['changes'],
  events: readonly string[],
): TokenLife['changes'] => ({
  ...changes,
  since: null,
  asked: changes.asked.map(a => (events.includes(a.event) ? { ...a, since: null } : a)),
  items: changes.items.filter(i => !events.includes(i.event)),
  gaps: [aGap('LookupEvents')],
})
