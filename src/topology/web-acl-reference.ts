/** What the statements of a web ACL refer to by ARN: IP sets, pattern sets and the account's own rule groups. */
import { compareText } from '#base/canonical.ts'
import { type Known, known, unobserved } from '#base/known.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import type { Value } from '#snapshot/sealed.ts'
import { call, type Operation } from './calls.ts'
import { asValue } from './condition.ts'
import { asObject, listAt, textAt, textsAt, valueAt } from './config.ts'
import { type Facts, lookUp, misread } from './facts.ts'
import type { WebAcl, WebAclRule } from './model.ts'
import { webAclRulesAt } from './web-acl-rule.ts'

type References = Required<Pick<WebAcl, 'ipSets' | 'ruleGroups' | 'regexSets'>>

/** ARNs under `key` anywhere below the values. */
const arnsUnder = (values: readonly unknown[], key: string): readonly string[] => {
  const arns = new Set<string>()
  const open: unknown[] = [...values]
  while (open.length > 0) {
    const value = open.pop()
    if (Array.isArray(value)) for (const item of value) open.push(item)
    const object = asObject(value)
    if (object === undefined) continue
    const arn = textAt(object, key, 'ARN')
    if (arn !== undefined) arns.add(arn)
    for (const item of Object.values(object)) open.push(item)
  }
  return [...arns].sort(compareText)
}

const read = <T>(
  facts: Facts,
  type: string,
  operation: Operation,
  arn: string,
  of: (resource: LocatedResource) => T | undefined,
): Known<T> => {
  const [, , , region, account] = arn.split(':')
  const asked = call(operation, arn, { ...(account && { account }), ...(region && { region }) })
  const found = lookUp(facts, type, arn, asked)
  if (!found.known) return found
  const value = of(found.value)
  return value === undefined ? unobserved(misread(found.value, 'its content cannot be read')) : known(value)
}

const expressionsOf = ({ config }: LocatedResource): readonly Value[] | undefined => {
  const values = listAt(config, 'RegularExpressionList')?.map(item => asValue(valueAt(item, 'RegexString')))
  const readable = values?.filter(value => value !== undefined)
  return readable?.length === values?.length ? readable : undefined
}

const byArn = <T>(
  arns: readonly string[],
  of: (arn: string) => Known<T>,
): Readonly<Record<string, Known<T>>> => Object.fromEntries(arns.map(arn => [arn, of(arn)]))

/** Everything that `rules` refer to; rule groups cannot refer to rule groups, but do to sets. */
export const referencesOf = (facts: Facts, rules: readonly WebAclRule[]): References => {
  const ruleGroups = byArn(arnsUnder(rules, 'RuleGroupReferenceStatement'), arn =>
    read(facts, types.ruleGroup, 'GetRuleGroup', arn, group => webAclRulesAt(group.config, 'Rules')),
  )
  const everyRule = [rules, Object.values(ruleGroups).map(group => (group.known ? group.value : []))]
  return {
    ruleGroups,
    ipSets: byArn(arnsUnder(everyRule, 'IPSetReferenceStatement'), arn =>
      read(facts, types.ipSet, 'GetIPSet', arn, set => textsAt(set.config, 'Addresses')?.toSorted()),
    ),
    regexSets: byArn(arnsUnder(everyRule, 'RegexPatternSetReferenceStatement'), arn =>
      read(facts, types.regexPatternSet, 'GetRegexPatternSet', arn, expressionsOf),
    ),
  }
}
