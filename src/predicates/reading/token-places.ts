/** Every place that sends a value or accepts it, with what is known of the value there. */
import type { AgeObservation } from '#prove/token/age.ts'
import type { Link, LoadBalancer, Ref, Sighting, TokenLife } from '#topology/model.ts'
import type { Facts } from '../asking/facts.ts'
import type { GateValue } from './gate-value.ts'
import { type Sent, sealedHeaders } from './tokens.ts'
import { distributionTrail, gateTrail, type Trail } from './trail.ts'

export interface Observed {
  readonly observation: AgeObservation
  readonly ref: Ref
}

export interface TokenPlace {
  /** A link id, or the ARN of a listener rule or web ACL. */
  readonly id: string
  /** For people. */
  readonly name: string
  readonly ref: Ref
  readonly observed: readonly Observed[]
  /** Whether the record of its changes was read. */
  readonly read: boolean
}

/** Null for a date that cannot be read. */
export const timeOf = (text: string | null | undefined): number | null => {
  const at = Date.parse(text ?? '')
  return Number.isNaN(at) ? null : at
}

const grouped = new WeakMap<TokenLife, ReadonlyMap<string, readonly Sighting[]>>()

const sightingsAt = (life: TokenLife, place: string, header: string): readonly Sighting[] => {
  const found = grouped.get(life) ?? Map.groupBy(life.sightings, s => s.place)
  grouped.set(life, found)
  return (found.get(place) ?? []).filter(s => s.header === header)
}

/**
 * A gate may accept two values at once: another one tells that this one was not there only from before this one was seen.
 */
const fromHistory = (
  life: TokenLife,
  id: string,
  { header, fingerprint }: { readonly header: string; readonly fingerprint: string },
  source: string,
): readonly Observed[] => {
  const there = sightingsAt(life, id, header)
  const own = there.filter(s => s.fingerprint === fingerprint)
  const first = Math.min(...own.flatMap(s => timeOf(s.firstSeen) ?? []))
  const seen = own.map(s => ({
    ref: s.ref,
    observation: { kind: 'seen', source, at: timeOf(s.firstSeen) } as const,
  }))
  const without = there
    .filter(s => s.fingerprint !== fingerprint)
    .flatMap(s => [s.firstSeen, s.lastSeen].map(at => ({ ref: s.ref, at: timeOf(at) })))
    .filter(({ at }) => at !== null && at < first)
    .map(({ ref, at }) => ({ ref, observation: { kind: 'not-seen', source, at } as const }))
  return [...seen, ...without]
}

/** A scan that saw another value there later than the last recorded change shows that the record is not whole. */
const isContradicted = (since: number, history: readonly Observed[]): boolean =>
  history.some(({ observation: { kind, at } }) => kind === 'not-seen' && at !== null && at > since)

const fromTrail = (
  { unchanged, made }: Trail,
  ref: Ref,
  source: string,
  history: readonly Observed[],
): readonly Observed[] => {
  const created: readonly Observed[] = made
    ? [{ ref: made.ref, observation: { kind: 'place-created', source, at: made.at } }]
    : []
  if (unchanged === null || isContradicted(unchanged.since, history)) return created
  const kind = unchanged.last === null ? 'no-change-since' : 'last-change'
  return [...created, { ref: unchanged.last ?? ref, observation: { kind, source, at: unchanged.since } }]
}

const sender = (link: Link, sent: Sent, life: TokenLife): TokenPlace => {
  const { ref, id } = link.distribution
  const trail = distributionTrail(life, id)
  const own = sealedHeaders(link).filter(s => s.value.folded === sent.value.folded)
  const history = own.flatMap(({ header, value }) =>
    fromHistory(life, link.id, { header, fingerprint: value.sealed }, `earlier scan, distribution ${id}`),
  )
  return {
    ...{ id: link.id, name: `distribution ${id}`, ref, read: trail.read },
    observed: [...history, ...fromTrail(trail, ref, `CloudTrail, distribution ${id}`, history)],
  }
}

/** A rule cannot be older than its load balancer. */
const fromCreation = ({ ref }: LoadBalancer, life: TokenLife): readonly Observed[] => {
  const at = timeOf(life.created[ref.arn])
  const source = `load balancer ${ref.name}`
  return at === null ? [] : [{ ref, observation: { kind: 'place-created', source, at } }]
}

interface Acceptor {
  readonly at: LoadBalancer
  readonly gate: GateValue
}

const acceptor = ({ at, gate }: Acceptor, life: TokenLife): TokenPlace => {
  const { place, header, value } = gate
  const name = `${gate.placeName} of ${at.ref.name}`
  const trail = gateTrail(life, place)
  const fingerprint = value?.sealed ?? ''
  const history = fromHistory(life, place.arn, { header, fingerprint }, `earlier scan, ${name}`)
  return {
    ...{ id: place.arn, name, ref: place, read: trail.read },
    observed: [
      ...history,
      ...fromTrail(trail, place, `CloudTrail, ${name}`, history),
      ...(gate.listener === null ? [] : fromCreation(at, life)),
    ],
  }
}

/** Everyone who sends the value, and every gate that accepts exactly it, whatever the header is called. */
export const placesOf = (sent: Sent, facts: Facts): readonly TokenPlace[] => {
  const { life } = facts.topology
  const { links, acceptors } = facts.tokens()
  return [
    ...(links.get(sent.value.folded) ?? []).map(link => sender(link, sent, life)),
    ...(acceptors.get(sent.value.folded) ?? []).map(one => acceptor(one, life)),
  ]
}
