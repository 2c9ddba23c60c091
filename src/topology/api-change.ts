/** When an API was last changed, as far as CloudTrail tells: what a stage serves may be older. */
import { type Known, known, unobserved } from '#base/known.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { call, gapAbout } from './calls.ts'
import { listAt, textAt } from './config.ts'
import { type Facts, gapsOf } from './facts.ts'
import type { ApiChange } from './model.ts'

const source = 'apigateway.amazonaws.com'

/** How long CloudTrail keeps what no trail is set up for. */
const kept = 90 * 24 * 3_600_000

interface Change {
  readonly at: string
  /** What it names; empty where it names nothing. */
  readonly names: readonly string[]
}

const changesAt = (facts: Facts, api: LocatedResource, events: readonly string[]): readonly Change[] =>
  facts
    .byType(types.trailEvent)
    .filter(event => event.region === api.region && event.account === api.account)
    .filter(({ config }) => textAt(config, 'EventSource') === source)
    .filter(({ config }) => events.includes(textAt(config, 'EventName') ?? ''))
    .map(({ config }) => ({
      at: textAt(config, 'EventTime') ?? '',
      names: (listAt(config, 'Resources') ?? []).flatMap(one => textAt(one, 'ResourceName') ?? []),
    }))

/** Its id, alone or as a part of an ARN. */
const isNamed = (names: readonly string[], id: string): boolean =>
  names.some(name => name.split(/[/:]/).includes(id))

/** What is no id of an API may be one of a part of any: a method, an authorizer. */
const namesSome = (names: readonly string[]): boolean =>
  names.some(name =>
    name
      .replace(/^arn:[^/]*/, '')
      .split(/[/:]/)
      .some(part => /^[a-z0-9]{10}$/.test(part)),
  )

const newest = (changes: readonly Change[]): string | null =>
  changes
    .map(({ at }) => at)
    .reduce<string | null>((last, at) => (last === null || at > last ? at : last), null)

/** Known only where each kind of change was looked up, to the end. One gap explains it as well as one for each kind. */
export const changeOf = (
  facts: Facts,
  api: LocatedResource,
  id: string,
  events: readonly string[],
): Known<ApiChange> => {
  const [lacking] = events.flatMap(name => {
    const asked = call('LookupEvents', name, api)
    return facts.wasRead(asked) && facts.gapsFor(asked).length === 0 ? [] : gapsOf(facts, asked)
  })
  if (lacking) return unobserved(lacking)
  const changes = changesAt(facts, api, events)
  const at = newest(changes.filter(({ names }) => isNamed(names, id)))
  const stray = newest(changes.filter(({ names }) => !isNamed(names, id) && !namesSome(names)))
  if (changes.some(change => Number.isNaN(Date.parse(change.at)))) {
    const message = `CloudTrail tells of a change of an API of ${api.region} without a time that can be read.`
    return unobserved(gapAbout(call('LookupEvents', '*', api), 'unrecognised', message))
  }
  if (stray !== null && (at === null || stray > at)) {
    const message = `CloudTrail tells of a change of an API of ${api.region} at ${stray}, but not of which one.`
    return unobserved(gapAbout(call('LookupEvents', '*', api), 'unrecognised', message))
  }
  const observed = Date.parse(facts.snapshot.head.observedAt)
  return known({ at, since: new Date(observed - kept).toISOString() })
}
