/** Load balancers that are not known to lead to a backend, but of which too little was read to rule it out. */
import type { Link, LoadBalancer, Rule } from '#topology/model.ts'
import { outcomeOf } from './alb/interpret.ts'
import { forwardsOf, identities } from './backend.ts'
import type { Door } from './door.ts'
import type { Obligation, Reason, Vantage } from './exposure.ts'
import type { Prover } from './prover.ts'
import { coveredBy, obligationFor } from './rule-gate.ts'
import { distinctReasons, gapReasons, notModelled } from './uncertainty.ts'

export interface Stranger {
  readonly obligations: readonly Obligation[]
  readonly reasons: readonly Reason[]
  readonly reliesOn: readonly string[]
}

/** More reasons than this help nobody. */
const mostReasons = 10

/** Why a load balancer that nobody saw may lead to the same targets: those of its region only. */
export const unseenBeside = (
  prover: Prover,
  { target }: Link,
  entries: readonly LoadBalancer[],
): readonly Reason[] => {
  const own = target.kind === 'instance' ? [target.ref.region] : []
  const regions = new Set([...own, ...entries.map(lb => lb.ref.region)])
  return shortened(gapReasons([...regions].flatMap(region => prover.unseenIn(region))))
}

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
  const shown = prover.entries.ofBalancer(lb).map(entry => prover.doorsOf(entry, vantage))
  const doors = shown.flatMap(s => s.doors)
  const reliesOn = shown.flatMap(s => s.reliesOn)
  const found = { obligations: shown.flatMap(s => s.obligations), reasons: shown.flatMap(s => s.reasons) }
  for (const door of doors) {
    for (const rule of door.rules) {
      const gate = prover.gateOf(door, rule)
      const unread = forwardsOf(rule).flatMap(f => identities(f.group, prover.index.balancers).reasons)
      const readable = unread.length === 0 && rule.actions.every(a => a.kind !== 'unrecognised')
      const closed =
        gate ?? (readable ? elsewhere(door, rule) : (coverOf(prover, door, rule) ?? login(door, rule)))
      if (closed !== null) found.obligations.push(closed)
      else found.reasons.push(...unread, ...unreadable(rule, lb))
    }
  }
  return { ...found, reliesOn }
}

const coverOf = (prover: Prover, door: Door, rule: Rule): Obligation | null => {
  const tried = prover.attempt(door, rule)
  return tried.kind === 'covered' ? coveredBy(door, rule, tried.by) : null
}

const elsewhere = (door: Door, rule: Rule): Obligation =>
  obligationFor(
    door,
    rule,
    'DIFFERENT_BACKEND',
    'The rule forwards to targets that the origin does not serve.',
  )

const login = (door: Door, rule: Rule): Obligation | null =>
  outcomeOf(rule.actions).kind === 'authenticate'
    ? obligationFor(door, rule, 'AUTH', 'The rule asks for authentication first.')
    : null

const unreadable = (rule: Rule, lb: LoadBalancer): readonly Reason[] =>
  rule.actions.some(a => a.kind === 'unrecognised')
    ? [notModelled(`A rule of ${lb.ref.name} has an action of an unknown kind.`)]
    : []
