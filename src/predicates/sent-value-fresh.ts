/** Is the secret that the origin is sent younger than so many days? */

import type { TokenAge } from '#prove/token/age.ts'
import { rotationStatus } from '#prove/token/rotation-status.ts'
import type { Link } from '#topology/model.ts'
import { sealedName } from '#topology/sealed.ts'
import {
  type Answer,
  cite,
  type Evidence,
  type EvidenceNames,
  every,
  no,
  unseen,
  yes,
} from './asking/answer.ts'
import type { Facts } from './asking/facts.ts'
import { predicate } from './asking/predicate.ts'
import { loadBalancersOf, unfollowed } from './reading/backends.ts'
import { gateNames } from './reading/gates.ts'
import { sendersOf } from './reading/senders.ts'
import { ageOf } from './reading/token-age.ts'
import { originsOfToken, type Store, storeRef } from './reading/token-stores.ts'
import { meets, type Sent, secretsSent } from './reading/tokens.ts'

const intervalOf = ({ atLeastDays, atMostDays }: TokenAge): string => {
  const days = (n: number): string => (n === 1 ? '1 day' : `${n} days`)
  if (atMostDays === null) return `at least ${days(atLeastDays)} old, and nothing tells how old at most`
  return `between ${days(atLeastDays)} and ${days(atMostDays)} old`
}

const gates = (sent: Sent, link: Link, facts: Facts): readonly Evidence[] =>
  loadBalancersOf(link)
    .flatMap(lb => facts.gatesOf(lb).values)
    .filter(gate => meets(sent, gate) === true)
    .map(gate => cite(gate.place, `${gate.placeName} accepts it`, gateNames(gate)))

const stores = (sent: Sent, link: Link, { topology }: Facts): readonly Evidence[] =>
  originsOfToken(link, sent, topology.life).stores.map(store => {
    const ref = storeRef(store)
    const text = `it comes from ${store.kind} ${ref.name}: ${store.how}`
    return cite(ref, text, { ...storeNames(store), storeRegion: ref.region })
  })

/** Ids for the commands that change what is stored; a gate that compares with it has to be told first. */
const storeNames = (store: Store): EvidenceNames => {
  const { arn, name } = storeRef(store)
  const own = store.kind === 'secret' ? { secret: arn } : { parameter: name }
  if (store.comparedBy === null) return own
  const gate = store.kind === 'secret' ? { gateSecret: arn } : { gateParameter: name }
  return { ...own, ...gate, function: store.comparedBy }
}

/** What a reader can do so that a later scan knows. */
const whatWouldTell = ({ distribution: { ref, id } }: Link): Evidence =>
  cite(
    ref,
    `known once the value is changed while a history is kept (sealKeyFile in the config), or by Secrets Manager in a secret whose tag or rotation function names ${id}`,
  )

const isFresh = (sent: Sent, link: Link, days: number, facts: Facts): Answer => {
  const { age, older, evidence, hidden } = ageOf(sent, link, facts)
  const { life, observedAt } = facts.topology
  const status = rotationStatus({ age, mostDays: days, setup: undefined, now: Date.parse(observedAt) })
  const { ref, id } = link.distribution
  const said = cite(
    ref,
    `${sealedName(sent.value)}, which ${id} sends in ${sent.header}, is ${intervalOf(age)}`,
    { header: sent.header },
  )
  if (status === 'overdue' || (older && age.atLeastDays === days))
    return no(
      said,
      ...evidence,
      ...sendersOf(sent, facts),
      ...gates(sent, link, facts),
      ...stores(sent, link, facts),
    )
  const { unreadGates, unreadSenders } = facts.tokens()
  const around = [...unreadSenders, ...unreadGates, ...unfollowed(link)]
  const gaps = [...life.changes.gaps, ...originsOfToken(link, sent, life).gaps, ...around]
  if (status === 'on-time' && gaps.length + hidden.length === 0) return yes(said, ...evidence)
  const advice = status === 'unknown' ? [whatWouldTell(link)] : []
  return unseen(gaps, said, ...evidence, ...hidden, ...advice)
}

export const sentValueFresh = predicate<'link', { readonly days: number }>({
  question: 'Is the secret that the origin is sent younger than so many days?',
  subjects: ['link'],
  options: {
    days: { description: 'the oldest that a value may be', type: 'integer', minimum: 1, default: 90 },
  },
  ask: ({ link }, { days }, facts) => {
    const { secrets, perhaps, gaps } = secretsSent(link, facts)
    const answers = secrets.map(sent => isFresh(sent, link, days, facts))
    return every(perhaps.length > 0 ? [...answers, unseen([...gaps, ...unfollowed(link)])] : answers)
  },
})
