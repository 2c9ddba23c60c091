/** A small account for the tests of this folder: one distribution, one locked load balancer, everything read. */

import type { ResourceRecord } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { distribution, listedDistributions, origin } from './edge.ts'
import { account, type Config, merge, type Parts, read, region, resource } from './parts.ts'

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

/** `shop` with another origin. */
export const withOrigin = (raw: unknown, ...more: readonly Parts[]): Parts =>
  merge({ resources: [distribution([raw])], reads: [] }, lists(1 + more.length), network, balancer(), ...more)
