import { describe, expect, test } from 'vitest'
import { withDenied } from '#lab/aws/policy.ts'
import { forbidden, forward, header, rule } from '#lab/build/rules.ts'
import { buildWorld } from '#lab/build/site.ts'
import { types } from '#snapshot/resource-types.ts'
import { relevant } from './estate.ts'
import { leastCalls } from './least-calls.ts'
import { operationsOf, run } from './run.ts'

describe('the number of calls', () => {
  test('is at most a tenth above the least, where there is something of everything', async () => {
    const { calls } = await run()
    const least = leastCalls(relevant, {
      // Three regions are asked for IPv4 and IPv6 owners, and for unused addresses.
      addressQueries: 3 * 2 + 3,
      classicLists: 1,
      neighbours: 1,
      laterInstances: 2,
      regions: 3,
    })
    expect(calls.length).toBeGreaterThanOrEqual(least)
    expect(calls.length / least).toBeLessThanOrEqual(1.1)
  })

  test('is the least there is for many plain sites', async () => {
    const account = '111122223333'
    const world = buildWorld({
      name: 'sites',
      story: 'Many sites of one kind.',
      zone: 'example.com',
      account,
      regions: ['eu-west-1', 'us-east-1'],
      sites: Array.from({ length: 60 }, (_, i) => ({
        name: `site-${i}`,
        story: '',
        headers: { 'x-auth-token': `token-of-site-${i}` },
        place: { account, region: 'eu-west-1' },
        loadBalancer: {
          admits: [{ peer: 'cloudfront', ports: [443, 443] }],
          listeners: [
            {
              port: 443,
              protocol: 'HTTPS',
              rules: [rule(1, header('x-auth-token', `token-of-site-${i}`), forward())],
              otherwise: forbidden,
            },
          ],
        },
      })),
    })
    const { calls, snapshot } = await run({ world })
    expect(snapshot.gaps).toEqual([])
    const none = { addressQueries: 0, classicLists: 0, neighbours: 0, laterInstances: 0, regions: 2 }
    expect(calls).toHaveLength(leastCalls(world.resources, none))
  })
})

describe('the web ACLs of load balancers', () => {
  test('are asked from the side that costs less, in each region for itself', async () => {
    const { calls } = await run()
    const inRegion = (region: string) =>
      operationsOf(
        calls.filter(c => c.service === 'wafv2' && c.region === region && c.operation.match(/Resource|List/)),
      )
    expect(inRegion('eu-west-1')).toEqual(['wafv2:ListResourcesForWebACL', 'wafv2:ListWebACLs'])
    expect(inRegion('us-east-1')).toEqual(['wafv2:GetWebACLForResource'])
  })

  test('are asked from the other side where the cheaper one is denied', async () => {
    const denied = new Set(['wafv2:ListResourcesForWebACL'])
    const [usual, other] = await Promise.all([run(), run({ wrap: handle => withDenied(handle, denied) })])
    const associations = ({ snapshot }: typeof usual) =>
      snapshot.resources.filter(r => r.type === types.webAclAssociation).map(r => r.config)
    expect(associations(other)).toEqual(associations(usual))
    expect(associations(other)).toHaveLength(7)
  })
})
