/** Origins and web ACL parts that sites are not built from: a bucket, instances, an Elastic IP, a classic load balancer. */
import {
  accessPointArn,
  buildAccessPoint,
  buildReplication,
  cloudFrontReadsThrough,
  leftToAccessPoints,
} from '#lab/build/access-point.ts'
import { buildAccountBlock, buildBucket, cloudFrontReads } from '#lab/build/bucket.ts'
import { buildDistribution } from '#lab/build/distribution.ts'
import { buildZone } from '#lab/build/dns.ts'
import { hex } from '#lab/build/names.ts'
import { type Place, vpcId } from '#lab/build/place.ts'
import type { World, WorldResource } from '#lab/world.ts'
import { types } from '#snapshot/resource-types.ts'

const of = (place: Place, type: string, arn: string, config: Record<string, unknown>): WorldResource => ({
  ...place,
  type,
  arn,
  config,
})

const globally = ({ account }: Place): Place => ({ account, region: 'us-east-1' })

/** More of everything for a world: resources only, so that nothing of it is played live. */
export const withResources = (world: World, more: readonly WorldResource[]): World => ({
  ...world,
  resources: [...world.resources, ...more],
})

/** A distribution whose only origin is that name; it wears the web ACL. */
const distribution = (
  { account }: Place,
  name: string,
  domainName: string,
  webAcl: string | undefined,
): WorldResource =>
  buildDistribution({
    name,
    account,
    comment: name,
    aliases: [],
    origins: [{ id: 'app', domainName }],
    ...(webAcl && { webAcl }),
  })

/** A bucket that only CloudFront's signature opens, and beside it one that no longer exists. */
export const bucket = (place: Place, webAcl?: string): readonly WorldResource[] => {
  const id = `E${hex(13, 'access control').toUpperCase()}`
  const built = distribution(place, 'files', `files.s3.${place.region}.amazonaws.com`, webAcl)
  const [origin] = (built.config.Origins as { Items: Record<string, unknown>[] }).Items
  const { CustomOriginConfig: _, ...rest } = origin ?? {}
  const point = { ...place, name: 'edge', bucket: 'files' }
  const Items = [{ ...rest, OriginAccessControlId: id, S3OriginConfig: { OriginAccessIdentity: '' } }]
  return [
    { ...built, config: { ...built.config, Origins: { Quantity: 1, Items } } },
    distribution(place, 'lost-files', `lost-files.s3.${place.region}.amazonaws.com`, webAcl),
    ...buildBucket({
      name: 'files',
      ...place,
      website: true,
      statements: [cloudFrontReads('files', built.arn), leftToAccessPoints('files', place.account)],
    }),
    buildReplication('files', place, { to: 'files-backup' }),
    ...buildBucket({ name: 'files-backup', ...place }),
    ...buildAccessPoint({
      ...point,
      statements: [cloudFrontReadsThrough(accessPointArn(point), built.arn)],
    }),
    buildAccountBlock(place.account),
    of(
      globally(place),
      types.originAccessControl,
      `arn:aws:cloudfront::${place.account}:origin-access-control/${id}`,
      {
        Id: id,
        Name: 'files',
        Description: '',
        SigningProtocol: 'sigv4',
        SigningBehavior: 'always',
        OriginAccessControlOriginType: 's3',
      },
    ),
  ]
}

const worldRule = (place: Place, group: string): WorldResource => {
  const id = `sgr-0${hex(16, 'sgr', group)}`
  const arn = `arn:aws:ec2:${place.region}:${place.account}:security-group-rule/${id}`
  return of(place, types.securityGroupRule, arn, {
    SecurityGroupRuleId: id,
    SecurityGroupRuleArn: arn,
    GroupId: group,
    GroupOwnerId: place.account,
    IsEgress: false,
    IpProtocol: 'tcp',
    FromPort: 80,
    ToPort: 80,
    CidrIpv4: '0.0.0.0/0',
  })
}

/** An instance with an Elastic IP behind a name, and another Elastic IP that belongs to nothing any more. */
export const instances = (place: Place, zone: string): readonly WorldResource[] => {
  const { account, region } = place
  const ec2 = (kind: string, id: string) => `arn:aws:ec2:${region}:${account}:${kind}/${id}`
  const [id, group, inUse, idle] = [
    `i-0${hex(16, 'host')}`,
    `sg-0${hex(16, 'host')}`,
    '198.51.100.10',
    '198.51.100.99',
  ]
  const elastic = (PublicIp: string, used: Record<string, unknown>) => {
    const AllocationId = `eipalloc-0${hex(16, PublicIp)}`
    return of(place, types.address, ec2('elastic-ip', AllocationId), {
      AllocationId,
      PublicIp,
      Domain: 'vpc',
      ...used,
    })
  }
  return [
    distribution(place, 'host', `origin-host.${zone}`, undefined),
    distribution(place, 'parked', `origin-parked.${zone}`, undefined),
    ...buildZone(account, zone, [
      { name: `origin-host.${zone}`, addresses: [inUse] },
      { name: `origin-parked.${zone}`, addresses: [idle] },
    ]),
    of(place, types.instance, ec2('instance', id), {
      InstanceId: id,
      PublicIpAddress: inUse,
      LaunchTime: '2025-01-01T00:00:00.000Z',
      VpcId: vpcId(place),
      SecurityGroups: [{ GroupId: group, GroupName: 'host' }],
    }),
    of(place, types.networkInterface, ec2('network-interface', 'eni-0host'), {
      NetworkInterfaceId: 'eni-0host',
      Description: '',
      Status: 'in-use',
      Attachment: { InstanceId: id, Status: 'attached' },
      Association: { PublicIp: inUse },
    }),
    elastic(inUse, { InstanceId: id, NetworkInterfaceId: 'eni-0host' }),
    elastic(idle, {}),
    worldRule(place, group),
  ]
}

/** A classic load balancer that anyone may reach. */
export const classicLoadBalancer = (place: Place): readonly WorldResource[] => {
  const { account, region } = place
  const group = `sg-0${hex(16, 'classic')}`
  const DNSName = `classic-1234567890.${region}.elb.amazonaws.com`
  const arn = `arn:aws:elasticloadbalancing:${region}:${account}:loadbalancer/classic`
  return [
    distribution(place, 'classic', DNSName, undefined),
    of(place, types.classicLoadBalancer, arn, {
      LoadBalancerName: 'classic',
      DNSName,
      Scheme: 'internet-facing',
      CreatedTime: '2014-05-04T08:30:00.000Z',
      VPCId: vpcId(place),
      SecurityGroups: [group],
      Subnets: [],
      Instances: [],
      ListenerDescriptions: [
        {
          Listener: { Protocol: 'HTTP', LoadBalancerPort: 80, InstanceProtocol: 'HTTP', InstancePort: 8080 },
          PolicyNames: [],
        },
      ],
    }),
    worldRule(place, group),
  ]
}

const visibility = (MetricName: string) => ({
  SampledRequestsEnabled: true,
  CloudWatchMetricsEnabled: true,
  MetricName,
})

/** Gives every web ACL at the edge a rule group of one's own, which names an IP set and a pattern set. */
export const withEdgeRuleGroup = (world: World): World => {
  const at: Place = { account: world.account, region: 'us-east-1' }
  const part = (kind: string) => `arn:aws:wafv2:us-east-1:${world.account}:global/${kind}/own/${hex(8, kind)}`
  const own = { group: part('rulegroup'), addresses: part('ipset'), paths: part('regexpatternset') }
  const base = (ARN: string) => ({ Name: 'own', Id: ARN.split('/').at(-1), ARN, Scope: 'CLOUDFRONT' })
  const gate = {
    Name: 'own',
    Priority: 1,
    Statement: { RuleGroupReferenceStatement: { ARN: own.group } },
    OverrideAction: { None: {} },
    VisibilityConfig: visibility('own'),
  }
  const blocked = {
    Name: 'admin',
    Priority: 0,
    Action: { Block: {} },
    VisibilityConfig: visibility('admin'),
    Statement: {
      AndStatement: {
        Statements: [
          { IPSetReferenceStatement: { ARN: own.addresses } },
          {
            RegexPatternSetReferenceStatement: {
              ARN: own.paths,
              FieldToMatch: { UriPath: {} },
              TextTransformations: [{ Priority: 0, Type: 'NONE' }],
            },
          },
        ],
      },
    },
  }
  const resources = world.resources.map(r =>
    r.type === types.webAcl && r.config.Scope === 'CLOUDFRONT'
      ? { ...r, config: { ...r.config, Rules: [gate, ...(r.config.Rules as readonly unknown[])] } }
      : r,
  )
  return {
    ...world,
    resources: [
      ...resources,
      of(at, types.ruleGroup, own.group, {
        ...base(own.group),
        Capacity: 10,
        VisibilityConfig: visibility('own'),
        Rules: [blocked],
      }),
      of(at, types.ipSet, own.addresses, {
        ...base(own.addresses),
        IPAddressVersion: 'IPV4',
        Addresses: ['192.0.2.64/26'],
      }),
      of(at, types.regexPatternSet, own.paths, {
        ...base(own.paths),
        RegularExpressionList: [{ RegexString: '^/admin' }],
      }),
    ],
  }
}
