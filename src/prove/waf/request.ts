/** A request as AWS WAF inspects it: every component known, absent, or not known. */
import type { Value } from '#topology/sealed.ts'
import { type AlbRequest, headerValues } from '../alb/request.ts'

/** Values in order, none where the component is absent; or not known. */
export type Component = readonly Value[] | 'unknown'

export interface WafRequest {
  /** Address of the TCP peer; null where not known. */
  readonly source: string | null
  readonly method: Component
  readonly path: Component
  /** Without the `?`; empty text where there is none. */
  readonly query: Component
  /** Name in lower case. */
  header(name: string): Component
  argument(name: string): Component
}

/** A request of which nothing is known, save that whoever sends it holds no secret. */
export const anyWafRequest: WafRequest = {
  source: null,
  method: 'unknown',
  path: 'unknown',
  query: 'unknown',
  header: () => 'unknown',
  argument: () => 'unknown',
}

/** `added`: names (lower case) of headers that something on the way writes, so that they are not known. */
export const wafRequestOf = (request: AlbRequest, added: readonly string[] = []): WafRequest => ({
  source: request.source,
  method: [request.method],
  path: [request.path],
  query: queryOf(request),
  header: name => {
    const wanted = name.toLowerCase()
    if (added.includes(wanted)) return 'unknown'
    if (wanted === 'host') return request.host === null ? [] : [request.host]
    return headerValues(request.headers, wanted)
  },
  argument: name =>
    request.query.filter(p => p.key.toLowerCase() === name.toLowerCase()).map(p => p.value ?? ''),
})

const queryOf = ({ query }: AlbRequest): Component => {
  const parts = query.map(({ key, value }) => {
    if (value === null) return key
    return typeof value === 'string' ? `${key}=${value}` : null
  })
  return parts.includes(null) ? 'unknown' : [parts.join('&')]
}

/** The same request after a rule rewrote its host, path or query in a way that is not followed (U-07). */
export const rewritten = (request: WafRequest): WafRequest => ({
  ...request,
  path: 'unknown',
  query: 'unknown',
  argument: () => 'unknown',
  header: name => (name.toLowerCase() === 'host' ? 'unknown' : request.header(name)),
})
