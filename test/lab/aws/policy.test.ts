import { DescribeRegionsCommand, DescribeSubnetsCommand, EC2Client } from '@aws-sdk/client-ec2'
import {
  DescribeLoadBalancersCommand,
  DescribeRulesCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { ListWebACLsCommand, WAFV2Client } from '@aws-sdk/client-wafv2'
import { describe, expect, test } from 'vitest'
import type { AwsAnswer, AwsCall, AwsHandler, Broken } from '#lab/aws/endpoint.ts'
import { withDenied, withFaults, withThrottle } from '#lab/aws/policy.ts'
import { failureOf, openWire } from './wire.ts'

const fine: AwsHandler = () => ({ output: {} })
const call = (service: string, operation: string, region = 'eu-west-1'): AwsCall => ({
  service,
  operation,
  region,
  accessKeyId: '',
  input: {},
})
const codeOf = async (answer: AwsAnswer | Promise<AwsAnswer>): Promise<string> => {
  const given = await answer
  return 'error' in given ? given.error.code : 'fine'
}

const denied = new Set([
  'ec2:DescribeSubnets',
  'elastic-load-balancing-v2:DescribeRules',
  'wafv2:ListWebACLs',
])
const rates = { ec2: { perSecond: 10, burst: 2 } }
const clock = { now: 0 }
const faults = new Map<string, Broken | { code: string; message: string }>([
  ['ec2:DescribeSubnets', 'malformed'],
  ['ec2:DescribeRegions', { code: 'InternalError', message: 'oops' }],
])
const denying = await openWire(handle => withDenied(handle, denied))
const throttling = await openWire(handle => withThrottle(handle, rates, () => clock.now))
const faulty = await openWire(handle => withFaults(handle, faults))

describe('withDenied', () => {
  test('the SDK raises the denial of each service and other operations go on', async () => {
    const wire = denying
    const ec2 = new EC2Client(wire.config)
    const elb = new ElasticLoadBalancingV2Client(wire.config)
    const waf = new WAFV2Client(wire.config)
    const errors = [
      await failureOf(ec2.send(new DescribeSubnetsCommand({}))),
      await failureOf(elb.send(new DescribeRulesCommand({}))),
      await failureOf(waf.send(new ListWebACLsCommand({ Scope: 'REGIONAL' }))),
    ]
    expect(errors.map(error => error.name)).toEqual([
      'UnauthorizedOperation',
      'AccessDenied',
      'AccessDeniedException',
    ])
    expect(errors[1]?.message).toContain(
      'is not authorized to perform: elasticloadbalancing:DescribeRules because',
    )
    wire.next = { output: { Regions: [] } }
    expect((await ec2.send(new DescribeRegionsCommand({}))).Regions).toEqual([])
  })
})

describe('withThrottle', () => {
  test('a service answers its burst, then refuses, and recovers with time', async () => {
    let now = 0
    const handle = withThrottle(fine, rates, () => now)
    const ask = () => codeOf(handle(call('ec2', 'DescribeSubnets')))
    expect([await ask(), await ask(), await ask()]).toEqual(['fine', 'fine', 'RequestLimitExceeded'])
    now = 99
    expect(await ask()).toBe('RequestLimitExceeded')
    now = 100
    expect([await ask(), await ask()]).toEqual(['fine', 'RequestLimitExceeded'])
    now = 10_000
    expect([await ask(), await ask(), await ask()]).toEqual(['fine', 'fine', 'RequestLimitExceeded'])
  })

  test('regions have a rate each, and services without a rate are never refused', async () => {
    const handle = withThrottle(fine, rates, () => 0)
    const answers = ['eu-west-1', 'us-east-1'].flatMap(region =>
      [1, 2, 3].map(() => codeOf(handle(call('ec2', 'DescribeSubnets', region)))),
    )
    const refused = 'RequestLimitExceeded'
    expect(await Promise.all(answers)).toEqual(['fine', 'fine', refused, 'fine', 'fine', refused])
    const others = [1, 2, 3, 4].map(() => codeOf(handle(call('sts', 'GetCallerIdentity'))))
    expect(await Promise.all(others)).toEqual(['fine', 'fine', 'fine', 'fine'])
  })

  test('the SDK retries a throttled call until it is let through', async () => {
    const wire = throttling
    const ec2 = new EC2Client({ ...wire.config, maxAttempts: 3 })
    wire.next = { output: { Subnets: [] } }
    for (const _ of [1, 2]) await ec2.send(new DescribeSubnetsCommand({}))
    const third = ec2.send(new DescribeSubnetsCommand({}))
    while (wire.calls.length < 3) await new Promise(resolve => setTimeout(resolve, 5))
    clock.now = 1000
    expect((await third).Subnets).toEqual([])
    expect(wire.calls.length).toBeGreaterThan(3)
  })
})

describe('withFaults', () => {
  test('breaks or refuses the chosen operations and leaves the others alone', async () => {
    const wire = faulty
    const ec2 = new EC2Client(wire.config)
    expect((await failureOf(ec2.send(new DescribeSubnetsCommand({})))).message).toMatch(/parse error/)
    expect((await failureOf(ec2.send(new DescribeRegionsCommand({})))).name).toBe('InternalError')
    const elb = new ElasticLoadBalancingV2Client(wire.config)
    wire.next = { output: { LoadBalancers: [] } }
    expect((await elb.send(new DescribeLoadBalancersCommand({}))).LoadBalancers).toEqual([])
  })

  test('wrappers compose: the outermost decides first', async () => {
    const denied = withDenied(fine, new Set(['ec2:DescribeSubnets']))
    const handle = withFaults(denied, new Map<string, Broken>([['ec2:DescribeSubnets', 'hang']]))
    expect(await handle(call('ec2', 'DescribeSubnets'))).toEqual({ broken: 'hang' })
  })
})
