import { describe, expect, test } from 'vitest'
import { types } from '#snapshot/resource-types.ts'
import type { LoadBalancer } from '#topology/model.ts'
import { distribution, origin } from './edge.ts'
import {
  account,
  type Config,
  changed,
  given,
  merge,
  ofType,
  onlyBalancer,
  type Parts,
  region,
  resource,
  topologyOf,
} from './parts.ts'
import { balancer, lbArn, lbName, lists, shop, withOrigin } from './shop.ts'

const built = (parts: Parts): LoadBalancer => onlyBalancer(topologyOf(parts))

describe('a load balancer', () => {
  test('is told by type, scheme and address type', () =>
    expect(built(shop)).toMatchObject({
      ref: { arn: lbArn(), name: 'shop', account, region },
      kind: 'application',
      scheme: 'internet-facing',
      ipAddressType: 'ipv4',
      attributes: { value: { 'routing.http2.enabled': 'true' } },
      webAcl: { known: true, value: null },
    }))

  test.each([
    ['type', { Type: 'quantum' }],
    ['scheme', { Scheme: 'somewhere' }],
    ['security groups', { SecurityGroups: 'sg-1' }],
  ])('whose %s cannot be read makes the target unknown', (_, change) => {
    const parts = changed(shop, ofType(types.loadBalancer), c => ({ ...c, ...change }))
    expect(topologyOf(parts).links[0]?.target).toMatchObject({
      kind: 'unknown',
      gaps: [{ code: 'unrecognised' }],
    })
  })

  test('of gateway type has no listeners that anyone connects to', () => {
    const gateway = changed(shop, ofType(types.loadBalancer), c => ({ ...c, Type: 'gateway' }))
    expect(built(gateway)).toMatchObject({ kind: 'gateway', listeners: { known: true, value: [] } })
    expect(topologyOf(gateway).links[0]?.origin.kind).toBe('unknown')
  })

  test('is the same object in every link and in the list', () => {
    const second = distribution([origin(lbName())], { Id: 'E2' })
    const topology = topologyOf(merge(shop, { resources: [second], reads: [] }))
    const reached = topology.links.map(l => l.target.kind === 'load-balancer' && l.target.loadBalancer)
    expect(reached).toHaveLength(2)
    expect(new Set([...reached, ...topology.loadBalancers]).size).toBe(1)
  })

  test('stands in the list beside those behind links only where its listeners were asked for', () => {
    const parts = merge(shop, balancer('deep'), {
      resources: balancer('shallow').resources.filter(ofType(types.loadBalancer)),
      reads: [],
    })
    expect(topologyOf(parts).loadBalancers.map(b => b.ref.name)).toEqual(['shop', 'deep'])
  })
})

describe('a classic load balancer', () => {
  const name = 'old-123456789.eu-west-1.elb.amazonaws.com'
  const classic = (more: Config = {}): Parts =>
    merge(withOrigin(origin(name)), lists(), {
      resources: [
        resource(
          types.classicLoadBalancer,
          `arn:aws:elasticloadbalancing:${region}:${account}:loadbalancer/old`,
          {
            LoadBalancerName: 'old',
            DNSName: name,
            Scheme: 'internet-facing',
            VPCId: 'vpc-1',
            Subnets: ['subnet-1'],
            SecurityGroups: ['sg-1'],
            Instances: [{ InstanceId: 'i-2' }, { InstanceId: 'i-1' }],
            ListenerDescriptions: [
              {
                Listener: {
                  Protocol: 'HTTP',
                  LoadBalancerPort: 80,
                  InstanceProtocol: 'HTTP',
                  InstancePort: 8080,
                },
                PolicyNames: ['ELBSecurityPolicy-2016-08'],
              },
            ],
            ...more,
          },
        ),
      ],
      reads: [],
    })

  test('forwards everything to its instances', () => {
    const found = built(classic())
    expect(found).toMatchObject({ kind: 'classic', ipAddressType: 'ipv4', instances: ['i-1', 'i-2'] })
    expect(given(found.ingress)).toHaveLength(1)
    expect(given(found.listeners)).toMatchObject([
      {
        port: 80,
        protocol: 'HTTP',
        sslPolicy: 'ELBSecurityPolicy-2016-08',
        certificates: { value: [] },
        rules: {
          value: [
            {
              priority: 'default',
              conditions: [],
              actions: [
                {
                  kind: 'forward',
                  groups: [{ weight: 1, group: { value: { targets: { value: ['i-1:8080', 'i-2:8080'] } } } }],
                },
              ],
            },
          ],
        },
      },
    ])
  })

  test.each([
    ['listeners', { ListenerDescriptions: [{}] }],
    ['listeners', { ListenerDescriptions: 'none' }],
    ['ingress', { SecurityGroups: [] }],
    ['subnets', { Subnets: [7] }],
  ] as const)('does not know its %s from %j', (field, more) =>
    expect(built(classic(more))[field].known).toBe(false),
  )

  test('whose instances cannot be read makes the target unknown', () =>
    expect(topologyOf(classic({ Instances: [{}] })).links[0]?.target.kind).toBe('unknown'))
})
