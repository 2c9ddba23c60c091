/** What is remembered of the values of a world: by default that each is ten days old at most. */

import { gateEvents, senderEvents } from '#snapshot/trail-events.ts'
import type { Link, Rule, Sighting, TokenLife } from '#topology/model.ts'
import { isSealed } from '#topology/sealed.ts'
import { noLife } from '../../topology/no-life.ts'
import { aRef, region } from './refs.ts'

const seen = (link: Link, header: string, fingerprint: string, first: string, last: string): Sighting => ({
  ref: { ...link.distribution.ref, name: link.id },
  place: link.id,
  header: header.toLowerCase(),
  fingerprint,
  firstSeen: first,
  lastSeen: last,
})

/** CloudTrail answered, and every distribution and gate was changed at `last`, nobody knows how. */
export const changedAt = (last: string): TokenLife['changes'] => {
  const since = '2026-03-03T00:00:00.000Z'
  const events = [
    ...senderEvents.map(event => ({ region: 'us-east-1', event })),
    ...gateEvents.map(event => ({ region, event })),
  ]
  return {
    since,
    asked: events.map(e => ({ ...e, since })),
    items: ['UpdateDistribution', 'ModifyRule', 'UpdateWebACL'].map(event => ({
      ref: {
        ...aRef('AWS::CloudTrail::Event', event),
        region: event === 'UpdateDistribution' ? 'us-east-1' : region,
      },
      at: last,
      event,
      resources: [],
    })),
    gaps: [],
  }
}

const gateSeen = ({ ref, conditions }: Rule, since: string, before: string): readonly Sighting[] =>
  conditions.flatMap(condition =>
    condition.field !== 'http-header'
      ? []
      : condition.globs.filter(isSealed).flatMap(({ sealed }) =>
          [
            { fingerprint: sealed, at: since },
            { fingerprint: 'f'.repeat(32), at: before },
          ].map(({ fingerprint, at }) => ({
            ...{ ref, place: ref.arn, header: condition.name.toLowerCase() },
            ...{ fingerprint, firstSeen: at, lastSeen: at },
          })),
        ),
  )

const rulesOf = ({ target }: Link): readonly Rule[] => {
  if (target.kind !== 'load-balancer' || !target.loadBalancer.listeners.known) return []
  return target.loadBalancer.listeners.value.flatMap(({ rules }) => (rules.known ? rules.value : []))
}

/** Each value was first seen at `since`, and another one in its place ten days before the world's own time. */
export const rememberedLife = (
  links: readonly Link[],
  since = '2026-05-30T00:00:00.000Z',
  before = '2026-05-22T00:00:00.000Z',
): TokenLife => ({
  ...noLife,
  changes: changedAt(since),
  sightings: links.flatMap(link => [
    ...rulesOf(link).flatMap(rule => gateSeen(rule, since, before)),
    ...link.origin.headers.flatMap(({ name, value }) =>
      isSealed(value)
        ? [seen(link, name, value.sealed, since, since), seen(link, name, 'f'.repeat(32), before, before)]
        : [],
    ),
  ]),
})
