/** Values that a gate accepts beside the one that is sent, and for how long it has done so. */

import { rotationState } from '#prove/token/rotation-state.ts'
import type { LoadBalancer } from '#topology/model.ts'
import type { Facts } from '../asking/facts.ts'
import type { GateValue } from './gate-value.ts'
import { type Sent, sealedHeaders } from './tokens.ts'
import { gateTrail } from './trail.ts'

export interface Leftover {
  readonly gate: GateValue
  /** It has been accepted beside the new value for at least so many hours. */
  readonly atLeastHours: number
}

const hour = 3_600_000

/** Since when this scanner knows both to be accepted there, in milliseconds since 1970. */
const bothSeenSince = (gate: GateValue, beside: readonly GateValue[], facts: Facts): readonly number[] => {
  const first = ({ place, header, value }: GateValue): number =>
    Date.parse(
      facts.topology.life.sightings.find(
        s => s.place === place.arn && s.header === header && s.fingerprint === value?.sealed,
      )?.firstSeen ?? '',
    )
  return beside.map(other => Math.max(first(gate), first(other))).filter(at => !Number.isNaN(at))
}

const leftoverAt = (gate: GateValue, beside: readonly GateValue[], facts: Facts): Leftover => {
  const { life, observedAt } = facts.topology
  const now = Date.parse(observedAt)
  const { unchanged } = gateTrail(life, gate.place)
  const since = [...bothSeenSince(gate, beside, facts), ...(unchanged ? [unchanged.since] : []), now]
  return { gate, atLeastHours: Math.floor((now - Math.min(...since)) / hour) }
}

/** Of the gates of `at` that accept what is sent: what else they accept, and nobody who leads there sends. */
export const leftovers = (sent: Sent, at: LoadBalancer, facts: Facts): readonly Leftover[] => {
  const own = facts.gatesOf(at).values.filter(v => v.header === sent.header && v.value !== null)
  const places = [...Map.groupBy(own, v => v.place.arn)].map(([name, values]) => ({
    name,
    values,
    accepts: values.flatMap(v => v.value ?? []),
  }))
  const senders = facts
    .linksTo(at)
    .flatMap(link => sealedHeaders(link).map(s => ({ name: link.id, ...s })))
    .filter(s => s.header === sent.header)
  const state = rotationState(senders, places, { hours: null, mostHours: 0 })
  return places.flatMap(({ name, values }) => {
    const old = state.leftover.filter(l => l.gate === name).map(l => l.pattern)
    const used = values.filter(v => v.value && !old.includes(v.value))
    return used.length === 0
      ? []
      : values.filter(v => v.value && old.includes(v.value)).map(v => leftoverAt(v, used, facts))
  })
}
