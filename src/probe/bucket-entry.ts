/**
 * The doors of an S3 bucket: the endpoint that the origin names, the REST endpoint of its region, its website, its access
 * points, and the buckets of the account that hold copies.
 */
import { accessPointHost, dualStackAccessPointHost } from '#base/access-point-host.ts'
import { bucketHostOf, dualStackHost, restHost, websiteHost } from '#base/bucket-host.ts'
import { sameName } from '#base/domain-name.ts'
import type { AccessPoint, Bucket, Link } from '#topology/model.ts'
import { type Door, type Entry, no, type Probeable } from './entry.ts'
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
  const doors = doorsOf(bucket, names[0] ?? '')
  const [first, ...rest] = doors.filter(isVerifiable)
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
      closedToUs: doors.filter(d => !isVerifiable(d)).map(d => `https://${d.name}`),
      unseen: unseenIn(bucket),
      loadBalancers: [],
      shared: true,
      owners: [bucket.ref.arn, ...copiesIn(bucket).map(copy => copy.ref.arn)],
      // A witness from an IPv6 address goes to the dual-stack endpoint.
      proofs: [...new Set([...doors.map(d => d.name), ...dualStackNames(bucket)])].map(itsOwn),
    },
  }
}

/** S3's certificates have one wildcard label, so that they cover no bucket whose name has dots. Websites have no TLS. */
const isVerifiable = ({ name, scheme }: Door): boolean =>
  scheme === 'http' || !bucketHostOf(name)?.bucket.includes('.')

/** The origin's own first. Of a website that was not read it is asked whether there is one. */
const doorsOf = (bucket: Bucket, asOrigin: string): readonly Door[] => {
  const { name, ref, website } = bucket
  const site = websiteHost(name, ref.region)
  const hasSite = !website.known || website.value
  const hosts = new Set([asOrigin, restHost(name, ref.region), ...(hasSite ? [site] : [])])
  return [
    ...[...hosts].map(host =>
      sharedDoor(host, ref.arn, bucketHostOf(host)?.endpoint === 'website' ? 'http' : 'https'),
    ),
    ...pointsIn(bucket)
      .slice(0, mostPoints)
      .map(p => sharedDoor(accessPointHost(p.name, p.ref.account, p.ref.region), p.ref.arn)),
    ...copiesIn(bucket).map(copy => sharedDoor(restHost(copy.name, copy.ref.region), copy.ref.arn)),
  ]
}

/** Those that a stranger's request has any prospect with: one without a policy, or of one network, lets none in. */
const pointsIn = ({ accessPoints }: Bucket): readonly AccessPoint[] =>
  (accessPoints.known ? accessPoints.value : []).filter(
    p => p.networkOrigin !== 'VPC' && !(p.policy.known && p.policy.value === null),
  )

/** So that a bucket with hundreds of access points is not asked hundreds of times. */
const mostPoints = 5

const copiesIn = ({ copies }: Bucket): readonly Bucket[] =>
  (copies.known ? copies.value : []).flatMap(copy => (copy.active && copy.bucket ? [copy.bucket] : []))

const unseenIn = (bucket: Bucket): Entry['unseen'] => {
  if (!bucket.accessPoints.known)
    return { code: 'access-points-unread', reason: `The access points to ${bucket.name} were not read.` }
  return pointsIn(bucket).length > mostPoints
    ? {
        code: 'many-access-points',
        reason: `Of the access points to ${bucket.name} no more than ${mostPoints} are asked.`,
      }
    : null
}

/** A witness from an IPv6 address goes there. */
const dualStackNames = (bucket: Bucket): readonly string[] => [
  ...[bucket, ...copiesIn(bucket)].map(one => dualStackHost(one.name, one.ref.region)),
  ...pointsIn(bucket).map(p => dualStackAccessPointHost(p.name, p.ref.account, p.ref.region)),
]
