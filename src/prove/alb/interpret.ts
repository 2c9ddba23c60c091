/** What a listener does with one request: the rule walk and the action chain, in three values. */
import { canonicalJson } from '#base/canonical.ts'
import type { Known } from '#base/known.ts'
import type { Action, Listener, Rule, TargetGroup } from '#topology/model.ts'
import type { Reason } from '../exposure.ts'
import { distinctReasons, gapReasons, notModelled } from '../uncertainty.ts'
import { meetsConditions } from './condition.ts'
import type { AlbRequest } from './request.ts'

export interface Interpretation {
  /** The rule that takes the request; null where that is not known, or the listener itself refuses. */
  readonly rule: Rule | null
  /** Actions of that rule. */
  readonly actions: readonly Action[]
  readonly outcome: Outcome
}

export type Outcome =
  /** Handed to a target of one of these groups; those of weight 0 are left out. */
  | { readonly kind: 'forward'; readonly groups: readonly Known<TargetGroup>[] }
  | Extract<Action, { kind: 'fixed-response' }>
  | Extract<Action, { kind: 'redirect' }>
  /** Sent to a login, or answered 401. */
  | { readonly kind: 'authenticate'; readonly with: 'oidc' | 'cognito' | 'jwt' }
  /** Never reaches the rules. */
  | { readonly kind: 'refused'; readonly because: 'protocol' | 'client-certificate' | 'method' }
  | { readonly kind: 'unknown'; readonly reasons: readonly Reason[] }

export const interpretListener = (listener: Listener, request: AlbRequest): Interpretation => {
  const refusal = refusedBy(listener, request)
  if (refusal !== null) return { rule: null, actions: [], outcome: refusal }
  if (!listener.rules.known) return unknownOutcome(gapReasons(listener.rules.gaps))
  return walk(listener.rules.value, request)
}

const unknownOutcome = (reasons: readonly Reason[]): Interpretation => ({
  rule: null,
  actions: [],
  outcome: { kind: 'unknown', reasons: distinctReasons(reasons) },
})

/** Listeners that take TLS from the client. */
export const isTlsListener = (listener: Listener): boolean =>
  ['HTTPS', 'TLS', 'SSL'].includes(listener.protocol)

const refusedBy = (listener: Listener, request: AlbRequest): Outcome | null => {
  const web = listener.protocol === 'HTTP' || listener.protocol === 'HTTPS'
  if (web && isTlsListener(listener) !== request.tls) return { kind: 'refused', because: 'protocol' }
  if (listener.mutualTls === 'verify' && request.clientCertificate !== true)
    return { kind: 'refused', because: 'client-certificate' }
  if (listener.mutualTls === 'unknown') {
    const reasons = [notModelled('Whether the listener verifies client certificates was not observed.')]
    return { kind: 'unknown', reasons }
  }
  // Answered 405 by the load balancer itself.
  return web && request.method === 'TRACE' ? { kind: 'refused', because: 'method' } : null
}

/** First match wins. Rules that may match stay candidates; when all of them lead to the same thing, that is the answer. */
const walk = (rules: readonly Rule[], request: AlbRequest): Interpretation => {
  const candidates: Rule[] = []
  const why: Reason[] = []
  for (const rule of inOrder(rules)) {
    const met = meetsConditions(rule.conditions, request)
    if (met.truth === false) continue
    candidates.push(rule)
    why.push(...met.why)
    if (met.truth === true) return settle(candidates, why)
  }
  return unknownOutcome([...why, notModelled('No default rule of the listener was observed.')])
}

const settle = (candidates: readonly Rule[], why: readonly Reason[]): Interpretation => {
  const outcomes = candidates.map(rule => outcomeOf(rule.actions))
  const [first] = outcomes
  const [rule] = candidates
  if (first === undefined || rule === undefined) return unknownOutcome(why)
  const same = outcomes.every(o => canonicalJson(o) === canonicalJson(first))
  if (!same) return unknownOutcome(why)
  return candidates.length === 1
    ? { rule, actions: rule.actions, outcome: first }
    : { rule: null, actions: rule.actions, outcome: first }
}

/** Ascending priority, default last; equal priorities keep their order. */
export const inOrder = (rules: readonly Rule[]): readonly Rule[] => {
  const rank = (rule: Rule): number =>
    rule.priority === 'default' ? Number.POSITIVE_INFINITY : rule.priority
  const sorted = rules.every((rule, i) => i === 0 || rank(rules[i - 1] ?? rule) <= rank(rule))
  return sorted ? rules : rules.toSorted((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b)))
}

/** What a chain of actions does with a request that carries no session and no token. */
export const outcomeOf = (actions: readonly Action[]): Outcome => {
  for (const action of actions) {
    if (action.kind === 'authenticate') {
      // A bearer token is always demanded; only a login may be waived.
      if (action.with !== 'jwt' && action.onUnauthenticated === 'allow') continue
      return { kind: 'authenticate', with: action.with }
    }
    if (action.kind === 'forward') return forwardOutcome(action)
    if (action.kind === 'unrecognised')
      return {
        kind: 'unknown',
        reasons: [notModelled(`The rule has an action of an unknown kind: ${action.name}.`)],
      }
    return action
  }
  return { kind: 'unknown', reasons: [notModelled('The rule has no action that ends the request.')] }
}

const forwardOutcome = (action: Extract<Action, { kind: 'forward' }>): Outcome => {
  const groups = action.groups.filter(g => g.weight > 0).map(g => g.group)
  if (groups.length > 0) return { kind: 'forward', groups }
  const message = 'Every target group of the forward action has weight 0.'
  return { kind: 'unknown', reasons: [notModelled(message)] }
}
