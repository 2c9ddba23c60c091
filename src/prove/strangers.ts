/** Load balancers that are not known to lead to a backend, but of which too little was read to rule it out. */
import type { LoadBalancer } from '#topology/model.ts'
import { outcomeOf } from './alb/interpret.ts'
import { forwardsOf, identities } from './backend.ts'
import type { Obligation, Reason, Vantage } from './exposure.ts'
import type { Prover } from './prover.ts'
import { obligationFor } from './rule-gate.ts'
import { distinctReasons, notModelled } from './uncertainty.ts'

export interface Stranger {
  readonly obligations: readonly Obligation[]
  readonly reasons: readonly Reason[]
  readonly reliesOn: readonly string[]
}

/** More reasons than this help nobody. */
const mostReasons = 10

/**
 * `entries` are judged elsewhere. `unseen` says why targets of the backend itself are not known: with any, every other
 * load balancer may lead to them.
 */
export const strangersOf = (
  prover: Prover,
  vantage: Vantage,
  entries: readonly LoadBalancer[],
  unseen: readonly Reason[],
): Stranger => {
  const { index } = prover
  if (unseen.length > 0)
    return { obligations: [], reasons: index.balancers.size > entries.length ? unseen : [], reliesOn: [] }
  const known = new Set(entries)
  const all = index.uncertain.filter(lb => !known.has(lb)).map(lb => strangerOf(prover, lb, vantage))
  return {
    obligations: all.flatMap(s => s.obligations),
    reasons: shortened(all.flatMap(s => s.reasons)),
    reliesOn: all.flatMap(s => s.reliesOn),
  }
}

const shortened = (reasons: readonly Reason[]): readonly Reason[] => {
  const distinct = distinctReasons(reasons.slice(0, 200))
  if (reasons.length <= 200 && distinct.length <= mostReasons) return distinct
  const more = notModelled(
    'Further load balancers were not wholly read, so that they may lead to the same targets.',
  )
  return [...distinct.slice(0, mostReasons), more]
}

const memo = new WeakMap<Prover, Map<string, Stranger>>()

const strangerOf = (prover: Prover, lb: LoadBalancer, vantage: Vantage): Stranger => {
  const made = memo.get(prover) ?? new Map<string, Stranger>()
  memo.set(prover, made)
  const key = `${vantage} ${lb.ref.arn}`
  const before = made.get(key)
  if (before) return before
  const stranger = judge(prover, lb, vantage)
  made.set(key, stranger)
  return stranger
}

const judge = (prover: Prover, lb: LoadBalancer, vantage: Vantage): Stranger => {
  const { doors, obligations, reasons, reliesOn } = prover.doorsOf(lb, vantage)
  const found = { obligations: [...obligations], reasons: [...reasons] }
  for (const door of doors) {
    for (const rule of door.rules) {
      const gate = prover.gateOf(door, rule)
      const unread = forwardsOf(rule).flatMap(f => identities(f.group, prover.index.balancers).reasons)
      if (gate !== null) found.obligations.push(gate)
      else if (unread.length === 0 && rule.actions.every(a => a.kind !== 'unrecognised'))
        found.obligations.push(
          obligationFor(
            door,
            rule,
            'DIFFERENT_BACKEND',
            'The rule forwards to targets that the origin does not serve.',
          ),
        )
      else if (outcomeOf(rule.actions).kind === 'authenticate')
        found.obligations.push(obligationFor(door, rule, 'AUTH', 'The rule asks for authentication first.'))
      else
        found.reasons.push(
          ...unread,
          ...unreadable(
            rule.actions.some(a => a.kind === 'unrecognised'),
            lb,
          ),
        )
    }
  }
  return { ...found, reliesOn }
}

const unreadable = (is: boolean, lb: LoadBalancer): readonly Reason[] =>
  is ? [notModelled(`A rule of ${lb.ref.name} has an action of an unknown kind.`)] : []
