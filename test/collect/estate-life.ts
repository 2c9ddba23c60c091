/** What tells the age of the estate's tokens, and what else of that kind collecting must leave alone. */
import {
  buildFunctionNames,
  buildParameter,
  buildRuns,
  buildSchedule,
  buildSecret,
  buildTimer,
  buildTrailEvent,
  lambdaArn,
  parameterArn,
  secretArn,
} from '#lab/build/token-life.ts'
import type { WorldResource } from '#lab/world.ts'
import { types } from '#snapshot/resource-types.ts'

const account = '111122223333'
const dublin = { account, region: 'eu-west-1' }
const virginia = { account, region: 'us-east-1' }

/** Stands in the environment of the rotation function, and nowhere else. */
export const environmentSecret = 'environment-secret-3f9a77c1d2e84b60'

const names = (distribution: string) => ({
  DISTRIBUTION_ID: distribution,
  HEADER: 'X-Auth-Token',
  SECRET: secretArn(dublin, 'edge-token'),
  PARAMETER: '/edge/token',
  WEBHOOK: environmentSecret,
})

/** Of a distribution that sends `x-auth-token`. */
export const tokenLife = (distribution: string): readonly WorldResource[] => [
  buildFunctionNames(dublin, 'rotate', names(distribution)),
  ...buildSecret(dublin, {
    name: 'edge-token',
    created: '2026-01-01T00:00:00.000Z',
    lastRotated: '2026-05-01T00:00:00.000Z',
    nextRotation: '2026-06-20T00:00:00.000Z',
    current: '2026-05-01T00:00:00.000Z',
    rotatedBy: 'rotate',
    tags: { cdn: distribution },
  }),
  buildParameter(dublin, '/edge/token', 'SecureString', '2026-05-01T00:00:00.000Z'),
  ...buildSchedule(dublin, 'monthly', { expression: 'rate(30 days)', functions: ['rotate'] }),
  buildTimer(dublin, 'weekly', { expression: 'rate(7 days)', runs: `${lambdaArn(dublin, 'rotate')}:live` }),
  buildRuns(dublin, 'rotate', [
    { at: '2026-04-01T03:00:00.000Z', invocations: 3, errors: 3 },
    { at: '2026-05-01T03:00:00.000Z', invocations: 1, errors: 0 },
  ]),
  buildTrailEvent(virginia, 'UpdateDistribution', '2026-05-01T03:00:04.000Z', [distribution]),
  buildTrailEvent(dublin, 'ModifyRule', '2026-05-01T03:00:02.000Z', []),
]

/** Secrets, parameters, functions and events that nothing ties to a distribution. */
export const otherLife: readonly WorldResource[] = [
  buildFunctionNames(dublin, 'reports', { PARAMETER: '/reports/key', SECRET: 'reports' }),
  ...buildSecret(dublin, { name: 'reports', created: '2026-01-01T00:00:00.000Z', tags: { team: 'bi' } }),
  buildParameter(dublin, '/reports/key', 'String', '2026-01-01T00:00:00.000Z'),
  buildTrailEvent(virginia, 'UpdateDistribution', '2026-01-01T03:00:00.000Z', ['too-old']),
  buildTrailEvent(virginia, 'DeleteDistribution', '2026-05-01T03:00:00.000Z', ['of-no-interest']),
]

/** The records as the snapshot should hold them, where they are not those of the world. */
export const keptLife = (distribution: string): ReadonlyMap<string, object> =>
  new Map<string, object>([
    [
      types.functionNames,
      {
        FunctionArn: lambdaArn(dublin, 'rotate'),
        Distributions: [distribution],
        Origins: [],
        Headers: ['x-auth-token'],
        Secrets: [secretArn(dublin, 'edge-token')],
        Parameters: [parameterArn(dublin, '/edge/token')],
      },
    ],
    [
      types.functionRuns,
      {
        FunctionArn: lambdaArn(dublin, 'rotate'),
        Since: '2026-03-03T12:00:00.000Z',
        Complete: true,
        Invocations: 4,
        Errors: 3,
        Last: { At: '2026-05-01T03:00:00.000Z', Invocations: 1, Errors: 0 },
      },
    ],
  ])
