/** The estate that the collect tests read: something of everything, and beside it what must not be read. */
import type { NameAnswer, NameResolver } from '#collect/resolve-name.ts'
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
import { buildLoadBalancer, type LoadBalancerSpec } from '#lab/build/load-balancer.ts'
import { distributionId } from '#lab/build/names.ts'
import { cloudFrontLists, network, type Place } from '#lab/build/place.ts'
import { forbidden, forward, header, type ListenerSpec, rule } from '#lab/build/rules.ts'
import { buildCertificate, buildWebAcl, requireHeader } from '#lab/build/security.ts'
import type { World, WorldResource } from '#lab/world.ts'
import { types } from '#snapshot/resource-types.ts'
import { apis } from './estate-apis.ts'
import { keptLife, otherLife, tokenLife } from './estate-life.ts'
import { signing } from './estate-signing.ts'
import { instanceBehindIds, machines, otherWays } from './estate-ways.ts'

export const account = '111122223333'
export const token = 'canary-Zb7Qm4XzR7uTnBv0sLd8WkYcE2aJfHg6'

const dublin: Place = { account, region: 'eu-west-1' }
const virginia: Place = { account, region: 'us-east-1' }
const frankfurt: Place = { account, region: 'eu-central-1' }

const gated: ListenerSpec = {
  port: 443,
  protocol: 'HTTPS',
  rules: [
    rule(10, header('x-auth-token', token), forward()),
    rule(20, header('x-other', 'a', 'b'), forward()),
  ],
  otherwise: forbidden,
}
const fromCloudFront = [{ peer: 'cloudfront', ports: [443, 443] }] as const

const certificate = (place: Place, name: string): WorldResource => buildCertificate({ place, names: [name] })

interface Alb {
  readonly arn: string
  readonly dnsName: string
  readonly zone: string
  readonly resources: readonly WorldResource[]
}

const alb = (name: string, place: Place, more: Partial<LoadBalancerSpec> = {}): Alb => {
  const own = certificate(place, `${name}.example.com`)
  const built = buildLoadBalancer({
    name,
    place,
    admits: fromCloudFront,
    listeners: [gated, { port: 80, protocol: 'HTTP', otherwise: forbidden }],
    certificate: own.arn,
    ...more,
  })
  return { ...built, resources: [own, ...built.resources] }
}

/** Every load balancer and target group answers with tags, empty ones too. */
const withTags = (resources: readonly WorldResource[]): readonly WorldResource[] => {
  const tagged = new Set(resources.filter(r => r.type === types.tags).map(r => r.arn))
  const untagged = resources.filter(
    r => (r.type === types.targetGroup || r.type === types.loadBalancer) && !tagged.has(r.arn),
  )
  return [
    ...resources,
    ...untagged.map(r => ({ ...r, type: types.tags, config: { ResourceArn: r.arn, Tags: [] } })),
  ]
}

const edited = (
  resources: readonly WorldResource[],
  type: string,
  edit: (config: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>,
): readonly WorldResource[] => resources.map(r => (r.type === type ? { ...r, config: edit(r.config) } : r))

const of = (place: Place, type: string, arn: string, config: Record<string, unknown>): WorldResource => ({
  type,
  arn,
  account: place.account,
  region: place.region,
  config,
})

// ---- Load balancers ----

const shop = alb('shop', dublin)
const wiki = alb('wiki', dublin)
/** Its target is registered by instance id. */
const forum = ((): Alb => {
  const built = alb('forum', dublin)
  const byId = edited(built.resources, types.targetGroup, config => ({ ...config, TargetType: 'instance' }))
  const TargetHealthDescriptions = [
    { Target: { Id: instanceBehindIds, Port: 8080 }, TargetHealth: { State: 'healthy' } },
  ]
  return {
    ...built,
    resources: edited(byId, types.targetHealth, config => ({ ...config, TargetHealthDescriptions })),
  }
})()
const regionalSets = { ip: 'arn:aws:wafv2:eu-west-1:111122223333:regional/ipset/offices/1a' }
const regionalAcl = buildWebAcl({
  name: 'mail-alb',
  scope: 'REGIONAL',
  place: dublin,
  rules: [
    requireHeader('x-auth-token', token),
    {
      Name: 'offices',
      Priority: 5,
      Statement: { IPSetReferenceStatement: { ARN: regionalSets.ip } },
      Action: { Allow: {} },
      VisibilityConfig: {
        SampledRequestsEnabled: true,
        CloudWatchMetricsEnabled: true,
        MetricName: 'offices',
      },
    },
  ],
})
const mail = alb('mail', dublin, { webAcl: regionalAcl.arn })
const portal = alb('portal', virginia)
const inside = alb('inside', dublin, { internal: true })

const shopTargets = shop.resources.find(r => r.type === types.targetHealth)?.config.TargetHealthDescriptions
/** Not an origin, but its targets are the shop's. */
const sibling = ((): Alb => {
  const built = alb('shop-old', dublin)
  return {
    ...built,
    resources: edited(built.resources, types.targetHealth, config => ({
      ...config,
      TargetHealthDescriptions: shopTargets,
    })),
  }
})()

/** A network load balancer in front of the shop's. */
const fronting = ((): readonly WorldResource[] => {
  const built = buildLoadBalancer({
    name: 'front',
    place: dublin,
    admits: [],
    listeners: [{ port: 443, protocol: 'TCP', otherwise: forward('alb') }],
  })
  const arn = built.arn.replace('/app/', '/net/')
  const own = JSON.parse(JSON.stringify(built.resources).replaceAll('/app/front/', '/net/front/'))
  const asNetwork = edited(own, types.loadBalancer, config => ({
    ...config,
    Type: 'network',
    DNSName: 'front-0a1b2c3d4e5f6071.elb.eu-west-1.amazonaws.com',
    SecurityGroups: [],
  }))
  const groups = edited(asNetwork, types.targetGroup, config => ({
    ...config,
    TargetType: 'alb',
    Protocol: 'TCP',
    Port: 443,
    LoadBalancerArns: [arn],
  }))
  return edited(groups, types.targetHealth, config => ({
    ...config,
    TargetHealthDescriptions: [{ Target: { Id: shop.arn, Port: 443 }, TargetHealth: { State: 'healthy' } }],
  })).filter(r => r.type !== types.webAclAssociation)
})()

/** A classic load balancer whose instances are those of something else. */
const classicNamed = (LoadBalancerName: string, ...instances: readonly string[]): WorldResource =>
  of(
    dublin,
    types.classicLoadBalancer,
    `arn:aws:elasticloadbalancing:eu-west-1:${account}:loadbalancer/${LoadBalancerName}`,
    {
      LoadBalancerName,
      DNSName: `${LoadBalancerName}-1234567890.eu-west-1.elb.amazonaws.com`,
      Scheme: 'internet-facing',
      SecurityGroups: ['sg-0legacy'],
      Subnets: [],
      Instances: instances.map(InstanceId => ({ InstanceId })),
      ListenerDescriptions: [],
    },
  )

const classicName = 'legacy-1234567890.eu-west-1.elb.amazonaws.com'
const classic = of(
  dublin,
  types.classicLoadBalancer,
  `arn:aws:elasticloadbalancing:eu-west-1:${account}:loadbalancer/legacy`,
  {
    LoadBalancerName: 'legacy',
    DNSName: classicName,
    Scheme: 'internet-facing',
    CreatedTime: '2014-05-04T08:30:00.000Z',
    VPCId: shop.resources.find(r => r.type === types.loadBalancer)?.config.VpcId,
    SecurityGroups: ['sg-0legacy'],
    Subnets: [],
    Instances: [{ InstanceId: 'i-0aaaaaaaaaaaaaaa1' }],
    ListenerDescriptions: [
      {
        Listener: { Protocol: 'HTTP', LoadBalancerPort: 80, InstanceProtocol: 'HTTP', InstancePort: 8080 },
        PolicyNames: [],
      },
    ],
  },
)
const customList = 'pl-0customers'
const groupRule = (group: string, id: string, peer: Record<string, unknown>): WorldResource => {
  const arn = `arn:aws:ec2:eu-west-1:${account}:security-group-rule/${id}`
  const config = {
    SecurityGroupRuleId: id,
    SecurityGroupRuleArn: arn,
    GroupId: group,
    GroupOwnerId: account,
    IsEgress: false,
    IpProtocol: 'tcp',
    FromPort: 80,
    ToPort: 80,
    ...peer,
  }
  return of(dublin, types.securityGroupRule, arn, config)
}
const lists: readonly WorldResource[] = [
  groupRule('sg-0legacy', 'sgr-0legacy', { PrefixListId: customList }),
  groupRule('sg-0instance', 'sgr-0instance', { CidrIpv4: '0.0.0.0/0' }),
  groupRule('sg-0hosts', 'sgr-0hosts', { CidrIpv4: '192.0.2.0/24' }),
  groupRule('sg-0admin', 'sgr-0admin', { CidrIpv6: '2001:db8:1::/48' }),
  of(dublin, types.prefixList, `arn:aws:ec2:eu-west-1:${account}:prefix-list/${customList}`, {
    PrefixListId: customList,
    PrefixListArn: `arn:aws:ec2:eu-west-1:${account}:prefix-list/${customList}`,
    PrefixListName: 'customers',
    AddressFamily: 'IPv4',
    MaxEntries: 10,
    Version: 1,
    OwnerId: account,
    State: 'create-complete',
  }),
  of(dublin, types.prefixListEntries, `arn:aws:ec2:eu-west-1:${account}:prefix-list/${customList}`, {
    PrefixListId: customList,
    Entries: ['192.0.2.0/28', '192.0.2.16/28', '192.0.2.32/28'].map(Cidr => ({ Cidr, Description: '' })),
  }),
]

// ---- Instances and addresses ----

const instance = (id: string, address: string): WorldResource =>
  of(dublin, types.instance, `arn:aws:ec2:eu-west-1:${account}:instance/${id}`, {
    InstanceId: id,
    PublicIpAddress: address,
    PublicDnsName: `ec2-${address.replaceAll('.', '-')}.eu-west-1.compute.amazonaws.com`,
    LaunchTime: '2025-01-01T00:00:00.000Z',
    SecurityGroups: [{ GroupId: 'sg-0instance', GroupName: 'instance' }],
  })
const card = (id: string, owner: string, address: string): WorldResource =>
  of(dublin, types.networkInterface, `arn:aws:ec2:eu-west-1:${account}:network-interface/${id}`, {
    NetworkInterfaceId: id,
    Description: '',
    Status: 'in-use',
    Attachment: { InstanceId: owner, Status: 'attached' },
    Association: { PublicIp: address },
  })
const hosts: readonly WorldResource[] = [
  instance('i-0aaaaaaaaaaaaaaa1', '203.0.113.77'),
  instance('i-0aaaaaaaaaaaaaaa2', '198.51.100.10'),
  instance('i-0aaaaaaaaaaaaaaa3', '203.0.113.78'),
  card('eni-1', 'i-0aaaaaaaaaaaaaaa1', '203.0.113.77'),
  card('eni-2', 'i-0aaaaaaaaaaaaaaa2', '198.51.100.10'),
  of(dublin, types.address, `arn:aws:ec2:eu-west-1:${account}:elastic-ip/eipalloc-1`, {
    AllocationId: 'eipalloc-1',
    PublicIp: '198.51.100.99',
    Domain: 'vpc',
  }),
]

const targetOf = (one: Alb): string => {
  const health = one.resources.find(r => r.type === types.targetHealth)?.config.TargetHealthDescriptions
  return (health as readonly { Target: { Id: string } }[])[0]?.Target.Id ?? ''
}
const arnOf = (resources: readonly WorldResource[], type: string): string =>
  resources.find(r => r.type === type)?.arn ?? ''

const [behindIds, behindAddress] = machines(targetOf(wiki))
const [wikiInterface] = behindAddress.config.NetworkInterfaces as [Record<string, unknown>]
const wikiCard = of(
  dublin,
  types.networkInterface,
  `arn:aws:ec2:eu-west-1:${account}:network-interface/${wikiInterface.NetworkInterfaceId}`,
  {
    ...wikiInterface,
    Attachment: { InstanceId: behindAddress.config.InstanceId, DeviceIndex: 0, Status: 'attached' },
  },
)

const ways = otherWays({
  application: shop.arn,
  network: arnOf(fronting, types.loadBalancer),
  listener: arnOf(wiki.resources, types.listener),
  group: arnOf(fronting, types.targetGroup),
})

// ---- CloudFront and its web ACL ----

const sets = {
  group: `arn:aws:wafv2:us-east-1:${account}:global/rulegroup/gate/2b`,
  ip: `arn:aws:wafv2:us-east-1:${account}:global/ipset/blocked/3c`,
  regex: `arn:aws:wafv2:us-east-1:${account}:global/regexpatternset/agents/4d`,
}
const visibility = (MetricName: string) => ({
  SampledRequestsEnabled: true,
  CloudWatchMetricsEnabled: true,
  MetricName,
})
const edgeAcl = buildWebAcl({
  name: 'edge',
  scope: 'CLOUDFRONT',
  place: virginia,
  rules: [
    {
      Name: 'gate',
      Priority: 1,
      Statement: { RuleGroupReferenceStatement: { ARN: sets.group } },
      OverrideAction: { None: {} },
      VisibilityConfig: visibility('gate'),
    },
  ],
})
const edgeParts: readonly WorldResource[] = [
  of(virginia, types.ruleGroup, sets.group, {
    Name: 'gate',
    Id: '2b',
    ARN: sets.group,
    Capacity: 10,
    Scope: 'CLOUDFRONT',
    VisibilityConfig: visibility('gate'),
    Rules: [
      {
        Name: 'agents',
        Priority: 0,
        Action: { Block: {} },
        VisibilityConfig: visibility('agents'),
        Statement: {
          AndStatement: {
            Statements: [
              { IPSetReferenceStatement: { ARN: sets.ip } },
              {
                RegexPatternSetReferenceStatement: {
                  ARN: sets.regex,
                  FieldToMatch: { UriPath: {} },
                  TextTransformations: [{ Priority: 0, Type: 'NONE' }],
                },
              },
            ],
          },
        },
      },
    ],
  }),
  of(virginia, types.ipSet, sets.ip, {
    Name: 'blocked',
    Id: '3c',
    ARN: sets.ip,
    IPAddressVersion: 'IPV4',
    Addresses: ['192.0.2.64/26'],
    Scope: 'CLOUDFRONT',
  }),
  of(virginia, types.regexPatternSet, sets.regex, {
    Name: 'agents',
    Id: '4d',
    ARN: sets.regex,
    RegularExpressionList: [{ RegexString: '^/admin' }],
    Scope: 'CLOUDFRONT',
  }),
  of(dublin, types.ipSet, regionalSets.ip, {
    Name: 'offices',
    Id: '1a',
    ARN: regionalSets.ip,
    IPAddressVersion: 'IPV4',
    Addresses: ['192.0.2.96/27'],
    Scope: 'REGIONAL',
  }),
]

const viewerCertificate = certificate(virginia, '*.example.com')

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
const functionUrl = [
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
const files: readonly WorldResource[] = [
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

const distributions: readonly WorldResource[] = [
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

const zones: readonly WorldResource[] = [
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

/** All that a scan is about. */
export const relevant: readonly WorldResource[] = withTags([
  of(virginia, types.account, `arn:aws:sts::${account}:assumed-role/lab/lab`, {
    Account: account,
    Arn: `arn:aws:sts::${account}:assumed-role/lab/lab`,
    UserId: `AROA${account}:lab`,
  }),
  ...network(dublin),
  ...network(virginia),
  ...[shop, wiki, forum, mail, portal, inside, sibling].flatMap(one => one.resources),
  ...fronting,
  classic,
  classicNamed('legacy-beside', instanceBehindIds, 'i-0aaaaaaaaaaaaaaa3'),
  ...lists,
  ...hosts,
  behindIds,
  behindAddress,
  wikiCard,
  ...ways,
  regionalAcl,
  edgeAcl,
  ...edgeParts,
  viewerCertificate,
  ...distributions,
  ...functionUrl,
  ...files,
  ...apis.resources(token),
  ...signing(token),
  ...zones,
  ...tokenLife(distributionId('shop')),
])

const privateZone = edited(
  buildZone(account, 'net', [{ name: 'blue.apps.example.net', cname: 'wrong.example.org' }]),
  types.hostedZone,
  config => ({ ...config, Name: 'apps.example.net.', Config: { PrivateZone: true } }),
)

const foreign: Place = { account: '444455556666', region: 'eu-west-1' }

/** What stands beside it: other load balancers, networks, zones, lists, web ACLs and accounts. */
const beside: readonly WorldResource[] = withTags([
  ...alb('intranet', dublin).resources,
  ...alb('other-region', frankfurt).resources,
  ...network(frankfurt),
  ...alb('foreign', foreign).resources,
  ...buildFunctionUrl(account, 'eu-west-1', { name: 'unseen', authType: 'NONE', statements: [] }),
  ...otherLife,
  ...buildBucket({ name: 'unused', account, region: 'eu-west-1' }),
  ...buildAccessPoint({ name: 'unused', bucket: 'unused', ...dublin }),
  buildWebAcl({ name: 'unused', scope: 'CLOUDFRONT', place: virginia }),
  ...buildZone(account, 'example.org', [{ name: 'other.example.org', addresses: ['192.0.2.1'] }]),
  ...privateZone,
  of(dublin, types.prefixList, 'arn:aws:ec2:eu-west-1:aws:prefix-list/pl-s3', {
    PrefixListId: 'pl-s3',
    PrefixListArn: 'arn:aws:ec2:eu-west-1:aws:prefix-list/pl-s3',
    PrefixListName: 'com.amazonaws.eu-west-1.s3',
    AddressFamily: 'IPv4',
    OwnerId: 'AWS',
  }),
  of(dublin, types.prefixList, `arn:aws:ec2:eu-west-1:${account}:prefix-list/pl-lookalike`, {
    PrefixListId: 'pl-lookalike',
    PrefixListArn: `arn:aws:ec2:eu-west-1:${account}:prefix-list/pl-lookalike`,
    PrefixListName: 'com.amazonaws.global.cloudfront.origin-facing',
    AddressFamily: 'IPv4',
    OwnerId: account,
  }),
  instance('i-0aaaaaaaaaaaaaaa9', '203.0.113.99'),
  classicNamed('legacy-elsewhere', 'i-0aaaaaaaaaaaaaaa9'),
])

export const estate: World = {
  name: 'collect',
  story: 'Something of everything that collecting reads, and what it must leave alone.',
  account,
  regions: ['eu-central-1', 'eu-west-1', 'us-east-1'],
  resources: [...relevant, ...beside],
  dns: [],
}

/** What collecting keeps of what the world holds in full, by type. */
export const kept = keptLife(distributionId('shop'))

/** Ids that the tests name. */
export const named = {
  cloudFrontList: cloudFrontLists('eu-west-1').v4,
  customList,
  shop: shop.arn,
  classicName,
  goneName: 'gone-1111111111.eu-west-1.elb.amazonaws.com',
}

const answers: Readonly<Record<string, Partial<NameAnswer>>> = {
  'direct.partner.example': { addresses: ['198.51.100.10'] },
  'parked.partner.example': { addresses: ['198.51.100.99'] },
  'api.partner.example': {
    canonicalNames: ['edge.partner.example'],
    addresses: ['192.0.2.77', '2001:db8::77'],
  },
  [named.goneName]: { outcome: 'no-such-name' },
}

/** Answers as public DNS would; every name that is asked is told to `onName`. */
export const estateDns = (onName: (name: string) => void = () => undefined): NameResolver => ({
  resolve: async name => {
    onName(name)
    const answer = answers[name]
    return answer
      ? { outcome: 'answer', canonicalNames: [], addresses: [], ...answer }
      : { outcome: 'failed', canonicalNames: [], addresses: [] }
  },
})

/** The answers as the snapshot should hold them. */
export const dnsRecords: readonly WorldResource[] = Object.entries(answers).map(([name, answer]) =>
  of(virginia, types.dnsAnswer, name, {
    Name: name,
    Outcome: answer.outcome ?? 'answer',
    CanonicalNames: answer.canonicalNames ?? [],
    Addresses: answer.addresses ?? [],
  }),
)
