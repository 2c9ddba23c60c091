/** Whether a request meets a statement of AWS WAF, in three values. */
import type { WebAcl } from '#topology/model.ts'
import { isSealed, type Value } from '#topology/sealed.ts'
import { agreement, allOf, anyOf, certain, negation, no, type Reading, unknownBecause } from '../reading.ts'
import { gapReasons, notModelled } from '../uncertainty.ts'
import { lacksForwardedHeader, meetsIpSet } from './address.ts'
import { hasSize, meetsExpression, meetsSearch, unseenMeets } from './compare.ts'
import { asConfig, componentOf, mayMatchUnread } from './component.ts'
import { hasLabel, type Labels } from './labels.ts'
import type { Component, WafRequest } from './request.ts'
import { transformNames } from './transform.ts'

type Config = Readonly<Record<string, unknown>>

export interface Context {
  readonly acl: WebAcl
  readonly request: WafRequest
  readonly labels: Labels
  /** ARN of the web ACL or rule group whose rule this is. */
  readonly owner: string
}

const unsure = unknownBecause()

export const meetsStatement = (statement: unknown, context: Context): Reading => {
  const { kind, body } = statementKind(statement)
  return kind !== null && body !== null ? (evaluators[kind]?.(body, context) ?? unsure) : unsure
}

/** The one kind of a statement, e.g. `ByteMatchStatement`, and what it says; nulls where it is not understood. */
export const statementKind = (statement: unknown): { kind: string | null; body: Config | null } => {
  const config = asConfig(statement) ?? {}
  const [kind, ...more] = Object.keys(config).filter(key => config[key] !== undefined && config[key] !== null)
  if (kind === undefined || more.length > 0) return { kind: null, body: null }
  return { kind, body: asConfig(config[kind]) }
}

const parts = (body: Config): readonly unknown[] => (Array.isArray(body.Statements) ? body.Statements : [])

const evaluators: Readonly<Record<string, (body: Config, context: Context) => Reading>> = {
  AndStatement: (body, context) => {
    const list = parts(body)
    return list.length === 0 ? unsure : allOf(list.map(part => meetsStatement(part, context)))
  },
  OrStatement: (body, context) => {
    const list = parts(body)
    return list.length === 0 ? unsure : anyOf(list.map(part => meetsStatement(part, context)))
  },
  NotStatement: (body, context) => negation(meetsStatement(body.Statement, context)),
  ByteMatchStatement: (body, context) => {
    const { SearchString: search, PositionalConstraint: constraint } = body
    const names = transformNames(body)
    if (!isValue(search) || typeof constraint !== 'string' || names === null) return unsure
    return overValues(body, context, unseenMeets(search, names), v =>
      meetsSearch(v, search, constraint, names),
    )
  },
  RegexMatchStatement: (body, context) => expression(body, context, [body.RegexString]),
  RegexPatternSetReferenceStatement: (body, context) => {
    const set = typeof body.ARN === 'string' ? context.acl.regexSets?.[body.ARN] : undefined
    if (set === undefined) return unsure
    return set.known ? expression(body, context, set.value) : unknownBecause(...gapReasons(set.gaps))
  },
  SizeConstraintStatement: sizeConstraint,
  IPSetReferenceStatement: (body, context) => {
    const set = typeof body.ARN === 'string' ? context.acl.ipSets?.[body.ARN] : undefined
    if (lacksForwardedHeader(body, context.request) === true) return no
    if (set?.known) return meetsIpSet(body, set.value, context.request)
    return unknownBecause(...gapReasons(set?.gaps ?? []))
  },
  LabelMatchStatement: (body, { labels, owner }) => {
    if (typeof body.Key !== 'string') return unsure
    const truth = hasLabel(labels, body.Scope, body.Key, owner)
    return truth === 'unknown' ? unsure : certain(truth)
  },
}

const isValue = (value: unknown): value is Value => typeof value === 'string' || isSealed(value)

const expression = (body: Config, context: Context, list: readonly unknown[]): Reading => {
  const names = transformNames(body)
  if (names === null || list.length === 0) return unsure
  return anyOf(
    list.map(item =>
      isValue(item)
        ? overValues(body, context, unseenMeets(item, names), v => meetsExpression(v, item, names))
        : unsure,
    ),
  )
}

/** What transformations before parsing make of the parameters is not followed. */
const valuesIn = (body: Config, request: WafRequest): Component => {
  const early = body.PreParseTextTransformations
  const none = early === undefined || early === null || (Array.isArray(early) && early.length === 0)
  return none ? componentOf(body.FieldToMatch, request) : 'unknown'
}

/** An absent component meets nothing. One that occurs more than once is looked at in every way that is possible (U-09). */
const overValues = (
  body: Config,
  { request }: Context,
  unseen: Reading,
  meets: (value: Value) => Reading,
): Reading => {
  const values = valuesIn(body, request)
  if (values === 'unknown') return mayMatchUnread(body.FieldToMatch) ? unsure : unseen
  if (values.length === 0) return no
  const each = values.map(meets)
  const [first, last] = [each[0] ?? no, each.at(-1) ?? no]
  if (each.length === 1) return first
  const texts = values.filter(v => !isSealed(v))
  const joined = texts.length === values.length ? meets(texts.join(',')) : unsure
  return agreement([anyOf(each), first, last, joined], 'U-09')
}

function sizeConstraint(body: Config, context: Context): Reading {
  const { ComparisonOperator: operator, Size: size } = body
  const names = transformNames(body)
  if (typeof operator !== 'string' || typeof size !== 'number' || names === null) return unsure
  const values = valuesIn(body, context.request)
  const measure = (value: Value): Reading => hasSize(value, operator, size, names)
  if (values === 'unknown' || values.length > 0) return overValues(body, context, unsure, measure)
  // Absent: no size at all, or size 0.
  const empty = measure('')
  return empty.truth === false
    ? no
    : unknownBecause(notModelled('Whether AWS WAF gives an absent component the size 0 is not documented.'))
}
