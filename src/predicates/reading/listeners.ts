/** Which listeners of an application load balancer can hand a request to targets without asking for a secret. */
import type { Gap } from '#base/gap.ts'
import type { Truth } from '#base/truth.ts'
import type { Listener, LoadBalancer, Rule } from '#topology/model.ts'
import { type Answer, cite, type EvidenceNames, every, no, ofKnown, unseen, yes } from '../asking/answer.ts'
import { forwardGroups, forwards, sameTargets } from './backends.ts'
import { isGated, listenerName, ruleName } from './gates.ts'

type ForwardGroups = ReturnType<typeof forwardGroups>

/** The groups that rules with a secret forward to: what the gate protects, so far as the listeners were read. */
interface Protected {
  readonly groups: ForwardGroups
  readonly gaps: readonly Gap[]
  readonly complete: boolean
}

const protectedBy = (listeners: readonly Listener[]): Protected => ({
  groups: listeners.flatMap(l => (l.rules.known ? l.rules.value.filter(isGated).flatMap(forwardGroups) : [])),
  gaps: listeners.flatMap(l => (l.rules.known ? [] : l.rules.gaps)),
  complete: listeners.every(l => l.rules.known),
})

/** Where nothing is gated, everything is worth protecting. */
const reachesProtected = (rule: Rule, guarded: Protected): Truth => {
  const reaches = guarded.groups.length === 0 || sameTargets(forwardGroups(rule), guarded.groups)
  if (guarded.complete) return reaches
  return reaches === true && guarded.groups.length > 0 ? true : 'unknown'
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
    ? no(cite(rule.ref, `${name} forwards requests without a secret header`, names))
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
