/** What proving says of a link: a verdict for each vantage, with the witness or certificate that carries it. */
import type { Gap } from '#base/gap.ts'
import type { Link } from '#topology/model.ts'
import type { PathReading } from '#topology/path-reading.ts'
import type { Sisters } from './sister.ts'

/** Who asks: any internet host; another CloudFront customer's distribution; a host inside the network. */
export const vantages = ['internet', 'tenant', 'inside'] as const
export type Vantage = (typeof vantages)[number]

/**
 * - `open`: a concrete request reaches the backend with no secret.
 * - `guessable`: the only obstacle is a weak, wildcard or public value.
 * - `authenticated`: only after OIDC, Cognito, JWT or IAM.
 * - `closed`: the certificate accounts for every entry point, listener and rule.
 * - `unknown`: the reasons say what is missing.
 */
export type Verdict = 'open' | 'guessable' | 'authenticated' | 'closed' | 'unknown'

export interface Exposure {
  readonly verdict: Verdict
  /** With `open` and `guessable`; with `authenticated` where a request meets the login. */
  readonly witness: Witness | null
  /** With `closed`, and with `authenticated`, where it proves that nothing gets in without the login. */
  readonly certificate: Certificate | null
  /** With `unknown`: everything that stands between this and a verdict. */
  readonly reasons: readonly Reason[]
}

export interface LinkExposure {
  readonly link: Link
  readonly internet: Exposure
  readonly tenant: Exposure
  /** Only where the origin is internal. */
  readonly inside: Exposure | null
  /** Other ways through CloudFront to the same backend. */
  readonly sisters: Sisters
  /** Ways through CloudFront to its signed objects that ask for no signature. */
  readonly twins: Twins
}

/** What is said of a link whose behaviours ask for a signature: ways through CloudFront to the same objects without one. */
export interface Twins {
  /** Those that are certain first; at most twenty. */
  readonly found: readonly Twin[]
  /** Further ones. */
  readonly more: number
  /** How many unsigned behaviours that lead to the same backend lead to none of the signed objects. */
  readonly apart: number
  /** Why there may be more. */
  readonly reasons: readonly Reason[]
}

/** One object, and two requests for it. */
export interface Twin {
  /**
   * - `spelling`: of two requests one needs a signature and the other none.
   * - `order`: one request, which the signed pattern names and the unsigned behaviour takes, because it comes first.
   */
  readonly kind: 'spelling' | 'order'
  /** `certain`: under every reading of CloudFront's matching. */
  readonly outcome: 'certain' | 'possible'
  /** With `possible`: what it takes, each to follow "if". */
  readonly because: readonly string[]
  /** Path of the object at the backend, decoded. */
  readonly object: string
  /** The request that needs a signature; with `order`, that the pattern says should need one. */
  readonly signedPath: string
  /** The request that needs none. */
  readonly unsignedPath: string
  /**
   * Where it is one under these readings of CloudFront's only, and otherwise sure enough that excluding them excludes it;
   * else none.
   */
  readonly readings: readonly PathReading[]
  readonly signed: TwinPlace
  readonly unsigned: TwinPlace
}

/** A behaviour, and the origin that it leads to. */
export interface TwinPlace {
  /** Of the distribution or tenant. */
  readonly arn: string
  readonly name: string
  /** Line of the snapshot, 1-based. */
  readonly line: number
  /** Names under which viewers reach it. */
  readonly domains: readonly string[]
  readonly pathPattern: string
  /** Link id: distribution and origin. */
  readonly link: string
}

/** Why a verdict is unknown. */
export type Reason =
  | { readonly kind: 'gap'; readonly gap: Gap }
  /** Semantics that AWS does not document; `id` is the entry of the uncertainty register, e.g. `U-06`. */
  | {
      readonly kind: 'uncertain'
      readonly id: string
      readonly message: string
      /** What would settle the question. */
      readonly experiment?: string
    }
  /** Outside what this version decides. */
  | { readonly kind: 'not-modelled'; readonly message: string }

/** A request that reaches the backend, and the way it takes. Replays through the interpreter. */
export interface Witness {
  readonly vantage: Vantage
  readonly family: 4 | 6
  /** Example of an address the request may come from. */
  readonly source: string
  readonly scheme: 'http' | 'https'
  /** DNS name or address to connect to. */
  readonly connect: string
  readonly port: number
  /** Null on plain HTTP. */
  readonly sni: string | null
  readonly method: string
  /** Host header. */
  readonly host: string
  /** Path with query. */
  readonly path: string
  /** A value that must not be shown is written `${sealed:xxxxxxxx}`. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly route: readonly RouteStep[]
}

/** One thing the request passes, with the snapshot line that says so. */
export interface RouteStep {
  readonly kind: 'network' | 'listener' | 'waf' | 'rule' | 'action' | 'target' | 'cluster'
  readonly arn: string
  readonly line: number
  /** For people, e.g. `sg-0a1 admits tcp/443 from 0.0.0.0/0`. */
  readonly text: string
}

/** A list of obligations that together leave no way in. */
export interface Certificate {
  readonly obligations: readonly Obligation[]
  /** Ids of the uncertainty register that the argument relies on under every reading. */
  readonly reliesOn: readonly string[]
}

export type ObligationKind =
  /** No packet of the vantage arrives. */
  | 'NET_UNREACHABLE'
  /** Earlier rules, alone or together, take every request that needs no secret. */
  | 'SHADOWED_BY'
  /** The action does not forward to the backend. */
  | 'NON_FORWARD'
  /** Needs a header value of enough effective bits. */
  | 'SECRET_REQUIRED'
  /** The web ACL blocks every request without the secret. */
  | 'WAF_BLOCKS'
  /** Only after authentication. */
  | 'AUTH'
  /** Only with a client certificate that the trust store accepts. */
  | 'MTLS'
  /** Forwards to targets that the origin does not serve. */
  | 'DIFFERENT_BACKEND'
  /** The ingress controller behind the rule refuses every request without the secret. */
  | 'CLUSTER_REFUSES'

/** Entry point that stands for the ways of one kind that may lead to a load balancer or host and were not read. */
export const unreadWays = (kind: 'accelerators' | 'vpc-links' | 'endpoint-services', arn: string): string =>
  `unread ${kind} to ${arn}`

/** Why one (entry point, family, listener, rule) is closed. */
export interface Obligation {
  readonly kind: ObligationKind
  /** ARN of what a client connects to; `unreadWays` where it stands for ways that could not be read. */
  readonly entryPoint: string
  readonly family: 4 | 6
  /** Listener ARN; null where the whole entry point is closed at once. */
  readonly listener: string | null
  /** Rule ARN; null where the whole listener is closed at once. */
  readonly rule: string | null
  /** With `SHADOWED_BY`: ARNs of the earlier rules that take everything, in the order in which the argument uses them. */
  readonly earlier?: readonly string[]
  /** Snapshot lines that the argument reads. */
  readonly lines: readonly number[]
  readonly text: string
}
