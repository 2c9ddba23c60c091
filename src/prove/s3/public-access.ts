/** What Block Public Access changes of what a policy says. */
import type { Known } from '#base/known.ts'
import type { Bucket, PublicAccessBlock } from '#topology/model.ts'
import type { Reason } from '../exposure.ts'
import type { Policy, Statement } from '../policy/policy.ts'
import { gapReasons } from '../uncertainty.ts'

type Flag = 'ignorePublicAcls' | 'restrictPublicBuckets'
type Level = Known<PublicAccessBlock | null>

export const levelsOf = ({ publicAccess }: Bucket): readonly Level[] => [
  publicAccess.bucket,
  publicAccess.account,
]

/** A flag holds when it is set at any of the levels: of the access point, the bucket or the account. */
export const blocked = (
  levels: readonly Level[],
  flag: Flag,
): { readonly by: PublicAccessBlock } | { readonly by: null; readonly reasons: readonly Reason[] } => {
  const by = levels.flatMap(level => (level.known && level.value?.[flag] ? [level.value] : []))[0]
  if (by) return { by }
  return { by: null, reasons: levels.flatMap(level => (level.known ? [] : gapReasons(level.gaps))) }
}

/** Statements that name whom they let in. */
export const withoutEveryone = (policy: Policy): Policy => ({
  ...policy,
  statements: policy.statements.filter(
    s => s.effect === 'Deny' || !s.principal.terms.some(t => t.kind === 'everyone'),
  ),
})

/** Conditions that AWS never counts as fixed. Source: S3 User Guide, "The meaning of public". */
const free = ['aws:referer', 'aws:useragent', 'aws:securetransport']

/**
 * AWS does not say how a Deny counts: one that leaves only some addresses or networks may make the policy one that is not
 * public, which lets in those that are left.
 */
const mayNarrow = ({ effect, principal, tests, problems }: Statement): boolean =>
  effect === 'Deny' && (problems.length > 0 || principal.negated || !tests.every(t => free.includes(t.key)))

export const isSurelyPublic = ({ statements }: Policy): boolean =>
  !statements.some(mayNarrow) &&
  statements.some(
    s =>
      s.effect === 'Allow' &&
      s.problems.length === 0 &&
      !s.principal.negated &&
      s.principal.terms.some(t => t.kind === 'everyone') &&
      s.tests.every(t => free.includes(t.key)),
  )
