/** Which S3 bucket a host name of S3's own is an endpoint of. */
import { accessPointHostOf } from './access-point-host.ts'
import { normalName } from './domain-name.ts'

export interface BucketHost {
  readonly bucket: string
  readonly endpoint: 'rest' | 'website'
  /** Null where the name does not say. */
  readonly region: string | null
}

const region = '[a-z]{2,}(?:-[a-z]+)+-\\d+'

/**
 * Virtual-hosted names of general purpose buckets, as the S3 User Guide lists them ("Virtual hosting of general purpose
 * buckets", "Website endpoints"). Access points, directory buckets and path style name no bucket this way.
 */
const forms: readonly (readonly [BucketHost['endpoint'], RegExp])[] = [
  ['website', new RegExp(`^(.+)\\.s3-website[.-](${region})\\.amazonaws\\.com(?:\\.cn)?$`)],
  ['rest', new RegExp(`^(.+)\\.s3(?:-fips)?(?:\\.dualstack)?[.-](${region})\\.amazonaws\\.com(?:\\.cn)?$`)],
  ['rest', /^(.+)\.s3(?:-accelerate(?:\.dualstack)?)?\.amazonaws\.com()$/],
]

/** Null where the name is no endpoint of one bucket; an alias of an access point looks like one. */
export const bucketHostOf = (host: string): BucketHost | null => {
  const name = normalName(host)
  if (accessPointHostOf(name) !== null) return null
  for (const [endpoint, form] of forms) {
    const [, bucket, found] = form.exec(name) ?? []
    if (bucket !== undefined) return { bucket, endpoint, region: found || null }
  }
  return null
}

/** The name of the bucket's website endpoint: older regions write a dash, newer ones a dot. */
export const websiteHost = (bucket: string, inRegion: string): string =>
  `${bucket}.s3-website${dashed.has(inRegion) ? '-' : '.'}${inRegion}.amazonaws.com`

/** Regions whose website endpoints have a dash (AWS General Reference, "Amazon S3 website endpoints"). */
const dashed: ReadonlySet<string> = new Set([
  'us-east-1',
  'us-west-1',
  'us-west-2',
  'ap-southeast-1',
  'ap-southeast-2',
  'ap-northeast-1',
  'eu-west-1',
  'sa-east-1',
  'us-gov-west-1',
])

/** The name of the bucket's REST endpoint. */
export const restHost = (bucket: string, inRegion: string): string => `${bucket}.s3.${inRegion}.amazonaws.com`

/** The name of the bucket's REST endpoint that has IPv6 addresses too. */
export const dualStackHost = (bucket: string, inRegion: string): string =>
  `${bucket}.s3.dualstack.${inRegion}.amazonaws.com`
