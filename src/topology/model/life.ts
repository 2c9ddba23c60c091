/** What tells the age and rotation of a token: secrets, parameters, schedules and recorded changes; never a value. */
import type { Gap } from '#base/gap.ts'
import type { Known } from '#base/known.ts'
import type { Partly } from './other-ways.ts'
import type { Ref } from './ref.ts'

/** A secret of Secrets Manager, metadata only. Times are ISO 8601. */
export interface StoredSecret {
  readonly ref: Ref
  readonly created: string | null
  readonly lastChanged: string | null
  readonly lastRotated: string | null
  readonly nextRotation: string | null
  readonly rotationEnabled: boolean
  readonly rotationFunctionArn: string | null
  /** Of `rotationRules`; null where the schedule is an expression that gives none. */
  readonly rotationDays: number | null
  readonly versions: Known<readonly { readonly created: string | null; readonly stages: readonly string[] }[]>
  readonly tags: Readonly<Record<string, string>>
}

/** A parameter of Systems Manager, metadata only. */
export interface StoredParameter {
  readonly ref: Ref
  readonly type: 'String' | 'StringList' | 'SecureString' | 'unrecognised'
  readonly lastModified: string | null
  readonly version: number | null
}

/** A rule of EventBridge or a schedule of EventBridge Scheduler that runs functions by the clock, again and again. */
export interface Schedule {
  readonly ref: Ref
  /** The group of a schedule of EventBridge Scheduler; null for a rule of EventBridge. */
  readonly group: string | null
  readonly enabled: boolean
  /** Whether its last day is past. */
  readonly ended: boolean
  /** `rate(30 days)`, `cron(...)`. */
  readonly expression: string
  readonly functionArns: Known<readonly string[]>
}

/** Runs of a function within the time that CloudWatch was asked about. */
export interface FunctionRuns {
  readonly functionArn: string
  readonly runs: Known<{
    readonly ref: Ref
    readonly invocations: number
    readonly errors: number
    readonly lastFailed: boolean | null
  }>
}

/** A configuration change that CloudTrail recorded: who and what with is not kept. */
export interface RecordedChange {
  readonly ref: Ref
  /** ISO 8601. */
  readonly at: string
  /** `UpdateDistribution`, `ModifyRule`, `PutSecretValue`, ... */
  readonly event: string
  /** Names or ARNs of what changed, as CloudTrail gives them. */
  readonly resources: readonly string[]
}

/**
 * A function whose environment names a distribution or one of its origins, or which an authorizer invokes and which names a
 * store; nothing else of it was kept.
 */
export interface NamingFunction {
  readonly ref: Ref
  readonly functionArn: string
  /** Ids. */
  readonly distributions: readonly string[]
  /** Domain names of origins, lower case. */
  readonly origins: readonly string[]
  /** Header names that stand there, lower case. */
  readonly headers: readonly string[]
  /** ARNs of the stores that it names too. */
  readonly secrets: readonly string[]
  readonly parameters: readonly string[]
}

/** That a scan of the same key saw a value at its place. Times are ISO 8601. */
export interface Sighting {
  readonly ref: Ref
  /** A link id, or the ARN of the rule or web ACL that compares the value. */
  readonly place: string
  /** Lower case. */
  readonly header: string
  readonly fingerprint: string
  readonly firstSeen: string
  readonly lastSeen: string
}

export interface TokenLife {
  readonly functions: Partly<NamingFunction>
  readonly sightings: readonly Sighting[]
  /** CloudFront's LastModifiedTime by distribution id: any setting moves it, so that it is no date of a value. */
  readonly modified: Readonly<Record<string, string>>
  /** When load balancers were made (ISO 8601), by ARN: their listener rules held nothing before. */
  readonly created: Readonly<Record<string, string>>
  readonly secrets: Partly<StoredSecret>
  readonly parameters: Partly<StoredParameter>
  readonly schedules: Partly<Schedule>
  readonly runs: readonly FunctionRuns[]
  /** From `since` (ISO 8601) on; null where CloudTrail was not asked or did not answer. */
  readonly changes: {
    readonly items: readonly RecordedChange[]
    readonly since: string | null
    /** The event names that were asked for, and since when the answer is whole; null where there is none. */
    readonly asked: readonly {
      readonly region: string
      readonly event: string
      readonly since: string | null
    }[]
    readonly gaps: readonly Gap[]
  }
}
