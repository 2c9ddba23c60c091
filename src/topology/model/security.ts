/** Web ACLs and certificates in the graph. */
import type { Known } from '#base/known.ts'
import type { Value } from '#snapshot/sealed.ts'
import type { Ref } from './ref.ts'

export interface WebAcl {
  readonly ref: Ref
  readonly name: string
  readonly scope: 'CLOUDFRONT' | 'REGIONAL'
  readonly defaultAction: 'allow' | 'block'
  /** Ascending priority. */
  readonly rules: readonly WebAclRule[]
  /** CIDRs of the IP sets that statements refer to, by ARN; a set that is missing here was not read. */
  readonly ipSets?: Readonly<Record<string, Known<readonly string[]>>>
  /** Rules of the account's own rule groups that statements refer to, by ARN, in ascending priority. */
  readonly ruleGroups?: Readonly<Record<string, Known<readonly WebAclRule[]>>>
  /** Regular expressions of the pattern sets that statements refer to, by ARN. */
  readonly regexSets?: Readonly<Record<string, Known<readonly Value[]>>>
}

export interface WebAclRule {
  readonly name: string
  readonly priority: number
  /** The rule's own action, or for a rule group `group` (its rules decide) or `count` (overridden). */
  readonly action: 'allow' | 'block' | 'count' | 'captcha' | 'challenge' | 'group' | 'unrecognised'
  /** GetWebACL's `Statement`, search strings sealed. */
  readonly statement: Readonly<Record<string, unknown>>
  /** `RuleLabels` by name; undefined where they were not read, so that any label may be set. */
  readonly labels?: readonly string[]
}

export interface Certificate {
  readonly ref: Ref
  readonly domainName: string
  readonly subjectAlternativeNames: readonly string[]
  /** ISO 8601; null where AWS gives none. */
  readonly notAfter: string | null
  readonly type: 'AMAZON_ISSUED' | 'IMPORTED' | 'PRIVATE' | 'unknown'
  readonly status: string
  readonly renewalStatus: string | null
  readonly inUse: boolean
}
