/** The records of a snapshot: what was read, from where, what could not be, and that the file is whole. */
import type { Gap } from '#base/gap.ts'

/** The format of the file; a reader refuses a later one. */
export const snapshotFormat = 1

/** First record: who made the snapshot, when, and of what. */
export interface HeadRecord {
  readonly record: 'head'
  readonly format: number
  readonly tool: string
  /** ISO 8601, UTC. Judging takes this as "now", so that a replay gives the verdicts of the day. */
  readonly observedAt: string
  readonly accounts: readonly string[]
  /** Regions that were asked, sorted. */
  readonly regions: readonly string[]
  /** Identifies the key of the sealed fingerprints: equal ids mean comparable fingerprints. */
  readonly sealKey: string
}

/**
 * Where a record came from: an AWS call, name resolution, earlier scans, a file (infrastructure as code, manifests), or the
 * API of a Kubernetes cluster, `resource` as in `ingresses.networking.k8s.io`.
 */
export type Source =
  | { readonly kind: 'aws'; readonly service: string; readonly operation: string }
  | { readonly kind: 'dns' }
  | { readonly kind: 'history' }
  | { readonly kind: 'file'; readonly path: string; readonly line: number }
  | { readonly kind: 'kubernetes'; readonly cluster: string; readonly resource: string }

/** One resource as the AWS SDK returned it (dates as ISO text), secrets sealed. */
export interface ResourceRecord {
  readonly record: 'resource'
  /** CloudFormation type name where one exists, e.g. `AWS::CloudFront::Distribution`. See `resource-types.ts`. */
  readonly type: string
  /** ARN where AWS has one, else a stable identifier unique within the type. */
  readonly arn: string
  readonly account: string
  readonly region: string
  readonly source: Source
  readonly config: Readonly<Record<string, unknown>>
}

/** A call that was answered in full (all pages): an empty list is knowledge only when this says so. */
export interface ReadRecord {
  readonly record: 'read'
  readonly service: string
  readonly operation: string
  readonly account: string
  readonly region: string
  /** The ARN, id or name asked about; `*` for an account- or region-wide list. */
  readonly target: string
  /** How many items came back. */
  readonly count: number
}

/** Last record: without it the file is truncated. */
export interface EndRecord {
  readonly record: 'end'
  /** Lines in the file, this one included. */
  readonly lines: number
}

/** A resource and the line of the snapshot file it stands on (1-based). */
export interface LocatedResource extends ResourceRecord {
  readonly line: number
}

/** A whole snapshot in memory: records in canonical order, lines as they stand in the file. */
export interface Snapshot {
  readonly head: HeadRecord
  readonly resources: readonly LocatedResource[]
  readonly reads: readonly ReadRecord[]
  readonly gaps: readonly Gap[]
}
