import { fc, test as prop } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import type { ResourceRecord } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { apis } from '../e2e/raw-apis.ts'
import { apiParts } from './apis.ts'
import { alias, origin, zone } from './edge.ts'
import { account, merge, type Parts, region, resource, topologyOf } from './parts.ts'
import { balancer, lbArn, lbName, shop, withOrigin } from './shop.ts'

const kinds = Object.values(types)

/** Any JSON object, as a snapshot file could hold it. */
const anyConfig = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 }))

const rich: Parts = merge(
  withOrigin(
    origin('origin.example.com'),
    zone('example.com', alias('origin.example.com', lbName())),
    balancer('blue'),
  ),
  {
    resources: [
      resource(
        types.classicLoadBalancer,
        'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/old',
        {
          LoadBalancerName: 'old',
          DNSName: 'old-1.eu-west-1.elb.amazonaws.com',
          Scheme: 'internal',
          Instances: [],
          ListenerDescriptions: [{ Listener: { Protocol: 'HTTP', LoadBalancerPort: 80, InstancePort: 80 } }],
          Subnets: ['subnet-1'],
          SecurityGroups: ['sg-1'],
        },
      ),
      resource(types.vpcOrigin, 'arn:aws:cloudfront::111122223333:vpcorigin/vo_1', {
        Id: 'vo_1',
        VpcOriginEndpointConfig: {
          Arn: lbArn(),
          HTTPPort: 80,
          HTTPSPort: 443,
          OriginProtocolPolicy: 'https-only',
        },
      }),
    ],
    reads: [],
  },
)

/** All places of a configuration, deepest included. */
const paths = (value: unknown, path: readonly string[] = []): readonly (readonly string[])[] =>
  typeof value === 'object' && value !== null
    ? [path, ...Object.entries(value).flatMap(([key, item]) => paths(item, [...path, key]))]
    : [path]

const replaced = (value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown => {
  if (key === undefined) return by
  if (Array.isArray(value))
    return value.map((item, i) => (String(i) === key ? replaced(item, rest, by) : item))
  return Object.fromEntries(
    Object.entries(value as object).map(([k, item]) => [k, k === key ? replaced(item, rest, by) : item]),
  )
}

describe('building a topology never throws', () => {
  prop.prop([
    fc.array(fc.record({ type: fc.constantFrom(...kinds), arn: fc.string(), config: anyConfig }), {
      maxLength: 8,
    }),
  ])('on configurations of any shape', records => {
    const strange = records.map(r => resource(r.type, r.arn, r.config))
    const topology = topologyOf(merge(shop, { resources: strange, reads: [] }))
    expect(topology.links.length).toBeGreaterThan(0)
  })

  const spots = rich.resources.flatMap((r, i) => paths(r.config).map(path => [i, path] as const))
  prop.prop([fc.constantFrom(...spots), fc.jsonValue({ maxDepth: 2 })], { numRuns: 400 })(
    'on a sound configuration with anything in one place',
    ([index, path], value) => {
      const resources = rich.resources.map((r, i): ResourceRecord => {
        const config = i === index && path.length > 0 ? replaced(r.config, path, value) : r.config
        return { ...r, config: config as ResourceRecord['config'] }
      })
      const topology = topologyOf({ ...rich, resources })
      for (const { target } of topology.links)
        if (target.kind === 'unknown') expect(target.gaps.length).toBeGreaterThan(0)
      expect(topology.distributions).toHaveLength(1)
    },
  )

  const gateway = apiParts(apis({ account, region }))
  const gatewaySpots = gateway.resources.flatMap((r, i) => paths(r.config).map(path => [i, path] as const))
  prop.prop([fc.constantFrom(...gatewaySpots), fc.jsonValue({ maxDepth: 2 })], { numRuns: 400 })(
    'on a sound API with anything in one place',
    ([index, path], value) => {
      const resources = gateway.resources.map((r, i): ResourceRecord => {
        const config = i === index && path.length > 0 ? replaced(r.config, path, value) : r.config
        return { ...r, config: config as ResourceRecord['config'] }
      })
      for (const { target } of topologyOf({ ...gateway, resources }).links)
        if (target.kind === 'unknown') expect(target.gaps.length).toBeGreaterThan(0)
    },
  )

  prop.prop([fc.oneof(fc.domain(), fc.string(), fc.webUrl(), fc.ipV4(), fc.ipV6())])(
    'on any origin domain, and says why where it is unknown',
    domainName => {
      const [link] = topologyOf(withOrigin(origin(domainName))).links
      expect(link?.target.kind === 'unknown' && link.target.gaps.length === 0).toBe(false)
    },
  )
})
