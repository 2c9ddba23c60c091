/** Worlds for the rule about the age of tokens. */
import { ruleEvents, senderEvents } from '#snapshot/trail-events.ts'
import type { TokenLife } from '#topology/model.ts'
import { changedAt } from '../../judge/build/life.ts'
import { aGap, aLoadBalancer, aWorld, type LinkSpec } from '../../judge/build.ts'
import type { Cases } from '../test-rule.ts'
import { aFunction, aLife, all, madeAt, rotated, trail, withoutAnswer } from './life-parts.ts'
import { bare } from './token-parts.ts'

const world = (life: TokenLife, spec: LinkSpec = {}) => aWorld([spec], { life })

const lb = aLoadBalancer()
/** Distribution and load balancer are of that day, as far as anybody knows. */
const young = (day: string, more: Partial<TokenLife> = {}, balancer = day) =>
  world(
    aLife({
      changes: madeAt(day),
      modified: { E1EXAMPLE: day },
      created: { [lb.ref.arn]: balancer },
      ...more,
    }),
  )

export const lifeAgeCases: Cases = {
  'token-fresh': [
    {
      name: 'the secret that it comes from has not been rotated for a year',
      world: world(rotated({}, {}, '2025-05-20T00:00:00.000Z')),
      outcome: 'violated',
      says: 'between 377 days and 377 days old',
    },
    {
      name: 'CloudTrail knows of no change of the distribution, and CloudFront of none either',
      world: world(aLife({ changes: trail(null), modified: { E1EXAMPLE: '2025-01-01T00:00:00.000Z' } })),
      outcome: 'violated',
      says: 'at least 90 days old',
    },
    {
      name: 'the secret was rotated this month, and the distribution changed after',
      world: world(rotated()),
      outcome: 'satisfied',
    },
    {
      name: 'another value stood there ten days ago',
      world: aWorld([{}]),
      outcome: 'satisfied',
    },
    {
      name: 'the distribution was changed this month, and the rule that accepts the value never in the record',
      world: world(aLife({ changes: { ...changedAt(''), items: [] } })),
      outcome: 'violated',
      says: 'CloudTrail, rule 10 of listener HTTPS:443 of origin: 2026-03-03, nothing changed there since',
    },
    {
      name: 'another distribution has sent the value since before the record begins',
      world: aWorld([{}, { id: 'E2EXAMPLE' }], {
        life: aLife({
          changes: madeAt('2026-05-20T00:00:00.000Z'),
          modified: { E1EXAMPLE: '2026-05-20T00:00:00.000Z', E2EXAMPLE: '2025-05-20T00:00:00.000Z' },
        }),
      }),
      outcome: 'violated',
      says: 'CloudTrail, distribution E2EXAMPLE',
    },
    {
      name: 'distribution and load balancer were made last month',
      world: young('2026-05-02T00:00:00.000Z'),
      outcome: 'satisfied',
    },
    {
      name: 'the distribution was made last month, and its load balancer years ago',
      world: young('2026-05-02T00:00:00.000Z', {}, '2024-05-02T00:00:00.000Z'),
      outcome: 'unknown',
      says: 'between 30 days and 760 days old',
    },
    {
      name: 'the distribution was made last month, and CloudTrail says nothing of its load balancer',
      world: young('2026-05-02T00:00:00.000Z', {
        changes: withoutAnswer(madeAt('2026-05-02T00:00:00.000Z'), ruleEvents),
      }),
      outcome: 'unknown',
      says: 'LookupEvents',
    },
    {
      name: 'the secret was rotated this month, and nobody knows when the gate was changed',
      world: world(
        rotated({}, { changes: withoutAnswer(changedAt('2026-05-20T00:05:00.000Z'), ruleEvents) }),
      ),
      outcome: 'unknown',
      says: 'LookupEvents',
    },
    {
      name: 'the secret was rotated this month, and nobody knows when the distribution was changed',
      world: world(
        rotated({}, { changes: withoutAnswer(changedAt('2026-05-20T00:05:00.000Z'), senderEvents) }),
      ),
      outcome: 'unknown',
      says: 'LookupEvents',
    },
    {
      name: 'the secret was rotated, but the distribution has not been changed since long before',
      world: world(rotated({}, { modified: { E1EXAMPLE: '2026-01-01T00:00:00.000Z' } })),
      outcome: 'unknown',
      says: 'nothing shows that the value comes from there',
    },
    {
      name: 'the function that names the secret is for another header',
      world: world(rotated({}, { functions: all(aFunction({ headers: ['x-other'] })) })),
      outcome: 'unknown',
    },
    {
      name: 'the distribution was changed last month, and nobody knows what',
      world: world(
        aLife({
          changes: trail('2026-05-01T00:00:00.000Z'),
          modified: { E1EXAMPLE: '2026-05-01T00:00:00.000Z' },
        }),
      ),
      outcome: 'unknown',
      says: 'at least 31 days old, and nothing tells how old at most',
    },
    {
      name: 'CloudFront was changed after the last change that CloudTrail knows',
      world: world(aLife({ changes: trail(null) })),
      outcome: 'unknown',
      says: 'at least 0 days old',
    },
    {
      name: 'nothing was read',
      world: world(aLife({ secrets: { items: [], gaps: [aGap('ListSecrets')] } })),
      outcome: 'unknown',
      says: 'ListSecrets',
    },
    { name: 'CloudFront sends no secret', world: aWorld([{ origin: bare }]), outcome: 'inapplicable' },
  ],
}
