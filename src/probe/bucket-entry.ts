/** The doors of an S3 bucket: the endpoint that the origin names, the REST endpoint of its region, and its website. */
import { bucketHostOf, dualStackHost, restHost, websiteHost } from '#base/bucket-host.ts'
import { sameName } from '#base/domain-name.ts'
import type { Bucket, Link } from '#topology/model.ts'
import { type Door, no, type Probeable } from './entry.ts'
import { itsOwn, sharedDoor } from './shared-door.ts'

type BucketTarget = Extract<Link['target'], { kind: 'bucket' }>

export const bucketEntry = ({ origin }: Link, { bucket, name, names }: BucketTarget): Probeable => {
  if (bucket === null)
    return no('foreign-bucket', `The bucket ${name} is of no account that was read: it is never asked.`)
  if (!bucket.ref.arn.startsWith('arn:aws:'))
    return no('partition', 'Buckets outside the partition aws are not probed by this version.')
  // S3 takes the bucket from the Host header, which is that of the origin's own name.
  if (names.length !== 1 || !sameName(names[0] ?? '', origin.domainName))
    return no('bucket', 'The origin name is not that of an endpoint of the bucket.')
  const [first, ...rest] = doorsOf(bucket, names[0] ?? '').filter(isVerifiable)
  if (first === undefined)
    return no(
      'bucket-name-with-dots',
      `No certificate of S3 covers a host name of the bucket ${name}, so that nothing would prove who answers.`,
    )
  return {
    probeable: true,
    entry: {
      kind: 'bucket',
      doors: [first, ...rest],
      closedToUs: doorsOf(bucket, names[0] ?? '')
        .filter(d => !isVerifiable(d))
        .map(d => `https://${d.name}`),
      unseen: null,
      loadBalancers: [],
      shared: true,
      owners: [bucket.ref.arn],
      // A witness from an IPv6 address goes to the dual-stack endpoint.
      proofs: [first, ...rest, { name: dualStackHost(name, bucket.ref.region) }].map(d => itsOwn(d.name)),
    },
  }
}

/** S3's certificates have one wildcard label, so that they cover no bucket whose name has dots. Websites have no TLS. */
const isVerifiable = ({ name, scheme }: Door): boolean =>
  scheme === 'http' || !bucketHostOf(name)?.bucket.includes('.')

/** The origin's own first. Of a website that was not read it is asked whether there is one. */
const doorsOf = ({ name, ref, website }: Bucket, asOrigin: string): readonly Door[] => {
  const site = websiteHost(name, ref.region)
  const hasSite = !website.known || website.value
  const hosts = new Set([asOrigin, restHost(name, ref.region), ...(hasSite ? [site] : [])])
  return [...hosts].map(host =>
    sharedDoor(host, ref.arn, bucketHostOf(host)?.endpoint === 'website' ? 'http' : 'https'),
  )
}
