/** Which listeners of an application load balancer can hand a request to targets without asking for a secret. */
import type { Gap } from '#base/gap.ts'
import type { Truth } from '#base/truth.ts'
import type { Listener, LoadBalancer, Rule } from '#topology/model.ts'
import {
  type Answer,
  cite,
  type Evidence,
  type EvidenceNames,
  every,
  no,
  ofKnown,
  unseen,
  yes,
} from '../asking/answer.ts'
import { forwardGroups, forwards, sameTargets } from './backends.ts'
import { isGated, listenerName, ruleName } from './gates.ts'

/** The rules that ask for a secret before they forward: what they forward to is protected. */
interface Protected {
  readonly gates: readonly { readonly listener: Listener; readonly rule: Rule }[]
  readonly listeners: readonly Listener[]
  /** Why there may be further gates. */
  readonly gaps: readonly Gap[]
  readonly complete: boolean
}

const protectedBy = (listeners: readonly Listener[]): Protected => ({
  gates: listeners.flatMap(listener =>
    listener.rules.known ? listener.rules.value.filter(isGated).map(rule => ({ listener, rule })) : [],
  ),
  listeners,
  gaps: listeners.flatMap(l => (l.rules.known ? [] : l.rules.gaps)),
  complete: listeners.every(l => l.rules.known),
})

/** The gates whose targets the rule reaches as well, or may reach. */
const gatesAround = (rule: Rule, { gates }: Protected, reaches: Truth): Protected['gates'] =>
  gates.filter(gate => sameTargets(forwardGroups(rule), forwardGroups(gate.rule)) === reaches)

/** Where nothing is gated, everything is worth protecting. */
const reachesProtected = (rule: Rule, guarded: Protected): Truth => {
  if (guarded.gates.length === 0) return guarded.complete || 'unknown'
  if (gatesAround(rule, guarded, true).length > 0) return true
  return guarded.complete && gatesAround(rule, guarded, 'unknown').length === 0 ? false : 'unknown'
}

/** The gate beside which the rule is a hole; without any gate, the listeners that were searched for one. */
const besideGate = (rule: Rule, guarded: Protected): readonly Evidence[] => {
  const [gate] = gatesAround(rule, guarded, true)
  if (gate) {
    const name = ruleName(gate.listener, gate.rule)
    return [cite(gate.rule.ref, `${name} asks for a secret header and forwards to the same targets`)]
  }
  return guarded.listeners.map(l =>
    cite(l.ref, `no rule of listener ${listenerName(l)} asks for a secret header`),
  )
}

const hasGate = (listener: Listener): Truth =>
  listener.rules.known ? listener.rules.value.some(isGated) : 'unknown'

/** Login in front of the forward action, unless it lets strangers pass. */
const needsLogin = (rule: Rule): boolean =>
  rule.actions.some(a => a.kind === 'authenticate' && a.onUnauthenticated !== 'allow')

const unreadGroups = (rule: Rule): readonly Gap[] =>
  forwardGroups(rule).flatMap(({ group }) => {
    if (!group.known) return group.gaps
    return group.value.targets.known ? [] : group.value.targets.gaps
  })

/** A default action is changed on its listener, any other rule by itself. */
const ruleNames = (listener: Listener, rule: Rule): EvidenceNames =>
  rule.priority === 'default' ? { listener: listener.ref.arn } : { rule: rule.ref.arn }

/** Whether the rule keeps requests without the secret away from what the gate protects. */
const ruleDenies = (listener: Listener, rule: Rule, guarded: Protected): Answer => {
  const name = ruleName(listener, rule)
  const names = ruleNames(listener, rule)
  if (rule.actions.some(a => a.kind === 'unrecognised'))
    return unseen([], cite(rule.ref, `${name} has an action that this version does not know`, names))
  if (!forwards(rule)) return yes(cite(rule.ref, `${name} does not forward`, names))
  if (isGated(rule)) return yes(cite(rule.ref, `${name} asks for a secret header`, names))
  if (needsLogin(rule)) return yes(cite(rule.ref, `${name} asks for a login`, names))
  const reaches = reachesProtected(rule, guarded)
  if (reaches === 'unknown') return unseen([...unreadGroups(rule), ...guarded.gaps])
  return reaches
    ? no(
        cite(rule.ref, `${name} forwards requests without a secret header`, names),
        ...besideGate(rule, guarded),
      )
    : yes(cite(rule.ref, `${name} forwards to other targets`, names))
}

const judgeRules = (listener: Listener, guarded: Protected, pick: (rule: Rule) => boolean): Answer => {
  if (listener.mutualTls === 'verify')
    return yes(cite(listener.ref, `listener ${listenerName(listener)} verifies client certificates`))
  const answer = ofKnown(listener.rules, rules =>
    every(rules.filter(pick).map(rule => ruleDenies(listener, rule, guarded))),
  )
  if (listener.mutualTls !== 'unknown' || !answer.observed || answer.holds) return answer
  return unseen(
    [],
    cite(
      listener.ref,
      `whether listener ${listenerName(listener)} verifies client certificates is not known`,
    ),
  )
}

const isDefault = (rule: Rule): boolean => rule.priority === 'default'

/**
 * Whether the default action of every listener turns strangers away. Where some listeners have a gate, one without any
 * is not asked: it lacks more than a default action, and `forwardsAreGated` says so.
 */
export const defaultsDeny = (loadBalancer: LoadBalancer): Answer =>
  ofKnown(loadBalancer.listeners, listeners => {
    const guarded = protectedBy(listeners)
    const gateSomewhere = listeners.some(l => hasGate(l) === true)
    const asked = gateSomewhere ? listeners.filter(l => hasGate(l) !== false) : listeners
    return every(asked.map(l => judgeRules(l, guarded, isDefault)))
  })

/** Whether every rule that forwards asks for the secret; on a listener without a gate, the default action as well. */
export const forwardsAreGated = (loadBalancer: LoadBalancer): Answer =>
  ofKnown(loadBalancer.listeners, listeners => {
    const guarded = protectedBy(listeners)
    return every(listeners.map(l => judgeRules(l, guarded, rule => !isDefault(rule) || hasGate(l) === false)))
  })
