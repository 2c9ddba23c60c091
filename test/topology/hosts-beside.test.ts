import { describe, expect, test } from 'vitest'
import { types } from '#snapshot/resource-types.ts'
import { bare, card, groupOf, host, hostsOf, id, targets, vpc } from './host-parts.ts'
import {
  type Config,
  changed,
  merge,
  ofType,
  onlyBalancer,
  type Parts,
  read,
  resource,
  topologyOf,
} from './parts.ts'
import { groupArn, shop } from './shop.ts'

describe('the hosts of a target group by address', () => {
  const byAddress = targets({ TargetType: 'ip' }, '10.0.0.7')
  const rules = host(bare)

  test('are the interface that has the address in the VPC of the group', () => {
    expect(hostsOf(byAddress, rules, card(['10.0.0.7']))).toMatchObject([
      { ref: { type: types.networkInterface, name: 'eni-1' }, ids: ['10.0.0.7'], publicAddresses: [] },
    ])
    const elsewhere = changed(
      merge(byAddress, rules, card(['10.0.0.7'])),
      ofType(types.networkInterface),
      c => ({ ...c, VpcId: 'vpc-other' }),
    )
    expect(groupOf(elsewhere).hosts).toMatchObject({ known: false, gaps: [{ code: 'malformed' }] })
  })

  test('have a direct public address only where the registered address has it', () => {
    const parts = (registered: string) =>
      merge(
        targets({ TargetType: 'ip' }, registered),
        rules,
        card(['10.0.0.7', '10.0.0.8'], { Association: { PublicIp: '203.0.113.9' } }),
      )
    expect(hostsOf(parts('10.0.0.7'))).toMatchObject([
      { publicAddresses: ['203.0.113.9'], direct: ['203.0.113.9'] },
    ])
    expect(hostsOf(parts('10.0.0.8'))).toMatchObject([{ publicAddresses: ['203.0.113.9'], direct: [] }])
  })

  test('by IPv6 are direct where the address is a global one', () => {
    const parts = merge(targets({ TargetType: 'ip', IpAddressType: 'ipv6' }, '2001:DB8:0:0::7'), rules, {
      ...card(['10.0.0.7'], {
        Ipv6Addresses: [{ Ipv6Address: '2001:db8::7' }, { Ipv6Address: '2001:db8::8' }],
      }),
      reads: [read('DescribeNetworkInterfaces', `${vpc}/2001:db8::7`, 1)],
    })
    expect(hostsOf(parts)).toMatchObject([
      {
        ids: ['10.0.0.7', '2001:DB8:0:0::7', '2001:db8::7', '2001:db8::8'],
        publicAddresses: ['2001:db8::7', '2001:db8::8'],
        direct: ['2001:db8::7'],
      },
    ])
  })

  test('are all interfaces of the instance that the address belongs to', () => {
    const attached = card(['10.0.0.7'], { Attachment: { InstanceId: id } })
    const machine = host(bare, { privateAddress: '10.0.1.7', publicAddress: '203.0.113.8', groups: ['sg-b'] })
    const hosts = hostsOf(byAddress, machine, attached)
    expect(hosts.map(h => [h.ref.name, h.publicAddresses, h.direct])).toEqual([
      [id, [], []],
      [id, ['203.0.113.8'], []],
    ])
    const unread = merge(byAddress, attached)
    expect(groupOf(unread).hosts).toMatchObject({
      known: false,
      gaps: [{ code: 'not-read', operation: 'DescribeInstances', target: id }],
    })
  })

  test('are none where no interface has it, provided that this was asked', () => {
    const asked = read('DescribeNetworkInterfaces', `${vpc}/10.0.0.7`, 0)
    expect(hostsOf(byAddress, { resources: [], reads: [asked] })).toEqual([])
    // Owners of public addresses are asked for by another filter: that says nothing of private ones.
    const other = read('DescribeNetworkInterfaces', '10.0.0.7', 0)
    for (const reads of [[], [other]])
      expect(groupOf(merge(byAddress, { resources: [], reads })).hosts).toMatchObject({
        known: false,
        gaps: [{ code: 'not-read', operation: 'DescribeNetworkInterfaces' }],
      })
  })
})

describe('a target by an IPv6 address that no interface has', () => {
  const hosts = (address: string) => {
    const reads = [read('DescribeNetworkInterfaces', `${vpc}/${address}`, 0)]
    const group = targets({ TargetType: 'ip', IpAddressType: 'ipv6' }, address)
    return groupOf(merge(group, { resources: [], reads })).hosts
  }
  test('may be of a prefix of one, and is on the internet by itself', () => {
    expect(hosts('2001:db8::9')).toMatchObject({ known: false, gaps: [{ code: 'not-found' }] })
    expect(hosts('fd00::9')).toEqual({ known: true, value: [] })
  })
})

describe('the hosts of other target groups', () => {
  test.each(['lambda', 'alb'])('of the type %s are none', type => {
    expect(groupOf(targets({ TargetType: type }, 'arn:x')).hosts).toEqual({ known: true, value: [] })
  })

  test('are not known of a type that nobody knew', () => {
    expect(groupOf(targets({ TargetType: 'pod' }, 'x')).hosts).toMatchObject({ known: false })
  })
})

describe('whether targets see the address of the client', () => {
  const attributes = (...pairs: readonly Config[]): Parts => ({
    resources: [
      resource(types.targetGroupAttributes, groupArn(), { TargetGroupArn: groupArn(), Attributes: pairs }),
    ],
    reads: [read('DescribeTargetGroupAttributes', groupArn(), pairs.length)],
  })
  const preserved = (group: Config, ...more: readonly Parts[]) =>
    groupOf(merge(targets(group), ...more)).clientIpPreserved
  const said = (Value: string): Parts => attributes({ Key: 'preserve_client_ip.enabled', Value })

  test.each([
    [{ Protocol: 'TCP', TargetType: 'ip' }, said('true'), true],
    [{ Protocol: 'TCP', TargetType: 'instance' }, said('false'), false],
    [{ Protocol: 'TCP', TargetType: 'ip' }, attributes(), false],
    [{ Protocol: 'TLS', TargetType: 'ip' }, attributes(), false],
    [{ Protocol: 'UDP', TargetType: 'ip' }, attributes(), true],
    [{ Protocol: 'TCP', TargetType: 'instance' }, attributes(), true],
    [{ Protocol: 'TCP', TargetType: 'alb' }, attributes(), true],
  ])('%j with %j', (group, more, value) => {
    expect(preserved(group, more)).toEqual({ known: true, value })
  })

  test('is no question behind an application load balancer', () => {
    expect(preserved({ Protocol: 'HTTP' })).toEqual({ known: true, value: false })
  })

  test('is not known without the attributes, or where they say something else', () => {
    expect(preserved({ Protocol: 'TCP' })).toMatchObject({
      known: false,
      gaps: [{ code: 'not-read', operation: 'DescribeTargetGroupAttributes' }],
    })
    expect(preserved({ Protocol: 'TCP' }, said('perhaps'))).toMatchObject({
      known: false,
      gaps: [{ code: 'unrecognised' }],
    })
  })
})

test.each([
  ['on', true],
  ['off', false],
  ['sometimes', false],
  [undefined, undefined],
])('groups that AWS says are %s for PrivateLink filter it: %s', (value, filtered) => {
  const parts = changed(shop, ofType(types.loadBalancer), c => ({
    ...c,
    EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: value,
  }))
  expect(onlyBalancer(topologyOf(parts)).privateLinkFiltered).toBe(filtered)
})
