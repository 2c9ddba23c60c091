/** A small account for the tests of this folder: one distribution, one locked load balancer, everything read. */

import type { Gap } from '#base/gap.ts'
import { arrangeSnapshot } from '#snapshot/arrange.ts'
import type { HeadRecord, ReadRecord, ResourceRecord, Snapshot } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { buildTopology } from '#topology/build.ts'
import type { Link, LoadBalancer, Topology } from '#topology/model.ts'

export const account = '111122223333'
export const region = 'eu-west-1'

export type Config = Readonly<Record<string, unknown>>

/** Everything a snapshot holds, as loose parts that a test may change. */
export interface Parts {
  readonly head?: Partial<HeadRecord>
  readonly resources: readonly ResourceRecord[]
  readonly reads: readonly ReadRecord[]
  readonly gaps?: readonly Gap[]
}

export const resource = (
  type: string,
  arn: string,
  config: Config,
  place: { readonly account?: string; readonly region?: string } = {},
): ResourceRecord => ({
  record: 'resource',
  type,
  arn,
  account: place.account ?? account,
  region: place.region ?? region,
  source: { kind: 'aws', service: 'test', operation: 'Test' },
  config,
})

const elb = 'elastic-load-balancing-v2'
const serviceOf = (operation: string): string => {
  if (/Listener|Rules$|LoadBalancer|Target/.test(operation) && !operation.includes('Security')) return elb
  if (/HostedZones|ResourceRecordSets/.test(operation)) return 'route-53'
  if (/WebACL/.test(operation)) return 'wafv2'
  if (/Certificate/.test(operation)) return 'acm'
  return /Distributions|VpcOrigin/.test(operation) ? 'cloudfront' : 'ec2'
}

export const read = (
  operation: string,
  target = '*',
  count = 1,
  place: { readonly account?: string; readonly region?: string; readonly service?: string } = {},
): ReadRecord => ({
  record: 'read',
  service: place.service ?? serviceOf(operation),
  operation,
  account: place.account ?? account,
  region: place.region ?? region,
  target,
  count,
})

export const gap = (operation: string, target = '*', at = region): Gap => ({
  code: 'denied',
  service: serviceOf(operation),
  operation,
  target,
  account,
  region: at,
  action: `test:${operation}`,
  message: `${operation} was denied.`,
})

export const snapshotOf = ({ head, resources, reads, gaps = [] }: Parts): Snapshot =>
  arrangeSnapshot(
    {
      record: 'head',
      format: 1,
      tool: 'originproof 0.1.0',
      observedAt: '2026-06-01T12:00:00.000Z',
      accounts: [account],
      regions: [region],
      sealKey: 'abcd',
      ...head,
    },
    resources,
    reads,
    gaps,
  )

export const topologyOf = (parts: Parts): Topology => buildTopology(snapshotOf(parts))

// ---- CloudFront ----

export const items = (...list: readonly unknown[]): Config => ({ Quantity: list.length, Items: list })

export const origin = (domainName: string, more: Config = {}): Config => ({
  Id: 'app',
  DomainName: domainName,
  OriginPath: '',
  CustomHeaders: items(),
  CustomOriginConfig: {
    HTTPPort: 80,
    HTTPSPort: 443,
    OriginProtocolPolicy: 'https-only',
    OriginSslProtocols: items('TLSv1.2'),
  },
  ...more,
})

export const distributionConfig = (origins: readonly unknown[], more: Config = {}): Config => ({
  Id: 'E1',
  ARN: `arn:aws:cloudfront::${account}:distribution/E1`,
  DomainName: 'd111111abcdef8.cloudfront.net',
  Aliases: items('www.example.com'),
  Origins: items(...origins),
  OriginGroups: { Quantity: 0 },
  DefaultCacheBehavior: { TargetOriginId: 'app', ViewerProtocolPolicy: 'redirect-to-https' },
  CacheBehaviors: { Quantity: 0 },
  Enabled: true,
  ViewerCertificate: { CloudFrontDefaultCertificate: true, MinimumProtocolVersion: 'TLSv1' },
  WebACLId: '',
  Staging: false,
  ...more,
})

export const distribution = (origins: readonly unknown[], more: Config = {}): ResourceRecord => {
  const config = distributionConfig(origins, more)
  return resource(
    types.distribution,
    `arn:aws:cloudfront::${account}:distribution/${String(config.Id)}`,
    config,
    {
      region: 'us-east-1',
    },
  )
}

export const listedDistributions = (count = 1): ReadRecord =>
  read('ListDistributions', '*', count, { region: 'us-east-1' })

// ---- A load balancer with everything around it ----

export const lbArn = (name = 'shop'): string =>
  `arn:aws:elasticloadbalancing:${region}:${account}:loadbalancer/app/${name}/0123456789abcdef`
export const lbName = (name = 'shop'): string => `${name}-1234567890.${region}.elb.amazonaws.com`
export const listenerArn = (name = 'shop'): string =>
  `${lbArn(name).replace(':loadbalancer/', ':listener/')}/443`
export const groupArn = (name = 'shop'): string =>
  `arn:aws:elasticloadbalancing:${region}:${account}:targetgroup/${name}/0123456789abcdef`
export const certificateArn = `arn:aws:acm:${region}:${account}:certificate/11111111-2222-3333-4444-555555555555`
const ec2 = (kind: string, id: string): string => `arn:aws:ec2:${region}:${account}:${kind}/${id}`

export const loadBalancerConfig = (name = 'shop', more: Config = {}): Config => ({
  LoadBalancerArn: lbArn(name),
  LoadBalancerName: name,
  DNSName: lbName(name),
  Scheme: 'internet-facing',
  Type: 'application',
  VpcId: 'vpc-1',
  AvailabilityZones: [{ ZoneName: 'eu-west-1a', SubnetId: 'subnet-1' }],
  SecurityGroups: ['sg-1'],
  IpAddressType: 'ipv4',
  ...more,
})

export const forwardTo = (name = 'shop'): Config => ({
  Type: 'forward',
  Order: 1,
  TargetGroupArn: groupArn(name),
  ForwardConfig: { TargetGroups: [{ TargetGroupArn: groupArn(name), Weight: 1 }] },
})
export const deny: Config = {
  Type: 'fixed-response',
  Order: 1,
  FixedResponseConfig: { StatusCode: '403', ContentType: 'text/plain', MessageBody: 'no' },
}

export const ruleOf = (priority: string, more: Config = {}, name = 'shop'): ResourceRecord => {
  const arn = `${listenerArn(name).replace(':listener/', ':listener-rule/')}/${priority}`
  return resource(types.rule, arn, {
    RuleArn: arn,
    ListenerArn: listenerArn(name),
    Priority: priority,
    Conditions: priority === 'default' ? [] : [{ Field: 'path-pattern', Values: ['/*'] }],
    Actions: [deny],
    IsDefault: priority === 'default',
    Transforms: [],
    ...more,
  })
}

export const ingress = (id: string, more: Config, group = 'sg-1'): ResourceRecord =>
  resource(types.securityGroupRule, ec2('security-group-rule', id), {
    SecurityGroupRuleId: id,
    GroupId: group,
    IsEgress: false,
    IpProtocol: 'tcp',
    FromPort: 443,
    ToPort: 443,
    ...more,
  })

export const prefixList = (
  id = 'pl-1',
  name = 'com.amazonaws.global.cloudfront.origin-facing',
  owner = 'AWS',
): readonly ResourceRecord[] => [
  resource(types.prefixList, ec2('prefix-list', id), {
    PrefixListId: id,
    PrefixListName: name,
    OwnerId: owner,
    AddressFamily: 'IPv4',
  }),
  resource(types.prefixListEntries, ec2('prefix-list', id), {
    PrefixListId: id,
    Entries: [{ Cidr: '192.0.2.128/25' }],
  }),
]

export const network: Parts = {
  resources: [
    ...prefixList(),
    ingress('sgr-1', { PrefixListId: 'pl-1' }),
    ingress('sgr-2', { IsEgress: true, IpProtocol: '-1', FromPort: -1, ToPort: -1, CidrIpv4: '0.0.0.0/0' }),
    resource(types.subnet, ec2('subnet', 'subnet-1'), {
      SubnetId: 'subnet-1',
      VpcId: 'vpc-1',
      Ipv6CidrBlockAssociationSet: [],
    }),
    resource(types.routeTable, ec2('route-table', 'rtb-1'), {
      RouteTableId: 'rtb-1',
      VpcId: 'vpc-1',
      Associations: [{ Main: true }],
      Routes: [
        { DestinationCidrBlock: '10.0.0.0/16', GatewayId: 'local', State: 'active' },
        { DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-1', State: 'active' },
      ],
    }),
    resource(types.networkAcl, ec2('network-acl', 'acl-1'), {
      NetworkAclId: 'acl-1',
      VpcId: 'vpc-1',
      Associations: [{ SubnetId: 'subnet-1' }],
      Entries: [
        { Egress: false, RuleNumber: 32767, RuleAction: 'deny', Protocol: '-1', CidrBlock: '0.0.0.0/0' },
        { Egress: false, RuleNumber: 100, RuleAction: 'allow', Protocol: '-1', CidrBlock: '0.0.0.0/0' },
      ],
    }),
  ],
  reads: [
    read('DescribeSecurityGroupRules', 'sg-1', 2),
    read('DescribeManagedPrefixLists', '*', 1),
    read('GetManagedPrefixListEntries', 'pl-1', 1),
    read('DescribeSubnets', 'subnet-1', 1),
    read('DescribeRouteTables', 'vpc-1', 1),
    read('DescribeNetworkAcls', 'subnet-1', 1),
  ],
}

/** A load balancer, its one HTTPS listener and default rule, target group, attributes and certificate. */
export const balancer = (name = 'shop', more: Config = {}): Parts => ({
  resources: [
    resource(types.loadBalancer, lbArn(name), loadBalancerConfig(name, more)),
    resource(types.loadBalancerAttributes, lbArn(name), {
      LoadBalancerArn: lbArn(name),
      Attributes: [{ Key: 'routing.http2.enabled', Value: 'true' }],
    }),
    resource(types.webAclAssociation, lbArn(name), { ResourceArn: lbArn(name), WebACLArn: null }),
    resource(types.listener, listenerArn(name), {
      ListenerArn: listenerArn(name),
      LoadBalancerArn: lbArn(name),
      Port: 443,
      Protocol: 'HTTPS',
      SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
      Certificates: [{ CertificateArn: certificateArn }],
      DefaultActions: [forwardTo(name)],
      MutualAuthentication: { Mode: 'off' },
    }),
    resource(types.listenerCertificates, listenerArn(name), {
      ListenerArn: listenerArn(name),
      Certificates: [{ CertificateArn: certificateArn, IsDefault: true }],
    }),
    resource(types.certificate, certificateArn, {
      CertificateArn: certificateArn,
      DomainName: 'origin.example.com',
      SubjectAlternativeNames: ['origin.example.com'],
      NotAfter: '2027-01-01T00:00:00.000Z',
      Type: 'AMAZON_ISSUED',
      Status: 'ISSUED',
      InUseBy: [lbArn(name)],
    }),
    ruleOf('default', { Actions: [forwardTo(name)] }, name),
    resource(types.targetGroup, groupArn(name), {
      TargetGroupArn: groupArn(name),
      TargetGroupName: name,
      Protocol: 'HTTP',
      Port: 8080,
      TargetType: 'ip',
    }),
    resource(types.targetHealth, groupArn(name), {
      TargetGroupArn: groupArn(name),
      TargetHealthDescriptions: [{ Target: { Id: '10.0.0.7', Port: 8080 } }],
    }),
  ],
  reads: [
    read('DescribeLoadBalancerAttributes', lbArn(name)),
    read('GetWebACLForResource', lbArn(name), 0),
    read('DescribeListeners', lbArn(name), 1),
    read('DescribeListenerCertificates', listenerArn(name), 1),
    read('DescribeRules', listenerArn(name), 1),
    read('DescribeTargetHealth', groupArn(name), 1),
    read('DescribeCertificate', certificateArn, 1),
  ],
})

export const merge = (...parts: readonly Parts[]): Parts => ({
  head: Object.assign({}, ...parts.map(p => p.head)),
  resources: parts.flatMap(p => p.resources),
  reads: parts.flatMap(p => p.reads),
  gaps: parts.flatMap(p => p.gaps ?? []),
})

/** The account-wide lists, answered in full. */
export const lists = (balancers = 1): Parts => ({
  resources: [],
  reads: [
    listedDistributions(),
    read('DescribeLoadBalancers', '*', balancers),
    read('DescribeLoadBalancers', '*', 0, { service: 'elastic-load-balancing' }),
    read('DescribeTargetGroups', '*', balancers),
    read('ListHostedZones', '*', 0, { region: 'us-east-1' }),
  ],
})

/** A distribution whose origin is the load balancer by its own name. */
export const shop: Parts = merge(
  { resources: [distribution([origin(lbName())])], reads: [] },
  lists(),
  network,
  balancer(),
)

/** `parts` with the configuration of some resources replaced. */
export const changed = (
  parts: Parts,
  matches: (r: ResourceRecord) => boolean,
  change: (config: Config) => Config,
): Parts => ({
  ...parts,
  resources: parts.resources.map(r => (matches(r) ? { ...r, config: change(r.config) } : r)),
})

export const ofType =
  (type: string) =>
  (r: ResourceRecord): boolean =>
    r.type === type

export const onlyLink = (topology: Topology): Link => {
  const [link, ...more] = topology.links
  if (link === undefined || more.length > 0) throw new Error(`${topology.links.length} links instead of one`)
  return link
}

export const onlyBalancer = (topology: Topology): LoadBalancer => {
  const { target } = onlyLink(topology)
  if (target.kind !== 'load-balancer') throw new Error(`the target is ${target.kind}`)
  return target.loadBalancer
}

/** The value, or a failure that shows the gaps. */
export const given = <T>(
  known:
    | { readonly known: true; readonly value: T }
    | { readonly known: false; readonly gaps: readonly Gap[] },
): T => {
  if (!known.known) throw new Error(`not known: ${known.gaps.map(g => g.message).join(' ')}`)
  return known.value
}

export const gapsOf = (known: { readonly known: boolean; readonly gaps?: readonly Gap[] }): readonly Gap[] =>
  known.known ? [] : (known.gaps ?? [])

// ---- Names ----

export const zone = (name = 'example.com', ...sets: readonly Config[]): Parts => {
  const id = `Z${name.replaceAll('.', '').toUpperCase()}`
  const arn = `arn:aws:route53:::hostedzone/${id}`
  const at = { region: 'us-east-1' }
  return {
    resources: [
      resource(
        types.hostedZone,
        arn,
        { Id: `/hostedzone/${id}`, Name: `${name}.`, Config: { PrivateZone: false } },
        at,
      ),
      ...sets.map(set =>
        resource(
          types.recordSet,
          [arn, set.Name, set.Type, set.SetIdentifier].filter(p => p !== undefined).join('/'),
          { HostedZoneId: id, ...set },
          at,
        ),
      ),
    ],
    reads: [read('ListResourceRecordSets', id, sets.length, at)],
  }
}

export const alias = (name: string, target: string, more: Config = {}): Config => ({
  Name: `${name}.`,
  Type: 'A',
  AliasTarget: { HostedZoneId: 'Z32O12XQLNTSW2', DNSName: `${target}.`, EvaluateTargetHealth: false },
  ...more,
})

export const cname = (name: string, target: string, more: Config = {}): Config => ({
  Name: `${name}.`,
  Type: 'CNAME',
  TTL: 300,
  ResourceRecords: [{ Value: target }],
  ...more,
})

export const dns = (
  name: string,
  answer: {
    readonly outcome?: string
    readonly names?: readonly string[]
    readonly addresses?: readonly string[]
  },
): ResourceRecord => ({
  ...resource(types.dnsAnswer, name, {
    Name: name,
    Outcome: answer.outcome ?? 'answer',
    CanonicalNames: answer.names ?? [],
    Addresses: answer.addresses ?? [],
  }),
  region: 'us-east-1',
  source: { kind: 'dns' },
})

/** `shop` with another origin. */
export const withOrigin = (raw: unknown, ...more: readonly Parts[]): Parts =>
  merge({ resources: [distribution([raw])], reads: [] }, lists(1 + more.length), network, balancer(), ...more)
