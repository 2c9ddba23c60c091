/** Amazon S3 of a world: its buckets and what is set on them, each in its own region. */
import { types } from '#snapshot/resource-types.ts'
import { type Operation, type Operations, only, orRefuse, refuse } from './operation.ts'
import { pageOf } from './page.ts'
import type { Config, View } from './view.ts'

const existsAnywhere = ({ world }: View, name: unknown): boolean =>
  world.resources.some(one => one.type === types.bucket && one.config.Name === name)

/** Refuses what is no bucket, one of another account, and one of another region. */
const checkBucket = (view: View, name: unknown): void => {
  const [own] = view.by(types.bucket, 'Name', name)
  if (own === undefined)
    refuse(existsAnywhere(view, name) ? 'AccessDenied' : 'NoSuchBucket', `Bucket ${String(name)}`)
  else if (own.BucketRegion !== view.region)
    refuse('PermanentRedirect', `The bucket is in ${String(own.BucketRegion)}.`)
}

/** One thing that may be set on a bucket, or the error that says it is not. */
const setOn =
  (type: string, missing: string, ...fields: readonly string[]): Operation =>
  ({ input, view }) => {
    checkBucket(view, input.Bucket)
    return only(orRefuse(view.by(type, 'Bucket', input.Bucket), missing, missing), ...fields)
  }

export const s3: Operations = {
  ListBuckets: ({ input, view, pageSize }) => {
    const { items, next } = pageOf(view.list(types.bucket), {
      token: input.ContinuationToken,
      asked: input.MaxBuckets,
      most: 10_000,
      pageSize,
      badToken: 'InvalidArgument',
    })
    // Only who asks for pages is told the region.
    const Buckets = items.map(one =>
      input.MaxBuckets === undefined ? only(one, 'Name', 'CreationDate', 'BucketArn') : one,
    )
    return { Buckets, ContinuationToken: next }
  },
  HeadBucket: ({ input, view }) => {
    if (!existsAnywhere(view, input.Bucket)) refuse('NotFound', 'No such bucket.')
    checkBucket(view, input.Bucket)
    return { BucketRegion: view.region, AccessPointAlias: false }
  },
  GetBucketPolicy: ({ input, view }) => {
    checkBucket(view, input.Bucket)
    const found = view.by(types.bucketPolicy, 'Bucket', input.Bucket)
    return {
      Policy: JSON.stringify(orRefuse(found, 'NoSuchBucketPolicy', 'The bucket policy').Policy),
    }
  },
  GetBucketAcl: ({ input, view }) => {
    checkBucket(view, input.Bucket)
    const [found] = view.by(types.bucketAcl, 'Bucket', input.Bucket)
    return { Owner: { ID: 'lab' }, Grants: found?.Grants ?? [] }
  },
  GetPublicAccessBlock: setOn(
    types.bucketPublicAccessBlock,
    'NoSuchPublicAccessBlockConfiguration',
    'PublicAccessBlockConfiguration',
  ),
  GetBucketWebsite: setOn(
    types.bucketWebsite,
    'NoSuchWebsiteConfiguration',
    'IndexDocument',
    'RedirectAllRequestsTo',
  ),
  GetBucketOwnershipControls: ({ input, view }) => {
    checkBucket(view, input.Bucket)
    const found = view.by(types.bucketOwnership, 'Bucket', input.Bucket)
    const { Rules } = orRefuse(found, 'OwnershipControlsNotFoundError', 'Ownership controls')
    return { OwnershipControls: { Rules } }
  },
  GetBucketReplication: ({ input, view }) => {
    checkBucket(view, input.Bucket)
    const found = view.by(types.bucketReplication, 'Bucket', input.Bucket)
    const { Rules } = orRefuse(
      found,
      'ReplicationConfigurationNotFoundError',
      'The replication configuration',
    )
    // As whoever wrote it with the newer form of rules gets it.
    const written = (Rules as Config[]).map(({ Prefix, ...rule }, Priority) => ({
      ...rule,
      ...{ Priority, Filter: { Prefix } },
    }))
    const Role = `arn:aws:iam::${view.account}:role/replication`
    return { ReplicationConfiguration: { Role, Rules: written } }
  },
}
