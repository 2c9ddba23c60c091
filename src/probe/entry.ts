/** What of an origin can be asked: its doors, whose they are, and how its answers are to be read. */
import type { LoadBalancer } from '#topology/model.ts'

/** One door: a name or address, a port, the scheme spoken there and the address family. */
export interface Door {
  readonly name: string
  readonly port: number
  readonly scheme: 'http' | 'https'
  readonly family: 4 | 6
  /** What a proof may call it: ARNs and names of entry points. */
  readonly entryPoints: readonly string[]
  /** ARN of the listener as a proof may name it; null where there is none, or it was not read. */
  readonly listener: string | null
  /** What is asked for, where that is not the door's own name. */
  readonly host?: string
  /** Prefix of paths at the origin's own door, and what stands in its place at this one. */
  readonly instead?: readonly [own: string, here: string]
  /** Whether it takes no connection without a client certificate. */
  readonly clientCertificate?: boolean
  /** Whether a distribution of AWS's own stands in front. */
  readonly behindCloudFront?: boolean
  /** Whether it is configured to answer nobody. */
  readonly off?: boolean
}

/**
 * What shows that a name is the account's own: another name of AWS's, whose addresses it must share; itself, being a name
 * that AWS or the user gives to the account alone; or the addresses that the account's own records give it.
 */
export interface Proof {
  readonly name: string
  readonly by: string | readonly string[]
  /** What it may be asked for where many share its addresses; its own name unless given. */
  readonly host?: string
}

/** Everything of an origin that can be asked. */
export interface Entry {
  /** Whose manners the answers have. */
  readonly kind: 'load-balancer' | 'bucket' | 'function-url' | 'api' | 'instance' | 'external'
  /** CloudFront's own door first. */
  readonly doors: readonly [Door, ...Door[]]
  /** Doors that may lead in but cannot be asked, for people. */
  readonly closedToUs: readonly string[]
  /** Why there may be further doors, as code and sentence; null where these are all. */
  readonly unseen: { readonly code: string; readonly reason: string } | null
  /** Load balancers among the doors: their listeners and rules explain answers. */
  readonly loadBalancers: readonly LoadBalancer[]
  /**
   * Whether many customers share the addresses, so that the Host header alone says whose origin is asked: then a door is
   * only ever asked under its own name, over TLS that verifies for it.
   */
  readonly shared: boolean
  /** ARNs, or names, of what answers: links that have one in common share pace and budget. */
  readonly owners: readonly [string, ...string[]]
  /** Names that may be connected to. */
  readonly proofs: readonly Proof[]
}

export interface Scope {
  /** `all` adds what runs the customer's code on each request: function URLs. */
  readonly mode: 'safe' | 'all'
  /** Names of hosts outside AWS that the user says are the account's own. */
  readonly ownedHosts: readonly string[]
}

export const safeScope: Scope = { mode: 'safe', ownedHosts: [] }

export type Probeable =
  | { readonly probeable: true; readonly entry: Entry }
  | { readonly probeable: false; readonly code: string; readonly reason: string }

export const no = (code: string, reason: string): Probeable => ({ probeable: false, code, reason })
