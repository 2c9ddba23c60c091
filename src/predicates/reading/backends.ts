/** What stands behind a link, and whether two forward actions reach the same targets. */
import { normalName } from '#base/domain-name.ts'
import type { Gap } from '#base/gap.ts'
import { type Known, known, unobserved } from '#base/known.ts'
import { or, type Truth } from '#base/truth.ts'
import type { Action, Link, LoadBalancer, Rule, TargetGroup } from '#topology/model.ts'
import { type Answer, unseen } from '../asking/answer.ts'

/** Every load balancer that the origin name leads to. */
export const loadBalancersOf = ({ target }: Link): readonly LoadBalancer[] =>
  target.kind === 'load-balancer' ? [target.loadBalancer, ...target.others] : []

/** Why the name may lead to something else as well: ways of it that were not followed to their end. */
export const unfollowed = ({ target }: Link): readonly Gap[] =>
  target.kind === 'load-balancer' || target.kind === 'unknown' ? target.gaps : []

/** For questions about everything the name leads to: undecided while some of its ways are not known. */
export const unlessFollowed = (link: Link): readonly Answer[] => {
  const gaps = unfollowed(link)
  return gaps.length > 0 ? [unseen(gaps)] : []
}

/** Identities of what answers for the link: ARNs, or the name of a host outside the account. */
export const backendsOf = (link: Link): Known<readonly string[]> => {
  const { target } = link
  if (target.kind === 'unknown') return unobserved(...target.gaps)
  if (target.kind === 'load-balancer') return known(loadBalancersOf(link).map(lb => lb.ref.arn))
  if (target.kind === 'instance') return known([target.ref.arn])
  if (target.kind === 'api') return known([target.api.ref.arn])
  return known([normalName(link.origin.domainName)])
}

type ForwardGroups = Extract<Action, { readonly kind: 'forward' }>['groups']

/** Groups the rule forwards to, those of weight 0 included: they are one edit away. Empty where it does not forward. */
export const forwardGroups = (rule: Rule): ForwardGroups =>
  rule.actions.flatMap(action => (action.kind === 'forward' ? action.groups : []))

export const forwards = (rule: Rule): boolean => rule.actions.some(action => action.kind === 'forward')

const targetsMeet = (a: TargetGroup, b: TargetGroup): Truth => {
  if (a.ref.arn === b.ref.arn) return true
  if (!a.targets.known || !b.targets.known) return 'unknown'
  const others = new Set(b.targets.value)
  return a.targets.value.some(target => others.has(target))
}

const groupsMeet = (a: Known<TargetGroup>, b: Known<TargetGroup>): Truth =>
  a.known && b.known ? targetsMeet(a.value, b.value) : 'unknown'

/** Whether some target can be reached through both sets of groups. Targets are compared, not groups. */
export const sameTargets = (a: ForwardGroups, b: ForwardGroups): Truth =>
  or(...a.flatMap(x => b.map(y => groupsMeet(x.group, y.group))))
