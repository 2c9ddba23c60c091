import { describe, expect, test } from 'vitest'
import { types } from '#snapshot/resource-types.ts'
import type { Distribution } from '#topology/model.ts'
import { distribution, items, listedDistributions, origin } from './edge.ts'
import {
  account,
  type Config,
  gapsOf,
  given,
  merge,
  type Parts,
  read,
  resource,
  topologyOf,
} from './parts.ts'
import { lbName, lists, shop } from './shop.ts'

const parts = (config: Config, origins: readonly unknown[] = [origin(lbName())]): Parts => ({
  resources: [distribution(origins, config)],
  reads: [listedDistributions()],
})

const built = (config: Config, origins?: readonly unknown[]): Distribution => {
  const [found] = topologyOf(parts(config, origins)).distributions
  if (found === undefined) throw new Error('no distribution')
  return found
}

/** Messages of the gaps that the distribution itself causes. */
const complaints = (config: Config, origins?: readonly unknown[]) =>
  topologyOf(parts(config, origins)).gaps.map(g => g.message.replace(/^.*E1: /, ''))

const behavior = (target: string, more: Config = {}): Config => ({
  TargetOriginId: target,
  ViewerProtocolPolicy: 'https-only',
  ...more,
})

describe('a distribution', () => {
  test('is told by id, names and state', () =>
    expect(built({})).toMatchObject({
      ref: { type: types.distribution, name: 'E1', account, line: 2 },
      id: 'E1',
      domainName: 'd111111abcdef8.cloudfront.net',
      aliases: ['www.example.com'],
      enabled: true,
      staging: false,
    }))

  test('is kept, and marked, when disabled or staging', () =>
    expect(built({ Enabled: false, Staging: true })).toMatchObject({ enabled: false, staging: true }))

  test('has its behaviours in order, the default one last, with every function of them', () => {
    const found = built({
      CacheBehaviors: items(
        behavior('app', {
          PathPattern: '/api/*',
          AllowedMethods: items('HEAD', 'GET'),
          FunctionAssociations: items({ FunctionARN: 'arn:f', EventType: 'viewer-request' }),
          LambdaFunctionAssociations: items({ LambdaFunctionARN: 'arn:l', EventType: 'origin-request' }),
          TrustedKeyGroups: { Enabled: true, Quantity: 1, Items: ['kg'] },
        }),
        behavior('app', { PathPattern: '/img/*' }),
      ),
    })
    expect(found.behaviors).toEqual([
      {
        pathPattern: '/api/*',
        isDefault: false,
        target: 'app',
        viewerProtocolPolicy: 'https-only',
        allowedMethods: ['GET', 'HEAD'],
        functions: [
          expect.objectContaining({ arn: 'arn:f', event: 'viewer-request' }),
          expect.objectContaining({ arn: 'arn:l', event: 'origin-request' }),
        ],
        signed: true,
        keyGroups: ['kg'],
        trustedSigners: [],
      },
      expect.objectContaining({ pathPattern: '/img/*', signed: false }),
      expect.objectContaining({ pathPattern: 'Default (*)', isDefault: true }),
    ])
  })

  test('has the viewer minimum that the default certificate implies, whatever else is set', () => {
    const ViewerCertificate = { CloudFrontDefaultCertificate: true, MinimumProtocolVersion: 'TLSv1.2_2021' }
    expect(built({ ViewerCertificate }).viewer).toMatchObject({
      isDefault: true,
      minimumProtocolVersion: 'TLSv1',
      certificate: null,
    })
  })

  test('has a viewer certificate that was read, or the gap in its place', () => {
    const arn = `arn:aws:acm:us-east-1:${account}:certificate/1`
    const ViewerCertificate = { ACMCertificateArn: arn, MinimumProtocolVersion: 'TLSv1.2_2021' }
    const certificate = resource(types.certificate, arn, { DomainName: '*.example.com', Type: 'LATER' })
    const topology = topologyOf(merge(parts({ ViewerCertificate }), { resources: [certificate], reads: [] }))
    const viewer = topology.distributions[0]?.viewer
    expect(viewer?.certificate && given(viewer.certificate)).toMatchObject({
      domainName: '*.example.com',
      subjectAlternativeNames: [],
      notAfter: null,
      type: 'unknown',
      inUse: false,
    })
    const unread = built({ ViewerCertificate }).viewer.certificate
    expect(unread && gapsOf(unread)).toMatchObject([
      { code: 'not-read', operation: 'DescribeCertificate', region: 'us-east-1' },
    ])
    const iam = built({ ViewerCertificate: { IAMCertificateId: 'ASCAEXAMPLE' } }).viewer.certificate
    expect(iam && gapsOf(iam)).toMatchObject([{ service: 'iam', target: 'ASCAEXAMPLE' }])
  })

  const sound = [origin(lbName())]
  const complaint: readonly (readonly [string, Config, readonly unknown[]])[] = [
    ['the origins cannot be read.', { Origins: { Quantity: 2, Items: [] } }, sound],
    ['the origins cannot be read.', { Origins: undefined }, sound],
    ['a cache behaviour cannot be read.', { CacheBehaviors: items('x') }, sound],
    ['a cache behaviour cannot be read.', { DefaultCacheBehavior: undefined }, sound],
    [
      'a cache behaviour cannot be read.',
      { DefaultCacheBehavior: behavior('app', { FunctionAssociations: items({}) }) },
      sound,
    ],
    ['an origin group cannot be read.', { OriginGroups: items({ Id: 'g', Members: items({}) }) }, sound],
    ['the aliases cannot be read.', { Aliases: { Quantity: 1 } }, sound],
    ['the viewer certificate cannot be read.', { ViewerCertificate: undefined }, sound],
    [
      'its tenants, which may override its web ACL and origins, were not read.',
      { ConnectionMode: 'tenant-only' },
      sound,
    ],
    [
      'the headers of origin app cannot be read.',
      {},
      [origin(lbName(), { CustomHeaders: items({ HeaderName: 'x' }) })],
    ],
    ['the protocol policy of origin app cannot be read.', {}, [origin(lbName(), { CustomOriginConfig: {} })]],
    ['the VPC origin of origin app cannot be read.', {}, [origin(lbName(), { VpcOriginConfig: {} })]],
    ['an origin has no id.', {}, [{ DomainName: lbName() }]],
    ['origin app has no domain name.', {}, [{ Id: 'app' }]],
  ]
  test.each(complaint)('says that %s', (message, config, origins) =>
    expect(complaints(config, origins)).toContain(message),
  )

  test('that is as AWS writes it has no complaint', () => expect(complaints({})).toEqual([]))

  test.each([
    ['was not listed', { resources: [], reads: [] }, 'not-read'],
    ['is missing from the list', { resources: [], reads: [listedDistributions(1)] }, 'malformed'],
    [
      'is missing of one of two accounts',
      {
        head: { accounts: [account, '444455556666'] },
        resources: [],
        reads: [read('ListDistributions', '*', 0)],
      },
      'not-read',
    ],
  ])('that %s leaves a gap', (_, snapshot: Parts, code) =>
    expect(topologyOf(snapshot).gaps).toMatchObject([{ code, operation: 'ListDistributions' }]),
  )
})

describe('an origin', () => {
  const links = (config: Config, ...origins: readonly Config[]) =>
    topologyOf(
      merge(shop, { resources: [distribution(origins, { Id: 'E2', ...config })], reads: [] }),
    ).links.filter(l => l.distribution.id === 'E2')

  test('has its headers, ports, protocols and path', () => {
    const sealed = { sealed: 'ab', folded: 'ab', dialect: 'value', meets: [], mayMeet: [] }
    const [found] = built({}, [
      origin(lbName(), {
        OriginPath: '/v1',
        OriginAccessControlId: 'EOAC',
        CustomHeaders: items(
          { HeaderName: 'x-token', HeaderValue: sealed },
          { HeaderName: 'User-Agent', HeaderValue: 'probe' },
        ),
        CustomOriginConfig: {
          HTTPPort: 8080,
          HTTPSPort: 8443,
          OriginProtocolPolicy: 'match-viewer',
          OriginSslProtocols: items('TLSv1', 'TLSv1.2'),
        },
      }),
    ]).origins
    expect(found).toEqual({
      id: 'app',
      domainName: lbName(),
      originPath: '/v1',
      kind: 'unknown',
      headers: [
        { name: 'x-token', value: sealed },
        { name: 'User-Agent', value: 'probe' },
      ],
      protocolPolicy: 'match-viewer',
      httpPort: 8080,
      httpsPort: 8443,
      sslProtocols: ['TLSv1', 'TLSv1.2'],
      vpcOriginId: null,
      originAccessControlId: 'EOAC',
      accessControl: {
        known: false,
        gaps: [expect.objectContaining({ operation: 'ListOriginAccessControls', code: 'not-read' })],
      },
      originAccessIdentity: null,
    })
  })

  test('is linked with the behaviours that name it or a group it is in', () => {
    const config = {
      OriginGroups: items({ Id: 'both', Members: items({ OriginId: 'app' }, { OriginId: 'spare' }) }),
      CacheBehaviors: items(
        behavior('spare', { PathPattern: '/s/*' }),
        behavior('both', { PathPattern: '/b/*' }),
      ),
    }
    const found = links(
      config,
      origin(lbName()),
      origin(lbName(), { Id: 'spare' }),
      origin(lbName(), { Id: 'idle' }),
    )
    expect(found.map(l => [l.id, l.behaviors.map(b => b.pathPattern)])).toEqual([
      ['E2/app', ['/b/*', 'Default (*)']],
      ['E2/spare', ['/s/*', '/b/*']],
      ['E2/idle', []],
    ])
  })

  test('of a disabled distribution is linked too', () =>
    expect(links({ Enabled: false }, origin(lbName()))).toMatchObject([
      { target: { kind: 'load-balancer' }, distribution: { enabled: false } },
    ]))
})

describe('the web ACL of a distribution', () => {
  const arn = `arn:aws:wafv2:us-east-1:${account}:global/webacl/edge/1`
  const acl = resource(types.webAcl, arn, {
    Name: 'edge',
    Scope: 'CLOUDFRONT',
    DefaultAction: { Allow: {} },
    Rules: [],
  })

  test('is none where it names none', () => expect(built({}).webAcl).toEqual({ known: true, value: null }))

  test('is the one it names', () => {
    const [found] = topologyOf(merge(parts({ WebACLId: arn }), { resources: [acl], reads: [] })).distributions
    expect(found && given(found.webAcl)).toMatchObject({
      name: 'edge',
      scope: 'CLOUDFRONT',
      defaultAction: 'allow',
    })
  })

  test('is not known where it was not read', () =>
    expect(gapsOf(built({ WebACLId: arn }).webAcl)).toMatchObject([
      { code: 'not-read', operation: 'GetWebACL', target: arn, region: 'us-east-1', account },
    ]))

  test('is not known where it is one of AWS WAF Classic', () =>
    expect(gapsOf(built({ WebACLId: '473e64fd-f30b-4765-81a0-62ad96dd167a' }).webAcl)).toMatchObject([
      { code: 'unrecognised' },
    ]))

  test('is not known where the field is missing', () =>
    expect(built({ WebACLId: undefined }).webAcl.known).toBe(false))
})

test('gaps of the snapshot stay, in canonical order', () => {
  const gap = (target: string) => ({
    code: 'denied' as const,
    service: 'ec2',
    operation: 'DescribeSubnets',
    target,
    account,
    region: 'eu-west-1',
    action: 'ec2:DescribeSubnets',
    message: 'denied',
  })
  const topology = topologyOf(
    merge(lists(), {
      resources: [distribution([origin('b.s3.amazonaws.com')])],
      reads: [],
      gaps: [gap('b'), gap('a')],
    }),
  )
  expect(topology.gaps.map(g => g.target)).toEqual(['a', 'b'])
})
