/** Letting a web ACL rule block that only counts. */

import { known } from '#base/known.ts'
import { shellWord } from '#base/shell.ts'
import type { Topology, WebAcl, WebAclRule } from '#topology/model.ts'
import { statementKind } from '../../waf/statement.ts'
import { changeBalancers } from '../change.ts'
import type { Edit, EditSort } from '../edit.ts'
import { aws } from '../naming.ts'

const groupKey = 'RuleGroupReferenceStatement'

/** A web ACL may protect several load balancers. */
const withRule = (
  topology: Topology,
  arn: string,
  name: string,
  change: (rule: WebAclRule) => WebAclRule,
): Topology =>
  changeBalancers(topology, lb => {
    if (!lb.webAcl.known || lb.webAcl.value?.ref.arn !== arn) return lb
    const rules = lb.webAcl.value.rules.map(r => (r.name === name ? change(r) : r))
    return { ...lb, webAcl: known({ ...lb.webAcl.value, rules }) }
  })

/** What UpdateWebACL takes over from GetWebACL; it replaces everything. */
const kept = [
  ...['DefaultAction', 'Description', 'VisibilityConfig', 'DataProtectionConfig', 'CustomResponseBodies'],
  ...['CaptchaConfig', 'ChallengeConfig', 'TokenDomains', 'AssociationConfig'],
  ...['OnSourceDDoSProtectionConfig', 'ApplicationConfig', 'MonetizationConfig'],
]

/** `change`: what jq makes of the rule. */
const commandsFor = ({ ref, name, scope }: WebAcl, rule: string, change: string): readonly string[] => {
  const id = ref.arn.split('/').at(-1) ?? ''
  const read = aws('wafv2', 'get-web-acl', ref.region, ['--scope', scope, '--name', name, '--id', id])
  const write = aws('wafv2', 'update-web-acl', ref.region, ['--cli-input-json', 'file://web-acl.json'])
  const rules = `[.WebACL.Rules[] | if .Name == ${JSON.stringify(rule)} then ${change} else . end]`
  const whole = `{Name: .WebACL.Name, Id: .WebACL.Id, Scope: "${scope}", LockToken, Rules: ${rules}} + (.WebACL | {${kept.join(', ')}}) | with_entries(select(.value != null))`
  return ['umask 077', `${read} | jq ${shellWord(whole)} > web-acl.json && ${write} && rm web-acl.json`]
}

const ownRule = (acl: WebAcl, rule: WebAclRule): Edit => ({
  sort: 'web-acl-blocks',
  key: `block ${acl.ref.arn} ${rule.name}`,
  text: `Let rule ${rule.name} of web ACL ${acl.name} block instead of count.`,
  commands: commandsFor(acl, rule.name, '.Action = {Block: {}}'),
  widens: true,
  apply: topology => withRule(topology, acl.ref.arn, rule.name, r => ({ ...r, action: 'block' })),
})

const isCounting = (override: unknown): boolean =>
  typeof override === 'object' &&
  override !== null &&
  'ActionToUse' in override &&
  Object.keys(Object(override.ActionToUse)).includes('Count')

/** The group's own rules decide: nothing about it is overridden to Count. */
const uncounted = (rule: WebAclRule): WebAclRule => {
  const { body } = statementKind(rule.statement)
  const { ExcludedRules: _, RuleActionOverrides: overrides, ...rest } = body ?? {}
  const left = Array.isArray(overrides) ? overrides.filter(o => !isCounting(o)) : []
  return {
    ...rule,
    action: 'group',
    statement: { [groupKey]: { ...rest, ...(left.length > 0 && { RuleActionOverrides: left }) } },
  }
}

const group = (acl: WebAcl, rule: WebAclRule): Edit => ({
  sort: 'web-acl-blocks',
  key: `uncount ${acl.ref.arn} ${rule.name}`,
  text: `Let the rules of the rule group in rule ${rule.name} of web ACL ${acl.name} act instead of count.`,
  commands: commandsFor(
    acl,
    rule.name,
    `.OverrideAction = {None: {}} | .Statement.${groupKey} |= (del(.ExcludedRules) | if .RuleActionOverrides then .RuleActionOverrides |= map(select(.ActionToUse.Count | not)) else . end)`,
  ),
  widens: true,
  apply: topology => withRule(topology, acl.ref.arn, rule.name, uncounted),
})

const editFor = (acl: WebAcl, rule: WebAclRule): readonly Edit[] => {
  const { kind, body } = statementKind(rule.statement)
  if (kind === 'ManagedRuleGroupStatement' || kind === 'RateBasedStatement') return []
  if (kind !== groupKey) return rule.action === 'count' ? [ownRule(acl, rule)] : []
  const counts =
    rule.action === 'count' ||
    [body?.ExcludedRules, body?.RuleActionOverrides].some(list => Array.isArray(list) && list.length > 0)
  return counts ? [group(acl, rule)] : []
}

/** Rules of AWS and of vendors are left out: what they block is not published, so that no proof rests on them. */
export const webAclBlocks: EditSort = {
  name: 'web-acl-blocks',
  says: 'A web ACL rule that only counts blocks, or the rules of a rule group act.',
  at: ({ passed }) =>
    passed.flatMap(({ balancer }) => {
      const acl = balancer.webAcl.known ? balancer.webAcl.value : null
      return acl === null ? [] : acl.rules.flatMap(rule => editFor(acl, rule))
    }),
}
