import { describe, expect, test } from 'vitest'
import type { ResourceRecord } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import type { Target } from '#topology/model.ts'
import { dns, origin, zone } from './edge.ts'
import {
  account,
  type Config,
  merge,
  onlyLink,
  type Parts,
  read,
  region,
  resource,
  topologyOf,
} from './parts.ts'
import { lbArn, withOrigin } from './shop.ts'

const name = 'origin.example.com'
const records = (...resources: readonly ResourceRecord[]): Parts => ({ resources, reads: [] })
const target = (...more: readonly Parts[]): Target =>
  onlyLink(topologyOf(withOrigin(origin(name), ...more))).target

/** Names of the load balancers reached, and the messages of what else there is. */
const reached = (found: Target) =>
  found.kind === 'load-balancer'
    ? {
        balancers: [found.loadBalancer, ...found.others].map(b => b.ref.name),
        gaps: found.gaps.map(g => g.code),
      }
    : found.kind

describe('an address', () => {
  const card = (config: Config) =>
    resource(types.networkInterface, `arn:aws:ec2:${region}:${account}:network-interface/eni-1`, {
      NetworkInterfaceId: 'eni-1',
      Association: { PublicIp: '203.0.113.9' },
      ...config,
    })
  const instance = resource(types.instance, `arn:aws:ec2:${region}:${account}:instance/i-0abc`, {
    InstanceId: 'i-0abc',
  })
  const at = (...addresses: readonly string[]) => records(dns(name, { addresses }))
  const asked = (count: number, ...addresses: readonly string[]): Parts => ({
    resources: [],
    reads: addresses.flatMap(a => [
      read('DescribeNetworkInterfaces', a, count),
      read('DescribeAddresses', a, 0),
    ]),
  })

  test('is a load balancer where its interface says so', () =>
    expect(
      reached(target(at('203.0.113.9'), records(card({ Description: 'ELB app/shop/0123456789abcdef' })))),
    ).toEqual({ balancers: ['shop'], gaps: [] }))

  test('is an instance where its interface is attached to one', () =>
    expect(
      target(at('203.0.113.9'), records(card({ Attachment: { InstanceId: 'i-0abc' } }), instance)),
    ).toMatchObject({ kind: 'instance', ref: { name: 'i-0abc' }, addresses: ['203.0.113.9'] }))

  test('is an instance by its IPv6 address however it is spelled', () => {
    const v6 = card({ Ipv6Addresses: [{ Ipv6Address: '2001:db8::7' }], Attachment: { InstanceId: 'i-0abc' } })
    expect(target(at('2001:0DB8:0:0::7'), records(v6, instance)).kind).toBe('instance')
  })

  test('is an instance through an Elastic IP address', () => {
    const eip = resource(types.address, `arn:aws:ec2:${region}:${account}:elastic-ip/eipalloc-1`, {
      PublicIp: '203.0.113.9',
      InstanceId: 'i-0abc',
    })
    expect(target(at('203.0.113.9'), records(eip, instance)).kind).toBe('instance')
  })

  test('dangles where it is an Elastic IP address that nothing uses', () => {
    const eip = (config: Config) =>
      resource(types.address, `arn:aws:ec2:${region}:${account}:elastic-ip/eipalloc-1`, {
        PublicIp: '203.0.113.9',
        ...config,
      })
    expect(target(at('203.0.113.9'), records(eip({})))).toEqual({
      kind: 'dangling',
      names: [name],
      reason: 'nothing uses the Elastic IP address 203.0.113.9',
    })
    expect(target(at('203.0.113.9'), records(eip({ AssociationId: 'eipassoc-1' }))).kind).toBe('unknown')
  })

  test('is unknown where it is ours but what answers there is not', () =>
    expect(target(at('203.0.113.9'), records(card({ Description: 'a NAT gateway' }))).kind).toBe('unknown'))

  test('is external only where every region denied having it', () => {
    expect(target(at('203.0.113.9'), asked(0, '203.0.113.9'))).toEqual({
      kind: 'external',
      names: [name],
      addresses: ['203.0.113.9'],
      heldByZones: false,
    })
    expect(target(at('203.0.113.9'))).toMatchObject({
      kind: 'unknown',
      gaps: [
        { code: 'not-read', operation: 'DescribeNetworkInterfaces' },
        { code: 'not-read', operation: 'DescribeAddresses' },
      ],
    })
    const onlyInterfaces = asked(0, '203.0.113.9').reads.filter(r => r.operation !== 'DescribeAddresses')
    expect(target(at('203.0.113.9'), { resources: [], reads: onlyInterfaces })).toMatchObject({
      kind: 'unknown',
      gaps: [{ operation: 'DescribeAddresses' }],
    })
    const twoRegions: Parts = { head: { regions: [region, 'us-east-1'] }, resources: [], reads: [] }
    expect(target(at('203.0.113.9'), asked(0, '203.0.113.9'), twoRegions).kind).toBe('unknown')
  })

  test('is unknown where an interface was found but is not in the snapshot', () =>
    expect(target(at('203.0.113.9'), asked(1, '203.0.113.9')).kind).toBe('unknown'))

  test('is unknown where it is private', () =>
    expect(target(at('10.0.0.9'), asked(0, '10.0.0.9'))).toMatchObject({
      kind: 'unknown',
      gaps: [{ code: 'unresolved' }],
    }))

  test('is unknown where the name leads to different things', () => {
    const mixed = at('203.0.113.9', '203.0.113.10')
    const found = target(
      mixed,
      asked(0, '203.0.113.10'),
      records(card({ Attachment: { InstanceId: 'i-0abc' } }), instance),
    )
    expect(found.kind).toBe('unknown')
  })
})

test('a record set of an address that is a load balancer leads to it', () => {
  const set: Config = { Name: `${name}.`, Type: 'A', ResourceRecords: [{ Value: '203.0.113.9' }] }
  const card = resource(types.networkInterface, `arn:aws:ec2:${region}:${account}:network-interface/eni-1`, {
    Description: 'ELB app/shop/0123456789abcdef',
    PrivateIpAddresses: [{ Association: { PublicIp: '203.0.113.9' } }],
  })
  const found = target(merge(zone('example.com', set), records(card)))
  expect(found.kind === 'load-balancer' && found.loadBalancer.ref.arn).toBe(lbArn())
})
