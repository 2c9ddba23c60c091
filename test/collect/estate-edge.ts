/** Distributions of the estate with what they use: certificates, functions, staging, tenants, a bucket and zones. */

import {
  accessPointArn,
  buildAccessPoint,
  buildMultiRegionAccessPoint,
  buildReplication,
  everybodyReadsThrough,
} from '#lab/build/access-point.ts'
import { buildAccountBlock, buildBucket, cloudFrontReads } from '#lab/build/bucket.ts'
import { buildDistribution, type OriginSpec } from '#lab/build/distribution.ts'
import { buildZone } from '#lab/build/dns.ts'
import {
  buildContinuousDeployment,
  buildFunction,
  buildTenant,
  buildVpcOriginUsers,
  continuousDeploymentId,
} from '#lab/build/edge.ts'
import { buildFunctionUrl, cloudFrontGrants, functionUrlHost } from '#lab/build/function-url.ts'
import { distributionId } from '#lab/build/names.ts'
import type { WorldResource } from '#lab/world.ts'
import { types } from '#snapshot/resource-types.ts'
import { apis } from './estate-apis.ts'
import { classicName, forum, inside, mail, portal, shop, wiki } from './estate-balancers.ts'
import { edgeAcl } from './estate-edge-acl.ts'
import { account, certificate, dublin, of, token, virginia } from './estate-parts.ts'

export const viewerCertificate = certificate(virginia, '*.example.com')

const shopOrigin: readonly OriginSpec[] = [
  { id: 'app', domainName: 'origin-shop.example.com', headers: { 'x-auth-token': token } },
]

const site = (name: string, domainName: string, more: Partial<OriginSpec> = {}): WorldResource =>
  buildDistribution({
    name,
    account,
    comment: name,
    aliases: [`${name}.example.com`],
    origins: [{ id: 'app', domainName, headers: { 'x-auth-token': token }, ...more }],
    certificate: viewerCertificate.arn,
    webAcl: edgeAcl.arn,
  })

/** A function with a URL of its own and one of an alias, which has no policy. */
const thumbnails = { name: 'thumbnails', authType: 'AWS_IAM' } as const
const functionArn = `arn:aws:lambda:eu-west-1:${account}:function:thumbnails`
export const functionUrl = [
  { ...thumbnails, statements: cloudFrontGrants(functionArn, null) },
  { ...thumbnails, alias: 'live', statements: [] },
].flatMap(url => buildFunctionUrl(account, 'eu-west-1', url))

/** Code of the shop's viewer-request function; it holds a secret of its own. */
export const functionToken = 'canary-Yq2Lk9TzP4wNcRb7DmXs8UvJhG5aQe'
const route = buildFunction(
  account,
  'route',
  `import cf from 'cloudfront'\nfunction handler(event) { event.request.headers['x-signed'] = { value: '${functionToken}' }; cf.selectRequestOriginById('app'); return event.request }`,
)

/** Sends viewers who know a header to its staging distribution. */
export const stagingToken = 'canary-Ht6Vw3EyK8rBnMz5QpCf2LxSjD9uGo'
const tried = (() => {
  const spec = {
    name: 'tried',
    account,
    comment: 'tried',
    aliases: ['tried.example.com'],
    origins: shopOrigin,
  }
  return [
    buildDistribution({
      ...spec,
      webAcl: edgeAcl.arn,
      continuousDeployment: continuousDeploymentId('trial'),
      defaultBehavior: { viewerFunction: route.arn },
    }),
    buildDistribution({ ...spec, name: 'trial', aliases: [], staging: true }),
    buildContinuousDeployment(account, {
      staging: 'trial',
      header: { name: 'aws-cf-cd-trial', value: stagingToken },
    }),
  ]
})()

const rented = [
  buildDistribution({
    name: 'rented',
    account,
    comment: 'rented',
    aliases: [],
    origins: shopOrigin,
    webAcl: edgeAcl.arn,
    tenantOnly: true,
  }),
  ...['one', 'two', 'three'].map(name =>
    buildTenant(account, {
      name,
      distribution: 'rented',
      domains: [`${name}.example.com`],
      ...(name === 'two' && { customizations: { WebAcl: { Action: 'disable' } } }),
    }),
  ),
]

const oac = 'E2QWRTYUIOP012'
/** The bucket that is an origin, and Block Public Access of the account. */
export const files: readonly WorldResource[] = [
  ...buildBucket({
    ...{ name: 'files', account, region: 'eu-west-1', website: true },
    statements: [
      cloudFrontReads('files', null),
      {
        ...{ Sid: 'Trick', Effect: 'Allow', Principal: '*', Action: 's3:GetObject' },
        Resource: 'arn:aws:s3:::files/*',
        Condition: { StringEquals: { 'aws:UserAgent': token } },
      },
    ],
  }),
  buildReplication('files', dublin, { to: 'files-backup' }, { to: 'elsewhere', account: '444455556666' }),
  ...buildBucket({ name: 'files-backup', account, region: 'eu-west-1' }),
  ...buildAccessPoint({
    ...{ name: 'partners', bucket: 'files', ...dublin },
    statements: [
      {
        ...everybodyReadsThrough(accessPointArn({ name: 'partners', ...dublin })),
        Condition: { StringEquals: { 'aws:UserAgent': token } },
      },
    ],
  }),
  ...buildAccessPoint({ name: 'inner', bucket: 'files', ...dublin, vpc: 'vpc-0123456789abcdef0' }),
  buildMultiRegionAccessPoint(account, 'everywhere', [{ name: 'files', region: 'eu-west-1' }]),
  buildAccountBlock(account),
]

const bucket = ((): WorldResource => {
  const built = site('files', 'files.s3.eu-west-1.amazonaws.com')
  const [origin] = (built.config.Origins as { Items: Record<string, unknown>[] }).Items
  const { CustomOriginConfig: _, ...rest } = origin ?? {}
  const Items = [{ ...rest, OriginAccessControlId: oac, S3OriginConfig: { OriginAccessIdentity: '' } }]
  return { ...built, config: { ...built.config, Origins: { Quantity: 1, Items } } }
})()

const vpcOriginId = 'vo_0123456789abcdef'
const vpcOriginArn = `arn:aws:cloudfront::${account}:vpcorigin/${vpcOriginId}`

export const distributions: readonly WorldResource[] = [
  site('shop', 'origin-shop.example.com'),
  site('again', 'Entry.Example.Net'),
  site('wiki', 'blue.apps.example.net'),
  site('forum', forum.dnsName),
  site('mail', `dualstack.${mail.dnsName}`),
  site('portal', portal.dnsName),
  site('inside', 'inside.example.com', { vpcOriginId }),
  site('legacy', classicName),
  site('host', 'ec2-203-0-113-77.eu-west-1.compute.amazonaws.com'),
  site('direct', 'direct.partner.example'),
  site('parked', 'parked.partner.example'),
  site('outside', 'api.partner.example'),
  site('gone', 'gone-1111111111.eu-west-1.elb.amazonaws.com'),
  site('thumbnails', functionUrlHost('eu-west-1', thumbnails)),
  site('orders', apis.ordersHost, { path: '/prod' }),
  site('carts', apis.shared.name, { path: '/carts/v1' }),
  site('deleted', 'deleted-files.s3.eu-west-1.amazonaws.com'),
  bucket,
  route,
  ...tried,
  ...rented,
  buildVpcOriginUsers(account, vpcOriginArn, [
    { distribution: distributionId('inside'), account },
    { distribution: 'E9FOREIGN', account: '444455556666' },
  ]),
  of(virginia, types.vpcOrigin, vpcOriginArn, {
    Id: vpcOriginId,
    Arn: vpcOriginArn,
    AccountId: account,
    Name: 'inside',
    OriginEndpointArn: inside.arn,
    Status: 'Deployed',
    CreatedTime: '2026-02-01T10:00:00.000Z',
    LastModifiedTime: '2026-02-01T10:00:00.000Z',
    VpcOriginEndpointConfig: {
      Name: 'inside',
      Arn: inside.arn,
      HTTPPort: 80,
      HTTPSPort: 443,
      OriginProtocolPolicy: 'https-only',
      OriginSslProtocols: { Quantity: 1, Items: ['TLSv1.2'] },
    },
  }),
  of(virginia, types.originAccessControl, `arn:aws:cloudfront::${account}:origin-access-control/${oac}`, {
    Id: oac,
    Name: 'files',
    Description: '',
    SigningProtocol: 'sigv4',
    SigningBehavior: 'always',
    OriginAccessControlOriginType: 's3',
  }),
]

export const zones: readonly WorldResource[] = [
  ...buildZone(account, 'example.com', [
    { name: 'origin-shop.example.com', alias: shop.dnsName, zone: shop.zone, ipv6: true },
    { name: 'www.example.com', cname: 'd111111abcdef8.cloudfront.net' },
    { name: apis.shared.name, alias: apis.shared.target, zone: apis.shared.zone },
  ]),
  ...buildZone(account, 'example.net', [
    { name: 'entry.example.net', cname: 'ORIGIN-shop.example.com.' },
    { name: '\\052.apps.example.net', cname: wiki.dnsName },
  ]),
]
