/** S3 access points of a world, the policies that lead to them, and where buckets are copied to. */
import { types } from '#snapshot/resource-types.ts'
import type { WorldResource } from '../world.ts'
import { hex } from './names.ts'
import type { Place } from './place.ts'

type Statement = Readonly<Record<string, unknown>>

export interface AccessPointSpec extends Place {
  readonly name: string
  /** Name of the bucket; of the same account unless `bucketAccount` says otherwise. */
  readonly bucket: string
  readonly bucketAccount?: string
  /** Answers requests of this network alone. */
  readonly vpc?: string
  /** No policy without any. */
  readonly statements?: readonly Statement[]
  /** Whether all four flags of Block Public Access are on, as they are unless somebody said otherwise at the start. */
  readonly blocked?: 'all' | 'none'
}

export const accessPointArn = ({ account, region, name }: Place & { readonly name: string }): string =>
  `arn:aws:s3:${region}:${account}:accesspoint/${name}`

/** As AWS makes it: name, text of its own choice, and an ending that no bucket's name may have. */
export const accessPointAlias = (name: string): string => `${name}-${hex(34, 'alias', name)}-s3alias`

const isPublic = ({ Effect, Principal, Condition }: Statement): boolean =>
  Effect === 'Allow' && Condition === undefined && JSON.stringify(Principal).includes('"*"')

export const buildAccessPoint = (spec: AccessPointSpec): readonly WorldResource[] => {
  const { name, bucket, account, region, vpc, statements = [], blocked = 'all' } = spec
  const arn = accessPointArn(spec)
  const of = (type: string, config: Readonly<Record<string, unknown>>): WorldResource => ({
    ...{ type, arn, account, region },
    config: { Name: name, ...config },
  })
  const on = blocked === 'all'
  return [
    of(types.accessPoint, {
      NetworkOrigin: vpc === undefined ? 'Internet' : 'VPC',
      ...(vpc !== undefined && { VpcConfiguration: { VpcId: vpc } }),
      Bucket: bucket,
      AccessPointArn: arn,
      Alias: accessPointAlias(name),
      BucketAccountId: spec.bucketAccount ?? account,
    }),
    // Without a policy nobody asks for the rest.
    ...(statements.length > 0
      ? [
          of(types.accessPointPolicy, { Policy: { Version: '2012-10-17', Statement: statements } }),
          of(types.accessPointPublicAccessBlock, {
            PublicAccessBlockConfiguration: {
              BlockPublicAcls: on,
              IgnorePublicAcls: on,
              BlockPublicPolicy: on,
              RestrictPublicBuckets: on,
            },
          }),
          of(types.accessPointPolicyStatus, { PolicyStatus: { IsPublic: statements.some(isPublic) } }),
        ]
      : []),
  ]
}

/** The statement with which a bucket leaves it to the access points of an account who reads. */
export const leftToAccessPoints = (bucket: string, account: string): Statement => ({
  Sid: 'LeftToAccessPoints',
  Effect: 'Allow',
  Principal: '*',
  Action: 's3:GetObject',
  Resource: `arn:aws:s3:::${bucket}/*`,
  Condition: { StringEquals: { 's3:DataAccessPointAccount': account } },
})

const readThrough = (arn: string, Principal: unknown, condition?: unknown): Statement => ({
  Sid: 'Read',
  Effect: 'Allow',
  Principal,
  Action: 's3:GetObject',
  Resource: `${arn}/object/*`,
  ...(condition === undefined ? {} : { Condition: condition }),
})

/** The grant of an access point for one distribution, or for all where `distributionArn` is null. */
export const cloudFrontReadsThrough = (arn: string, distributionArn: string | null): Statement =>
  readThrough(
    arn,
    { Service: 'cloudfront.amazonaws.com' },
    distributionArn === null ? undefined : { ArnLike: { 'AWS:SourceArn': distributionArn } },
  )

/** The grant of an access point for everybody. */
export const everybodyReadsThrough = (arn: string): Statement => readThrough(arn, '*')

/** A Multi-Region Access Point to buckets of the account. */
export const buildMultiRegionAccessPoint = (
  account: string,
  name: string,
  buckets: readonly { readonly name: string; readonly region: string }[],
): WorldResource => {
  const alias = `${hex(13, 'multi-region', name)}.mrap`
  return {
    type: types.multiRegionAccessPoint,
    arn: `arn:aws:s3::${account}:accesspoint/${alias}`,
    account,
    region: 'us-west-2',
    config: {
      Name: name,
      Alias: alias,
      Status: 'READY',
      Regions: buckets.map(b => ({ Bucket: b.name, Region: b.region, BucketAccountId: account })),
    },
  }
}

interface Copying {
  /** Name of the bucket that is copied to. */
  readonly to: string
  /** The account that holds it, where it is another. */
  readonly account?: string
  readonly prefix?: string
  readonly off?: true
}

/** What is replicated from the bucket. */
export const buildReplication = (
  bucket: string,
  { account, region }: Place,
  ...copies: readonly Copying[]
): WorldResource => ({
  type: types.bucketReplication,
  arn: `arn:aws:s3:::${bucket}`,
  account,
  region,
  config: {
    Bucket: bucket,
    Rules: copies.map(copy => ({
      ID: `to-${copy.to}`,
      Status: copy.off ? 'Disabled' : 'Enabled',
      Prefix: copy.prefix ?? '',
      Destination: {
        Bucket: `arn:aws:s3:::${copy.to}`,
        ...(copy.account !== undefined && { Account: copy.account }),
      },
    })),
  },
})
