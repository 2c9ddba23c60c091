/** What CloudTrail recorded of changes, and since when the record is whole. */
import type { Gap } from '#base/gap.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { call } from '../calls.ts'
import { listAt, textAt } from '../config.ts'
import { type Facts, gapsOf, refOf } from '../facts.ts'
import type { RecordedChange, TokenLife } from '../model/life.ts'

/** How long CloudTrail keeps what no trail is set up for. */
const days = 90

const changeOf = (resource: LocatedResource): RecordedChange => ({
  ref: refOf(resource, textAt(resource.config, 'EventName') ?? resource.arn),
  at: textAt(resource.config, 'EventTime') ?? '',
  event: textAt(resource.config, 'EventName') ?? '',
  resources: (listAt(resource.config, 'Resources') ?? []).flatMap(r => textAt(r, 'ResourceName') ?? []),
})

interface Asked {
  readonly account: string
  readonly region: string
  readonly event: string
}

/** Every lookup, answered or not, once. */
const lookups = ({ snapshot }: Facts): readonly Asked[] => {
  const made = [...snapshot.reads, ...snapshot.gaps].filter(r => r.operation === 'LookupEvents')
  const once = new Map(made.map(r => [`${r.account} ${r.region} ${r.target}`, r]))
  return [...once.values()].map(({ account, region, target }) => ({ account, region, event: target }))
}

const startOf = (observedAt: string): string => {
  const end = Date.parse(observedAt)
  return Number.isNaN(end) ? '' : new Date(end - days * 86_400_000).toISOString()
}

export const recordedChanges = (facts: Facts): TokenLife['changes'] => {
  const start = startOf(facts.snapshot.head.observedAt)
  const gaps: Gap[] = []
  const asked = lookups(facts).map(({ account, region, event }) => {
    const one = call('LookupEvents', event, { account, region })
    const own = facts.wasRead(one) && facts.gapsFor(one).length === 0 ? [] : gapsOf(facts, one)
    gaps.push(...own)
    return { region, event, since: own.length > 0 || start === '' ? null : start }
  })
  const whole = asked.length > 0 && asked.every(a => a.since !== null)
  return {
    items: facts.byType(types.trailEvent).map(changeOf),
    since: whole ? start : null,
    asked,
    gaps,
  }
}
