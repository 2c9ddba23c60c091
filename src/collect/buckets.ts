/**
 * Reads the S3 buckets that are origins: whether they are of the account, who may read them, and what overrides that.
 * The list of buckets says in which region each is, so that no call is redirected.
 */
import type { Bucket } from '@aws-sdk/client-s3'
import { bucketHostOf } from '#base/bucket-host.ts'
import { types } from '#snapshot/resource-types.ts'
import type { Operation } from './operations/operation.ts'
import {
  getBucketAcl,
  getBucketOwnershipControls,
  getBucketPolicy,
  getBucketWebsite,
  getPublicAccessBlock,
  headBucket,
  listBuckets,
} from './operations/s3.ts'
import { getAccountPublicAccessBlock } from './operations/s3-control.ts'
import { policyDocument } from './policy-document.ts'
import { distinct, type Reader, globalRegion as region } from './reader.ts'

/** Of the names those that are endpoints of buckets. */
export async function readBuckets(
  reader: Reader,
  regions: readonly string[],
  names: readonly string[],
): Promise<void> {
  const hosts = names.map(bucketHostOf).filter(host => host !== null)
  if (hosts.length === 0) return
  const { items, complete } = await reader.ask(listBuckets, { region, input: {} })
  const own = new Map(items.map(bucket => [bucket.Name, bucket]))
  const read = distinct(hosts.map(({ bucket }) => bucket)).map(name => {
    const bucket = own.get(name)
    if (bucket) return readBucket(reader, regions, name, bucket)
    // Where the list is not whole, that it lacks the bucket says nothing of it.
    if (!complete) return undefined
    const at = hosts.find(h => h.bucket === name)?.region ?? region
    return readStranger(reader, name, regions.includes(at) ? at : region)
  })
  await Promise.all([...read, own.size > 0 ? readAccountBlock(reader) : undefined])
}

const arnOf = ({ partition }: Reader, name: string): string => `arn:${partition}:s3:::${name}`

const readStranger = async (reader: Reader, name: string, at: string): Promise<void> => {
  await reader.ask(headBucket, { region: at, input: { Bucket: name }, about: arnOf(reader, name) })
}

const readBucket = async (
  reader: Reader,
  regions: readonly string[],
  name: string,
  config: Bucket,
): Promise<void> => {
  const arn = arnOf(reader, name)
  const at = config.BucketRegion ?? region
  reader.journal.keep(listBuckets, { type: types.bucket, arn, region: at, config })
  const input = { Bucket: name, ExpectedBucketOwner: reader.account }
  if (!regions.includes(at)) {
    const message = `The bucket ${name} is in ${at}, which was not scanned: add --region ${at} to close this gap.`
    reader.journal.miss(getBucketPolicy, { code: 'not-read', region: at, target: arn, message })
    return
  }
  const read = async <Input extends object, Output, Item>(
    operation: Operation<Input, Output, Item>,
    type: string,
    configOf: (items: readonly Item[]) => object,
  ): Promise<void> => {
    const { items } = await reader.ask(operation, {
      region: at,
      input: input as unknown as Input,
      about: arn,
    })
    if (items.length > 0)
      reader.journal.keep(operation, { type, arn, region: at, config: { Bucket: name, ...configOf(items) } })
  }
  await Promise.all([
    read(getBucketPolicy, types.bucketPolicy, ([text = '']) => ({ Policy: policyDocument(text) })),
    read(getBucketAcl, types.bucketAcl, ([Grants]) => ({ Grants })),
    read(getPublicAccessBlock, types.bucketPublicAccessBlock, ([PublicAccessBlockConfiguration]) => ({
      PublicAccessBlockConfiguration,
    })),
    read(getBucketWebsite, types.bucketWebsite, ([site]) => ({
      IndexDocument: site?.IndexDocument,
      RedirectAllRequestsTo: site?.RedirectAllRequestsTo,
    })),
    read(getBucketOwnershipControls, types.bucketOwnership, Rules => ({ Rules })),
  ])
}

/** One for all buckets; any region answers. */
const readAccountBlock = async (reader: Reader): Promise<void> => {
  const { account, partition } = reader
  const { items } = await reader.ask(getAccountPublicAccessBlock, {
    region,
    input: { AccountId: account },
    about: account,
  })
  for (const PublicAccessBlockConfiguration of items)
    reader.journal.keep(getAccountPublicAccessBlock, {
      type: types.accountPublicAccessBlock,
      arn: `arn:${partition}:s3::${account}:public-access-block`,
      region,
      config: { AccountId: account, PublicAccessBlockConfiguration },
    })
}
