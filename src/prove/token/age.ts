/** How old a token is: an interval, from what proves that the value was there and what proves that it was not. */

/** Times in milliseconds since 1970; null for a date that could not be read. */
export type AgeObservation =
  /** This scanner saw the value itself at the place. */
  | { readonly kind: 'seen'; readonly source?: string; readonly at: number | null }
  /** This scanner saw the place then, and the value was not there. */
  | { readonly kind: 'not-seen'; readonly source?: string; readonly at: number | null }
  /** A new value was stored: rotation, PutSecretValue, or the creation of the current version. */
  | {
      readonly kind: 'value-set'
      readonly source: string
      readonly at: number | null
      readonly tied: boolean
    }
  /** Something of the secret or parameter changed, the value or not; nothing has since. */
  | {
      readonly kind: 'store-changed'
      readonly source: string
      readonly at: number | null
      readonly tied: boolean
    }
  /** The thing that holds the value was made: it held nothing before. */
  | { readonly kind: 'place-created'; readonly source: string; readonly at: number | null }
  /** The last change of the place in a list of its changes that reaches up to now without a break. */
  | { readonly kind: 'last-change'; readonly source: string; readonly at: number | null }
  /** No change of the place since then, in a list of its changes without a break. */
  | { readonly kind: 'no-change-since'; readonly source: string; readonly at: number | null }
  /** CloudFront's LastModifiedTime: any setting moves it, and it tells nothing about the value. Never counted. */
  | { readonly kind: 'distribution-modified'; readonly at: number | null }

export interface TokenAge {
  /** Whole days, rounded down. 0 where nothing proves more. */
  readonly atLeastDays: number
  /** Whole days, rounded up; null where nothing bounds it. */
  readonly atMostDays: number | null
  /** One sentence for each observation, used or not. */
  readonly because: readonly string[]
}

const day = 86_400_000

interface Meaning {
  /** The value was there then. */
  readonly present?: number
  /** The value was not there just before. */
  readonly absent?: number
  readonly sentence: string
}

/** The last time before `first` at which the value was not there. */
const absentBefore = (meanings: readonly Meaning[], first: number): number | null => {
  const absent = meanings.flatMap(m => (m.absent !== undefined && m.absent <= first ? [m.absent] : []))
  return absent.length > 0 ? Math.max(...absent) : null
}

/** When the value was at none of its places: known only where it is known of each of them. */
const absentEverywhere = (
  places: readonly (readonly Meaning[])[],
  first: number,
): readonly (number | null)[] => {
  const absent = places.map(place => absentBefore(place, first))
  const known = absent.filter(at => at !== null)
  return absent.length > 0 && known.length === absent.length ? [Math.min(...known)] : []
}

/**
 * `ofValue`: what is known of the value wherever it is. `places`: what is known of each place that sends or accepts it; to
 * have been at one of them is to have been there, and to have been absent takes all of them.
 *
 * `tied`: the value is known to come from that secret or parameter; observations of stores that are not tied are named
 * and not used. A value that was there, was taken away and came back counts from its first time: whoever learnt it then
 * still knows it.
 */
export const tokenAge = (
  ofValue: readonly AgeObservation[],
  now: number,
  places: readonly (readonly AgeObservation[])[] = [],
): TokenAge => {
  const value = ofValue.map(o => meaningOf(o, now))
  const atPlaces = places.map(place => place.map(o => meaningOf(o, now)))
  const all = [...value, ...atPlaces.flat()]
  const present = all.map(m => m.present).filter(t => t !== undefined)
  const first = present.reduce((a, b) => Math.min(a, b), now)
  const absent = [absentBefore(value, first), ...absentEverywhere(atPlaces, first)].filter(t => t !== null)
  return {
    atLeastDays: Math.floor((now - first) / day),
    atMostDays: absent.length === 0 ? null : Math.ceil((now - Math.max(...absent)) / day),
    because: [...new Set(all.map(m => m.sentence))].toSorted(),
  }
}

const meaningOf = (observation: AgeObservation, now: number): Meaning => {
  const { at } = observation
  if (observation.kind === 'distribution-modified')
    return { sentence: 'CloudFront tells when any setting changed last: that says nothing about the value.' }
  const what = observation.source ?? 'earlier scan'
  if (at === null || Number.isNaN(at)) return { sentence: `${what}: the date cannot be read; not used.` }
  if (at > now) return { sentence: `${what}: ${dateOf(at)} is in the future; not used.` }
  if ('tied' in observation && !observation.tied)
    return { sentence: `${what}: nothing shows that the value comes from there; not used.` }
  return {
    ...provenBy(observation.kind, at),
    sentence: `${what}: ${dateOf(at)}, ${verbs[observation.kind]}.`,
  }
}

type Kind = AgeObservation['kind']

const provenBy = (kind: Kind, at: number): { present?: number; absent?: number } => {
  switch (kind) {
    case 'seen':
    case 'store-changed':
    case 'last-change':
    case 'no-change-since':
      return { present: at }
    case 'not-seen':
    case 'place-created':
      return { absent: at }
    case 'value-set':
      return { present: at, absent: at }
    case 'distribution-modified':
      return {}
  }
}

const verbs: Readonly<Record<Kind, string>> = {
  seen: 'the value was already there',
  'not-seen': 'the value was not there yet',
  'value-set': 'the value was stored then',
  'store-changed': 'nothing changed there since',
  'place-created': 'there was no such place before',
  'last-change': 'nothing changed there since',
  'no-change-since': 'nothing changed there since',
  'distribution-modified': 'any setting changed',
}

const dateOf = (at: number): string => new Date(at).toISOString().slice(0, 10)
