/** The request that a bucket answers, as a question to its policy and as a witness, one made from the other. */
import { dualStackHost, restHost, websiteHost } from '#base/bucket-host.ts'
import type { Bucket, Link, Origin } from '#topology/model.ts'
import type { Vantage, Witness } from '../exposure.ts'
import { absent, is, type Knowledge } from '../policy/context.ts'
import type { Question } from '../policy/request-keys.ts'
import type { Opening } from './readers.ts'

export type BucketTarget = Extract<Link['target'], { kind: 'bucket' }>

/** The path that lists the keys of a bucket. */
export const listing = '/?list-type=2'

/** Keys of the objects that the origin serves begin so. */
const prefixOf = ({ originPath }: Pick<Origin, 'originPath'>): string => {
  const path = originPath.replace(/^\/+|\/+$/g, '')
  return path === '' ? '' : `${path}/`
}

const asked = (bucket: Bucket, now: number, resource: Knowledge): Question => ({
  action: 's3:GetObject',
  resource,
  account: bucket.ref.account,
  region: bucket.ref.region,
  now,
})

/** May the objects that the origin serves be read, any of them? */
export const anyObject = (bucket: Bucket, origin: Origin, now: number): Question => {
  const prefix = `${bucket.ref.arn}/${prefixOf(origin)}`
  return asked(bucket, now, { kind: 'text', shape: `${prefix}*`, example: `${prefix}x`, optional: false })
}

/** May the request of the witness read its object? Null where it is for no endpoint of the bucket. */
export const witnessed = (target: BucketTarget, witness: Witness, now: number): Question | null => {
  const { bucket, name, endpoint } = target
  if (bucket === null) return null
  const { region } = bucket.ref
  const site = websiteHost(name, region)
  const isSite =
    witness.connect === site &&
    witness.scheme === 'http' &&
    (endpoint === 'website' || (bucket.website.known && bucket.website.value))
  if (!isSite && ![restHost(name, region), dualStackHost(name, region)].includes(witness.connect)) return null
  const key = witness.path.slice(1).split('/').map(decodeURIComponent).join('/')
  const header = (wanted: string): Knowledge => {
    const [, value] = witness.headers.find(([n]) => n === wanted) ?? []
    return value === undefined ? absent : is(value)
  }
  return {
    ...asked(bucket, now, is(`${bucket.ref.arn}/${key}`)),
    addresses: [`${witness.source}/${witness.family === 4 ? 32 : 128}`],
    context: {
      'aws:securetransport': is(witness.scheme === 'https' ? 'true' : 'false'),
      'aws:referer': header('referer'),
      'aws:useragent': header('user-agent'),
    },
  }
}

type Open = Extract<Opening, { kind: 'open' }>

/** `list`: the way in is the access control list of the bucket. */
export const witnessOf = (
  { name, endpoint }: BucketTarget,
  bucket: Bucket,
  origin: Origin,
  vantage: Vantage,
  open: Open,
  by: 'policy' | 'list',
): Witness => {
  const { region, arn, line } = bucket.ref
  const chosen = (key: string): string | undefined => open.choice[key]?.[0]
  const source = chosen('aws:sourceip') ?? '198.51.100.77'
  const isSix = source.includes(':')
  const tls = chosen('aws:securetransport')
  const isSite = endpoint === 'website' && open.anonymous && by === 'policy' && tls !== 'true' && !isSix
  const scheme = isSite || tls === 'false' ? 'http' : 'https'
  const host = isSite
    ? websiteHost(name, region)
    : isSix
      ? dualStackHost(name, region)
      : restHost(name, region)
  const key = chosen('resource')?.slice(arn.length + 1) ?? `${prefixOf(origin)}x`
  const headers = [
    ['referer', chosen('aws:referer')],
    ['user-agent', chosen('aws:useragent')],
  ] as const
  const rule = by === 'policy' && bucket.policy.known ? bucket.policy.value?.ref : undefined
  const allows =
    by === 'policy'
      ? `the ${rule?.name ?? 'policy'} lets ${open.who} read objects`
      : `the access control list of ${name} lets ${open.who} list objects`
  return {
    vantage,
    family: isSix ? 6 : 4,
    source,
    scheme,
    connect: host,
    port: scheme === 'https' ? 443 : 80,
    sni: scheme === 'https' ? host : null,
    method: 'GET',
    host,
    path: by === 'list' ? listing : `/${key.split('/').map(encodeURIComponent).join('/')}`,
    headers: headers.flatMap(([n, value]) => (value === undefined ? [] : [[n, value] as const])),
    route: [
      { kind: 'network', arn, line, text: `${host} is reached from anywhere` },
      { kind: 'rule', arn: rule?.arn ?? arn, line: rule?.line ?? line, text: allows },
      { kind: 'target', arn, line, text: `bucket ${name}` },
    ],
  }
}
