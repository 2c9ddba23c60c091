/** S3 buckets: the one that an origin names, who may read it, and what overrides that. */
import type { BucketHost } from '#base/bucket-host.ts'
import type { Gap } from '#base/gap.ts'
import { type Known, known, unobserved } from '#base/known.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { accessPointsTo, multiRegionTo } from './access-point.ts'
import { blockOf, policyOf, setOn, settingOf } from './bucket-settings.ts'
import { accountBlockCall, call, type Operation } from './calls.ts'
import { listAt, textAt } from './config.ts'
import { type Facts, gapsOf, misread, refOf } from './facts.ts'
import type { AclGrant, Bucket, BucketCopy, ResourcePolicy, Target } from './model.ts'

const groups: Readonly<Record<string, AclGrant['to']>> = {
  'http://acs.amazonaws.com/groups/global/AllUsers': 'everyone',
  'http://acs.amazonaws.com/groups/global/AuthenticatedUsers': 'any-account',
  'http://acs.amazonaws.com/groups/s3/LogDelivery': 'named',
}

const grantOf = (raw: unknown): AclGrant | undefined => {
  const permission = textAt(raw, 'Permission')
  const uri = textAt(raw, 'Grantee', 'URI')
  const isNamed = uri === undefined && textAt(raw, 'Grantee', 'Type') === 'CanonicalUser'
  const to = isNamed ? 'named' : groups[uri ?? '']
  return permission === undefined || to === undefined ? undefined : { to, permission }
}

const grantsOf = (found: LocatedResource): readonly AclGrant[] | Gap => {
  const grants = listAt(found.config, 'Grants')?.map(grantOf)
  const whole = grants?.filter(g => g !== undefined)
  return whole === undefined || whole.length < (grants?.length ?? 0)
    ? misread(found, 'the access control list has a grant that cannot be read')
    : whole
}

const ownerships = ['BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter'] as const

/** `withCopies`: a copy of a copy is no copy of the origin's own. */
export const buildBucket = (
  facts: Facts,
  resource: LocatedResource,
  name: string,
  withCopies = true,
): Bucket => {
  const { arn, account } = resource
  const set = (operation: Operation, type: string) => setOn(facts, call(operation, arn, resource), type, arn)
  const ofAccount = facts.byType(types.accountPublicAccessBlock).find(r => r.account === account)
  return {
    ref: refOf(resource, name),
    name,
    policy: settingOf<ResourcePolicy | null>(
      set('GetBucketPolicy', types.bucketPolicy),
      null,
      policyOf(`bucket ${name}`),
    ),
    grants: settingOf<readonly AclGrant[]>(set('GetBucketAcl', types.bucketAcl), [], grantsOf),
    publicAccess: {
      bucket: settingOf(set('GetPublicAccessBlock', types.bucketPublicAccessBlock), null, blockOf),
      account: settingOf(
        setOn(facts, accountBlockCall(account), types.accountPublicAccessBlock, ofAccount?.arn ?? ''),
        null,
        blockOf,
      ),
    },
    website: settingOf(set('GetBucketWebsite', types.bucketWebsite), false, () => true),
    ownership: settingOf(set('GetBucketOwnershipControls', types.bucketOwnership), null, found => {
      const said = textAt(listAt(found.config, 'Rules')?.[0], 'ObjectOwnership')
      return ownerships.find(o => o === said) ?? misread(found, 'the ownership controls cannot be read')
    }),
    accessPoints: accessPointsTo(facts, resource, name),
    multiRegion: multiRegionTo(facts, resource, name),
    copies: withCopies ? copiesOf(facts, resource) : known([]),
  }
}

const copiesOf = (facts: Facts, { arn, account, region }: LocatedResource): Known<readonly BucketCopy[]> => {
  const asked = call('GetBucketReplication', arn, { account, region })
  const rules = settingOf<readonly Rule[]>(setOn(facts, asked, types.bucketReplication, arn), [], rulesOf)
  if (!rules.known || rules.value.length === 0) return rules.known ? known([]) : rules
  const unlisted = bucketListsUnread(facts)
  if (unlisted.length > 0) return unobserved(...unlisted)
  return known(
    rules.value.map(rule => {
      const found = facts.where(types.bucket, 'Name', rule.name)[0]
      return { ...rule, bucket: found ? buildBucket(facts, found, rule.name, false) : null }
    }),
  )
}

type Rule = Omit<BucketCopy, 'bucket'>

const rulesOf = (found: LocatedResource): readonly Rule[] | Gap => {
  const rules = listAt(found.config, 'Rules')?.map(ruleOf)
  const whole = rules?.filter(r => r !== undefined)
  return whole === undefined || whole.length < (rules?.length ?? 0)
    ? misread(found, 'a replication rule cannot be read')
    : whole
}

const ruleOf = (raw: unknown): Rule | undefined => {
  const name = textAt(raw, 'Destination', 'Bucket')?.split(':::', 2)[1]
  const status = textAt(raw, 'Status')
  if (name === undefined || (status !== 'Enabled' && status !== 'Disabled')) return undefined
  return {
    name,
    account: textAt(raw, 'Destination', 'Account') ?? null,
    prefix: textAt(raw, 'Prefix') ?? '',
    active: status === 'Enabled',
  }
}

/** Why the buckets of the accounts are not all known. */
export const bucketListsUnread = (facts: Facts): readonly Gap[] =>
  facts.snapshot.head.accounts.flatMap(account => {
    const asked = call('ListBuckets', '*', { account, region: 'us-east-1' })
    return facts.wasRead(asked) ? [] : gapsOf(facts, asked)
  })

/** What stands behind a bucket's host name. */
export const bucketTarget = (
  facts: Facts,
  { bucket: name, endpoint }: BucketHost,
  names: readonly string[],
): Target => {
  const found = facts.where(types.bucket, 'Name', name)[0]
  if (found)
    return {
      kind: 'bucket',
      name,
      endpoint,
      bucket: buildBucket(facts, found, name),
      exists: known(true),
      names,
    }
  const unread = bucketListsUnread(facts)
  if (unread.length > 0) return { kind: 'unknown', names, gaps: unread }
  const heads = facts.snapshot.reads.filter(
    r => r.operation === 'HeadBucket' && r.target.endsWith(`:s3:::${name}`),
  )
  // Whoever makes a bucket of that name serves what the origin serves.
  if (heads.some(r => r.count === 0)) return { kind: 'dangling', names, reason: `no bucket ${name} exists` }
  const [head] = heads
  const asked = call('HeadBucket', `arn:aws:s3:::${name}`)
  const hidden = facts.snapshot.gaps.filter(
    g => g.operation === 'HeadBucket' && g.target.endsWith(`:s3:::${name}`),
  )
  const exists = head
    ? known(true as const)
    : unobserved(...(hidden.length > 0 ? hidden : gapsOf(facts, asked)))
  return { kind: 'bucket', name, endpoint, bucket: null, exists, names }
}
