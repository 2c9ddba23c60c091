import {
  CloudFrontClient,
  ListDistributionsCommand,
  paginateListDistributions,
} from '@aws-sdk/client-cloudfront'
import {
  DescribeInstancesCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSubnetsCommand,
  EC2Client,
  paginateDescribeSecurityGroupRules,
} from '@aws-sdk/client-ec2'
import {
  DescribeListenersCommand,
  DescribeTagsCommand,
  ElasticLoadBalancingV2Client,
  paginateDescribeRules,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { ListResourceRecordSetsCommand, Route53Client } from '@aws-sdk/client-route-53'
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import {
  GetWebACLCommand,
  GetWebACLForResourceCommand,
  ListWebACLsCommand,
  WAFV2Client,
} from '@aws-sdk/client-wafv2'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AwsEndpoint, serveAws } from '#lab/aws/endpoint.ts'
import { buildDistribution } from '#lab/build/distribution.ts'
import { buildZone } from '#lab/build/dns.ts'
import { buildLoadBalancer } from '#lab/build/load-balancer.ts'
import { network, type Place, vpcId } from '#lab/build/place.ts'
import { forbidden, forward, header, rule } from '#lab/build/rules.ts'
import { buildWebAcl, requireHeader } from '#lab/build/security.ts'
import { worldHandler } from '#lab/serve-world/handler.ts'
import type { World } from '#lab/world.ts'
import { types } from '#snapshot/resource-types.ts'

const account = '111122223333'
const place: Place = { account, region: 'eu-west-1' }
const acl = buildWebAcl({ name: 'gate', scope: 'REGIONAL', place, rules: [requireHeader('x-token', 'abc')] })
const edgeAcl = buildWebAcl({ name: 'edge', scope: 'CLOUDFRONT', place: { account, region: 'us-east-1' } })
const rules = [1, 2, 3, 4, 5].map(n => rule(n, header('x-token', `value-${n}`), forward()))
const app = buildLoadBalancer({
  name: 'app',
  place,
  admits: [
    { peer: 'world', ports: [80, 80] },
    { peer: 'cloudfront', ports: [443, 443] },
  ],
  listeners: [{ port: 80, protocol: 'HTTP', rules, otherwise: forbidden }],
  webAcl: acl.arn,
})
const bare = buildLoadBalancer({ name: 'bare', place, admits: [], listeners: [] })
const other = buildLoadBalancer({
  name: 'other',
  place: { account: '444455556666', region: 'eu-west-1' },
  admits: [],
  listeners: [],
})
const distributions = Array.from({ length: 7 }, (_, i) =>
  buildDistribution({
    name: `site-${i}`,
    account,
    comment: '',
    aliases: [],
    origins: [{ id: 'a', domainName: app.dnsName }],
  }),
)
const world: World = {
  name: 'handler',
  story: 'What the handler tests ask about.',
  account,
  regions: ['eu-west-1', 'us-east-1'],
  resources: [
    ...network(place),
    ...[app, bare, other].flatMap(one => one.resources),
    acl,
    edgeAcl,
    ...distributions,
    ...buildZone(account, 'example.com', [
      { name: 'b.example.com', addresses: ['192.0.2.1'] },
      { name: 'a.b.example.com', addresses: ['192.0.2.2'] },
      { name: 'a.example.com', addresses: ['192.0.2.3'] },
      { name: 'c.example.com', alias: app.dnsName, zone: app.zone, ipv6: true },
    ]),
    {
      type: types.instance,
      arn: 'arn:aws:ec2:eu-west-1:111122223333:instance/i-1',
      ...place,
      config: { InstanceId: 'i-1', PublicIpAddress: '203.0.113.1', VpcId: vpcId(place) },
    },
  ],
  dns: [...app.dns],
}

const zoneId = String(world.resources.find(r => r.type === types.hostedZone)?.config.Id)
let aws: AwsEndpoint
beforeAll(async () => {
  aws = await serveAws(worldHandler(world, { pageSize: 2, shuffle: 7 }))
})
afterAll(() => aws.close())

const credentials = { accessKeyId: 'AKIALAB', secretAccessKey: 'lab' }
const at = (region = 'eu-west-1') => ({ region, credentials, endpoint: aws.url, maxAttempts: 1 })

const codeOf = async (answer: Promise<unknown>): Promise<string> =>
  answer.then(
    () => 'no error',
    (thrown: Error) => thrown.name,
  )

describe('paging', () => {
  test('by marker gives every item once', async () => {
    const pages: (string | undefined)[][] = []
    for await (const page of paginateListDistributions({ client: new CloudFrontClient(at()) }, {}))
      pages.push((page.DistributionList?.Items ?? []).map(item => item.Id))
    expect(pages.map(page => page.length)).toEqual([2, 2, 2, 1])
    expect(pages.flat().sort()).toEqual(distributions.map(d => d.config.Id).sort())
  })

  test('by token gives every item once', async () => {
    const groups = world.resources.filter(r => r.type === types.securityGroupRule).map(r => r.config.GroupId)
    const found: unknown[] = []
    const client = new EC2Client(at())
    const Filters = [{ Name: 'group-id', Values: groups.map(String) }]
    for await (const page of paginateDescribeSecurityGroupRules({ client }, { Filters, MaxResults: 5 }))
      found.push(...(page.SecurityGroupRules ?? []).map(one => one.SecurityGroupRuleId))
    expect(found).toHaveLength(groups.length)
    expect(new Set(found).size).toBe(groups.length)
  })

  test('of rules includes the default rule', async () => {
    const client = new ElasticLoadBalancingV2Client(at())
    const { Listeners } = await client.send(new DescribeListenersCommand({ LoadBalancerArn: app.arn }))
    const priorities: (string | undefined)[] = []
    for await (const page of paginateDescribeRules({ client }, { ListenerArn: Listeners?.[0]?.ListenerArn }))
      priorities.push(...(page.Rules ?? []).map(one => one.Priority))
    expect(priorities.sort()).toEqual(['1', '2', '3', '4', '5', 'default'])
  })

  test('of records goes on by name and type, in the order of DNS', async () => {
    const client = new Route53Client(at())
    const seen: string[] = []
    let next: object | undefined = {}
    while (next) {
      const page: Awaited<ReturnType<typeof list>> = await list(client, next)
      seen.push(...(page.ResourceRecordSets ?? []).map(one => `${one.Name} ${one.Type}`))
      next = page.IsTruncated
        ? { StartRecordName: page.NextRecordName, StartRecordType: page.NextRecordType }
        : undefined
    }
    expect(seen).toEqual([
      'a.example.com. A',
      'b.example.com. A',
      'a.b.example.com. A',
      'c.example.com. A',
      'c.example.com. AAAA',
    ])
  })
  const list = (client: Route53Client, from: object) =>
    client.send(new ListResourceRecordSetsCommand({ HostedZoneId: zoneId, ...from }))

  test('with a token of somewhere else is refused as the service does', async () => {
    const listed = new CloudFrontClient(at()).send(new ListDistributionsCommand({ Marker: 'nonsense' }))
    expect(await codeOf(listed)).toBe('InvalidArgument')
    const described = new EC2Client(at()).send(new DescribeSubnetsCommand({ NextToken: 'nonsense' }))
    expect(await codeOf(described)).toBe('InvalidNextToken')
  })
})

describe('what is asked for', () => {
  test('is told by filters that all must hold', async () => {
    const client = new EC2Client(at())
    const all = await client.send(new DescribeSubnetsCommand({}))
    const id = String(all.Subnets?.[0]?.SubnetId)
    const both = (vpc: string) =>
      client.send(
        new DescribeSubnetsCommand({
          Filters: [
            { Name: 'subnet-id', Values: [id] },
            { Name: 'vpc-id', Values: [vpc] },
          ],
        }),
      )
    expect((await both(vpcId(place))).Subnets).toHaveLength(1)
    expect((await both('vpc-other')).Subnets).toHaveLength(0)
  })

  test('with a filter that EC2 does not have is refused', async () => {
    const Filters = [{ Name: 'subnet-idd', Values: ['x'] }]
    expect(await codeOf(new EC2Client(at()).send(new DescribeSubnetsCommand({ Filters })))).toBe(
      'InvalidParameterValue',
    )
  })

  test.each([
    [
      'a load balancer',
      () =>
        new ElasticLoadBalancingV2Client(at()).send(
          new DescribeListenersCommand({ LoadBalancerArn: other.arn }),
        ),
      'LoadBalancerNotFoundException',
    ],
    [
      'an instance',
      () => new EC2Client(at()).send(new DescribeInstancesCommand({ InstanceIds: ['i-9'] })),
      'InvalidInstanceID.NotFound',
    ],
    [
      'a zone',
      () => new Route53Client(at()).send(new ListResourceRecordSetsCommand({ HostedZoneId: 'Z9' })),
      'NoSuchHostedZone',
    ],
    [
      'a web ACL',
      () => new WAFV2Client(at()).send(new GetWebACLCommand({ Name: 'x', Id: 'y', Scope: 'REGIONAL' })),
      'WAFNonexistentItemException',
    ],
    [
      'a tagged resource',
      () =>
        new ElasticLoadBalancingV2Client(at()).send(new DescribeTagsCommand({ ResourceArns: [other.arn] })),
      'LoadBalancerNotFoundException',
    ],
  ] as const)('and is %s that does not exist gives the error of the service', async (_, ask, code) => {
    expect(await codeOf(ask())).toBe(code)
  })

  test('more than twenty at once is too much for tags', async () => {
    const ResourceArns = Array.from({ length: 21 }, () => app.arn)
    const asked = new ElasticLoadBalancingV2Client(at()).send(new DescribeTagsCommand({ ResourceArns }))
    expect(await codeOf(asked)).toBe('ValidationError')
  })
})

describe('regions', () => {
  test('that the account has not enabled refuse every call', async () => {
    expect(await codeOf(new EC2Client(at('ap-east-1')).send(new DescribeSubnetsCommand({})))).toBe(
      'UnrecognizedClientException',
    )
  })

  test('hold their own resources only', async () => {
    const there = await new EC2Client(at('us-east-1')).send(new DescribeSubnetsCommand({}))
    expect(there.Subnets).toEqual([])
  })

  test('other than us-east-1 know no web ACL of CloudFront', async () => {
    const list = (region: string) =>
      new WAFV2Client(at(region)).send(new ListWebACLsCommand({ Scope: 'CLOUDFRONT' }))
    expect((await list('us-east-1')).WebACLs?.map(one => one.ARN)).toEqual([edgeAcl.arn])
    expect(await codeOf(list('eu-west-1'))).toBe('WAFInvalidParameterException')
  })
})

describe('web ACLs', () => {
  test('of a load balancer come with search strings as bytes', async () => {
    const asked = new GetWebACLForResourceCommand({ ResourceArn: app.arn })
    const { WebACL } = await new WAFV2Client(at()).send(asked)
    const match = WebACL?.Rules?.[0]?.Statement?.NotStatement?.Statement?.ByteMatchStatement
    expect(Buffer.from(match?.SearchString ?? []).toString()).toBe('abc')
  })

  test('of a load balancer without one are an empty answer', async () => {
    const asked = new GetWebACLForResourceCommand({ ResourceArn: bare.arn })
    expect((await new WAFV2Client(at()).send(asked)).WebACL).toBeUndefined()
  })
})

describe('network interfaces', () => {
  const owning = async (address: string) =>
    (
      await new EC2Client(at()).send(
        new DescribeNetworkInterfacesCommand({
          Filters: [{ Name: 'addresses.association.public-ip', Values: [address] }],
        }),
      )
    ).NetworkInterfaces

  test('are implied by the addresses of instances and load balancers', async () => {
    expect((await owning('203.0.113.1'))?.[0]?.Attachment?.InstanceId).toBe('i-1')
    const [card] = (await owning(String(app.dns[0]?.value))) ?? []
    expect(card?.Description).toBe(`ELB ${app.arn.split(':loadbalancer/')[1]}`)
    expect(await owning('192.0.2.250')).toEqual([])
  })
})

describe('accounts', () => {
  const assume = (RoleArn: string) =>
    new STSClient(at()).send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'test' }))

  test('are entered by assuming a role, and then are all that is seen', async () => {
    const { Credentials } = await assume('arn:aws:iam::444455556666:role/scanner')
    const session = {
      accessKeyId: String(Credentials?.AccessKeyId),
      secretAccessKey: String(Credentials?.SecretAccessKey),
      sessionToken: String(Credentials?.SessionToken),
    }
    const caller = await new STSClient({ ...at(), credentials: session }).send(
      new GetCallerIdentityCommand({}),
    )
    expect(caller).toMatchObject({
      Account: '444455556666',
      Arn: 'arn:aws:sts::444455556666:assumed-role/scanner/lab',
    })
    const there = new ElasticLoadBalancingV2Client({ ...at(), credentials: session })
    expect(await codeOf(there.send(new DescribeListenersCommand({ LoadBalancerArn: app.arn })))).toBe(
      'LoadBalancerNotFoundException',
    )
    expect(await codeOf(there.send(new DescribeListenersCommand({ LoadBalancerArn: other.arn })))).toBe(
      'no error',
    )
  })

  test('that the world does not have let nobody in', async () => {
    expect(await codeOf(assume('arn:aws:iam::999999999999:role/scanner'))).toBe('AccessDenied')
  })
})

test('an operation that the lab does not know is refused by name', () => {
  const refused = worldHandler(world)({
    service: 'ec2',
    operation: 'TerminateInstances',
    region: 'eu-west-1',
    accessKeyId: 'AKIALAB',
    input: {},
  })
  expect(refused).toMatchObject({ error: { code: 'InvalidAction' } })
})

test('another seed gives another order, the same seed the same', () => {
  const order = (shuffle: number) => {
    const answer = worldHandler(world, { shuffle })({
      service: 'cloudfront',
      operation: 'ListDistributions',
      region: 'us-east-1',
      accessKeyId: 'AKIALAB',
      input: {},
    })
    const list =
      'output' in answer ? (answer.output.DistributionList as { Items: { Id: string }[] }) : undefined
    return list?.Items.map(item => item.Id)
  }
  expect(order(1)).toEqual(order(1))
  expect(order(1)).not.toEqual(order(2))
  expect(order(1)?.toSorted()).toEqual(order(2)?.toSorted())
})
