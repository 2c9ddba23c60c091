/** What is set on a bucket or access point: known, known to be absent, or why it is not known. */
import type { Gap } from '#base/gap.ts'
import { type Known, known, unobserved } from '#base/known.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import type { Call } from './calls.ts'
import { objectAt, textAt } from './config.ts'
import { type Facts, gapsOf, misread, refOf } from './facts.ts'
import type { PublicAccessBlock, ResourcePolicy } from './model.ts'

/** The record of what is set, null where the call said that there is none, or why it is not known. */
export const setOn = (
  facts: Facts,
  asked: Call,
  type: string,
  arn: string,
): Known<LocatedResource | null> => {
  const found = facts.byArn(type, arn)
  if (found !== undefined) return known(found)
  return facts.wasRead(asked) && facts.itemsRead(asked) === 0
    ? known(null)
    : unobserved(...gapsOf(facts, asked))
}

/** The reading of what is set; `none` where nothing is. */
export const settingOf = <T>(
  set: Known<LocatedResource | null>,
  none: T,
  reading: (found: LocatedResource) => T | Gap,
): Known<T> => {
  if (!set.known) return set
  if (set.value === null) return known(none)
  const made = reading(set.value)
  return isGap(made) ? unobserved(made) : known(made)
}

const isGap = (value: unknown): value is Gap =>
  typeof value === 'object' && value !== null && 'code' in value && 'message' in value

export const blockOf = (found: LocatedResource): PublicAccessBlock | Gap => {
  const flags = objectAt(found.config, 'PublicAccessBlockConfiguration')
  if (flags === undefined) return misread(found, 'Block Public Access cannot be read')
  return {
    ref: refOf(
      found,
      `Block Public Access of ${textAt(found.config, 'Bucket') ?? textAt(found.config, 'Name') ?? 'the account'}`,
    ),
    ignorePublicAcls: flags.IgnorePublicAcls === true,
    restrictPublicBuckets: flags.RestrictPublicBuckets === true,
  }
}

/** `of`: what has the policy, in words. */
export const policyOf =
  (of: string) =>
  (found: LocatedResource): ResourcePolicy | Gap => {
    const document = objectAt(found.config, 'Policy')
    return document === undefined
      ? misread(found, 'the policy is no JSON object')
      : { ref: refOf(found, `policy of ${of}`), document }
  }
