import { DescribeNetworkInterfacesCommand, DescribeSubnetsCommand, EC2Client } from '@aws-sdk/client-ec2'
import {
  DescribeListenersCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { GetWebACLForResourceCommand, ListWebACLsCommand, WAFV2Client } from '@aws-sdk/client-wafv2'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AwsEndpoint, serveAws } from '#lab/aws/endpoint.ts'
import { worldHandler } from '#lab/serve-world/handler.ts'
import { app, bare, codeOf, credentials, edgeAcl, other, world } from './account.ts'

let aws: AwsEndpoint
beforeAll(async () => {
  aws = await serveAws(worldHandler(world, { pageSize: 2, shuffle: 7 }))
})
afterAll(() => aws.close())

const at = (region = 'eu-west-1') => ({ region, credentials, endpoint: aws.url, maxAttempts: 1 })

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
