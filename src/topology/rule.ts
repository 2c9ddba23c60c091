/** The rules of a listener, in the order in which they are tried. */
import { compareText } from '#base/canonical.ts'
import { type Known, known, unobserved } from '#base/known.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { buildActions, type TargetGroups } from './action.ts'
import { call } from './calls.ts'
import { buildCondition } from './condition.ts'
import { flagAt, integerAt, isMissing, listAt, textAt } from './config.ts'
import { allKnown, type Facts, listed, misread, refOf } from './facts.ts'
import type { Condition, Rule } from './model.ts'

const conditionsOf = (rule: LocatedResource, isDefault: boolean): readonly Condition[] => {
  const list = listAt(rule.config, 'Conditions')
  if (isDefault && (list === undefined || list.length === 0)) return []
  // AWS holds no rule without conditions, so one that shows none was not understood; it may match any request.
  return list === undefined || list.length === 0
    ? [{ field: 'unrecognised', name: '(no condition)' }]
    : list.map(buildCondition)
}

const transforms = (rule: LocatedResource): boolean =>
  !isMissing(rule.config, 'Transforms') && (listAt(rule.config, 'Transforms')?.length ?? 1) > 0

const buildRule = (rule: LocatedResource, groups: TargetGroups): Known<Rule> => {
  const isDefault = flagAt(rule.config, 'IsDefault') === true || textAt(rule.config, 'Priority') === 'default'
  const priority = isDefault ? 'default' : integerAt(rule.config, 'Priority')
  if (priority === undefined) return unobserved(misread(rule, 'the priority cannot be read'))
  return known({
    ref: refOf(rule, isDefault ? 'default rule' : `rule ${priority}`),
    priority,
    conditions: conditionsOf(rule, isDefault),
    actions: buildActions(listAt(rule.config, 'Actions'), groups),
    transforms: transforms(rule),
  })
}

/** The default rule as the listener itself tells it. */
const defaultRule = (listener: LocatedResource, groups: TargetGroups): Rule => ({
  ref: refOf(listener, 'default rule'),
  priority: 'default',
  conditions: [],
  actions: buildActions(listAt(listener.config, 'DefaultActions'), groups),
  transforms: false,
})

const rank = (rule: Rule): number => (rule.priority === 'default' ? Number.MAX_SAFE_INTEGER : rule.priority)

const inOrder = (a: Rule, b: Rule): number => rank(a) - rank(b) || compareText(a.ref.arn, b.ref.arn)

/** Ascending priority, the default rule last. One rule that has no place in the order hides them all. */
export const rulesOf = (
  facts: Facts,
  listener: LocatedResource,
  groups: TargetGroups,
): Known<readonly Rule[]> => {
  const found = facts.where(types.rule, 'ListenerArn', listener.arn)
  const rules = listed(facts, call('DescribeRules', listener.arn, listener), found)
  if (!rules.known) return rules
  const built = allKnown(rules.value.map(rule => buildRule(rule, groups)))
  if (!built.known) return built
  const complete = built.value.some(rule => rule.priority === 'default')
  const all = complete ? built.value : [...built.value, defaultRule(listener, groups)]
  return known(all.toSorted(inOrder))
}
