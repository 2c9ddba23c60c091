/** S3 buckets of a world, and the grants that let CloudFront read them. */
import { types } from '#snapshot/resource-types.ts'
import type { WorldResource } from '../world.ts'
import { hex } from './names.ts'

export interface BucketSpec {
  readonly name: string
  readonly account: string
  readonly region: string
  /** Statements of the bucket policy; no policy without any. */
  readonly statements?: readonly Readonly<Record<string, unknown>>[]
  /** Which of the four flags of Block Public Access are on; all unless given. */
  readonly blocked?: 'all' | 'none'
  /** Null where the bucket has no ownership controls. */
  readonly ownership?: 'BucketOwnerEnforced' | 'BucketOwnerPreferred' | 'ObjectWriter' | null
  /** Group of whoever may list the bucket, beside its owner. */
  readonly listedBy?: 'AllUsers' | 'AuthenticatedUsers'
  readonly website?: boolean
}

const flags = (on: boolean) => ({
  BlockPublicAcls: on,
  IgnorePublicAcls: on,
  BlockPublicPolicy: on,
  RestrictPublicBuckets: on,
})

export const buildBucket = (spec: BucketSpec): readonly WorldResource[] => {
  const { name, account, region } = spec
  const arn = `arn:aws:s3:::${name}`
  const of = (type: string, config: Readonly<Record<string, unknown>>): WorldResource => ({
    ...{ type, arn, account, region },
    config: { Bucket: name, ...config },
  })
  const owner = { Type: 'CanonicalUser', ID: hex(64, 'canonical', account) }
  const group = { Type: 'Group', URI: `http://acs.amazonaws.com/groups/global/${spec.listedBy}` }
  const Grants = [
    { Grantee: owner, Permission: 'FULL_CONTROL' },
    ...(spec.listedBy ? [{ Grantee: group, Permission: 'READ' }] : []),
  ]
  const { ownership = 'BucketOwnerEnforced', statements = [] } = spec
  const CreationDate = '2026-02-01T09:00:00.000Z'
  return [
    { type: types.bucket, arn, account, region, config: { Name: name, CreationDate, BucketRegion: region } },
    of(types.bucketAcl, { Grants }),
    of(types.bucketPublicAccessBlock, {
      PublicAccessBlockConfiguration: flags((spec.blocked ?? 'all') === 'all'),
    }),
    ...(statements.length > 0
      ? [of(types.bucketPolicy, { Policy: { Version: '2012-10-17', Statement: statements } })]
      : []),
    ...(ownership ? [of(types.bucketOwnership, { Rules: [{ ObjectOwnership: ownership }] })] : []),
    ...(spec.website ? [of(types.bucketWebsite, { IndexDocument: { Suffix: 'index.html' } })] : []),
  ]
}

/** Block Public Access of the account, all of it. */
export const buildAccountBlock = (account: string): WorldResource => ({
  type: types.accountPublicAccessBlock,
  arn: `arn:aws:s3::${account}:public-access-block`,
  account,
  region: 'us-east-1',
  config: { AccountId: account, PublicAccessBlockConfiguration: flags(true) },
})

/** An origin access control for S3; `signs` as its SigningBehavior. */
export const buildAccessControl = (
  account: string,
  id: string,
  signs: 'always' | 'never' | 'no-override' = 'always',
): WorldResource => ({
  type: types.originAccessControl,
  arn: `arn:aws:cloudfront::${account}:origin-access-control/${id}`,
  account,
  region: 'us-east-1',
  config: {
    Id: id,
    Name: id,
    Description: '',
    SigningProtocol: 'sigv4',
    SigningBehavior: signs,
    OriginAccessControlOriginType: 's3',
  },
})

const reading = (bucket: string, sid: string, principal: unknown, condition?: unknown) => ({
  Sid: sid,
  Effect: 'Allow',
  Principal: principal,
  Action: 's3:GetObject',
  Resource: `arn:aws:s3:::${bucket}/*`,
  ...(condition === undefined ? {} : { Condition: condition }),
})

/** The grant for one distribution, or for all where `distributionArn` is null. */
export const cloudFrontReads = (bucket: string, distributionArn: string | null) =>
  reading(
    bucket,
    'AllowCloudFrontServicePrincipal',
    { Service: 'cloudfront.amazonaws.com' },
    distributionArn === null ? undefined : { ArnLike: { 'AWS:SourceArn': distributionArn } },
  )

/** Everybody, on the condition given. */
export const everybodyReads = (bucket: string, condition?: unknown) =>
  reading(bucket, 'PublicRead', '*', condition)
