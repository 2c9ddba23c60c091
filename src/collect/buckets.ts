/**
 * Reads the S3 buckets that are origins: whether they are of the account, who may read them, what overrides that, and
 * where else their objects are.
 * The list of buckets says in which region each is, so that no call is redirected.
 */
import type { Bucket, ReplicationRule } from '@aws-sdk/client-s3'
import { accessPointHostOf } from '#base/access-point-host.ts'
import { bucketHostOf } from '#base/bucket-host.ts'
import { types } from '#snapshot/resource-types.ts'
import { type AccessPoints, accessPointsOf, readMultiRegionAccessPoints } from './access-points.ts'
import type { Operation } from './operations/operation.ts'
import {
  getBucketAcl,
  getBucketOwnershipControls,
  getBucketPolicy,
  getBucketReplication,
  getBucketWebsite,
  getPublicAccessBlock,
  headBucket,
  listBuckets,
} from './operations/s3.ts'
import { getAccountPublicAccessBlock } from './operations/s3-control.ts'
import { policyDocument } from './policy-document.ts'
import { distinct, once, type Reader, globalRegion as region } from './reader.ts'

/** Of the names those that are endpoints of buckets or access points; and the buckets of the account that hold copies. */
export async function readBuckets(
  reader: Reader,
  regions: readonly string[],
  names: readonly string[],
): Promise<void> {
  const hosts = names.map(bucketHostOf).filter(host => host !== null)
  const points = names.map(accessPointHostOf).filter(host => host !== null)
  if (hosts.length + points.length === 0) return
  const accessPoints = accessPointsOf(reader, regions)
  const [{ items, complete }, behind] = await Promise.all([
    reader.ask(listBuckets, { region, input: {} }),
    Promise.all(points.map(accessPoints.at)),
  ])
  const own = new Map(items.map(bucket => [bucket.Name, bucket]))
  const read = once(async name => {
    const bucket = own.get(name)
    if (bucket) return readBucket(reader, regions, accessPoints, name, bucket)
    // Where the list is not whole, that it lacks the bucket says nothing of it.
    if (!complete) return []
    const at = hosts.find(h => h.bucket === name)?.region ?? region
    await readStranger(reader, name, regions.includes(at) ? at : region)
    return []
  })
  const copies = Promise.all(distinct([...hosts.map(({ bucket }) => bucket), ...behind]).map(read))
  await Promise.all([
    copies.then(found => Promise.all(distinct(found.flat().filter(name => own.has(name))).map(read))),
    ...(own.size > 0 ? [readAccountBlock(reader), readMultiRegionAccessPoints(reader)] : []),
  ])
}

const arnOf = ({ partition }: Reader, name: string): string => `arn:${partition}:s3:::${name}`

const readStranger = async (reader: Reader, name: string, at: string): Promise<void> => {
  await reader.ask(headBucket, { region: at, input: { Bucket: name }, about: arnOf(reader, name) })
}

/** Gives the names of the buckets that it is replicated to. */
const readBucket = async (
  reader: Reader,
  regions: readonly string[],
  accessPoints: AccessPoints,
  name: string,
  config: Bucket,
): Promise<readonly string[]> => {
  const arn = arnOf(reader, name)
  const at = config.BucketRegion ?? region
  reader.journal.keep(listBuckets, { type: types.bucket, arn, region: at, config })
  const input = { Bucket: name, ExpectedBucketOwner: reader.account }
  if (!regions.includes(at)) {
    const message = `The bucket ${name} is in ${at}, which was not scanned: add --region ${at} to close this gap.`
    reader.journal.miss(getBucketPolicy, { code: 'not-read', region: at, target: arn, message })
    return []
  }
  const read = async <Input extends object, Output, Item>(
    operation: Operation<Input, Output, Item>,
    type: string,
    configOf: (items: readonly Item[]) => object,
  ): Promise<readonly Item[]> => {
    const { items } = await reader.ask(operation, {
      region: at,
      input: input as unknown as Input,
      about: arn,
    })
    if (items.length > 0)
      reader.journal.keep(operation, { type, arn, region: at, config: { Bucket: name, ...configOf(items) } })
    return items
  }
  const [replicated] = await Promise.all([
    read(getBucketReplication, types.bucketReplication, rules => ({ Rules: rules.map(replicationRule) })),
    accessPoints.of(name, at),
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
  return replicated.flatMap(rule => bucketIn(rule.Destination?.Bucket) ?? [])
}

const bucketIn = (arn: string | undefined): string | undefined => arn?.split(':::', 2)[1]

/** What of a rule says which objects are copied, and to where. */
const replicationRule = ({ ID, Status, Prefix, Filter, Destination }: ReplicationRule) => ({
  ID,
  Status,
  Prefix: Filter?.Prefix ?? Filter?.And?.Prefix ?? Prefix ?? '',
  Destination: { Bucket: Destination?.Bucket, Account: Destination?.Account },
})

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
