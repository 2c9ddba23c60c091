/**
 * Whether the rules of a listener deliver CloudFront's own requests after a change as they did before it.
 *
 * Compared is the list of rules as those requests see them: rules that none of them meets are left out, conditions that
 * all of them meet do not count, and after a rule that all of them meet nothing follows. Equal lists deliver equally.
 */
import { canonicalJson } from '#base/canonical.ts'
import { foldCase, globTokens } from '#base/glob.ts'
import type { Action, Condition, Listener, Rule } from '#topology/model.ts'
import { inOrder } from '../alb/interpret.ts'
import { edgeReaches } from '../edge-request.ts'
import { covers } from '../shadow.ts'
import type { SentRequests } from './edit.ts'

export const rulesAlike = (requests: SentRequests, old: Listener, now: Listener): boolean => {
  if (!old.rules.known || !now.rules.known) return old.rules === now.rules
  const [left, right] = [seen(requests, old.rules.value), seen(requests, now.rules.value)]
  return left.length === right.length && left.every((rule, i) => sameView(rule, right[i]))
}

/** A rule as the requests see it. */
interface View {
  readonly rule: Rule
  /** Conditions that some of the requests may fail. */
  readonly asks: readonly Condition[]
}

const sameView = (a: View, b: View | undefined): boolean =>
  b !== undefined &&
  (a.rule === b.rule ||
    (canonicalJson(a.asks) === canonicalJson(b.asks) &&
      a.rule.transforms === b.rule.transforms &&
      sameActions(a.rule.actions, b.rule.actions)))

const sameActions = (a: readonly Action[], b: readonly Action[]): boolean =>
  a === b || canonicalJson(a.map(deliveryOf)) === canonicalJson(b.map(deliveryOf))

/** Who stands behind the targets of a group is judged apart. */
const deliveryOf = (action: Action): unknown =>
  action.kind === 'forward'
    ? action.groups.map(({ group, weight }) => [group.known ? group.value.ref.arn : group.gaps, weight])
    : action

const seen = (requests: SentRequests, rules: readonly Rule[]): readonly View[] => {
  const views: View[] = []
  for (const rule of inOrder(rules)) {
    const view = viewOf(requests, rule)
    if (view === null) continue
    views.push(view)
    if (view.asks.length === 0) break
  }
  return views
}

const views = new WeakMap<SentRequests, WeakMap<Rule, View | null>>()

/** Null where no request meets the rule. */
const viewOf = (requests: SentRequests, rule: Rule): View | null => {
  const known = views.get(requests) ?? new WeakMap<Rule, View | null>()
  views.set(requests, known)
  const before = known.get(rule)
  if (before !== undefined) return before
  const view =
    edgeReaches(rule, requests).can === false
      ? null
      : { rule, asks: rule.conditions.filter(c => !isMet(c, rule, requests)) }
  known.set(rule, view)
  return view
}

/** Whether every request meets the condition. */
const isMet = (condition: Condition, rule: Rule, requests: SentRequests): boolean => {
  const own = condition.field === 'http-header' ? { ...requests, changed: !requests.headersKept } : requests
  if (edgeReaches({ ...rule, conditions: [condition] }, own).must) return true
  if (requests.changed) return false
  if (condition.field === 'host-header') return allCovered(condition.globs, requests.hosts, foldCase)
  return condition.field === 'path-pattern' && allCovered(condition.globs, requests.paths, t => t)
}

const allCovered = (
  globs: readonly string[],
  sent: readonly string[],
  fold: (text: string) => string,
): boolean => {
  const wider = globs.map(g => globTokens(fold(g)))
  return sent.length > 0 && sent.every(t => wider.some(w => covers(w, globTokens(fold(t)))))
}
