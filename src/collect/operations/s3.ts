/** The Amazon S3 operations that collecting uses. */
import type * as S3 from '@aws-sdk/client-s3'
import { one, operationsOf } from './operation.ts'

const define = operationsOf('s3')

/** With a page size S3 says of each bucket in which region it is. */
export const listBuckets = define<S3.ListBucketsCommandInput, S3.ListBucketsCommandOutput>()({
  name: 'ListBuckets',
  action: 's3:ListAllMyBuckets',
  purpose: 'whether the bucket behind an origin is of the account, and in which region',
  target: '*',
  always: { MaxBuckets: 1000 },
  items: output => output.Buckets ?? [],
  next: output => (output.ContinuationToken ? { ContinuationToken: output.ContinuationToken } : undefined),
})

export const headBucket = define<S3.HeadBucketCommandInput, S3.HeadBucketCommandOutput>()({
  name: 'HeadBucket',
  action: 's3:ListBucket',
  purpose: 'whether a bucket that is not of the account exists at all',
  target: 'bucket ARN',
  none: ['NotFound', 'NoSuchBucket'],
  items: output => [output],
})

export const getBucketPolicy = define<S3.GetBucketPolicyCommandInput, S3.GetBucketPolicyCommandOutput>()({
  name: 'GetBucketPolicy',
  purpose: 'who may read the objects of the bucket behind an origin',
  target: 'bucket ARN',
  none: ['NoSuchBucketPolicy'],
  items: output => one(output.Policy),
})

export const getBucketAcl = define<S3.GetBucketAclCommandInput, S3.GetBucketAclCommandOutput>()({
  name: 'GetBucketAcl',
  purpose: 'whom the access control list of the bucket lets in',
  target: 'bucket ARN',
  items: output => one(output.Grants),
})

export const getPublicAccessBlock = define<
  S3.GetPublicAccessBlockCommandInput,
  S3.GetPublicAccessBlockCommandOutput
>()({
  name: 'GetPublicAccessBlock',
  action: 's3:GetBucketPublicAccessBlock',
  purpose: 'whether Block Public Access overrides policy and access control lists of the bucket',
  target: 'bucket ARN',
  none: ['NoSuchPublicAccessBlockConfiguration'],
  items: output => one(output.PublicAccessBlockConfiguration),
})

export const getBucketWebsite = define<S3.GetBucketWebsiteCommandInput, S3.GetBucketWebsiteCommandOutput>()({
  name: 'GetBucketWebsite',
  purpose: 'whether the bucket has a website endpoint too, which is plain HTTP and never authenticates',
  target: 'bucket ARN',
  none: ['NoSuchWebsiteConfiguration'],
  items: output => [output],
})

export const getBucketOwnershipControls = define<
  S3.GetBucketOwnershipControlsCommandInput,
  S3.GetBucketOwnershipControlsCommandOutput
>()({
  name: 'GetBucketOwnershipControls',
  purpose: 'whether access control lists of the bucket and its objects count',
  target: 'bucket ARN',
  none: ['OwnershipControlsNotFoundError'],
  items: output => output.OwnershipControls?.Rules,
})

export const getBucketReplication = define<
  S3.GetBucketReplicationCommandInput,
  S3.GetBucketReplicationCommandOutput
>()({
  name: 'GetBucketReplication',
  action: 's3:GetReplicationConfiguration',
  purpose: 'which other buckets hold copies of the objects',
  target: 'bucket ARN',
  none: ['ReplicationConfigurationNotFoundError'],
  items: output => output.ReplicationConfiguration?.Rules,
})
