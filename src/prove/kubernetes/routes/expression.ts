/** What a route asks of a request, as an expression over matchers, and whether a written-out request meets it. */
import { containsAddress } from '#base/ip-set.ts'
import { and, not, or, type Truth } from '#base/truth.ts'
import { isSealed, type Value } from '#topology/sealed.ts'
import { holds as compares } from '../nginx/compare.ts'

export type Matcher =
  /** Lower case; `*.example.com` takes one label or more. */
  | { readonly on: 'host'; readonly name: string }
  | { readonly on: 'path'; readonly path: string }
  /** `whole`: `/a` takes `/a` and `/a/b`, not `/ab`. */
  | { readonly on: 'path-prefix'; readonly prefix: string; readonly whole: boolean }
  | { readonly on: 'method'; readonly method: string }
  /** Names in lower case. Any value of a repeated header may meet it. */
  | { readonly on: 'header' | 'query'; readonly name: string; readonly value: Value }
  /** Regular expressions, searched for. */
  | { readonly on: 'host-pattern' | 'path-pattern'; readonly pattern: string }
  | { readonly on: 'header-pattern' | 'query-pattern'; readonly name: string; readonly pattern: Value }
  | { readonly on: 'client'; readonly cidr: string }
  /** Beyond this version. */
  | { readonly on: 'unread'; readonly text: string }

export type Expression =
  | { readonly kind: 'matcher'; readonly matcher: Matcher }
  | { readonly kind: 'and' | 'or'; readonly of: readonly Expression[] }
  | { readonly kind: 'not'; readonly of: Expression }

/** A request that was written out, each name at most once. */
export interface Attempt {
  readonly method: string
  /** Lower case, without port. */
  readonly host: string
  /** Without query. */
  readonly path: string
  readonly headers: ReadonlyMap<string, Value>
  readonly query: ReadonlyMap<string, Value>
  /** Null where any address will do. */
  readonly address: string | null
}

export const matcher = (m: Matcher): Expression => ({ kind: 'matcher', matcher: m })

export const holds = (expression: Expression, attempt: Attempt): Truth => {
  switch (expression.kind) {
    case 'matcher':
      return meets(expression.matcher, attempt)
    case 'and':
      return and(...expression.of.map(e => holds(e, attempt)))
    case 'or':
      return or(...expression.of.map(e => holds(e, attempt)))
    case 'not':
      return not(holds(expression.of, attempt))
  }
}

export const meets = (m: Matcher, attempt: Attempt): Truth => {
  switch (m.on) {
    case 'host':
      return hostMeets(m.name, attempt.host)
    case 'path':
      return attempt.path === m.path
    case 'path-prefix':
      return prefixMeets(m.prefix, m.whole, attempt.path)
    case 'method':
      return attempt.method === m.method
    case 'header':
    case 'query':
      return valueMeets({ kind: 'equals', value: m.value, fold: false }, sent(m, attempt))
    case 'host-pattern':
      return compares({ kind: 'matches', pattern: m.pattern, ignoreCase: true }, attempt.host)
    case 'path-pattern':
      return compares({ kind: 'matches', pattern: m.pattern, ignoreCase: false }, attempt.path)
    case 'header-pattern':
    case 'query-pattern':
      return valueMeets({ kind: 'matches', pattern: m.pattern, ignoreCase: false }, sent(m, attempt))
    case 'client':
      return attempt.address === null ? 'unknown' : containsAddress([m.cidr], attempt.address)
    case 'unread':
      return 'unknown'
  }
}

const hostMeets = (name: string, host: string): boolean =>
  name.startsWith('*.') ? host.endsWith(name.slice(1)) && host.length >= name.length : host === name

const prefixMeets = (prefix: string, whole: boolean, path: string): boolean => {
  if (!whole) return path.startsWith(prefix)
  const bare = prefix.replace(/\/$/, '')
  return path === bare || path.startsWith(`${bare}/`)
}

const sent = (
  m: Extract<Matcher, { readonly name: string; readonly on: `${'header' | 'query'}${string}` }>,
  { headers, query }: Attempt,
): Value | undefined => (m.on.startsWith('header') ? headers : query).get(m.name)

/** What is not sent meets nothing. A guess that is written for a pattern is a text that meets it. */
const valueMeets = (test: Parameters<typeof compares>[0], value: Value | undefined): Truth => {
  if (value === undefined) return false
  const pattern = test.kind === 'matches' ? test.pattern : null
  if (pattern !== null && isSealed(pattern) && isSealed(value) && pattern.sealed === value.sealed) return true
  return compares(test, value)
}
