/** `conditions.*` of the AWS Load Balancer Controller: JSON, of which the compared values are sealed. */
import type { Dialect } from '../../sealed.ts'
import { isSecretHeader, isSecretQuery } from '../header-names.ts'
import {
  each,
  type Fields,
  fieldsOf,
  type Inner,
  isFields,
  rewritten,
  sealing,
  textOf,
  type Visit,
} from '../places.ts'

const parsed = (text: string): readonly unknown[] | null => {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? value : null
  } catch {
    return null
  }
}

const headerConfig = (config: Fields, visit: Visit, inner: Inner): Fields => {
  const header = textOf(config.httpHeaderName).toLowerCase()
  const seal = (dialect: Dialect) => (value: unknown) =>
    each(value, v =>
      header === '' || isSecretHeader(header, textOf(v))
        ? sealing(visit, { dialect, header }, inner)(v)
        : inner(v),
    )
  return rewritten(config, inner, { values: seal('alb-glob'), regexValues: seal('alb-regex') })
}

const queryConfig = (config: Fields, visit: Visit, inner: Inner): Fields => {
  const seal = sealing(visit, { dialect: 'alb-glob', header: '', escapes: true }, inner)
  const pair = (value: unknown): unknown => {
    const { key, value: compared } = fieldsOf(value)
    if (!isFields(value) || !isSecretQuery(typeof key === 'string' ? key : null, textOf(compared)))
      return inner(value)
    return rewritten(value, inner, { value: seal })
  }
  return rewritten(config, inner, { values: v => each(v, pair) })
}

/** The annotation parsed, with sealed values in it; as a whole one secret where it is no list in JSON. */
export const conditions = (text: string, visit: Visit, inner: Inner): unknown => {
  const list = parsed(text)
  if (list === null) return visit({ raw: text, dialect: 'value', header: '*' })
  const config = (seal: typeof headerConfig) => (v: unknown) =>
    isFields(v) ? seal(v, visit, inner) : inner(v)
  return list.map(one =>
    isFields(one)
      ? rewritten(one, inner, {
          httpHeaderConfig: config(headerConfig),
          queryStringConfig: config(queryConfig),
        })
      : inner(one),
  )
}
