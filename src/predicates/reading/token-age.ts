/** The age of a value that an origin is sent: what was observed of it, each with the line that says so. */
import { type AgeObservation, type TokenAge, tokenAge } from '#prove/token/age.ts'
import type { Link, Ref, StoredSecret, TokenLife } from '#topology/model.ts'
import { cite, type Evidence } from '../asking/answer.ts'
import type { Facts } from '../asking/facts.ts'
import { originsOfToken, type Store, storeRef } from './token-stores.ts'
import type { Sent } from './tokens.ts'
import { distributionUnchanged } from './trail.ts'

interface Observed {
  readonly observation: AgeObservation
  readonly ref: Ref
}

const timeOf = (text: string | null | undefined): number | null => {
  const at = Date.parse(text ?? '')
  return Number.isNaN(at) ? null : at
}

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

const fromHistory = (sent: Sent, link: Link, life: TokenLife): readonly Observed[] => {
  const there = life.sightings.filter(s => s.place === link.id && s.header === sent.header)
  const own = there.filter(s => s.fingerprint === sent.value.sealed)
  const first = own.map(s => ({
    ref: s.ref,
    observation: { kind: 'seen', at: timeOf(s.firstSeen) } as const,
  }))
  const others = there
    .filter(s => s.fingerprint !== sent.value.sealed)
    .flatMap(s =>
      [s.firstSeen, s.lastSeen].map(at => ({
        ref: s.ref,
        observation: { kind: 'not-seen', at: timeOf(at) } as const,
      })),
    )
  return [...first, ...others]
}

const fromTrail = ({ distribution }: Link, life: TokenLife): readonly Observed[] => {
  const unchanged = distributionUnchanged(life, distribution.id)
  if (unchanged === null) return []
  const kind = unchanged.last === null ? 'no-change-since' : 'last-change'
  const source = `CloudTrail, distribution ${distribution.id}`
  return [{ ref: unchanged.last ?? distribution.ref, observation: { kind, source, at: unchanged.since } }]
}

/** When the value is known to have been there first, of what proves that it was. */
const earliest = (observed: readonly Observed[]): number =>
  Math.min(
    ...observed.flatMap(({ observation: o }) =>
      o.kind !== 'not-seen' && o.at !== null && !('tied' in o && !o.tied) ? [o.at] : [],
    ),
  )

export interface AgeOfToken {
  readonly age: TokenAge
  /** It is older than `atLeastDays`, not just as old: it was set before a record began that has no change of it. */
  readonly older: boolean
  readonly evidence: readonly Evidence[]
}

export const ageOf = (sent: Sent, link: Link, { topology }: Facts): AgeOfToken => {
  const { life, observedAt } = topology
  const now = Date.parse(observedAt)
  const { stores } = originsOfToken(link, sent, life)
  const observed = [
    ...fromHistory(sent, link, life),
    ...stores.map(store => fromStore(store, link.distribution.id, life)),
    ...fromTrail(link, life),
  ]
  return {
    age: tokenAge(
      observed.map(o => o.observation),
      now,
    ),
    older: observed.some(
      ({ observation: { kind, at } }) => kind === 'no-change-since' && at === earliest(observed),
    ),
    evidence: observed.flatMap(({ observation, ref }) =>
      tokenAge([observation], now).because.map(sentence => cite(ref, sentence)),
    ),
  }
}
