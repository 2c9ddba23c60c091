/** A checked rule, its profiles and the book that holds them: plain data. */
import type { Severity } from '#base/severity.ts'
import type { SubjectKind } from '#predicates/asking/subject.ts'

export const surfaces = [
  'edge',
  'alb',
  'network',
  'token',
  'tls',
  'waf',
  'api',
  's3',
  'signed',
  'lambda',
  'kubernetes',
  'viewer',
] as const
type Surface = (typeof surfaces)[number]

/** A condition over named predicates. */
export type Tree =
  | { readonly kind: 'all' | 'any'; readonly of: readonly Tree[] }
  | { readonly kind: 'not'; readonly of: Tree }
  | { readonly kind: 'ask'; readonly predicate: string; readonly options: object }

export const standards = ['security-hub', 'cis', 'pci', 'nist', 'cwe'] as const
export const fits = ['exact', 'partial', 'stricter'] as const

interface Mapping {
  readonly standard: (typeof standards)[number]
  readonly id: string
  readonly fit: (typeof fits)[number]
}

/** What a cause contributes to: an open vantage, or a secret that can be guessed. */
export const contributions = ['internet', 'tenant', 'guessable'] as const
export type Contribution = (typeof contributions)[number]

/** One step of the remediation: a sentence, and the commands that carry it out, with placeholders. */
export interface FixStep {
  readonly say: string
  readonly run: readonly string[]
}

export interface LinkVerdict {
  readonly vantage: 'internet' | 'tenant'
  readonly order: number
  /** The message where a weak value is all that stands in the way. */
  readonly guessable?: string
}

export interface Rule {
  readonly id: string
  readonly surface: Surface
  readonly subject: SubjectKind
  readonly severity: Severity
  /** True when all is well. */
  readonly title: string
  /** What is wrong, with placeholders. */
  readonly message: string
  /** Where it applies; null means everywhere. */
  readonly when: Tree | null
  readonly require: Tree
  readonly profiles: readonly string[]
  /** The rule gives a link its verdict; of several violated ones the lowest order speaks for the link. */
  readonly verdict: LinkVerdict | null
  /** Inside a link's finding, the rule explains it; lower orders are to be mended first. */
  readonly cause: { readonly of: readonly Contribution[]; readonly order: number } | null
  readonly fix: readonly FixStep[]
  readonly references: readonly string[]
  readonly mappings: readonly Mapping[]
  /** The prose page, Markdown. */
  readonly help: string
  /** The file it was read from. */
  readonly path: string
}

export interface Adjustment {
  readonly severity?: Severity
  /** Options for every predicate of the rule that has them. */
  readonly options?: Readonly<Record<string, unknown>>
}

export interface Profile {
  readonly name: string
  readonly description: string
  /** By rule id. */
  readonly adjust: Readonly<Record<string, Adjustment>>
  readonly path: string
}

export interface Rulebook {
  /** Sorted by id. */
  readonly rules: readonly Rule[]
  readonly profiles: readonly Profile[]
}
