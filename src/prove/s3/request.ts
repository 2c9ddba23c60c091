/** The request that a bucket answers, as a question to its policy and as a witness, one made from the other. */
import { accessPointHost, dualStackAccessPointHost } from '#base/access-point-host.ts'
import { dualStackHost, restHost, websiteHost } from '#base/bucket-host.ts'
import type { Bucket, Link, Origin, Ref } from '#topology/model.ts'
import type { RouteStep, Vantage, Witness } from '../exposure.ts'
import { absent, is, type Knowledge } from '../policy/context.ts'
import type { Question } from '../policy/request-keys.ts'
import type { Through } from './access-points.ts'
import type { Opening } from './opening.ts'

export type BucketTarget = Extract<Link['target'], { kind: 'bucket' }>

/** The path that lists the keys of a bucket. */
export const listing = '/?list-type=2'

/** Keys of the objects that the origin serves begin so. */
export const prefixOf = ({ originPath }: Pick<Origin, 'originPath'>): string => {
  const path = originPath.replace(/^\/+|\/+$/g, '')
  return path === '' ? '' : `${path}/`
}

/** What reads an object, or one of its versions by an id: each takes a permission of its own, and not the other's. */
export type Reading = 's3:GetObject' | 's3:GetObjectVersion'

const asked = (
  bucket: Bucket,
  now: number,
  resource: Knowledge,
  action: Reading = 's3:GetObject',
): Question => ({
  action,
  resource,
  account: bucket.ref.account,
  region: bucket.ref.region,
  now,
})

/** May the objects whose keys begin so be read, any of them? */
export const anyObject = (bucket: Bucket, keys: string, now: number, action?: Reading): Question => {
  const prefix = `${bucket.ref.arn}/${keys}`
  const objects = { kind: 'text', shape: `${prefix}*`, example: `${prefix}x`, optional: false } as const
  return asked(bucket, now, objects, action)
}

/** The question that the request of a witness is to the bucket. */
export const witnessed = (bucket: Bucket, witness: Witness, now: number): Question => {
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

/** Whether the name is an endpoint of the bucket itself. `site`: whether the website endpoint is one that counts. */
export const isBucketDoor = ({ name, ref }: Bucket, { connect, scheme }: Witness, site: boolean): boolean =>
  (site && scheme === 'http' && connect === websiteHost(name, ref.region)) ||
  [restHost(name, ref.region), dualStackHost(name, ref.region)].includes(connect)

/** Whether the name is an endpoint of the access point. */
export const isPointDoor = ({ name, account }: Through, region: string, { connect }: Witness): boolean =>
  [accessPointHost(name, account, region), dualStackAccessPointHost(name, account, region)].includes(connect)

type Open = Extract<Opening, { kind: 'open' }>

/** How a request comes to the objects. */
export interface Entrance {
  readonly bucket: Bucket
  /** Keys of the objects begin so. */
  readonly keys: string
  /** By the policy alone, by the access control list, or through an access point. */
  readonly by: 'policy' | 'list' | Through
  /** Whether the origin asks the website endpoint, which takes no signatures. */
  readonly website: boolean
  /** Name of the bucket that this one holds copies of. */
  readonly copyOf: string | null
}

const hostsOf = ({ bucket, by }: Entrance): readonly [plain: string, dualStack: string] => {
  const { name, ref } = bucket
  return typeof by === 'string'
    ? [restHost(name, ref.region), dualStackHost(name, ref.region)]
    : [
        accessPointHost(by.name, by.account, ref.region),
        dualStackAccessPointHost(by.name, by.account, ref.region),
      ]
}

export const witnessOf = (entrance: Entrance, vantage: Vantage, open: Open): Witness => {
  const { bucket, keys, by, website, copyOf } = entrance
  const { region, arn, line } = bucket.ref
  const chosen = (key: string): string | undefined => open.choice[key]?.[0]
  const source = chosen('aws:sourceip') ?? '198.51.100.77'
  const isSix = source.includes(':')
  const tls = chosen('aws:securetransport')
  const isSite = website && open.anonymous && by === 'policy' && tls !== 'true' && !isSix
  const scheme = isSite || tls === 'false' ? 'http' : 'https'
  const host = isSite ? websiteHost(bucket.name, region) : hostsOf(entrance)[isSix ? 1 : 0]
  const key = chosen('resource')?.slice(arn.length + 1) ?? `${keys}x`
  const headers = [
    ['referer', chosen('aws:referer')],
    ['user-agent', chosen('aws:useragent')],
  ] as const
  const copied = copyOf === null ? '' : `, which holds copies of the objects of ${copyOf}`
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
      ...rulesPassed(entrance, open.who),
      { kind: 'target', arn, line, text: `bucket ${bucket.name}${copied}` },
    ],
  }
}

const rulesPassed = ({ bucket, by }: Entrance, who: string): readonly RouteStep[] => {
  const { arn, line } = bucket.ref
  const step = (ref: Ref | undefined, text: string): RouteStep => ({
    ...{ kind: 'rule', arn: ref?.arn ?? arn, line: ref?.line ?? line },
    text,
  })
  if (by === 'list')
    return [step(undefined, `the access control list of ${bucket.name} lets ${who} list objects`)]
  const rule = bucket.policy.known ? bucket.policy.value?.ref : undefined
  const own = step(rule, `the ${rule?.name ?? 'policy'} lets ${who} read objects`)
  if (by === 'policy') return [own]
  if (by.point === null) return [{ ...own, text: `${own.text} through an access point of their own` }]
  const { policy } = by.point
  const point = policy.known ? policy.value?.ref : undefined
  return [
    step(point ?? by.point.ref, `the ${point?.name ?? 'access point'} lets ${who} read objects`),
    { ...own, text: `${own.text} through the access point ${by.name}` },
  ]
}
