import { describe, expect, test } from 'vitest'
import type { ResourceRecord } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { alias, dns, origin, zone } from './edge.ts'
import {
  account,
  type Config,
  merge,
  onlyLink,
  type Parts,
  read,
  region,
  resource,
  topologyOf,
} from './parts.ts'
import { balancer, lbArn, lbName, loadBalancerConfig, network, withOrigin } from './shop.ts'

const kindAndTarget = (parts: Parts) => {
  const { origin: built, target } = onlyLink(topologyOf(parts))
  return [built.kind, target.kind]
}

const records = (...resources: readonly ResourceRecord[]): Parts => ({ resources, reads: [] })
const nlbName = 'tcp-0123456789abcdef.elb.eu-west-1.amazonaws.com'
const nlb = resource(
  types.loadBalancer,
  `arn:aws:elasticloadbalancing:${region}:${account}:loadbalancer/net/tcp/0123456789abcdef`,
  loadBalancerConfig('tcp', { Type: 'network', DNSName: nlbName }),
)
const classicName = 'old-123456789.eu-west-1.elb.amazonaws.com'
const classic = resource(
  types.classicLoadBalancer,
  `arn:aws:elasticloadbalancing:${region}:${account}:loadbalancer/old`,
  {
    LoadBalancerName: 'old',
    DNSName: classicName,
    Scheme: 'internet-facing',
    Instances: [{ InstanceId: 'i-0abc' }],
    ListenerDescriptions: [],
    SecurityGroups: ['sg-1'],
    Subnets: ['subnet-1'],
  },
)
const instance = resource(types.instance, `arn:aws:ec2:${region}:${account}:instance/i-0abc`, {
  InstanceId: 'i-0abc',
  PublicDnsName: 'ec2-203-0-113-7.eu-west-1.compute.amazonaws.com',
  PublicIpAddress: '203.0.113.7',
})
const nobodys = (...addresses: readonly string[]): Parts => ({
  resources: [],
  reads: addresses.flatMap(address => [
    read('DescribeNetworkInterfaces', address, 0),
    read('DescribeAddresses', address, 0),
  ]),
})

const buckets: Parts = {
  resources: [resource(types.bucket, 'arn:aws:s3:::b', { Name: 'b', BucketRegion: region })],
  reads: [],
}

const cases: readonly (readonly [string, Config, readonly Parts[], string, string])[] = [
  ['S3 bucket', origin('b.s3.eu-west-1.amazonaws.com'), [buckets], 's3-rest', 'bucket'],
  ['S3 bucket, not listed', origin('b.s3.eu-west-1.amazonaws.com'), [], 's3-rest', 'unknown'],
  ['S3 website', origin('b.s3-website.eu-west-1.amazonaws.com'), [buckets], 's3-website', 'bucket'],
  ['S3 access point', origin('b-1.s3-accesspoint.eu-west-1.amazonaws.com'), [], 's3-rest', 'service'],
  ['application load balancer', origin(lbName()), [], 'alb', 'load-balancer'],
  ['load balancer in capitals', origin(lbName().toUpperCase()), [], 'alb', 'load-balancer'],
  ['dual-stack form', origin(`dualstack.${lbName()}`), [], 'alb', 'load-balancer'],
  ['network load balancer', origin(nlbName), [records(nlb)], 'nlb', 'load-balancer'],
  ['zonal name of it', origin(`eu-west-1a.${nlbName}`), [records(nlb)], 'nlb', 'load-balancer'],
  ['classic load balancer', origin(classicName), [records(classic)], 'clb', 'load-balancer'],
  [
    'REST API',
    origin('a1.execute-api.eu-west-1.amazonaws.com', { OriginPath: '/prod' }),
    [],
    'api-rest',
    'unknown',
  ],
  ['HTTP API', origin('a1.execute-api.eu-west-1.amazonaws.com'), [], 'api-http', 'unknown'],
  ['API custom domain', origin('d-a1.execute-api.eu-west-1.amazonaws.com'), [], 'unknown', 'unknown'],
  ['Lambda function URL', origin('abc.lambda-url.eu-west-1.on.aws'), [], 'lambda-url', 'unknown'],
  ['MediaStore', origin('abc.data.mediastore.eu-west-1.amazonaws.com'), [], 'mediastore', 'service'],
  ['MediaPackage', origin('abc.mediapackage.eu-west-1.amazonaws.com'), [], 'mediapackage', 'service'],
  [
    'instance',
    origin('ec2-203-0-113-7.eu-west-1.compute.amazonaws.com'),
    [records(instance)],
    'ec2',
    'instance',
  ],
  [
    'instance by address',
    origin('ec2-203-0-113-7.compute-1.amazonaws.com'),
    [records(instance)],
    'ec2',
    'instance',
  ],
  [
    "somebody else's instance",
    origin('ec2-203-0-113-9.compute-1.amazonaws.com'),
    [nobodys('203.0.113.9')],
    'ec2',
    'external',
  ],
  [
    'host elsewhere',
    origin('www.example.net'),
    [records(dns('www.example.net', { addresses: ['198.51.100.7'] })), nobodys('198.51.100.7')],
    'external',
    'external',
  ],
  [
    'own name of a load balancer',
    origin('Origin.Example.COM'),
    [zone('example.com', alias('origin.example.com', lbName()))],
    'alb',
    'load-balancer',
  ],
  [
    'own name of a bucket website',
    origin('assets.example.com'),
    [zone('example.com', alias('assets.example.com', 's3-website-eu-west-1.amazonaws.com'))],
    's3-website',
    'service',
  ],
  ['name that nobody resolved', origin('www.example.net'), [], 'unknown', 'unknown'],
  ['name of AWS that is not known', origin('x.awsglobalaccelerator.com'), [], 'unknown', 'unknown'],
  [
    'another distribution',
    origin('d222222abcdef8.cloudfront.net'),
    [records(dns('d222222abcdef8.cloudfront.net', { addresses: ['198.51.100.9'] })), nobodys('198.51.100.9')],
    'unknown',
    'unknown',
  ],
  [
    'S3 origin of a form that is not known',
    { Id: 'app', DomainName: 'bucket.s3-next.example', S3OriginConfig: { OriginAccessIdentity: '' } },
    [],
    's3-rest',
    'service',
  ],
  [
    'VPC origin that was not read',
    { Id: 'app', DomainName: lbName(), VpcOriginConfig: { VpcOriginId: 'vo_1' } },
    [],
    'vpc-origin',
    'unknown',
  ],
  ['no domain name', { Id: 'app' }, [], 'unknown', 'unknown'],
]

describe('the kind of an origin', () => {
  test.each(cases)('%s', (_, raw, more, kind, target) => {
    expect(kindAndTarget(withOrigin(raw, ...more))).toEqual([kind, target])
  })
})

describe('a load balancer name that no load balancer carries', () => {
  const gone = 'gone-1.eu-west-1.elb.amazonaws.com'
  const target = (...more: readonly Parts[]) => onlyLink(topologyOf(withOrigin(origin(gone), ...more))).target

  test('dangles where DNS knows no such name', () =>
    expect(target(records(dns(gone, { outcome: 'no-such-name' })))).toMatchObject({
      kind: 'dangling',
      names: [gone],
      reason: `no such name as ${gone} exists`,
    }))

  test('is unknown where it resolves: it may be of another account', () =>
    expect(target(records(dns(gone, { addresses: ['203.0.113.9'] })))).toMatchObject({
      kind: 'unknown',
      gaps: [{ code: 'not-found', operation: 'DescribeLoadBalancers' }],
    }))

  test('is unknown where it has no address at the moment', () =>
    expect(target(records(dns(gone, { outcome: 'no-data' }))).kind).toBe('unknown'))

  test('is unknown without a DNS answer', () => expect(target().kind).toBe('unknown'))

  test('shows the gap of a region that was not read', () => {
    const far = 'gone-1.ap-southeast-2.elb.amazonaws.com'
    const { target } = onlyLink(topologyOf(withOrigin(origin(far))))
    expect(target).toMatchObject({
      kind: 'unknown',
      gaps: [{ code: 'not-read', region: 'ap-southeast-2' }, {}],
    })
  })
})

describe('a VPC origin', () => {
  const vpcOrigin = (Arn: string, more: Config = {}) =>
    records(
      resource(types.vpcOrigin, `arn:aws:cloudfront::${account}:vpcorigin/vo_1`, {
        Id: 'vo_1',
        VpcOriginEndpointConfig: {
          Name: 'inside',
          Arn,
          HTTPPort: 8080,
          HTTPSPort: 8443,
          OriginProtocolPolicy: 'https-only',
          ...more,
        },
      }),
    )
  const raw = { Id: 'app', DomainName: lbName(), VpcOriginConfig: { VpcOriginId: 'vo_1' } }

  test('leads to the load balancer it names, with its own ports and protocol', () => {
    const link = onlyLink(topologyOf(withOrigin(raw, vpcOrigin(lbArn()))))
    expect(link.target).toMatchObject({
      kind: 'load-balancer',
      loadBalancer: { ref: { arn: lbArn() } },
      others: [],
      gaps: [],
      vpcOrigin: { id: 'vo_1', endpointArn: lbArn(), httpPort: 8080, httpsPort: 8443 },
    })
    expect(link.origin).toMatchObject({ protocolPolicy: 'https-only', httpPort: 8080, httpsPort: 8443 })
  })

  test('leads to an instance', () =>
    expect(
      onlyLink(topologyOf(withOrigin(raw, vpcOrigin(instance.arn), records(instance)))).target,
    ).toMatchObject({
      kind: 'instance',
      ref: { name: 'i-0abc' },
    }))

  test('is unknown where its endpoint is not in the snapshot', () =>
    expect(onlyLink(topologyOf(withOrigin(raw, vpcOrigin(lbArn('elsewhere'))))).target.kind).toBe('unknown'))

  test('is unknown where only the list was read, which lacks the ports', () => {
    const summary = resource(types.vpcOrigin, `arn:aws:cloudfront::${account}:vpcorigin/vo_1`, {
      Id: 'vo_1',
      OriginEndpointArn: lbArn(),
    })
    expect(onlyLink(topologyOf(withOrigin(raw, records(summary)))).target).toMatchObject({
      kind: 'unknown',
      gaps: [{ code: 'not-read', operation: 'GetVpcOrigin', target: 'vo_1' }],
    })
  })
})

test('a load balancer of another region is found by name', () => {
  const far = 'far-1.us-west-2.elb.amazonaws.com'
  const record = resource(
    types.loadBalancer,
    `arn:aws:elasticloadbalancing:us-west-2:${account}:loadbalancer/app/far/1`,
    loadBalancerConfig('far', { DNSName: far }),
    { region: 'us-west-2' },
  )
  const parts = merge(withOrigin(origin(far)), records(record), network, balancer('beside'))
  expect(onlyLink(topologyOf(parts)).target).toMatchObject({
    kind: 'load-balancer',
    loadBalancer: { ref: { region: 'us-west-2' } },
  })
})
