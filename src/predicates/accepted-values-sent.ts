/** Is every value that a gate accepts one that some distribution still sends? */
import { or, type Truth } from '#base/truth.ts'
import type { Link } from '#topology/model.ts'
import { patternId, sealedName } from '#topology/sealed.ts'
import { type Answer, cite, type Evidence, every, no, unseen, yes } from './asking/answer.ts'
import type { Facts } from './asking/facts.ts'
import { predicate } from './asking/predicate.ts'
import { edgeCode } from './reading/edge-code.ts'
import type { GateValue } from './reading/gate-value.ts'
import { gateNames } from './reading/gates.ts'
import { mayStray, opens } from './reading/tokens.ts'

/** The same value at several places (one listener for HTTP, one for HTTPS) is one value. */
const distinct = (values: readonly GateValue[]): readonly (readonly GateValue[])[] => {
  const groups = new Map<string, GateValue[]>()
  for (const gate of values) {
    const id = gate.value ? `${gate.header}\n${patternId(gate.value)}` : null
    const group = id === null ? undefined : groups.get(id)
    if (group) group.push(gate)
    else if (id !== null) groups.set(id, [gate])
  }
  return [...groups.values()]
}

const retired = (places: readonly GateValue[]): readonly Evidence[] =>
  places.map(gate => {
    const value = gate.value ? ` (${sealedName(gate.value)})` : ''
    const text = `${gate.placeName} still accepts a value of ${gate.header} that no distribution sends${value}`
    return cite(gate.place, text, gateNames(gate))
  })

const unsettled = (places: readonly GateValue[]): readonly Evidence[] =>
  places.map(gate =>
    cite(gate.place, `whether a distribution sends what ${gate.placeName} accepts is not certain`),
  )

/** Links whose own target is not known may be senders; so may code at the edge of the links that lead here. */
const sentBySomeone = (places: readonly GateValue[], links: readonly Link[], facts: Facts): Truth => {
  const sent = or(...links.map(link => opens(link, places)))
  if (sent === true) return true
  const tokens = facts.tokens()
  const hidden =
    places.some(gate => mayStray(tokens, gate)) ||
    links.some(link => edgeCode(link).length > 0) ||
    tokens.unreadSenders.length > 0
  return hidden ? 'unknown' : sent
}

export const acceptedValuesSent = predicate<'load-balancer', { readonly tolerated: number }>({
  question: 'Is every value that a gate accepts one that some distribution still sends?',
  subjects: ['load-balancer'],
  options: {
    tolerated: {
      description: 'accepted values that nobody may send, for a rotation that is under way',
      type: 'integer',
      minimum: 0,
      default: 0,
    },
  },
  ask: ({ loadBalancer }, { tolerated }, facts) => {
    const { values, gaps } = facts.gatesOf(loadBalancer)
    const links = facts.linksTo(loadBalancer)
    const judged = distinct(values).map(places => ({ places, sent: sentBySomeone(places, links, facts) }))
    const [left, unclear] = [judged.filter(j => j.sent === false), judged.filter(j => j.sent === 'unknown')]
    if (left.length > tolerated) return no(...left.flatMap(j => retired(j.places)))
    const open: readonly Answer[] =
      gaps.length > 0 || left.length + unclear.length > tolerated
        ? [unseen([...gaps, ...facts.tokens().unreadSenders], ...unclear.flatMap(j => unsettled(j.places)))]
        : []
    return every([yes(cite(loadBalancer.ref, 'every accepted value is sent')), ...open])
  },
})
