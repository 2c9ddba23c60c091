/** The rules of a web ACL as they act: the account's own rule groups opened, their overrides applied. */
import type { Gap } from '#base/gap.ts'
import type { WebAcl, WebAclRule } from '#topology/model.ts'
import { fieldsOf, listOf } from './fields.ts'

export interface ActingRules {
  readonly rules: readonly WebAclRule[]
  /** Names of rules whose group was not read. */
  readonly unread: readonly string[]
  readonly gaps: readonly Gap[]
}

const actions: Readonly<Record<string, WebAclRule['action']>> = {
  Allow: 'allow',
  Block: 'block',
  Count: 'count',
  Captcha: 'captcha',
  Challenge: 'challenge',
}

/** Actions that the referring rule sets for single rules of the group, by their name. */
const overridesOf = (reference: unknown): ReadonlyMap<string, WebAclRule['action']> => {
  const excluded = listOf(fieldsOf(reference).ExcludedRules).map(
    rule => [String(fieldsOf(rule).Name), 'count'] as const,
  )
  const overridden = listOf(fieldsOf(reference).RuleActionOverrides)
    .map(fieldsOf)
    .map(o => {
      const [choice = ''] = Object.keys(fieldsOf(o.ActionToUse))
      return [String(o.Name), actions[choice] ?? 'unrecognised'] as const
    })
  return new Map([...excluded, ...overridden])
}

const open = (acl: WebAcl, rule: WebAclRule): ActingRules => {
  const reference = fieldsOf(rule.statement.RuleGroupReferenceStatement)
  const arn = reference.ARN
  // A group that is only counted decides nothing; a managed one has no rules to look at.
  if (rule.action !== 'group' || typeof arn !== 'string') return { rules: [rule], unread: [], gaps: [] }
  const group = acl.ruleGroups?.[arn]
  if (!group?.known) return { rules: [], unread: [rule.name], gaps: group?.gaps ?? [] }
  const overrides = overridesOf(reference)
  const rules = group.value.map(inner => ({ ...inner, action: overrides.get(inner.name) ?? inner.action }))
  return { rules, unread: [], gaps: [] }
}

export const actingRules = (acl: WebAcl): ActingRules => {
  const parts = acl.rules.map(rule => open(acl, rule))
  return {
    rules: parts.flatMap(p => p.rules),
    unread: parts.flatMap(p => p.unread),
    gaps: parts.flatMap(p => p.gaps),
  }
}
