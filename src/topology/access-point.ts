/** S3 access points: those that lead to a bucket. */
import { type Known, known, unobserved } from '#base/known.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { blockOf, policyOf, setOn, settingOf } from './bucket-settings.ts'
import { call, type Operation } from './calls.ts'
import { flagAt, listAt, textAt } from './config.ts'
import { type Facts, gapsOf, hidden, listed, misread, refOf } from './facts.ts'
import type { AccessPoint, PublicAccessBlock, Ref, ResourcePolicy } from './model.ts'

const origins = ['Internet', 'VPC'] as const

export const buildAccessPoint = (facts: Facts, resource: LocatedResource): AccessPoint => {
  const { arn, account, region, config } = resource
  const name = textAt(config, 'Name') ?? arn
  const asked = (operation: Operation) => call(operation, arn, { account, region })
  const set = setOn(facts, asked('GetAccessPointPolicy'), types.accessPointPolicy, arn)
  const policy = settingOf<ResourcePolicy | null>(set, null, policyOf(`access point ${name}`))
  const hasNone = policy.known && policy.value === null
  const status = setOn(facts, asked('GetAccessPointPolicyStatus'), types.accessPointPolicyStatus, arn)
  const block = setOn(facts, asked('GetAccessPoint'), types.accessPointPublicAccessBlock, arn)
  return {
    ref: refOf(resource, name),
    name,
    alias: textAt(config, 'Alias') ?? null,
    networkOrigin: origins.find(o => o === textAt(config, 'NetworkOrigin')) ?? 'unrecognised',
    policy,
    isPublic: hasNone
      ? known(false)
      : settingOf(
          status,
          false,
          found =>
            flagAt(found.config, 'PolicyStatus', 'IsPublic') ??
            misread(found, 'whether the policy is public cannot be read'),
        ),
    publicAccess: hasNone ? known(null) : settingOf<PublicAccessBlock | null>(block, null, blockOf),
  }
}

/** Access points of the bucket's own account. */
export const accessPointsTo = (
  facts: Facts,
  { account, region }: LocatedResource,
  bucket: string,
): Known<readonly AccessPoint[]> => {
  const asked = call('ListAccessPoints', '*', { account, region })
  // Only those that matter are kept of the list, so that their number says nothing.
  const gaps = hidden(facts, asked, Number.POSITIVE_INFINITY)
  if (gaps.length > 0) return unobserved(...gaps)
  const found = facts
    .where(types.accessPoint, 'Bucket', bucket)
    .filter(p => p.account === account && p.region === region)
    .filter(p => (textAt(p.config, 'BucketAccountId') ?? account) === account)
  return known(found.map(p => buildAccessPoint(facts, p)))
}

/** Multi-Region Access Points of the bucket's own account. */
export const multiRegionTo = (
  facts: Facts,
  { account }: LocatedResource,
  bucket: string,
): Known<readonly Ref[]> => {
  const asked = call('ListMultiRegionAccessPoints', '*', { account, region: 'us-west-2' })
  const own = facts.byType(types.multiRegionAccessPoint).filter(r => r.account === account)
  const all = listed(facts, asked, own)
  if (!all.known) return all.gaps.length > 0 ? all : unobserved(...gapsOf(facts, asked))
  const unclear = own.find(r => listAt(r.config, 'Regions') === undefined)
  if (unclear) return unobserved(misread(unclear, 'the buckets behind it cannot be read'))
  return known(
    own
      .filter(r => listAt(r.config, 'Regions')?.some(one => textAt(one, 'Bucket') === bucket))
      .map(r => refOf(r, textAt(r.config, 'Name') ?? r.arn)),
  )
}
