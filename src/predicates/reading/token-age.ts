/** The age of a value that an origin is sent: what was observed of it, each with the line that says so. */
import { type AgeObservation, type TokenAge, tokenAge } from '#prove/token/age.ts'
import type { Link, StoredSecret, TokenLife } from '#topology/model.ts'
import { cite, type Evidence } from '../asking/answer.ts'
import type { Facts } from '../asking/facts.ts'
import { type Observed, placesOf, type TokenPlace, timeOf } from './token-places.ts'
import { originsOfToken, type Store, storeRef } from './token-stores.ts'
import type { Sent } from './tokens.ts'

/** When the version in use was made; null where that was not read. */
const currentSince = ({ versions }: StoredSecret): number | null =>
  versions.known ? timeOf(versions.value.find(v => v.stages.includes('AWSCURRENT'))?.created) : null

/** Rotations store the new value first and send it after, or the other way round, within this time. Milliseconds. */
const rotationTime = 86_400_000

/** When the value that is in the store came there. */
export const storedAt = (store: Store): number | null =>
  store.kind === 'secret' ? currentSince(store.secret) : timeOf(store.parameter.lastModified)

/** Whether the distribution may hold what is in the store: not if it was last changed long before that came there. */
export const mayHold = (store: Store, id: string, life: TokenLife): boolean => {
  const [stored, modified] = [storedAt(store), timeOf(life.modified[id])]
  return stored !== null && modified !== null && modified >= stored - rotationTime
}

const fromStore = (store: Store, id: string, life: TokenLife): Observed => {
  const ref = storeRef(store)
  const tied = mayHold(store, id, life)
  const at = storedAt(store)
  const source = `${store.kind} ${ref.name} (${store.how})`
  const kind = store.kind === 'secret' ? 'value-set' : 'store-changed'
  return { ref, observation: { kind, source, at, tied } }
}

/** When the value is known to have been there first, of what proves that it was. */
const earliest = (observed: readonly Observed[]): number =>
  Math.min(
    ...observed.flatMap(({ observation: o }) =>
      isPresence(o) && o.at !== null && !('tied' in o && !o.tied) ? [o.at] : [],
    ),
  )

const isPresence = ({ kind }: AgeObservation): boolean => kind !== 'not-seen' && kind !== 'place-created'

const boundOf = ({ observed }: TokenPlace, now: number): number | null =>
  tokenAge([], now, [observed.map(o => o.observation)]).atMostDays

export interface AgeOfToken {
  readonly age: TokenAge
  /** It is older than `atLeastDays`, not just as old: it was set before a record began that has no change of it. */
  readonly older: boolean
  readonly evidence: readonly Evidence[]
  /** Why it may be older than it seems: what was not read of a place that sends or accepts the value. */
  readonly hidden: readonly Evidence[]
}

/** Of other places, what tells that the value is older than it seems from here, or why it may be. */
const fromElsewhere = (
  others: readonly TokenPlace[],
  all: readonly Observed[],
  age: TokenAge,
  now: number,
): readonly Observed[] => {
  const first = earliest(all)
  const older = others.flatMap(p => p.observed).find(({ observation: o }) => isPresence(o) && o.at === first)
  const open = age.atMostDays === null ? others.find(p => boundOf(p, now) === null) : undefined
  return [...(older ? [older] : []), ...(open?.observed.slice(0, 1) ?? [])]
}

export const ageOf = (sent: Sent, link: Link, facts: Facts): AgeOfToken => {
  const { life, observedAt } = facts.topology
  const now = Date.parse(observedAt)
  const { stores } = originsOfToken(link, sent, life)
  const stored = stores.map(store => fromStore(store, link.distribution.id, life))
  const places = placesOf(sent, facts)
  const own = places.filter(p => p.id === link.id)
  const all = [...stored, ...places.flatMap(p => p.observed)]
  const age = tokenAge(
    stored.map(o => o.observation),
    now,
    places.map(p => p.observed.map(o => o.observation)),
  )
  const others = places.filter(p => !own.includes(p))
  const said = [...own.flatMap(p => p.observed), ...stored, ...fromElsewhere(others, all, age, now)]
  return {
    age,
    older: all.some(({ observation: { kind, at } }) => kind === 'no-change-since' && at === earliest(all)),
    evidence: said.flatMap(({ observation, ref }) =>
      tokenAge([observation], now).because.map(sentence => cite(ref, sentence)),
    ),
    hidden: places
      .filter(p => !p.read)
      .slice(0, 1)
      .map(p => cite(p.ref, `CloudTrail does not tell when ${p.name} was changed last`)),
  }
}
