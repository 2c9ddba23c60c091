/** Links to other things than load balancers, for the tests of probing. */
import { known } from '#base/known.ts'
import type { Bucket, FunctionUrl, Link } from '#topology/model.ts'
import { link, ref } from './fixtures.ts'

export const bucketHost = 'files.s3.eu-west-1.amazonaws.com'

export const bucket = (name = 'files', changes: Partial<Bucket> = {}): Bucket => ({
  ref: { ...ref(name), arn: `arn:aws:s3:::${name}` },
  name,
  policy: known(null),
  grants: known([]),
  accessPoints: known([]),
  multiRegion: known([]),
  copies: known([]),
  publicAccess: { bucket: known(null), account: known(null) },
  website: known(false),
  ownership: known('BucketOwnerEnforced'),
  ...changes,
})

export const bucketLink = (
  of: Bucket | null = bucket(),
  host = bucketHost,
  changes: Parameters<typeof link>[0] = {},
): Link =>
  link({
    ...changes,
    origin: { domainName: host, protocolPolicy: null, headers: [], kind: 's3-rest' },
    target: {
      kind: 'bucket',
      name: of?.name ?? 'files',
      endpoint: host.includes('s3-website') ? 'website' : 'rest',
      bucket: of,
      exists: known(true),
      names: [host],
    },
  })

export const functionHost = 'abcdefghijklmnopqrstuvwxyz012345.lambda-url.eu-west-1.on.aws'

export const functionUrl = (host = functionHost): FunctionUrl => ({
  ref: ref(`function:${host.slice(0, 4)}`),
  host,
  functionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:resize',
  alias: null,
  authType: 'AWS_IAM',
  created: null,
  policy: known(null),
})

export const functionLink = (...siblings: readonly FunctionUrl[]): Link =>
  link({
    origin: { domainName: functionHost, headers: [], kind: 'lambda-url' },
    target: { kind: 'function-url', url: functionUrl(), siblings: known(siblings), names: [functionHost] },
  })

export const instanceLink = (addresses: readonly string[] = ['203.0.113.7']): Link =>
  link({
    origin: { headers: [], kind: 'ec2' },
    target: {
      kind: 'instance',
      ref: ref('instance/i-1'),
      addresses,
      names: ['origin.example.com'],
    },
  })

export const externalLink = (
  heldByZones: boolean,
  domainName = 'origin.example.com',
  addresses: readonly string[] = ['203.0.113.7'],
): Link =>
  link({
    origin: { domainName, headers: [], kind: 'external' },
    target: { kind: 'external', names: [domainName], addresses, heldByZones },
  })

export const everything = { mode: 'all', ownedHosts: [] } as const
