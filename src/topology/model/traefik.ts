/** What Traefik serves behind a load balancer: IngressRoute and Ingress objects, and the middlewares that they name. */

import type { Value } from '../sealed.ts'
import type { SealedRule } from '../traefik.ts'
import type { BackendService, ManifestPlace } from './kubernetes.ts'
import type { Ref } from './ref.ts'

export interface IngressRoute {
  readonly ref: Ref
  readonly place: ManifestPlace | null
  readonly namespace: string
  readonly name: string
  /** Of the old annotation; null without it. */
  readonly className: string | null
  /** Empty for all default ones. */
  readonly entryPoints: readonly string[]
  /** Serves requests over TLS only. */
  readonly tls: boolean
  readonly routes: readonly TraefikRouter[]
}

export interface TraefikRouter {
  readonly match: SealedRule<Value>
  readonly syntax: 'v2' | 'v3' | null
  /** Null or 0 for the length of the rule. */
  readonly priority: number | null
  readonly middlewares: readonly ObjectName[]
  /** Why it may not be served at all, or otherwise than it says; undefined where nothing says so. */
  readonly doubt?: string
  readonly services: readonly BackendService[]
}

export interface ObjectName {
  readonly namespace: string
  readonly name: string
  /** Why nothing can be told of it; undefined for an object that may be looked up. */
  readonly doubt?: string
}

export interface Middleware extends ObjectName {
  readonly ref: Ref
  readonly place: ManifestPlace | null
  readonly does: MiddlewareKind
}

export type MiddlewareKind =
  /** `namespace/name` of the Secret. */
  | { readonly kind: 'basic-auth'; readonly secret: string }
  /** Somebody else decides: `forwardAuth`, `digestAuth`. */
  | { readonly kind: 'login' }
  | { readonly kind: 'addresses'; readonly cidrs: readonly string[]; readonly of: AddressSource }
  | { readonly kind: 'chain'; readonly of: readonly ObjectName[] }
  /** Changes the request or the answer and lets every request through. */
  | { readonly kind: 'harmless' }
  /** Writes an `Authorization` header into every request, which satisfies whatever asks for one behind it. */
  | { readonly kind: 'authorization' }
  | { readonly kind: 'unread'; readonly name: string }

/** Whose address a list of addresses is held against. */
export type AddressSource =
  | { readonly kind: 'connection' }
  /** The n-th from the end of `X-Forwarded-For`. */
  | { readonly kind: 'position'; readonly depth: number }
  /** The last one of `X-Forwarded-For` that is not among these. */
  | { readonly kind: 'last-other-than'; readonly cidrs: readonly string[] }

/** Whose `X-Forwarded-For` an entry point keeps; that of everybody else is removed. */
export interface ForwardedHeaders {
  readonly entryPoint: string
  /** `forwardedHeaders.insecure`. */
  readonly everybody: boolean
  /** `forwardedHeaders.trustedIPs`. */
  readonly cidrs: readonly string[]
}
