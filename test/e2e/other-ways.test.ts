/** From the account to the topology: what is read of other ways, and that nothing unread ever looks like nothing there. */
import { describe, expect, test } from 'vitest'
import type { Known } from '#base/known.ts'
import { withDenied } from '#lab/aws/policy.ts'
import { buildTopology } from '#topology/build.ts'
import type { LoadBalancer, TargetGroup, Topology } from '#topology/model.ts'
import { estate } from '../collect/estate.ts'
import { run } from '../collect/run.ts'

const topologyWithout = async (...denied: readonly string[]): Promise<Topology> => {
  const { snapshot } = await run({ wrap: handle => withDenied(handle, new Set(denied)) })
  return buildTopology(snapshot)
}

const whole = buildTopology((await run()).snapshot)

const value = <T>(known: Known<T> | undefined): T => {
  if (known?.known !== true) throw new Error(`not known: ${JSON.stringify(known)}`)
  return known.value
}

const balancer = ({ loadBalancers }: Topology, name: string): LoadBalancer => {
  const found = loadBalancers.find(one => one.ref.name === name)
  if (found === undefined) throw new Error(`no load balancer ${name}`)
  return found
}

const groupsOf = (lb: LoadBalancer): readonly Known<TargetGroup>[] =>
  value(lb.listeners).flatMap(listener =>
    value(listener.rules).flatMap(rule =>
      rule.actions.flatMap(action => (action.kind === 'forward' ? action.groups.map(one => one.group) : [])),
    ),
  )

const groupOf = (topology: Topology, name: string): TargetGroup =>
  value(groupsOf(balancer(topology, name))[0])

describe('the estate', () => {
  test('shows every other way that it has', () => {
    expect(whole.accelerators.items.map(one => [one.ref.name, one.enabled])).toEqual(
      expect.arrayContaining([
        ['fast', true],
        ['resting', false],
      ]),
    )
    const endpoints = whole.accelerators.items
      .flatMap(one => value(one.listeners))
      .flatMap(listener => value(listener.endpoints))
    expect(endpoints.map(one => one.address ?? one.endpointId)).toEqual(
      expect.arrayContaining([balancer(whole, 'shop').ref.arn, '198.51.100.222']),
    )
    const links = new Map(whole.vpcLinks.items.map(one => [one.ref.name, value(one.loadBalancerArns)]))
    expect(Object.fromEntries(links)).toEqual({
      first: [balancer(whole, 'front').ref.arn],
      second: [balancer(whole, 'wiki').ref.arn],
      third: [balancer(whole, 'shop').ref.arn],
    })
    const [offer] = whole.endpointServices.items.filter(one =>
      one.loadBalancerArns.includes(balancer(whole, 'front').ref.arn),
    )
    expect(value(offer?.principals)).toHaveLength(2)
    expect([whole.vpcLinks.gaps, whole.endpointServices.gaps]).toEqual([[], []])
  })

  test('says of accelerators that cannot be seen into that they are there', () => {
    expect(whole.accelerators.gaps.map(gap => gap.code).toSorted()).toEqual(['not-read', 'unrecognised'])
  })

  test('has the classic load balancer that shares an instance, and no other', () => {
    const classic = whole.loadBalancers.filter(one => one.kind === 'classic').map(one => one.ref.name)
    expect(classic.toSorted()).toEqual(['legacy', 'legacy-beside'])
    expect(whole.unseenLoadBalancers).toEqual([])
  })

  test('knows the machines behind each load balancer, and the block of public access before them', () => {
    const byId = value(groupOf(whole, 'forum').hosts)
    expect(byId.map(host => [host.publicAddresses, value(host.ingress).length])).toEqual([
      [['203.0.113.201'], 1],
      [['2001:db8:0:2::201'], 1],
    ])
    expect(value(groupOf(whole, 'wiki').hosts).map(host => host.ref.type)).toEqual(['AWS::EC2::Instance'])
    expect(value(groupOf(whole, 'shop').hosts)).toEqual([])
    expect(value(groupOf(whole, 'front').clientIpPreserved)).toBe(true)
    for (const subnet of value(balancer(whole, 'shop').subnets))
      expect(value(subnet.publicAccessBlock)).toBe('off')
  })
})

type Look = (topology: Topology) => readonly (Known<unknown> | { readonly gaps: readonly unknown[] })[]

const blocks: Look = topology => value(balancer(topology, 'shop').subnets).map(one => one.publicAccessBlock)
const hosts =
  (name: string): Look =>
  topology => [groupOf(topology, name).hosts]
const listeners: Look = ({ accelerators }) => accelerators.items.map(one => one.listeners)
const endpoints: Look = ({ accelerators }) =>
  accelerators.items.flatMap(one => value(one.listeners)).map(one => one.endpoints)
const linkTargets: Look = ({ vpcLinks }) =>
  vpcLinks.items.filter(one => one.kind === 'http').map(one => one.loadBalancerArns)
const ofFront: Look = topology =>
  topology.endpointServices.items
    .filter(one => one.loadBalancerArns.includes(balancer(topology, 'front').ref.arn))
    .map(one => one.principals)

const cases: readonly (readonly [operation: string, look: Look])[] = [
  ['global-accelerator:ListAccelerators', topology => [topology.accelerators]],
  ['global-accelerator:ListCustomRoutingAccelerators', topology => [topology.accelerators]],
  ['global-accelerator:ListCrossAccountAttachments', topology => [topology.accelerators]],
  ['global-accelerator:ListListeners', listeners],
  ['global-accelerator:ListEndpointGroups', endpoints],
  ['api-gateway:GetVpcLinks', topology => [topology.vpcLinks]],
  ['apigatewayv2:GetVpcLinks', topology => [topology.vpcLinks]],
  ['apigatewayv2:GetApis', linkTargets],
  ['apigatewayv2:GetIntegrations', linkTargets],
  ['api-gateway:GetRestApis', linkTargets],
  ['api-gateway:GetResources', linkTargets],
  ['ec2:DescribeVpcEndpointServiceConfigurations', topology => [topology.endpointServices]],
  ['ec2:DescribeVpcEndpointServicePermissions', ofFront],
  ['ec2:DescribeVpcBlockPublicAccessOptions', blocks],
  ['ec2:DescribeVpcBlockPublicAccessExclusions', blocks],
  ['ec2:DescribeInstances', hosts('forum')],
  ['ec2:DescribeInstances', hosts('wiki')],
  ['ec2:DescribeNetworkInterfaces', hosts('shop')],
  ['ec2:DescribeNetworkInterfaces', hosts('wiki')],
  [
    'elastic-load-balancing:DescribeLoadBalancers',
    topology => [{ gaps: topology.unseenLoadBalancers ?? [] }],
  ],
  ['elastic-load-balancing-v2:DescribeTargetGroups', t => [{ gaps: t.unseenLoadBalancers ?? [] }]],
  ['elastic-load-balancing-v2:DescribeTargetHealth', t => [{ gaps: t.unseenLoadBalancers ?? [] }]],
  ['elastic-load-balancing-v2:DescribeTargetGroupAttributes', t => [groupOf(t, 'front').clientIpPreserved]],
]

describe('an operation that is denied', () => {
  test.each(cases)('%s leaves a gap that names it, never nothing (%#)', async (operation, look) => {
    const [service, name] = operation.split(':')
    const found = look(await topologyWithout(operation))
    expect(found.length).toBeGreaterThan(0)
    for (const one of found) {
      const gaps = 'gaps' in one ? one.gaps : []
      expect(gaps).toEqual(
        expect.arrayContaining([expect.objectContaining({ code: 'denied', service, operation: name })]),
      )
    }
  })
})

test('without any load balancer or instance behind an origin no other way is asked for, and none is missed', async () => {
  const { snapshot, calls } = await run({ world: { ...estate, resources: [] } })
  const { accelerators, vpcLinks, endpointServices } = buildTopology(snapshot)
  expect([accelerators, vpcLinks, endpointServices]).toEqual(Array(3).fill({ items: [], gaps: [] }))
  expect(calls.filter(call => /accelerator|gateway/.test(call.service))).toEqual([])
})
