/** The scan result: the contract between judging and everything a reader receives. Schema in `reports/`. */
import type { Gap } from '#base/gap.ts'
import type { Severity } from '#base/severity.ts'
import type { Exchange, ProbeVerdict } from '#probe/exchange.ts'
import type { Exposure } from '#prove/exposure.ts'
import type { Fix } from '#prove/fix/edit.ts'
import type { Sisters } from '#prove/sister.ts'

export const resultFormat = 1

export interface ScanResult {
  readonly format: number
  readonly tool: { readonly name: 'originproof'; readonly version: string }
  readonly observedAt: string
  readonly accounts: readonly string[]
  readonly regions: readonly string[]
  /** Repo-relative name of the snapshot file that lines refer to; empty where it was not written. */
  readonly snapshot: string
  readonly links: readonly LinkResult[]
  readonly findings: readonly Finding[]
  /** The rules that were judged, satisfied ones included, sorted by id. */
  readonly rules: readonly RuleInfo[]
  readonly exchanges: readonly Exchange[]
  readonly coverage: Coverage
  readonly summary: Summary
}

export interface LinkResult {
  readonly id: string
  /** Distribution id. */
  readonly distribution: string
  readonly distributionArn: string
  /** Domain name and aliases of the distribution. */
  readonly names: readonly string[]
  readonly account: string
  /** Origin id. */
  readonly origin: string
  readonly originDomainName: string
  readonly originKind: string
  /** Line of the distribution in the snapshot, 1-based. */
  readonly line: number
  /** Path patterns, in order. */
  readonly behaviors: readonly string[]
  readonly target: {
    readonly type: string
    readonly arn: string
    readonly name: string
    readonly region: string
  } | null
  readonly exposure: {
    readonly internet: ExposureResult
    readonly tenant: ExposureResult
    readonly inside: ExposureResult | null
  }
  /** Other ways through CloudFront to the same backend, where they ask less of viewers or cannot be compared. */
  readonly sisters: SistersResult
  readonly probe: ProbeVerdict
  /** The smallest set of edits found that closes what is open or guessable; null where nothing is, or none was found. */
  readonly fix: Fix | null
}

/** What proving says from one vantage. */
export interface ExposureResult extends Omit<Exposure, 'reasons'> {
  /** With `unknown`: everything that stands between this and a verdict. */
  readonly gaps: Exposure['reasons']
}

export interface SistersResult extends Omit<Sisters, 'reasons'> {
  /** Why there may be more. */
  readonly gaps: Sisters['reasons']
}

export type Outcome = 'violated' | 'satisfied' | 'unknown' | 'inapplicable'

export interface Subject {
  readonly arn: string
  readonly type: string
  readonly name: string
  readonly account: string
  readonly region: string
  /** Line of the snapshot, 1-based. */
  readonly line: number
  /** Where a file of the user's says so, such as a Kubernetes manifest; the path as the user named it. */
  readonly source?: SourceLine
}

/** A line of a file of the user's, 1-based. */
export interface SourceLine {
  readonly file: string
  readonly line: number
}

export interface Evidence {
  /** What was observed, for people. Never a secret value. */
  readonly text: string
  /** Snapshot line of the resource it was read from; null for an exchange or a derived fact. */
  readonly line: number | null
  readonly arn: string | null
  /** Id of the exchange it rests on. */
  readonly exchange: string | null
  /** Where a file of the user's says so. */
  readonly source?: SourceLine
}

/** One rule on one subject; `satisfied` and `inapplicable` ones are counted in the summary but not listed. */
export interface Finding {
  readonly rule: string
  readonly outcome: 'violated' | 'unknown'
  readonly severity: Severity
  readonly subject: Subject
  /** Id of the distribution, and of the origin, where the rule is about one. */
  readonly distribution: string | null
  readonly origin: string | null
  /** Link ids this bears on. */
  readonly links: readonly string[]
  /** Fingerprints of findings that contribute to this one (on a link finding), smallest fix first. */
  readonly causes: readonly string[]
  /** Fingerprint of the link finding that this is a cause of; such a finding is shown inside that one. */
  readonly partOf: string | null
  /** Other resources the reader will want to see. */
  readonly related: readonly Subject[]
  readonly title: string
  readonly message: string
  readonly evidence: readonly Evidence[]
  /** What to do, filled in with the real identifiers; Markdown. */
  readonly remediation: string
  readonly gaps: readonly Gap[]
  /** Of an undecided finding whose host the user answers for: why it leaves the scan complete. It says nothing of safety. */
  readonly accepted?: string
  /** Stable across runs while the problem stays: 32 hex digits of (rule, account, subject, distribution, origin). */
  readonly fingerprint: string
}

export interface RuleInfo {
  readonly id: string
  readonly surface: string
  readonly severity: Severity
  /** True when all is well. */
  readonly title: string
  /** The prose page, Markdown. */
  readonly help: string
  readonly references: readonly string[]
  readonly mappings: readonly Mapping[]
  /** How often each outcome came up. */
  readonly outcomes: Readonly<Record<Outcome, number>>
}

export interface Mapping {
  readonly standard: 'security-hub' | 'cis' | 'pci' | 'nist' | 'cwe'
  readonly id: string
  readonly fit: 'exact' | 'partial' | 'stricter'
}

export interface Coverage {
  readonly gaps: readonly Gap[]
  /** Calls answered in full, by `service:Operation`, sorted. */
  readonly calls: readonly { readonly call: string; readonly count: number }[]
  /** Rules that threw: faults of the tool, never of the account. */
  readonly faults: readonly { readonly rule: string; readonly subject: string; readonly message: string }[]
}

export interface Summary {
  readonly links: Readonly<Record<Exposure['verdict'], number>>
  /** Violated findings by severity, those inside another one not counted. */
  readonly violated: Readonly<Record<Severity, number>>
  readonly unknown: number
  readonly satisfied: number
  /** Something needed was not observed. */
  readonly complete: boolean
}
