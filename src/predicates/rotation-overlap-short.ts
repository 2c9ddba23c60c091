/** Do the gates accept an earlier value only for as long as a rotation takes? */

import type { Link, LoadBalancer } from '#topology/model.ts'
import { sealedName } from '#topology/sealed.ts'
import { type Answer, cite, every, no, unseen, yes } from './asking/answer.ts'
import type { Facts } from './asking/facts.ts'
import { predicate } from './asking/predicate.ts'
import { loadBalancersOf, unlessFollowed } from './reading/backends.ts'
import { gateNames } from './reading/gates.ts'
import { type Leftover, leftovers } from './reading/overlap.ts'
import { ageOf } from './reading/token-age.ts'
import { mayStray, type Sent, secretsSent } from './reading/tokens.ts'

/** Days once there are a few of them. */
const lasting = (hours: number): string => (hours < 72 ? `${hours} hours` : `${Math.floor(hours / 24)} days`)

const ended = (old: Leftover, sent: Sent, link: Link, hours: number, facts: Facts): Answer => {
  const { gate, atLeastHours } = old
  const value = gate.value ? sealedName(gate.value) : 'a pattern'
  const said = (words: string) => {
    const text = `${gate.placeName} accepts ${value} beside ${sealedName(sent.value)} in ${gate.header}, ${words}`
    return cite(gate.place, text, gateNames(gate))
  }
  const tokens = facts.tokens()
  if (tokens.unreadSenders.length > 0) return unseen(tokens.unreadSenders)
  if (mayStray(tokens, gate)) return unseen([], said('which another origin may still send'))
  if (atLeastHours > hours) return no(said(`for at least ${lasting(atLeastHours)}`))
  const { atMostDays } = ageOf(sent, link, facts).age
  // Both are accepted only since the newer of them exists.
  if (atMostDays !== null && atMostDays * 24 <= hours) return yes(said('for less than a day'))
  return unseen(facts.topology.life.changes.gaps, said('and nothing tells since when'))
}

const atBalancer = (lb: LoadBalancer, sent: Sent, link: Link, hours: number, facts: Facts): Answer => {
  const { gaps } = facts.gatesOf(lb)
  const answers = leftovers(sent, lb, facts).map(old => ended(old, sent, link, hours, facts))
  return every([...answers, ...(gaps.length > 0 ? [unseen(gaps)] : [])])
}

export const rotationOverlapShort = predicate<'link', { readonly hours: number }>({
  question: 'Do the gates accept an earlier value only for as long as a rotation takes?',
  subjects: ['link'],
  options: {
    hours: { description: 'the longest that it may take', type: 'integer', minimum: 1, default: 24 },
  },
  ask: ({ link }, { hours }, facts) =>
    every([
      ...secretsSent(link, facts).secrets.flatMap(sent =>
        loadBalancersOf(link).map(lb => atBalancer(lb, sent, link, hours, facts)),
      ),
      ...unlessFollowed(link),
    ]),
})
