/** Header comparisons inside a web ACL: which there are, and which of them a request must pass. */
import type { WebAcl, WebAclRule } from '#topology/model.ts'
import { isSealed, type Sealed } from '#topology/sealed.ts'
import { fieldsOf, listOf } from './fields.ts'
import type { Gates, GateValue } from './gate-value.ts'
import { actingRules } from './web-acl-rules.ts'

interface Comparison {
  readonly header: string
  /** Null where the pattern set was not read. */
  readonly value: Sealed | null
  /** Whether the statement asks for the value (true) or for its absence. */
  readonly positive: boolean
}

const headerOf = (statement: unknown): string | null => {
  const name = fieldsOf(fieldsOf(fieldsOf(statement).FieldToMatch).SingleHeader).Name
  return typeof name === 'string' ? name.toLowerCase() : null
}

/** A plain value is one that is known not to be a secret: no comparison with a secret. */
const compared = (statement: unknown, key: string, positive: boolean): readonly Comparison[] => {
  const [header, value] = [headerOf(statement), fieldsOf(statement)[key]]
  return header !== null && isSealed(value) ? [{ header, value, positive }] : []
}

const fromSet = (acl: WebAcl, statement: unknown, positive: boolean): readonly Comparison[] => {
  const header = headerOf(statement)
  const arn = fieldsOf(statement).ARN
  const set = typeof arn === 'string' ? acl.regexSets?.[arn] : undefined
  if (header === null) return []
  if (!set?.known) return [{ header, value: null, positive }]
  return set.value.filter(isSealed).map(value => ({ header, value, positive }))
}

const comparisons = (acl: WebAcl, statement: unknown, positive: boolean): readonly Comparison[] => {
  const s = fieldsOf(statement)
  const nested = [
    ...listOf(fieldsOf(s.AndStatement).Statements),
    ...listOf(fieldsOf(s.OrStatement).Statements),
  ]
  const negated = fieldsOf(s.NotStatement).Statement
  return [
    ...compared(s.ByteMatchStatement, 'SearchString', positive),
    ...compared(s.RegexMatchStatement, 'RegexString', positive),
    ...fromSet(acl, s.RegexPatternSetReferenceStatement, positive),
    ...nested.flatMap(part => comparisons(acl, part, positive)),
    ...(negated === undefined ? [] : comparisons(acl, negated, !positive)),
  ]
}

/** What the request must show to get past the rule: the match of an Allow over a default Block, the mismatch of a Block. */
const required = (acl: WebAcl, rule: WebAclRule): readonly Comparison[] => {
  if (rule.action === 'block') return comparisons(acl, rule.statement, false).filter(c => c.positive)
  if (rule.action === 'allow' && acl.defaultAction === 'block')
    return comparisons(acl, rule.statement, true).filter(c => c.positive)
  return []
}

const gateOf = (acl: WebAcl, rule: WebAclRule, { header, value }: Comparison): GateValue => ({
  header,
  value,
  place: acl.ref,
  placeName: `rule ${rule.name} of web ACL ${acl.name}`,
  listener: null,
})

export const webAclGates = (acl: WebAcl): Gates => {
  const { rules, gaps } = actingRules(acl)
  return { values: rules.flatMap(rule => required(acl, rule).map(c => gateOf(acl, rule, c))), gaps }
}

/** Whether any rule looks at a secret header, enforced or only counted: the lock is meant to be here. */
export const comparesSecretHeader = (acl: WebAcl): boolean => {
  const groups = Object.values(acl.ruleGroups ?? {}).flatMap(group => (group.known ? group.value : []))
  return [...acl.rules, ...groups].some(rule => comparisons(acl, rule.statement, true).length > 0)
}
