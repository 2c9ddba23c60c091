import { CloudFrontClient, ListDistributionsCommand } from '@aws-sdk/client-cloudfront'
import { DescribeSubnetsCommand, EC2Client } from '@aws-sdk/client-ec2'
import { DescribeRulesCommand, ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2'
import { GetWebACLForResourceCommand, WAFV2Client } from '@aws-sdk/client-wafv2'
import { describe, expect, test } from 'vitest'
import type { Broken } from '#lab/aws/endpoint.ts'
import { serveAws } from '#lab/aws/endpoint.ts'
import { failureOf, openWire } from './wire.ts'

const wire = await openWire()
const cloudfront = new CloudFrontClient(wire.config)
const elb = new ElasticLoadBalancingV2Client(wire.config)
const ec2 = new EC2Client(wire.config)
const waf = new WAFV2Client(wire.config)

const clients: [string, () => Promise<unknown>][] = [
  ['rest-xml', () => cloudfront.send(new ListDistributionsCommand({}))],
  ['query', () => elb.send(new DescribeRulesCommand({}))],
  ['ec2', () => ec2.send(new DescribeSubnetsCommand({}))],
  ['json', () => waf.send(new GetWebACLForResourceCommand({ ResourceArn: 'arn' }))],
]
const kinds: [Broken, RegExp][] = [
  ['malformed', /parse error|JSON/i],
  ['truncated', /aborted|ECONNRESET/],
  ['reset', /ECONNRESET|socket hang up/],
  ['hang', /requestTimeout/],
  ['html', /parse error|JSON/i],
]

describe.each(clients)('over %s an unhealthy answer fails the call', (_protocol, send) => {
  test.each(kinds)('%s', async (broken, message) => {
    wire.next = { broken }
    expect((await failureOf(send())).message).toMatch(message)
  })
})

test('a proxy page has the status of a bad gateway', async () => {
  wire.next = { broken: 'html' }
  const error = await failureOf(cloudfront.send(new ListDistributionsCommand({})))
  expect((error as { $response?: { statusCode: number } }).$response?.statusCode).toBe(502)
})

test('after an unhealthy answer the next one is healthy again', async () => {
  for (const [broken] of kinds) {
    wire.next = { broken }
    await failureOf(ec2.send(new DescribeSubnetsCommand({})))
    wire.next = { output: { Subnets: [] } }
    expect((await ec2.send(new DescribeSubnetsCommand({}))).Subnets).toEqual([])
  }
})

test('closing the endpoint ends calls that hang', async () => {
  const endpoint = await serveAws(() => ({ broken: 'hang' }))
  const client = new EC2Client({
    ...wire.config,
    endpoint: endpoint.url,
    requestHandler: { requestTimeout: 60_000 },
  })
  const hanging = failureOf(client.send(new DescribeSubnetsCommand({})))
  await new Promise(resolve => setTimeout(resolve, 50))
  await endpoint.close()
  expect((await hanging).message).toMatch(/socket hang up|ECONNRESET/)
})

test('a latency beyond the patience of the client makes it give up', async () => {
  const endpoint = await serveAws(() => ({ output: {} }), { latencyMs: 2_000 })
  const client = new EC2Client({ ...wire.config, endpoint: endpoint.url })
  expect((await failureOf(client.send(new DescribeSubnetsCommand({})))).message).toMatch(/requestTimeout/)
  await endpoint.close()
})

test('a port that is taken is an error of the start', async () => {
  const port = Number(new URL(wire.endpoint.url).port)
  await expect(serveAws(() => ({ output: {} }), { port })).rejects.toThrow(/EADDRINUSE/)
})
