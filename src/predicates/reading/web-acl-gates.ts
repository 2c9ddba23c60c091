/** Header comparisons inside a web ACL: which there are, and which of them a request must pass. */
import type { WebAcl, WebAclRule } from '#topology/model.ts'
import { isSealed, type Sealed } from '#topology/sealed.ts'
import type { GateValue } from './gate-value.ts'

interface Comparison {
  readonly header: string
  readonly value: Sealed | null
  /** Whether the statement asks for the value (true) or for its absence. */
  readonly positive: boolean
}

type Fields = Readonly<Record<string, unknown>>

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

const headerOf = (statement: Fields): string | null => {
  const name = fieldsOf(fieldsOf(statement.FieldToMatch).SingleHeader).Name
  return typeof name === 'string' ? name.toLowerCase() : null
}

/** A plain value is one that is known not to be a secret: no comparison with a secret. */
const compared = (statement: Fields, key: string, positive: boolean): readonly Comparison[] => {
  const [header, value] = [headerOf(statement), statement[key]]
  return header !== null && isSealed(value) ? [{ header, value, positive }] : []
}

const patternSet = (statement: Fields, positive: boolean): readonly Comparison[] => {
  const header = headerOf(statement)
  return header === null ? [] : [{ header, value: null, positive }]
}

const comparisons = (statement: unknown, positive: boolean): readonly Comparison[] => {
  const s = fieldsOf(statement)
  const nested = [
    ...listOf(fieldsOf(s.AndStatement).Statements),
    ...listOf(fieldsOf(s.OrStatement).Statements),
  ]
  const negated = fieldsOf(s.NotStatement).Statement
  return [
    ...compared(fieldsOf(s.ByteMatchStatement), 'SearchString', positive),
    ...compared(fieldsOf(s.RegexMatchStatement), 'RegexString', positive),
    ...patternSet(fieldsOf(s.RegexPatternSetReferenceStatement), positive),
    ...nested.flatMap(part => comparisons(part, positive)),
    ...(negated === undefined ? [] : comparisons(negated, !positive)),
  ]
}

/** What the request must show to get past the rule: the match of an Allow over a default Block, the mismatch of a Block. */
const required = (acl: WebAcl, rule: WebAclRule): readonly Comparison[] => {
  if (rule.action === 'block') return comparisons(rule.statement, false).filter(c => c.positive)
  if (rule.action === 'allow' && acl.defaultAction === 'block')
    return comparisons(rule.statement, true).filter(c => c.positive)
  return []
}

export const webAclGates = (acl: WebAcl): readonly GateValue[] =>
  acl.rules.flatMap(rule =>
    required(acl, rule).map(({ header, value }) => ({
      header,
      value,
      place: acl.ref,
      placeName: `rule ${rule.name} of web ACL ${acl.name}`,
      listener: null,
    })),
  )

/** Whether any rule looks at a secret header, enforced or only counted: the lock is meant to be here. */
export const comparesSecretHeader = (acl: WebAcl): boolean =>
  acl.rules.some(rule => comparisons(rule.statement, true).length > 0)
