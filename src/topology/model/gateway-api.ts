/** What the Gateway API serves behind a load balancer: Gateways and the HTTPRoutes that attach to them. */
import type { Value } from '../sealed.ts'
import type { BackendService, ManifestPlace } from './kubernetes.ts'
import type { Ref } from './ref.ts'

export interface Gateway {
  readonly ref: Ref
  readonly place: ManifestPlace | null
  readonly namespace: string
  readonly name: string
  readonly className: string
  /** Host names and addresses of its status. */
  readonly addresses: readonly string[]
  readonly listeners: readonly GatewayListener[]
}

export interface GatewayListener {
  readonly name: string
  /** Null for every host. */
  readonly hostname: string | null
  readonly port: number
  /** HTTP, HTTPS, TLS, TCP, ... */
  readonly protocol: string
  /** Namespaces whose routes may attach: its own, every one, or those with the labels. */
  readonly allowedRoutes: 'Same' | 'All' | 'Selector' | 'unrecognised'
}

export interface HttpRoute {
  readonly ref: Ref
  readonly place: ManifestPlace | null
  readonly namespace: string
  readonly name: string
  /** ISO 8601, from a cluster; null from a manifest. */
  readonly createdAt: string | null
  readonly parents: readonly RouteParent[]
  /** Lower case; empty for every host of the listener. */
  readonly hostnames: readonly string[]
  readonly rules: readonly HttpRouteRule[]
}

export interface RouteParent {
  readonly namespace: string
  readonly name: string
  /** Null for every listener. */
  readonly listener: string | null
  readonly port: number | null
}

export interface HttpRouteRule {
  /** Alternatives; an empty list takes every path. */
  readonly matches: readonly HttpRouteMatch[]
  /** `RequestRedirect`, `ExtensionRef`, ... */
  readonly filters: readonly string[]
  readonly services: readonly BackendService[]
}

export interface HttpRouteMatch {
  readonly path: {
    readonly type: 'Exact' | 'PathPrefix' | 'RegularExpression' | 'unrecognised'
    readonly value: string
  }
  readonly headers: readonly ValueMatch[]
  readonly queryParams: readonly ValueMatch[]
  readonly method: string | null
}

export interface ValueMatch {
  readonly type: 'Exact' | 'RegularExpression' | 'unrecognised'
  readonly name: string
  readonly value: Value
}
