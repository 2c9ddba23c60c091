/** Worlds for the rules about the age and the rotation of tokens. */
import { unobserved } from '#base/known.ts'
import { gateEvents } from '#snapshot/trail-events.ts'
import type { TokenLife } from '#topology/model.ts'
import {
  aGap,
  aLoadBalancer,
  aWorld,
  type LinkSpec,
  lost,
  toLoadBalancer,
  unread,
} from '../../judge/build.ts'
import type { Cases } from '../test-rule.ts'
import { taking } from './edge.ts'
import { aFunction, aLife, all, aParameter, aSchedule, aSecret, ran, rotated, trail } from './life-parts.ts'
import { bare } from './token-parts.ts'

const world = (life: TokenLife, spec: LinkSpec = {}) => aWorld([spec], { life })

const api: LinkSpec = {
  origin: { kind: 'api-http', domainName: 'a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com' },
  target: { kind: 'service', names: ['a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com'] },
}
const apiWorld = (life: TokenLife) => world(life, api)

const hidden = [aGap('ListFunctions')]
const inParameter = (type: Parameters<typeof aParameter>[0], more: Partial<TokenLife> = {}) => {
  const parameter = aParameter(type)
  return aLife({
    parameters: all(parameter),
    functions: all(aFunction({ parameters: [parameter.ref.arn] })),
    schedules: all(aSchedule()),
    runs: ran(3, 0, false),
    ...more,
  })
}
const overlapping = (changes: TokenLife['changes']) =>
  world(rotated({}, { changes }), { target: taking('t', 'old') })

export const lifeCases: Cases = {
  'token-rotation-works': [
    {
      name: 'the next rotation is long past',
      world: world(rotated({ nextRotation: '2026-05-01T00:00:00.000Z' })),
      outcome: 'violated',
      says: 'should have been rotated by 2026-05-01',
    },
    {
      name: 'a version waits for longer than the window',
      world: world(
        rotated({
          versions: {
            known: true,
            value: [
              { created: '2026-05-20T00:00:00.000Z', stages: ['AWSCURRENT'] },
              { created: '2026-05-28T00:00:00.000Z', stages: ['AWSPENDING'] },
            ],
          },
        }),
      ),
      outcome: 'violated',
      says: 'AWSPENDING',
    },
    {
      name: 'the last run failed',
      world: world(rotated({}, { runs: ran(3, 3, true) })),
      outcome: 'violated',
      says: 'the last run of rotate failed',
    },
    {
      name: 'a distribution was not changed after the rotation',
      world: world(rotated({}, { modified: { E1EXAMPLE: '2026-05-01T00:00:00.000Z' } })),
      outcome: 'violated',
      says: 'has not been changed since',
    },
    {
      name: 'the gate has kept the old value since before the record begins',
      world: overlapping({
        ...trail(null, 'eu-west-1', gateEvents),
        asked: [...trail(null).asked, ...trail(null, 'eu-west-1', gateEvents).asked],
      }),
      outcome: 'violated',
      says: 'for at least 90 days',
    },
    { name: 'everything is as it should be', world: world(rotated()), outcome: 'satisfied' },
    {
      name: 'a schedule drives the function',
      world: world(
        aLife({ functions: all(aFunction()), schedules: all(aSchedule()), runs: ran(3, 0, false) }),
      ),
      outcome: 'satisfied',
    },
    {
      name: 'nobody knows since when the gate accepts both',
      world: overlapping(trail(null)),
      outcome: 'unknown',
      says: 'nothing tells since when',
    },
    {
      name: 'the versions of the secret were not read',
      world: world(rotated({ versions: unread('ListSecretVersionIds') })),
      outcome: 'unknown',
    },
    {
      name: 'its runs were not read',
      world: world(
        rotated(
          {},
          { runs: [{ functionArn: aFunction().functionArn, runs: unobserved(aGap('GetMetricData')) }] },
        ),
      ),
      outcome: 'unknown',
      says: 'GetMetricData',
    },
    {
      name: 'functions were not listed',
      world: world(aLife({ functions: { items: [], gaps: hidden } })),
      outcome: 'unknown',
    },
    { name: 'nothing rotates the value', world: world(aLife({})), outcome: 'inapplicable' },
    { name: 'CloudFront sends no secret', world: aWorld([{ origin: bare }]), outcome: 'inapplicable' },
  ],
  'api-parameter-encrypted': [
    {
      name: 'the parameter is a plain one',
      world: apiWorld(inParameter('String')),
      outcome: 'violated',
      says: 'of type String',
    },
    {
      name: 'the parameter is encrypted',
      world: apiWorld(inParameter('SecureString')),
      outcome: 'satisfied',
    },
    {
      name: 'the type is none that is known',
      world: apiWorld(inParameter('unrecognised')),
      outcome: 'unknown',
    },
    {
      name: 'functions were not listed',
      world: apiWorld(aLife({ functions: { items: [], gaps: hidden } })),
      outcome: 'unknown',
    },
    {
      name: 'the function names two stores, and nobody knows which is whose',
      world: apiWorld(
        inParameter('String', {
          functions: all(
            aFunction({ parameters: [aParameter('String').ref.arn], secrets: [aSecret().ref.arn] }),
          ),
        }),
      ),
      outcome: 'inapplicable',
    },
    { name: 'it is no API', world: world(inParameter('String')), outcome: 'inapplicable' },
  ],
  'api-rotation-scheduled': [
    {
      name: 'the schedule is switched off',
      world: apiWorld(inParameter('SecureString', { schedules: all(aSchedule({ enabled: false })) })),
      outcome: 'violated',
      says: 'is disabled',
    },
    {
      name: 'the last day of the schedule is past',
      world: apiWorld(
        inParameter('SecureString', { schedules: all(aSchedule({ group: 'default', ended: true })) }),
      ),
      outcome: 'violated',
      says: 'has ended',
    },
    {
      name: 'nothing runs the function, and it has not run',
      world: apiWorld(inParameter('SecureString', { schedules: all(), runs: ran(0, 0, null) })),
      outcome: 'violated',
      says: 'it ran 0 times',
    },
    {
      name: 'the last run failed',
      world: apiWorld(inParameter('SecureString', { runs: ran(3, 3, true) })),
      outcome: 'violated',
      says: 'failed',
    },
    {
      name: 'the secret has no rotation',
      world: apiWorld(
        aLife({ secrets: all(aSecret({ rotationEnabled: false, tags: { cdn: 'E1EXAMPLE' } })) }),
      ),
      outcome: 'violated',
      says: 'has no rotation',
    },
    { name: 'a schedule runs it', world: apiWorld(inParameter('SecureString')), outcome: 'satisfied' },
    { name: 'Secrets Manager rotates it', world: apiWorld(rotated()), outcome: 'satisfied' },
    {
      name: 'something that is not seen runs the function',
      world: apiWorld(inParameter('SecureString', { schedules: all() })),
      outcome: 'unknown',
      says: 'it ran 3 times',
    },
    {
      name: 'it is not known what a schedule runs',
      world: apiWorld(
        inParameter('SecureString', {
          schedules: all(aSchedule({ functionArns: unread('ListTargetsByRule') })),
        }),
      ),
      outcome: 'unknown',
      says: 'ListTargetsByRule',
    },
    {
      name: 'nothing names the distribution',
      world: apiWorld(aLife({})),
      outcome: 'unknown',
      says: 'names E1EXAMPLE',
    },
    {
      name: 'it is no API, wherever the name leads',
      world: world(aLife({}), { target: lost }),
      outcome: 'inapplicable',
    },
    {
      name: 'it is a load balancer',
      world: world(aLife({}), { target: toLoadBalancer(aLoadBalancer({})) }),
      outcome: 'inapplicable',
    },
  ],
}
