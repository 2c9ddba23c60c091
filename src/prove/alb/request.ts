/** One concrete request as an Application Load Balancer receives it. */
import type { Value } from '#topology/sealed.ts'

export interface AlbRequest {
  /** Address of the TCP peer; the id of a prefix list where only that much is known of it. */
  readonly source: string
  /** Port of the listener. */
  readonly port: number
  readonly tls: boolean
  /** Whether the client shows a certificate that the listener's trust store accepts. */
  readonly clientCertificate?: boolean
  /** As sent: `GET`. */
  readonly method: string
  /** First Host header; null where there is none. */
  readonly host: string | null
  /** As sent, without the query. */
  readonly path: string
  readonly query: readonly QueryPair[]
  /** In the order sent; a name may occur more than once. Host is not among them. */
  readonly headers: readonly RequestHeader[]
}

export interface QueryPair {
  /** As sent, not decoded. */
  readonly key: string
  /** Null for a parameter without `=`. */
  readonly value: Value | null
}

export interface RequestHeader {
  readonly name: string
  readonly value: Value
}

/** Path and query pairs of a request target such as `/a?b=c&d`. */
export const splitTarget = (target: string): { path: string; query: readonly QueryPair[] } => {
  const [before = ''] = target.split('#', 1)
  const mark = before.indexOf('?')
  if (mark < 0) return { path: before, query: [] }
  const pairs = before.slice(mark + 1).split('&')
  return { path: before.slice(0, mark), query: pairs.filter(p => p !== '').map(queryPair) }
}

const queryPair = (text: string): QueryPair => {
  const equals = text.indexOf('=')
  return equals < 0
    ? { key: text, value: null }
    : { key: text.slice(0, equals), value: text.slice(equals + 1) }
}

/** Values of every occurrence of a header, in order. */
export const headerValues = (headers: readonly RequestHeader[], name: string): readonly Value[] => {
  const wanted = name.toLowerCase()
  return headers.filter(h => h.name.toLowerCase() === wanted).map(h => h.value)
}
