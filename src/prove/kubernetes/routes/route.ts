/** A route of any controller: what it asks of a request, what stands in front of its Service, and which routes come first. */
import type { BackendService, ManifestPlace } from '#topology/model/kubernetes.ts'
import type { Ref } from '#topology/model.ts'
import type { IngressWitness } from '../ingress-nginx/witness.ts'
import type { Expression } from './expression.ts'

export interface Route {
  /** The object that it stands in. */
  readonly ref: Ref
  readonly place: ManifestPlace | null
  /** For people: `router 2 of shop/web`. */
  readonly name: string
  /** Those with a lower one are tried first; of equal ones either may be. */
  readonly rank: number
  /** Serves requests over TLS only; the others in clear. */
  readonly tls: boolean
  /** Entry points or ports of listeners that it is served at; none, or undefined, for all. */
  readonly entries?: readonly string[]
  /** A text says why it could not be read. */
  readonly asks: Expression | string
  readonly gates: readonly Gate[]
  readonly services: readonly BackendService[]
}

/** What stands between a route that takes a request and its Service. */
export type Gate =
  /** `bits`: of the weakest password; null where that is not known. */
  | { readonly kind: 'password'; readonly bits: number | null; readonly text: string }
  | { readonly kind: 'login'; readonly text: string }
  | { readonly kind: 'addresses'; readonly cidrs: readonly string[]; readonly text: string }
  /** No request passes. */
  | { readonly kind: 'refuses'; readonly text: string }
  | { readonly kind: 'unread'; readonly text: string }

export interface RouteVerdict {
  readonly route: Route
  readonly verdict: 'open' | 'guessable' | 'authenticated' | 'closed' | 'unknown'
  /** With `open` and `guessable`. */
  readonly witness: IngressWitness | null
  /** With `closed` and `authenticated`: what stands in the way. */
  readonly refusals: readonly string[]
  /** With `unknown`: what is missing. */
  readonly doubts: readonly string[]
}
