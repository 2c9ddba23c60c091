/** A request under construction: in each place the words that are still allowed, and the one that stands there now. */
import type { Value } from '#topology/sealed.ts'
import type { AlbRequest, QueryPair, RequestHeader } from '../alb/request.ts'
import { separator } from '../language/glob-machine.ts'
import type { Budget } from '../language/search.ts'
import { freeText, type Text } from '../language/text.ts'
import { hostNames, plainPaths } from '../language/universe.ts'
import { exampleSource } from '../network/reach.ts'

/** A place that holds text to choose, or a sealed value that must be guessed. */
type Filling = { readonly text: Text } | { readonly sealed: Value }

export interface HeaderSlot {
  readonly name: string
  readonly filling: Filling
}

export interface QuerySlot {
  /** Key, separator and value; for a sealed value the key alone. */
  readonly text: Text | null
  readonly key: string
  readonly sealed: Value | null
}

export interface State {
  /** Methods to choose from, the best first. */
  readonly methods: readonly string[]
  readonly host: Text
  readonly path: Text
  /** CIDRs that the request may come from. */
  readonly sources: readonly string[]
  /** Where addresses exist but are not known: what stands for them. */
  readonly symbol: string | null
  readonly headers: readonly HeaderSlot[]
  readonly query: readonly QuerySlot[]
}

export interface Start {
  readonly methods: readonly string[]
  /** Host names worth trying first. */
  readonly hosts: readonly string[]
  readonly sources: readonly string[]
  readonly symbol: string | null
  readonly budget: Budget
}

/** Methods a client may send; custom ones are legal, so that no list of methods covers everything. */
export const clientMethods = [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'DELETE',
  'PATCH',
  'OPTIONS',
  'PROPFIND',
  'PURGE',
  'LINK',
]
/** Methods that CloudFront passes to a custom origin. */
export const edgeMethods = clientMethods.slice(0, 7)

export const startState = ({ methods, hosts, sources, symbol, budget }: Start): State | null => {
  const names = hosts.map(h => h.toLowerCase())
  const host = freeText(hostNames, names, budget)
  const path = freeText(plainPaths, ['/'], budget)
  if (host === null || path === null) return null
  return { methods, host, path, sources, symbol, headers: [], query: [] }
}

export interface Wire {
  readonly port: number
  readonly tls: boolean
  /** Headers that the way itself adds. */
  readonly added: readonly RequestHeader[]
}

/** The request that the state now describes; null where a place cannot be filled. */
export const requestOf = (state: State, { port, tls, added }: Wire): AlbRequest | null => {
  const source = exampleSource(state.sources) ?? state.symbol
  const [method] = state.methods
  if (source === null || method === undefined) return null
  const headers = state.headers.map(({ name, filling }) => ({ name, value: valueIn(filling) }))
  return {
    source,
    port,
    tls,
    method,
    host: state.host.word,
    path: state.path.word,
    query: state.query.map(pairOf),
    headers: [...added, ...headers],
  }
}

const valueIn = (filling: Filling): Value => ('text' in filling ? filling.text.word : filling.sealed)

const pairOf = ({ text, key, sealed }: QuerySlot): QueryPair => {
  if (sealed !== null) return { key, value: sealed }
  const [name = '', value = ''] = (text?.word ?? '').split(separator)
  return { key: name, value }
}
