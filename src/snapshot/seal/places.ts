/** Where secrets stand in the records of AWS, and how each place compares them. */
import type { Dialect } from '../sealed.ts'
import { textOfBytes } from './bytes.ts'
import { isSecretHeader, isSecretQuery } from './header-names.ts'

/** A raw value at one of its places. */
export interface Secret {
  readonly raw: string
  readonly dialect: Dialect
  /** Header that the value is sent in or compared with, lower case; `*` for every header, empty for none. */
  readonly header: string
  /** A backslash makes a wildcard literal (query-string values). */
  readonly escapes?: boolean
}

/** Gives what stands in the place of the secret. */
export type Visit = (secret: Secret) => unknown

export type Fields = Readonly<Record<string, unknown>>

/** Rewrites what is no place itself; `key` is the field it stands in. */
export type Inner = (value: unknown, key?: string) => unknown

/** Rewrites an object that holds secrets; null where it holds none itself. */
export type Place = (fields: Fields, visit: Visit, inner: Inner) => Fields | null

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {})
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Rewrites the fields, those in `own` by their own rule. */
export const rewritten = (
  fields: Fields,
  inner: Inner,
  own: Readonly<Record<string, (v: unknown) => unknown>>,
): Fields =>
  Object.fromEntries(
    Object.entries(fields).map(([key, value]) => {
      const rule = Object.hasOwn(own, key) ? own[key] : undefined
      return [key, rule === undefined ? inner(value, key) : rule(value)]
    }),
  )

/** A text, or bytes; anything else (a value that is sealed already) is passed through. */
export const sealing = (visit: Visit, secret: Omit<Secret, 'raw'>, inner: Inner) => (value: unknown) => {
  const raw = typeof value === 'string' ? value : textOfBytes(value)
  return raw === null ? inner(value) : visit({ ...secret, raw })
}

export const each = (value: unknown, rewrite: (v: unknown) => unknown): unknown =>
  Array.isArray(value) ? value.map(rewrite) : rewrite(value)

/** `{HeaderName, HeaderValue}`: a header that CloudFront adds towards the origin. */
const originHeader: Place = (fields, visit, inner) => {
  const name = textOf(fields.HeaderName)
  if (!('HeaderName' in fields && 'HeaderValue' in fields)) return null
  if (!isSecretHeader(name, textOf(fields.HeaderValue))) return null
  const seal = sealing(visit, { dialect: 'value', header: name.toLowerCase() }, inner)
  return rewritten(fields, inner, { HeaderValue: seal })
}

/** The header that leads to a staging distribution. */
const stagingHeader: Place = (fields, visit, inner) => {
  if (!isFields(fields.SingleHeaderConfig)) return null
  const config = fields.SingleHeaderConfig
  const seal = sealing(visit, { dialect: 'value', header: textOf(config.Header).toLowerCase() }, inner)
  return rewritten(fields, inner, { SingleHeaderConfig: () => rewritten(config, inner, { Value: seal }) })
}

const plainConditions = new Set(['host-header', 'path-pattern', 'http-request-method', 'source-ip'])

const headerCondition: Place = (fields, visit, inner) => {
  const config = fieldsOf(fields.HttpHeaderConfig)
  const header = textOf(config.HttpHeaderName).toLowerCase()
  const seal = (dialect: Dialect) => (value: unknown) =>
    each(value, v =>
      header === '' || isSecretHeader(header, textOf(v))
        ? sealing(visit, { dialect, header }, inner)(v)
        : inner(v),
    )
  const values = { Values: seal('alb-glob'), RegexValues: seal('alb-regex') }
  const own = {
    ...values,
    HttpHeaderConfig: (v: unknown) => (isFields(v) ? rewritten(v, inner, values) : inner(v)),
  }
  return rewritten(fields, inner, own)
}

const queryCondition: Place = (fields, visit, inner) => {
  const pair = (value: unknown): unknown => {
    if (!isFields(value)) return inner(value)
    const key = typeof value.Key === 'string' ? value.Key : null
    if (!isSecretQuery(key, textOf(value.Value))) return inner(value)
    const seal = sealing(visit, { dialect: 'alb-glob', header: '', escapes: true }, inner)
    return rewritten(value, inner, { Value: seal })
  }
  const config = (value: unknown): unknown =>
    isFields(value) ? rewritten(value, inner, { Values: v => each(v, pair) }) : inner(value)
  return rewritten(fields, inner, { QueryStringConfig: config })
}

/** A condition of a kind that this version does not know may compare with anything. */
const unknownCondition: Place = (fields, visit, inner) => {
  const seal = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(seal)
    if (isFields(value) && textOfBytes(value) === null) return rewritten(value, inner, sealAll(value))
    return sealing(visit, { dialect: 'value', header: '' }, inner)(value)
  }
  const sealAll = (value: Fields) => Object.fromEntries(Object.keys(value).map(key => [key, seal]))
  return rewritten(fields, inner, { ...sealAll(fields), Field: inner })
}

/** One condition of a listener rule. */
const condition: Place = (fields, visit, inner) => {
  if (typeof fields.Field !== 'string' || plainConditions.has(fields.Field)) return null
  if (fields.Field === 'http-header') return headerCondition(fields, visit, inner)
  if (fields.Field === 'query-string') return queryCondition(fields, visit, inner)
  return unknownCondition(fields, visit, inner)
}

/** A listener rule: its `Conditions`. */
const listenerRule: Place = (fields, visit, inner) => {
  if (!Array.isArray(fields.Conditions)) return null
  const one = (value: unknown): unknown =>
    (isFields(value) ? condition(value, visit, inner) : null) ?? inner(value)
  return rewritten(fields, inner, { Conditions: value => each(value, one) })
}

const plainComponents = ['UriPath', 'Method', 'UriFragment', 'JA3Fingerprint', 'JA4Fingerprint']

/** The header that a web ACL statement inspects, or null where what it compares with is no secret. */
const inspected = (component: unknown, value: string): string | null => {
  const fields = fieldsOf(component)
  if (plainComponents.some(name => name in fields)) return null
  if ('SingleHeader' in fields) {
    const name = textOf(fieldsOf(fields.SingleHeader).Name)
    return isSecretHeader(name, value) ? name.toLowerCase() : null
  }
  if ('Cookies' in fields) return 'cookie'
  return 'Headers' in fields ? '*' : ''
}

const transformsOf = (value: unknown): string =>
  (Array.isArray(value) ? value.map(fieldsOf) : [])
    .sort((a, b) => (Number(a.Priority) || 0) - (Number(b.Priority) || 0))
    .map(t => textOf(t.Type))
    .filter(type => type !== 'NONE')
    .map(type => `+${type}`)
    .join('')

/** `ByteMatchStatement` and `RegexMatchStatement`: a text in `key`, compared with a part of the request. */
const match =
  (key: 'SearchString' | 'RegexString'): Place =>
  (fields, visit, inner) => {
    if (!(key in fields && 'FieldToMatch' in fields)) return null
    const value = fields[key]
    const header = inspected(
      fields.FieldToMatch,
      typeof value === 'string' ? value : (textOfBytes(value) ?? ''),
    )
    if (header === null) {
      // Bytes become text all the same: a reader of the snapshot should see one form only.
      return rewritten(fields, inner, { [key]: v => inner(textOfBytes(v) ?? v) })
    }
    const constraint = key === 'RegexString' ? 'REGEX' : textOf(fields.PositionalConstraint)
    const dialect: Dialect = `waf:${constraint}${transformsOf(fields.TextTransformations)}`
    return rewritten(fields, inner, { [key]: sealing(visit, { dialect, header }, inner) })
  }

/** Expressions whose use is written elsewhere: any header may be compared with them. */
const regexSet: Place = (fields, visit, inner) => {
  const own = 'RegexString' in fields && !('FieldToMatch' in fields)
  if (!own) return null
  return rewritten(fields, inner, {
    RegexString: sealing(visit, { dialect: 'waf:REGEX', header: '*' }, inner),
  })
}

/** Headers that a web ACL adds towards the origin: AWS prefixes their names. */
const insertedHeaders: Place = (fields, visit, inner) => {
  if (!Array.isArray(fields.InsertHeaders)) return null
  const one = (value: unknown): unknown => {
    const name = textOf(fieldsOf(value).Name)
    if (!isFields(value) || !isSecretHeader(name, textOf(value.Value))) return inner(value)
    const header = `x-amzn-waf-${name.toLowerCase()}`
    return rewritten(value, inner, { Value: sealing(visit, { dialect: 'value', header }, inner) })
  }
  return rewritten(fields, inner, { InsertHeaders: value => each(value, one) })
}

/** Never returned by AWS, but another writer of snapshots may. */
const clientSecret: Place = (fields, visit, inner) =>
  'ClientSecret' in fields
    ? rewritten(fields, inner, { ClientSecret: sealing(visit, { dialect: 'value', header: '' }, inner) })
    : null

/** How a condition operator compares, in the words of sealing; wildcards are taken for such wherever they may be. */
const dialectOf = (operator: string): Dialect =>
  /^(?:For(?:Any|All)Values:)?StringEquals(?:IfExists)?$/.test(operator) ? 'waf:EXACTLY' : 'alb-glob'

/** Headers that S3 lets policies compare, and that are used to share a secret with CloudFront. */
const policyKeys: Readonly<Record<string, string>> = {
  'aws:referer': 'referer',
  'aws:useragent': 'user-agent',
}
/** A site, any page of it, or any text: what a condition on the referring page is meant for. */
const plainReferrer =
  /^(?:\*|(?:\*|https?:\/\/)?(?:\*\.?)?[a-z0-9.-]+\.[a-z]{2,24}(?::\d{1,5})?(?:\/\*?|\*)?)$/i
const plainAgent = /^(?:\*|.*(?:Mozilla|Amazon CloudFront|curl).*)$/

/** A statement of a resource policy: its `Condition`. */
const policyStatement: Place = (fields, visit, inner) => {
  if (!('Effect' in fields) || !isFields(fields.Condition)) return null
  const test = (operator: string) => (value: unknown) => {
    if (!isFields(value)) return inner(value)
    const own = Object.keys(value).flatMap(key => {
      const header = policyKeys[key.toLowerCase()]
      if (header === undefined) return []
      const plain = header === 'referer' ? plainReferrer : plainAgent
      const seal = sealing(visit, { dialect: dialectOf(operator), header }, inner)
      const one = (v: unknown): unknown =>
        plain.test(textOf(v)) && !isSecretHeader(header, textOf(v)) ? inner(v) : seal(v)
      return [[key, (v: unknown) => each(v, one)] as const]
    })
    return rewritten(value, inner, Object.fromEntries(own))
  }
  const tests = Object.keys(fields.Condition).map(operator => [operator, test(operator)] as const)
  const condition = rewritten(fields.Condition, inner, Object.fromEntries(tests))
  return rewritten(fields, inner, { Condition: () => condition })
}

/**
 * Every kind of place. Each tells its objects by their own fields, whatever the record is: what AWS nests somewhere new,
 * or another writer puts under another type, is sealed too.
 */
export const places: readonly Place[] = [
  originHeader,
  stagingHeader,
  listenerRule,
  match('SearchString'),
  match('RegexString'),
  regexSet,
  insertedHeaders,
  policyStatement,
  clientSecret,
]
