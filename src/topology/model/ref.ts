/** How the graph names a resource. */

/** A resource and where the snapshot says so. */
export interface Ref {
  readonly arn: string
  readonly type: string
  readonly name: string
  readonly account: string
  readonly region: string
  /** Line of the snapshot file, 1-based. */
  readonly line: number
}
