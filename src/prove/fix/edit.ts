/** What an edit of the account's configuration is, and what a fix is made of. */
import type { Link, Topology } from '#topology/model.ts'
import type { EdgeRequests } from '../edge-request.ts'
import type { Vantage } from '../exposure.ts'
import type { Spot } from './spot.ts'

/** One change of the configuration: what it makes of the graph, and how to make it. Pure. */
export interface Edit {
  readonly sort: string
  /** The same for the same change. */
  readonly key: string
  /** What it does, one sentence, with the names of the account. */
  readonly text: string
  /** Shell lines in order; secrets stand in them as `$ENV.ORIGIN_TOKEN` only, which the reader sets. */
  readonly commands: readonly string[]
  /** Whether it may let somebody in elsewhere: then everything that it touches is proven again. */
  readonly widens: boolean
  /**
   * A place that a fix changes in this way once: commands for a second such change would hold only after the first.
   */
  readonly once?: string
  readonly apply: (topology: Topology) => Topology
}

/** A sort of edit: it looks at where a request gets through and says which changes of its sort might stop it. */
export interface EditSort {
  readonly name: string
  /** What edits of the sort do, for documentation. */
  readonly says: string
  readonly at: (spot: Spot, edge: Edge) => readonly Edit[]
}

/** All requests of one link together. */
export interface SentRequests extends EdgeRequests {
  /** Whether they carry the origin's custom headers for sure: no code that runs later, or picks another origin. */
  readonly headersKept: boolean
}

/** What CloudFront itself sends, by link. */
export interface Edge {
  /** Links that lead to a load balancer, directly or through another. */
  readonly linksTo: (arn: string) => readonly Link[]
  readonly requestsOf: (link: Link) => SentRequests
}

/** Edits after which the link is proven closed, found by proving it again. */
export interface Fix {
  readonly edits: readonly FixEdit[]
  /** Vantages that were open and are closed (or end at a login) afterwards. */
  readonly closes: readonly Vantage[]
  /** Vantages that stay open or guessable: the listed sorts of edits do not close them. */
  readonly leaves: readonly Vantage[]
  /** Whether it is known that no smaller set of edits does it; else only that none of these can be left out. */
  readonly smallest: boolean
  /** Whether the AWS Load Balancer Controller undoes the edits: what they achieve is asked for in its objects instead. */
  readonly undone?: true
}

export interface FixEdit {
  readonly text: string
  readonly commands: readonly string[]
}
