import {
  CloudFrontClient,
  ListDistributionsCommand,
  paginateListDistributions,
} from '@aws-sdk/client-cloudfront'
import {
  DescribeInstancesCommand,
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
import { GetWebACLCommand, WAFV2Client } from '@aws-sdk/client-wafv2'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AwsEndpoint, serveAws } from '#lab/aws/endpoint.ts'
import { vpcId } from '#lab/build/place.ts'
import { worldHandler } from '#lab/serve-world/handler.ts'
import { types } from '#snapshot/resource-types.ts'
import { app, codeOf, credentials, distributions, other, place, world, zoneId } from './account.ts'

let aws: AwsEndpoint
beforeAll(async () => {
  aws = await serveAws(worldHandler(world, { pageSize: 2, shuffle: 7 }))
})
afterAll(() => aws.close())

const at = (region = 'eu-west-1') => ({ region, credentials, endpoint: aws.url, maxAttempts: 1 })

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
