import { fc, test as prop } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { types } from '#snapshot/resource-types.ts'
import { buildTopology } from '#topology/build.ts'
import type { Topology } from '#topology/model.ts'
import { alias, dns, origin, zone } from './edge.ts'
import {
  account,
  gap,
  merge,
  onlyLink,
  type Parts,
  read,
  region,
  resource,
  snapshotOf,
  topologyOf,
} from './parts.ts'
import { balancer, certificateArn, groupArn, lbArn, lbName, listenerArn, shop, withOrigin } from './shop.ts'

type Path = readonly (string | number)[]

const at = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((v, key) => (v as Record<string | number, unknown> | undefined)?.[key], value)

const lb: Path = ['links', 0, 'target', 'loadBalancer']
const listener: Path = [...lb, 'listeners', 'value', 0]
const subnet: Path = [...lb, 'subnets', 'value', 0]

const without = (parts: Parts, operation: string, types: readonly string[] = []): Parts => ({
  ...parts,
  resources: parts.resources.filter(r => !types.includes(r.type)),
  reads: parts.reads.filter(r => r.operation !== operation),
})

/** What a topology no longer knows when one operation was never answered. */
const cases: readonly (readonly [operation: string, target: string, path: Path, gone: readonly string[]])[] =
  [
    ['DescribeListeners', lbArn(), [...lb, 'listeners'], []],
    ['DescribeLoadBalancerAttributes', lbArn(), [...lb, 'attributes'], [types.loadBalancerAttributes]],
    ['GetWebACLForResource', lbArn(), [...lb, 'webAcl'], [types.webAclAssociation]],
    ['DescribeSecurityGroupRules', 'sg-1', [...lb, 'ingress'], []],
    ['DescribeSubnets', 'subnet-1', [...lb, 'subnets'], [types.subnet]],
    ['DescribeRouteTables', 'vpc-1', [...subnet, 'internetRoutes'], []],
    ['DescribeNetworkAcls', 'subnet-1', [...subnet, 'networkAcl'], []],
    ['DescribeRules', listenerArn(), [...listener, 'rules'], []],
    [
      'DescribeListenerCertificates',
      listenerArn(),
      [...listener, 'certificates'],
      [types.listenerCertificates],
    ],
    ['DescribeCertificate', certificateArn, [...listener, 'certificates', 'value', 0], [types.certificate]],
    ['DescribeManagedPrefixLists', '*', [...lb, 'ingress', 'value', 0, 'peer', 'list'], [types.prefixList]],
    [
      'GetManagedPrefixListEntries',
      'pl-1',
      [...lb, 'ingress', 'value', 0, 'peer', 'list', 'value', 'entries'],
      [types.prefixListEntries],
    ],
    [
      'DescribeTargetGroups',
      groupArn(),
      [...listener, 'rules', 'value', 0, 'actions', 0, 'groups', 0, 'group'],
      [types.targetGroup],
    ],
    [
      'DescribeTargetHealth',
      groupArn(),
      [...listener, 'rules', 'value', 0, 'actions', 0, 'groups', 0, 'group', 'value', 'targets'],
      [types.targetHealth],
    ],
  ]

describe('without an answer to', () => {
  test.each(cases)('%s the topology does not know what it tells', (operation, target, path, gone) => {
    expect(at(topologyOf(shop), path)).toMatchObject({ known: true })
    const unasked = at(topologyOf(without(shop, operation, gone)), path)
    expect(unasked).toMatchObject({ known: false, gaps: [{ code: 'not-read', operation, account, region }] })
    const denied = { ...without(shop, operation, gone), gaps: [gap(operation, target)] }
    expect(at(topologyOf(denied), path)).toEqual({ known: false, gaps: [gap(operation, target)] })
  })
})

describe('a list that is shorter than its call said', () => {
  test.each([
    ['DescribeListeners', types.listener, [...lb, 'listeners']],
    ['DescribeRules', types.rule, [...listener, 'rules']],
    ['DescribeSecurityGroupRules', types.securityGroupRule, [...lb, 'ingress']],
    ['DescribeRouteTables', types.routeTable, [...subnet, 'internetRoutes']],
    ['DescribeNetworkAcls', types.networkAcl, [...subnet, 'networkAcl']],
  ])('%s is not known', (operation, type, path) => {
    const [first] = shop.resources.filter(r => r.type === type)
    const parts = { ...shop, resources: shop.resources.filter(r => r !== first) }
    expect(at(topologyOf(parts), path)).toMatchObject({
      known: false,
      gaps: [{ code: 'malformed', operation }],
    })
  })
})

test('a call with both an answer and a gap is not answered', () => {
  const parts = { ...shop, gaps: [gap('DescribeRules', listenerArn())] }
  expect(at(topologyOf(parts), [...listener, 'rules'])).toMatchObject({ known: false })
})

/** An account with most of what a snapshot may hold. */
const rich: Parts = merge(
  withOrigin(
    origin('origin.example.com'),
    zone(
      'example.com',
      alias('origin.example.com', lbName(), { SetIdentifier: 'a' }),
      alias('origin.example.com', lbName('blue'), { SetIdentifier: 'b' }),
    ),
    balancer('blue'),
  ),
  {
    resources: [
      dns('host.example.net', { addresses: ['203.0.113.9'] }),
      resource(types.networkInterface, `arn:aws:ec2:${region}:${account}:network-interface/eni-1`, {
        NetworkInterfaceId: 'eni-1',
        Association: { PublicIp: '203.0.113.9' },
        Description: 'ELB app/shop/0123456789abcdef',
      }),
    ],
    reads: [read('DescribeNetworkInterfaces', '203.0.113.9', 1)],
  },
)

/** Every place where a topology says "known" of a list, with the list's length, and every target's kind. */
const knowledge = (topology: Topology): ReadonlyMap<string, unknown> => {
  const found = new Map<string, unknown>()
  const visit = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null) return
    const record = value as Readonly<Record<string, unknown>>
    if (record.known === true && (Array.isArray(record.value) || record.value === null)) {
      found.set(path, record.value === null ? 0 : (record.value as readonly unknown[]).length)
    }
    const key = (child: unknown, name: string): string => {
      const ref = (child as { ref?: { arn?: string } } | null)?.ref?.arn
      return `${path}/${ref ?? name}`
    }
    for (const [name, child] of Object.entries(record)) {
      if (name !== 'gaps' && name !== 'distribution') visit(child, key(child, name))
    }
  }
  for (const link of topology.links) {
    visit(link.target, link.id)
    found.set(`${link.id} kind`, link.target.kind)
  }
  return found
}

describe('whatever single record is taken away', () => {
  const whole = knowledge(topologyOf(rich))
  const records = [...rich.resources, ...rich.reads]
  prop.prop([fc.nat(records.length - 1)], { numRuns: 3 * records.length })(
    'a list that was not empty is never known to be empty, and no target turns harmless',
    index => {
      const gone = records[index]
      const rest = knowledge(
        topologyOf({
          ...rich,
          resources: rich.resources.filter(r => r !== gone),
          reads: rich.reads.filter(r => r !== gone),
        }),
      )
      for (const [path, length] of rest) {
        if (length === 0) expect(whole.get(path) ?? 0, path).toBe(0)
        if (path.endsWith(' kind')) expect(['load-balancer', 'unknown']).toContain(length)
      }
    },
  )

  test('and a load balancer that is no longer reached leaves a gap', () => {
    for (const gone of rich.resources) {
      if (gone.type === types.distribution) continue
      const { target } = onlyLink(topologyOf({ ...rich, resources: rich.resources.filter(r => r !== gone) }))
      const all = target.kind === 'load-balancer' && target.others.length === 1
      const gaps = target.kind === 'load-balancer' || target.kind === 'unknown' ? target.gaps.length : 0
      expect(all || gaps > 0, gone.arn).toBe(true)
    }
  })
})

prop.prop([
  fc.shuffledSubarray(
    rich.resources.map((_, i) => i),
    { minLength: rich.resources.length },
  ),
])('the order of records does not change the topology', order => {
  const shuffled = order.map(i => rich.resources[i]).filter(r => r !== undefined)
  const again = { ...rich, resources: shuffled, reads: rich.reads.toReversed() }
  expect(topologyOf(again)).toEqual(topologyOf(rich))
  expect(buildTopology(snapshotOf(again)).links).toHaveLength(1)
})
