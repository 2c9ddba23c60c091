/** How much a policy's Resource covers. */

export type Breadth =
  /** Every object of every distribution that trusts the key. */
  | 'everything'
  /** Every object behind one host name, or behind names with a wildcard. */
  | 'host'
  /** Paths with a wildcard. */
  | 'paths'
  | 'object'

export interface Coverage {
  readonly breadth: Breadth
  /** Whether the policy lets the content be fetched over plain HTTP. */
  readonly plainHttp: boolean
}

/** A policy without a Resource covers all that trusts the key. `*` is any text; a `?` outside the query is any character. */
export const coverageOf = (resource: string | null): Coverage => {
  if (resource === null) return { breadth: 'everything', plainHttp: true }
  const [, scheme = '', host = '', path = ''] = /^([^:/]*):\/\/([^/]*)(.*)$/.exec(resource) ?? []
  if (host === '') return { breadth: resource.includes('*') ? 'everything' : 'object', plainHttp: true }
  const plainHttp = !/^https\**$/.test(scheme)
  if (/^\*+$/.test(host)) return { breadth: 'everything', plainHttp }
  if (host.includes('*') || /^\/?\*+$/.test(path)) return { breadth: 'host', plainHttp }
  return { breadth: /[*]/.test(path) ? 'paths' : 'object', plainHttp }
}
