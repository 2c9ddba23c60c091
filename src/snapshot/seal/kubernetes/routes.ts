/** Header values in routes of the Gateway API and in middlewares of Traefik. */
import type { Dialect } from '../../sealed.ts'
import { isSecretHeader, isSecretQuery } from '../header-names.ts'
import { each, type Fields, type Inner, isFields, rewritten, sealing, textOf, type Visit } from '../places.ts'
import { deeplyWithoutTokens, isReference, withoutTokens } from './texts.ts'

type Rewriting = (value: unknown, visit: Visit, inner: Inner) => unknown

/** `{type, name, value}` of a match; the type says how it compares. */
const comparison =
  (query: boolean): Rewriting =>
  (value, visit, inner) => {
    if (!isFields(value)) return inner(value)
    const [name, compared] = [textOf(value.name), textOf(value.value)]
    if (!(query ? isSecretQuery(name, compared) : isSecretHeader(name, compared))) return inner(value)
    const dialect: Dialect = value.type === 'RegularExpression' ? 'nginx:~' : 'nginx:='
    const header = query ? '' : name.toLowerCase()
    return rewritten(value, inner, { value: sealing(visit, { dialect, header }, inner) })
  }

/** `{name, value}` that a filter sets. */
const spoken: Rewriting = (value, visit, inner) => {
  if (!isFields(value) || !isSecretHeader(textOf(value.name), textOf(value.value))) return inner(value)
  const header = textOf(value.name).toLowerCase()
  return rewritten(value, inner, { value: sealing(visit, { dialect: 'value', header }, inner) })
}

const lists: Readonly<Record<string, Rewriting>> = {
  headers: comparison(false),
  queryParams: comparison(true),
  set: spoken,
  add: spoken,
}

/** The specification of an HTTPRoute, at any depth: its filters nest. */
export const httpRoute: Rewriting = (value, visit, inner) => {
  if (Array.isArray(value)) return value.map(v => httpRoute(v, visit, inner))
  if (!isFields(value)) return inner(value)
  return Object.fromEntries(
    Object.entries(value).map(([key, v]) => {
      const rule = Object.hasOwn(lists, key) && Array.isArray(v) ? lists[key] : undefined
      if (rule !== undefined) return [key, each(v, one => rule(one, visit, inner))]
      if (typeof v === 'string') return [key, inner(v, key)]
      return [key, httpRoute(v, visit, inner)]
    }),
  )
}

/** `{name: value}` of headers that a middleware adds. */
const customHeaders = (value: unknown, visit: Visit, inner: Inner): unknown =>
  isFields(value)
    ? Object.fromEntries(
        Object.entries(value).map(([name, v]) =>
          isSecretHeader(name, textOf(v)) && textOf(v) !== ''
            ? [name, sealing(visit, { dialect: 'value', header: name.toLowerCase() }, inner)(v)]
            : [name, inner(v)],
        ),
      )
    : inner(value)

export const middleware: Rewriting = (value, visit, inner) => {
  if (!isFields(value)) return inner(value)
  const own = (fields: Fields): unknown =>
    Object.fromEntries(
      Object.entries(fields).map(([key, v]) => {
        if (/^custom(?:Request|Response)Headers$/.test(key)) return [key, customHeaders(v, visit, inner)]
        if (isFields(v)) return [key, own(v)]
        if (typeof v === 'string' && !isReference(key)) return [key, inner(withoutTokens(v, visit), key)]
        return [key, deeplyWithoutTokens(v, visit, inner, key)]
      }),
    )
  return own(value)
}
