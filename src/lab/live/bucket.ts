/** Live S3 buckets: the REST endpoint and the website of each, with S3's own answers. */
import { createHash, randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { accessPointHost } from '#base/access-point-host.ts'
import { restHost, websiteHost } from '#base/bucket-host.ts'
import { types } from '#snapshot/resource-types.ts'
import type { World, WorldResource } from '../world.ts'
import { answer as pageOf } from './app.ts'
import { type Caller, lets } from './grants.ts'
import type { Resource } from './service.ts'

interface Bucket {
  readonly name: string
  readonly region: string
  readonly arn: string
  readonly policy: unknown
  /** Public statements of the policy let only services in. */
  readonly restricted: boolean
  /** Name of the bucket whose objects it holds; its own unless they are copies. */
  readonly content: string
  readonly points: readonly Point[]
  /** Whether everybody may list the keys. */
  readonly listed: boolean
  readonly website: boolean
}

interface Point {
  readonly name: string
  readonly alias: string
  readonly account: string
  readonly arn: string
  readonly policy: unknown
  readonly internet: boolean
}

interface Flags {
  readonly RestrictPublicBuckets?: boolean
  readonly IgnorePublicAcls?: boolean
}

const bucketsOf = ({ resources }: World): readonly Bucket[] => {
  const configOf = (type: string, arn: string) =>
    resources.find(r => r.type === type && r.arn === arn)?.config
  const accountFlags = (account: string) =>
    resources.find(r => r.type === types.accountPublicAccessBlock && r.account === account)?.config
  const flagsOf = (config: WorldResource['config'] | undefined): Flags =>
    (config?.PublicAccessBlockConfiguration ?? {}) as Flags
  return resources
    .filter(r => r.type === types.bucket)
    .map(({ arn, account, region, config }) => {
      const blocks = [flagsOf(configOf(types.bucketPublicAccessBlock, arn)), flagsOf(accountFlags(account))]
      const grants = JSON.stringify(configOf(types.bucketAcl, arn) ?? {})
      return {
        name: String(config.Name),
        region,
        arn,
        content: copiedFrom(resources, arn) ?? String(config.Name),
        points: pointsTo(resources, String(config.Name)),
        policy: configOf(types.bucketPolicy, arn)?.Policy,
        restricted: blocks.some(b => b.RestrictPublicBuckets),
        listed: grants.includes('/global/AllUsers') && !blocks.some(b => b.IgnorePublicAcls),
        website: configOf(types.bucketWebsite, arn) !== undefined,
      }
    })
}

const copiedFrom = (resources: World['resources'], arn: string): string | undefined =>
  resources
    .filter(r => r.type === types.bucketReplication && JSON.stringify(r.config.Rules).includes(`"${arn}"`))
    .map(r => String(r.config.Bucket))[0]

const pointsTo = (resources: World['resources'], bucket: string): readonly Point[] =>
  resources
    .filter(r => r.type === types.accessPoint && r.config.Bucket === bucket)
    .map(({ arn, account, config }) => ({
      ...{ name: String(config.Name), alias: String(config.Alias), account, arn },
      policy: resources.find(r => r.type === types.accessPointPolicy && r.arn === arn)?.config.Policy,
      internet: config.NetworkOrigin === 'Internet',
    }))

/** What every bucket holds; the pages are those of a site named like it. */
const objectOf = (
  { content: name }: Bucket,
  key: string,
): { readonly type: string; readonly body: string } | null => {
  if (key === 'index.html') return { type: 'text/html; charset=utf-8', body: pageOf(name, '/').body }
  if (!key.startsWith('assets/')) return null
  const { status, body } = pageOf(name, `/${key}`)
  return status === 200 ? { type: 'text/css', body } : null
}

const mayRead = (bucket: Bucket, key: string, caller: Caller, tls: boolean): boolean =>
  !(caller.kind === 'stranger' && bucket.restricted) &&
  lets(bucket.policy, {
    action: 's3:GetObject',
    resource: `${bucket.arn}/${key}`,
    caller,
    keys: { 'aws:securetransport': String(tls) },
  })

/** Through an access point nobody comes without a signature, and the bucket's policy must agree with its own. */
const mayReadThrough = (point: Point, bucket: Bucket, key: string, caller: Caller): boolean => {
  const keys = {
    's3:dataaccesspointarn': point.arn,
    's3:dataaccesspointaccount': point.account,
    's3:accesspointnetworkorigin': 'Internet',
    'aws:securetransport': 'true',
  }
  const ask = { action: 's3:GetObject', caller, keys }
  return (
    point.internet &&
    caller.kind === 'distribution' &&
    lets(point.policy, { ...ask, resource: `${point.arn}/object/${key}` }) &&
    lets(bucket.policy, { ...ask, resource: `${bucket.arn}/${key}` })
  )
}

const send = (
  { method }: IncomingMessage,
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string,
): void => {
  response.writeHead(status, {
    'x-amz-request-id': randomBytes(8).toString('hex').toUpperCase(),
    server: 'AmazonS3',
    ...headers,
    'content-length': String(Buffer.byteLength(body)),
  })
  response.end(method === 'HEAD' ? undefined : body)
}

type Refuse = (status: number, code: string, headers?: Readonly<Record<string, string>>) => void

const inXml =
  (request: IncomingMessage, response: ServerResponse): Refuse =>
  (status, code, headers = {}) => {
    const id = randomBytes(8).toString('hex').toUpperCase()
    const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${code}</Message><RequestId>${id}</RequestId></Error>`
    send(request, response, status, { 'content-type': 'application/xml', ...headers }, body)
  }

const asPage =
  (request: IncomingMessage, response: ServerResponse): Refuse =>
  (status, code) => {
    const title = `${status} ${status === 404 ? 'Not Found' : 'Forbidden'}`
    const body = `<html>\n<head><title>${title}</title></head>\n<body>\n<h1>${title}</h1>\n<ul>\n<li>Code: ${code}</li>\n</ul>\n<hr/>\n</body>\n</html>\n`
    send(
      request,
      response,
      status,
      { 'content-type': 'text/html; charset=utf-8', 'x-amz-error-code': code },
      body,
    )
  }

const keyOf = ({ url = '/' }: IncomingMessage): string =>
  decodeURIComponent((url.split('?')[0] ?? '/').slice(1))

const deliver = (
  bucket: Bucket,
  key: string,
  isAllowed: boolean,
  [request, response, refuse]: readonly [IncomingMessage, ServerResponse, Refuse],
): void => {
  const object = objectOf(bucket, key)
  if (!isAllowed) refuse(403, 'AccessDenied')
  // Whether there is an object is told only to whoever may list them.
  else if (object === null) bucket.listed ? refuse(404, 'NoSuchKey') : refuse(403, 'AccessDenied')
  else
    send(
      request,
      response,
      200,
      {
        'content-type': object.type,
        etag: `"${createHash('md5').update(object.body).digest('hex')}"`,
        'last-modified': 'Wed, 21 Oct 2026 07:28:00 GMT',
        'accept-ranges': 'bytes',
      },
      object.body,
    )
}

const rest = (bucket: Bucket, host: string, hostRegion: string): Resource => ({
  host,
  scheme: 'https',
  answer: (request, response, caller) => {
    const refuse = inXml(request, response)
    if (hostRegion !== bucket.region)
      refuse(301, 'PermanentRedirect', { 'x-amz-bucket-region': bucket.region })
    else if (keyOf(request) === '') refuse(403, 'AccessDenied')
    else {
      const key = keyOf(request)
      deliver(bucket, key, mayRead(bucket, key, caller, true), [request, response, refuse])
    }
  },
})

const accessPoint = (bucket: Bucket, point: Point, host: string): Resource => ({
  host,
  scheme: 'https',
  answer: (request, response, caller) => {
    const refuse = inXml(request, response)
    const key = keyOf(request)
    if (key === '') refuse(403, 'AccessDenied')
    else deliver(bucket, key, mayReadThrough(point, bucket, key, caller), [request, response, refuse])
  },
})

const website = (bucket: Bucket): Resource => ({
  host: websiteHost(bucket.name, bucket.region),
  scheme: 'http',
  answer: (request, response) => {
    const refuse = asPage(request, response)
    const key = keyOf(request).replace(/(^|\/)$/, '$1index.html')
    // A website endpoint takes no signatures.
    if (!bucket.website) refuse(404, 'NoSuchWebsiteConfiguration')
    else deliver(bucket, key, mayRead(bucket, key, { kind: 'stranger' }, false), [request, response, refuse])
  },
})

/** Every endpoint of the world's buckets and access points, those in regions where a bucket is not included. */
export const bucketsIn = (world: World): readonly Resource[] =>
  bucketsOf(world).flatMap(bucket => [
    ...world.regions.map(region => rest(bucket, restHost(bucket.name, region), region)),
    ...bucket.points.flatMap(point => [
      accessPoint(bucket, point, accessPointHost(point.name, point.account, bucket.region)),
      accessPoint(bucket, point, restHost(point.alias, bucket.region)),
    ]),
    website(bucket),
  ])
