/** What is said of a link whose behaviours ask for a signature: ways through CloudFront to the same objects without one. */
import type { Reason } from '../exposure.ts'

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
