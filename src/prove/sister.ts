/** Other ways through CloudFront to the backend of a link, and how their edge controls compare. */
import type { Truth } from '#base/truth.ts'
import type { Reason } from './exposure.ts'

export interface Sisters {
  /** Those whose controls are weaker or cannot be compared, the weaker ones first; at most twenty. */
  readonly found: readonly Sister[]
  /** Further ones of that kind. */
  readonly more: number
  /** How many ask for as much as the link's own distribution. */
  readonly asStrict: number
  /** Why there may be more. */
  readonly reasons: readonly Reason[]
}

/**
 * - `distribution`: another distribution.
 * - `staging`: a staging distribution that a continuous deployment policy sends viewers to.
 * - `tenant`: a tenant of a multi-tenant distribution.
 * - `other-account`: a distribution of another account, through a shared VPC origin.
 */
export type SisterKind = 'distribution' | 'staging' | 'tenant' | 'other-account'

export interface Sister {
  readonly kind: SisterKind
  /** Of the distribution or tenant. */
  readonly arn: string
  readonly name: string
  /** Line of the snapshot, 1-based. */
  readonly line: number
  /** Names under which viewers reach it, where they are known. */
  readonly domains: readonly string[]
  readonly differences: readonly Difference[]
}

export interface Difference {
  readonly control: 'web-acl' | 'signature' | 'country' | 'viewer-function' | 'everything'
  /** Unknown where both have the control and nobody can say which one asks for more. */
  readonly weaker: Truth
  /** To follow the sister's name: `has no web ACL`. */
  readonly text: string
}
