/** A load balancer of a world with its security group, listeners, rules, target groups and public names. */
import { types } from '#snapshot/resource-types.ts'
import type { DnsEntry, WorldResource } from '../world.ts'
import { loadBalancerAddresses, targetAddress } from './addresses.ts'
import { digits, elbId, hex, octet, securityGroupId } from './names.ts'
import { cloudFrontLists, type Place, subnetIds, vpcId } from './place.ts'
import type { ListenerSpec, RawAction } from './rules.ts'

/** Who a security group admits: everyone, CloudFront's managed list, or one range. */
export type Peer = 'world' | 'world-v6' | 'cloudfront' | 'cloudfront-v6' | { readonly cidr: string }

export interface LoadBalancerSpec {
  readonly name: string
  readonly place: Place
  /** Application unless given. */
  readonly kind?: 'network'
  readonly internal?: boolean
  readonly dualstack?: boolean
  readonly admits: readonly { readonly peer: Peer; readonly ports: readonly [from: number, to: number] }[]
  readonly listeners: readonly ListenerSpec[]
  /** ACM certificate ARN of the HTTPS listeners. */
  readonly certificate?: string
  readonly webAcl?: string
  /** Its place in the world: gives addresses that no other load balancer has. From the name unless given. */
  readonly number?: number
}

export interface BuiltLoadBalancer {
  readonly arn: string
  readonly dnsName: string
  readonly zone: string
  readonly resources: readonly WorldResource[]
  readonly dns: readonly DnsEntry[]
}

const action = (spec: LoadBalancerSpec, a: RawAction): Record<string, unknown> => {
  if ('forward' in a) {
    const arn = targetGroupArn(spec, a.forward)
    const ForwardConfig = {
      TargetGroups: [{ TargetGroupArn: arn, Weight: 1 }],
      TargetGroupStickinessConfig: { Enabled: false },
    }
    return { Type: 'forward', TargetGroupArn: arn, Order: 1, ForwardConfig }
  }
  if ('respond' in a) {
    const FixedResponseConfig = {
      StatusCode: String(a.respond),
      ContentType: 'text/plain',
      MessageBody: a.body ?? '',
    }
    return { Type: 'fixed-response', Order: 1, FixedResponseConfig }
  }
  const RedirectConfig = {
    Protocol: 'HTTPS',
    Port: '443',
    Host: '#{host}',
    Path: '/#{path}',
    Query: '#{query}',
    StatusCode: 'HTTP_301',
  }
  return { Type: 'redirect', Order: 1, RedirectConfig }
}

const elbArn = (place: Place, rest: string): string =>
  `arn:aws:elasticloadbalancing:${place.region}:${place.account}:${rest}`

const targetGroupArn = (spec: LoadBalancerSpec, group: string): string =>
  elbArn(spec.place, `targetgroup/${spec.name}-${group}/${elbId('tg', spec.name, group)}`)

const groupsNamed = (spec: LoadBalancerSpec): readonly string[] => {
  const actions = spec.listeners.flatMap(l => [l.otherwise, ...(l.rules ?? []).map(r => r.then)])
  return [...new Set(actions.flatMap(a => ('forward' in a ? [a.forward] : [])))].sort()
}

const targetGroups = (spec: LoadBalancerSpec, lbArn: string): readonly WorldResource[] =>
  groupsNamed(spec).flatMap((group, i) => {
    const arn = targetGroupArn(spec, group)
    const at = { arn, account: spec.place.account, region: spec.place.region }
    const target =
      spec.number === undefined
        ? `10.0.0.${octet('target', spec.name, group)}`
        : targetAddress(spec.number, i)
    return [
      {
        ...at,
        type: types.targetGroup,
        config: {
          TargetGroupArn: arn,
          TargetGroupName: `${spec.name}-${group}`,
          ...(spec.kind === 'network' ? { Protocol: 'TCP' } : { Protocol: 'HTTP', ProtocolVersion: 'HTTP1' }),
          Port: 8080,
          VpcId: vpcId(spec.place),
          TargetType: 'ip',
          IpAddressType: 'ipv4',
          HealthCheckPath: '/',
          LoadBalancerArns: [lbArn],
        },
      },
      {
        ...at,
        type: types.targetHealth,
        config: {
          TargetGroupArn: arn,
          TargetHealthDescriptions: [
            { Target: { Id: target, Port: 8080 }, TargetHealth: { State: 'healthy' } },
          ],
        },
      },
    ]
  })

const listeners = (spec: LoadBalancerSpec, lbArn: string): readonly WorldResource[] =>
  spec.listeners.flatMap(listener => {
    const id = elbId('listener', spec.name, String(listener.port))
    const arn = `${lbArn.replace(':loadbalancer/', ':listener/')}/${id}`
    const at = { arn, account: spec.place.account, region: spec.place.region }
    const secure = listener.protocol === 'HTTPS' || listener.protocol === 'TLS'
    const certificates = secure && spec.certificate ? [{ CertificateArn: spec.certificate }] : []
    const otherwise = [action(spec, listener.otherwise)]
    const ruleArn = (key: string) =>
      `${arn.replace(':listener/', ':listener-rule/')}/${elbId('rule', arn, key)}`
    const rules = [
      ...(listener.rules ?? []).map(r => ({
        Priority: String(r.priority),
        Conditions: r.when,
        Actions: [action(spec, r.then)],
        IsDefault: false,
        Transforms: [],
      })),
      { Priority: 'default', Conditions: [], Actions: otherwise, IsDefault: true, Transforms: [] },
    ]
    return [
      {
        ...at,
        type: types.listener,
        config: {
          ListenerArn: arn,
          LoadBalancerArn: lbArn,
          Port: listener.port,
          Protocol: listener.protocol,
          DefaultActions: otherwise,
          ...(secure && {
            SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
            Certificates: certificates,
            MutualAuthentication: { Mode: 'off' },
          }),
        },
      },
      ...(secure
        ? [
            {
              ...at,
              type: types.listenerCertificates,
              config: {
                ListenerArn: arn,
                Certificates: certificates.map(c => ({ ...c, IsDefault: true })),
              },
            },
          ]
        : []),
      ...rules.map(config => ({
        ...at,
        type: types.rule,
        arn: ruleArn(config.Priority),
        config: { ...config, RuleArn: ruleArn(config.Priority), ListenerArn: arn },
      })),
    ]
  })

const peerFields = (peer: Peer, region: string): Record<string, unknown> => {
  if (peer === 'world') return { CidrIpv4: '0.0.0.0/0' }
  if (peer === 'world-v6') return { CidrIpv6: '::/0' }
  if (peer === 'cloudfront') return { PrefixListId: cloudFrontLists(region).v4 }
  if (peer === 'cloudfront-v6') return { PrefixListId: cloudFrontLists(region).v6 }
  return peer.cidr.includes(':') ? { CidrIpv6: peer.cidr } : { CidrIpv4: peer.cidr }
}

/** The rules of the security group that has the name of what wears it. */
export const securityGroup = (
  spec: Pick<LoadBalancerSpec, 'name' | 'place' | 'admits'>,
): readonly WorldResource[] =>
  spec.admits.map(({ peer, ports }, i) => {
    const { account, region } = spec.place
    const id = `sgr-0${hex(16, 'sgr', spec.name, String(i))}`
    const arn = `arn:aws:ec2:${region}:${account}:security-group-rule/${id}`
    const config = {
      SecurityGroupRuleId: id,
      SecurityGroupRuleArn: arn,
      GroupId: securityGroupId(spec.name),
      GroupOwnerId: account,
      IsEgress: false,
      IpProtocol: 'tcp',
      FromPort: ports[0],
      ToPort: ports[1],
      ...peerFields(peer, region),
    }
    return { type: types.securityGroupRule, arn, account, region, config }
  })

const attributes = (internal: boolean): readonly { Key: string; Value: string }[] => [
  { Key: 'access_logs.s3.enabled', Value: 'false' },
  { Key: 'ipv6.deny_all_igw_traffic', Value: String(internal) },
  { Key: 'routing.http.desync_mitigation_mode', Value: 'defensive' },
  { Key: 'routing.http.drop_invalid_header_fields.enabled', Value: 'true' },
  { Key: 'routing.http.preserve_host_header.enabled', Value: 'false' },
  { Key: 'routing.http.xff_header_processing.mode', Value: 'append' },
  { Key: 'waf.fail_open.enabled', Value: 'false' },
]

const addresses = (spec: LoadBalancerSpec, dnsName: string): readonly DnsEntry[] => {
  const own = loadBalancerAddresses(spec.number ?? octet('lb', spec.name) - 1)
  if (spec.internal) return [{ name: dnsName, type: 'A', value: own.internal }]
  const v4: DnsEntry = { name: dnsName, type: 'A', value: own.public4 }
  return spec.dualstack ? [v4, { name: dnsName, type: 'AAAA', value: own.public6 }] : [v4]
}

const dnsNameOf = ({ name, place: { region }, internal, kind }: LoadBalancerSpec): string =>
  kind === 'network'
    ? `${name}-${hex(16, 'lb', name)}.elb.${region}.amazonaws.com`
    : `${internal ? 'internal-' : ''}${name}-${digits(10, 'lb', name)}.${region}.elb.amazonaws.com`

/** Builds a load balancer as DescribeLoadBalancers and its kin would show it. */
export const buildLoadBalancer = (spec: LoadBalancerSpec): BuiltLoadBalancer => {
  const { account, region } = spec.place
  const isNetwork = spec.kind === 'network'
  const arn = elbArn(
    spec.place,
    `loadbalancer/${isNetwork ? 'net' : 'app'}/${spec.name}/${elbId('lb', spec.name)}`,
  )
  const dnsName = dnsNameOf(spec)
  const zone = `Z${hex(12, 'elb-zone', region).toUpperCase()}`
  const at = { arn, account, region }
  const resources: WorldResource[] = [
    {
      ...at,
      type: types.loadBalancer,
      config: {
        LoadBalancerArn: arn,
        DNSName: dnsName,
        CanonicalHostedZoneId: zone,
        CreatedTime: '2025-03-01T09:00:00.000Z',
        LoadBalancerName: spec.name,
        Scheme: spec.internal ? 'internal' : 'internet-facing',
        VpcId: vpcId(spec.place),
        State: { Code: 'active' },
        Type: spec.kind ?? 'application',
        AvailabilityZones: subnetIds(spec.place).map((SubnetId, i) => ({
          ZoneName: `${region}${'ab'.charAt(i)}`,
          SubnetId,
          LoadBalancerAddresses: [],
        })),
        SecurityGroups: [securityGroupId(spec.name)],
        IpAddressType: spec.dualstack ? 'dualstack' : 'ipv4',
      },
    },
    {
      ...at,
      type: types.loadBalancerAttributes,
      config: { LoadBalancerArn: arn, Attributes: isNetwork ? [] : attributes(spec.internal ?? false) },
    },
    { ...at, type: types.tags, config: { ResourceArn: arn, Tags: [{ Key: 'site', Value: spec.name }] } },
    ...(isNetwork
      ? []
      : [
          {
            ...at,
            type: types.webAclAssociation,
            config: { ResourceArn: arn, WebACLArn: spec.webAcl ?? null },
          },
        ]),
    ...listeners(spec, arn),
    ...targetGroups(spec, arn),
    ...securityGroup(spec),
  ]
  return { arn, dnsName, zone, resources, dns: addresses(spec, dnsName) }
}
