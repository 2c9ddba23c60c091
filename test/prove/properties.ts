/** What must hold of the verdicts on random listeners; each throws where it does not. */
import assert from 'node:assert/strict'
import { known } from '#base/known.ts'
import type { Exposure } from '#prove/exposure.ts'
import { proveLinks } from '#prove/prove.ts'
import type { LoadBalancer, Rule } from '#topology/model.ts'
import { bruteForce, ruleTaking } from './brute-force.ts'
import { alb, app, fixed, gap, linkTo, listener, rule, topologyOf } from './build.ts'
import { proved } from './claims.ts'

/** Whether a stranger's request is handed to `app`: no login in front that stops it. */
const reachesApp = ({ actions: chain }: Rule): boolean => {
  for (const action of chain) {
    if (action.kind === 'forward')
      return action.groups.some(g => g.weight > 0 && g.group.known && g.group.value === app)
    const waived =
      action.kind === 'authenticate' && action.with !== 'jwt' && action.onUnauthenticated === 'allow'
    if (!waived) return false
  }
  return false
}

/** CloudFront reaches `app` over a listener of its own, so that `app` and nothing else is the backend. */
const servedByApp = (rules: readonly Rule[]): LoadBalancer =>
  alb([
    listener([rule('default', [], { kind: 'forward', groups: [{ group: known(app), weight: 1 }] })], {
      mutualTls: 'verify',
    }),
    listener(rules, { port: 8443 }),
  ])

/** One listener, which is also the one that CloudFront uses. */
export const balancer = (rules: readonly Rule[], more: Partial<LoadBalancer> = {}): LoadBalancer =>
  alb([listener(rules)], more)

const linkOf = (lb: LoadBalancer) => linkTo(lb, { protocolPolicy: 'https-only' })

const internetOf = (lb: LoadBalancer): Exposure => {
  const [exposure] = proved(topologyOf([linkOf(lb)]))
  if (exposure === undefined) throw new Error('no link')
  return exposure.internet
}

/** The search finds what trying every request finds; where there is nothing, that is proved, or a named question is open. */
export const agreesWithTrying = (rules: readonly Rule[]): string => {
  const { verdict, witness, reasons } = internetOf(servedByApp(rules))
  const best = bruteForce(rules, reachesApp)
  if (verdict === 'open' || verdict === 'guessable') {
    // A witness may need more letters than were tried; then it is tried itself.
    const taken = witness && ruleTaking(rules, witness)
    assert.ok(taken && reachesApp(taken), `the witness does not arrive: ${JSON.stringify(witness)}`)
    if (best !== 'nothing' && !(best === 'guessable' && verdict === 'open')) assert.equal(verdict, best)
    return verdict
  }
  assert.equal(best, 'nothing', `${verdict}: ${JSON.stringify(reasons)}`)
  for (const reason of reasons) assert.equal(reason.kind, 'uncertain', JSON.stringify(reasons))
  return verdict
}

/** The order of the list, apart from priorities, changes nothing. */
export const orderIsNothing = (rules: readonly Rule[], keys: readonly number[]): void => {
  const shuffled = rules
    .map((r, i) => ({ r, key: keys[i % keys.length] ?? 0 }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ r }) => r)
  assert.equal(internetOf(balancer(shuffled)).verdict, internetOf(balancer(rules)).verdict)
}

/** Two neighbours that do the same may change places. */
export const equalsMaySwap = (rules: readonly Rule[], at: number): void => {
  const [first, second] = [rules[at], rules[at + 1]]
  if (first === undefined || second === undefined || second.priority === 'default') return
  const same = { ...second, actions: first.actions }
  const straight = rules.with(at + 1, same)
  const swapped = straight
    .with(at, { ...same, priority: first.priority })
    .with(at + 1, { ...first, priority: second.priority })
  assert.equal(internetOf(servedByApp(swapped)).verdict, internetOf(servedByApp(straight)).verdict)
}

/** A further deny in front never opens a way. */
export const denyNeverOpens = (rules: readonly Rule[], others: readonly Rule[]): void => {
  const denies = others
    .filter(r => r.priority !== 'default')
    .map((r, i) => rule(i - 100, r.conditions, fixed(403)))
  const before = internetOf(servedByApp(rules)).verdict
  const after = internetOf(servedByApp([...denies, ...rules])).verdict
  const rank = ['closed', 'authenticated', 'unknown', 'guessable', 'open']
  const unsure = rank.indexOf('unknown')
  assert.ok(
    rank.indexOf(after) <= Math.max(rank.indexOf(before), before === 'unknown' ? 0 : unsure),
    `${before} becomes ${after}`,
  )
}

/** Every copy of the value in which one known thing is not known. */
const lessKnown = (value: unknown): readonly unknown[] => {
  if (typeof value !== 'object' || value === null) return []
  const here = 'known' in value && value.known === true ? [{ known: false, gaps: [gap('Anything')] }] : []
  const parts = Array.isArray(value)
    ? value.flatMap((item: unknown, i) => lessKnown(item).map(less => value.with(i, less)))
    : Object.entries(value).flatMap(([key, item]) => lessKnown(item).map(less => ({ ...value, [key]: less })))
  return [...here, ...parts]
}

/** Knowing less never turns anything into closed. */
export const unknownIsNeverClosed = (lb: LoadBalancer): void => {
  const verdicts = (it: LoadBalancer) => {
    const [e] = proveLinks(topologyOf([linkOf(it)]))
    return [e?.internet.verdict, e?.tenant.verdict]
  }
  const before = verdicts(lb)
  for (const less of lessKnown(lb)) {
    verdicts(less as LoadBalancer).forEach((after, i) => {
      if (after === 'closed') assert.equal(before[i], 'closed')
      if (after === 'authenticated') assert.ok(['authenticated', 'closed'].includes(before[i] ?? ''))
    })
  }
}
