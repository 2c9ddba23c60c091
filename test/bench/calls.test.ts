import { describe, expect, test } from 'vitest'
import { collect } from '#collect/collect.ts'
import { serveAws } from '#lab/aws/endpoint.ts'
import { operationName } from '#lab/aws/policy.ts'
import { worldHandler } from '#lab/serve-world/handler.ts'
import { estateWorld } from './estate.ts'
import { leastCalls, total } from './least-calls.ts'
import { limitBound } from './limits.ts'
import { type WorldName, worldNamed } from './worlds.ts'

const callsFor = async (name: WorldName): Promise<Map<string, number>> => {
  const made = new Map<string, number>()
  const aws = await serveAws(worldHandler(worldNamed(name)), {
    onCall: call => made.set(operationName(call), (made.get(operationName(call)) ?? 0) + 1),
  })
  try {
    await collect({
      credentials: async () => ({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'laboratory' }),
      endpoint: aws.url,
      homeRegion: 'us-east-1',
      sealKey: Buffer.alloc(32, 7),
      now: new Date('2026-06-01T12:00:00.000Z'),
      resolver: { resolve: async () => ({ outcome: 'no-such-name', canonicalNames: [], addresses: [] }) },
    })
  } finally {
    await aws.close()
  }
  return made
}

describe('the calls of a scan', () => {
  test.each(['demo', 60] as const)('are at most a tenth more than the least possible (%s)', async name => {
    const [made, least] = [await callsFor(name), leastCalls(worldNamed(name))]
    expect(total(made)).toBeLessThanOrEqual(1.1 * total(least))
    expect(total(made)).toBeGreaterThanOrEqual(total(least))
  })
})

describe("the benchmark's estate", () => {
  test('is the same for the same number, has that many distributions and no address twice', () => {
    const world = estateWorld(300)
    expect(estateWorld(300)).toEqual(world)
    expect(world.resources.filter(r => r.type === 'AWS::CloudFront::Distribution')).toHaveLength(300)
    const addresses = world.dns.map(e => e.value)
    expect(new Set(addresses).size).toBe(addresses.length)
  })
})

test('the bound of the limits is that of the busiest bucket, after what it holds at first', () => {
  const { seconds, bucket } = limitBound({
    'cloudfront:ListDistributions us-east-1': 10,
    'cloudfront:GetDistributionConfig us-east-1': 50,
    'elastic-load-balancing-v2:DescribeRules eu-west-1': 90,
    'elastic-load-balancing-v2:DescribeRules eu-west-2': 90,
    'wafv2:GetWebACL us-east-1': 4,
    'wafv2:ListResourcesForWebACL eu-west-1': 8,
  })
  expect(seconds).toBe(10)
  expect(bucket).toBe('60 x cloudfront in us-east-1')
})
