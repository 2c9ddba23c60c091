/** S3 buckets: the one that an origin names, who may read it, and what overrides that. */
import type { BucketHost } from '#base/bucket-host.ts'
import type { Gap } from '#base/gap.ts'
import { type Known, known, unobserved } from '#base/known.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { accountBlockCall, type Call, call, type Operation } from './calls.ts'
import { listAt, objectAt, textAt } from './config.ts'
import { type Facts, gapsOf, misread, refOf } from './facts.ts'
import type { AclGrant, Bucket, PublicAccessBlock, Target } from './model.ts'

/** What is set on the bucket: the record, null where the call said that there is none, or why it is not known. */
const setOn = (facts: Facts, asked: Call, type: string, arn: string): Known<LocatedResource | null> => {
  const found = facts.byArn(type, arn)
  if (found !== undefined) return known(found)
  return facts.wasRead(asked) && facts.itemsRead(asked) === 0
    ? known(null)
    : unobserved(...gapsOf(facts, asked))
}

/** The reading of what is set; `none` where nothing is. */
const read = <T>(
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

const blockOf = (found: LocatedResource): PublicAccessBlock | Gap => {
  const flags = objectAt(found.config, 'PublicAccessBlockConfiguration')
  if (flags === undefined) return misread(found, 'Block Public Access cannot be read')
  return {
    ref: refOf(found, `Block Public Access of ${textAt(found.config, 'Bucket') ?? 'the account'}`),
    ignorePublicAcls: flags.IgnorePublicAcls === true,
    restrictPublicBuckets: flags.RestrictPublicBuckets === true,
  }
}

const ownerships = ['BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter'] as const

const buildBucket = (facts: Facts, resource: LocatedResource, name: string): Bucket => {
  const { arn, account } = resource
  const set = (operation: Operation, type: string) => setOn(facts, call(operation, arn, resource), type, arn)
  const ofAccount = facts.byType(types.accountPublicAccessBlock).find(r => r.account === account)
  return {
    ref: refOf(resource, name),
    name,
    policy: read(set('GetBucketPolicy', types.bucketPolicy), null, found => {
      const document = objectAt(found.config, 'Policy')
      return document === undefined
        ? misread(found, 'the policy is no JSON object')
        : { ref: refOf(found, `policy of bucket ${name}`), document }
    }),
    grants: read<readonly AclGrant[]>(set('GetBucketAcl', types.bucketAcl), [], grantsOf),
    publicAccess: {
      bucket: read(set('GetPublicAccessBlock', types.bucketPublicAccessBlock), null, blockOf),
      account: read(
        setOn(facts, accountBlockCall(account), types.accountPublicAccessBlock, ofAccount?.arn ?? ''),
        null,
        blockOf,
      ),
    },
    website: read(set('GetBucketWebsite', types.bucketWebsite), false, () => true),
    ownership: read(set('GetBucketOwnershipControls', types.bucketOwnership), null, found => {
      const said = textAt(listAt(found.config, 'Rules')?.[0], 'ObjectOwnership')
      return ownerships.find(o => o === said) ?? misread(found, 'the ownership controls cannot be read')
    }),
  }
}

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
  const unread = facts.snapshot.head.accounts.flatMap(account => {
    const asked = call('ListBuckets', '*', { account, region: 'us-east-1' })
    return facts.wasRead(asked) ? [] : gapsOf(facts, asked)
  })
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
