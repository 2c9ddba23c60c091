import { describe, expect, test } from 'vitest'
import { buildInstance, type InterfaceSpec, instanceId } from '#lab/build/instance.ts'
import { vpcId } from '#lab/build/place.ts'
import { types } from '#snapshot/resource-types.ts'
import type { TargetGroup, TargetHost } from '#topology/model.ts'
import {
  account,
  type Config,
  changed,
  gap,
  given,
  merge,
  ofType,
  onlyBalancer,
  type Parts,
  read,
  region,
  resource,
  topologyOf,
} from './parts.ts'
import { groupArn, ingress, shop } from './shop.ts'

const place = { account, region }
const vpc = vpcId(place)
const id = instanceId('host')

const targets = (more: Config, ...ids: readonly string[]): Parts =>
  changed(
    changed(shop, ofType(types.targetGroup), c => ({ ...c, VpcId: vpc, ...more })),
    ofType(types.targetHealth),
    c => ({ ...c, TargetHealthDescriptions: ids.map(Id => ({ Target: { Id, Port: 8080 } })) }),
  )

const byId = targets({ TargetType: 'instance' }, id)

const host = (first: InterfaceSpec, ...more: readonly InterfaceSpec[]): Parts => {
  const built = buildInstance({ name: 'host', place, interfaces: [first, ...more] })
  return {
    resources: [
      resource(types.instance, built.arn, built.config),
      ingress('sgr-h', { CidrIpv4: '0.0.0.0/0', FromPort: 8080, ToPort: 8080 }, 'sg-h'),
      ingress('sgr-b', { CidrIpv4: '192.0.2.0/24', FromPort: 22, ToPort: 22 }, 'sg-b'),
    ],
    reads: [
      read('DescribeInstances', id, 1),
      read('DescribeSecurityGroupRules', 'sg-h', 1),
      read('DescribeSecurityGroupRules', 'sg-b', 1),
    ],
  }
}

const open: InterfaceSpec = {
  privateAddress: '10.0.0.7',
  publicAddress: '203.0.113.7',
  groups: ['sg-h'],
  subnet: 'subnet-1',
}
const bare: InterfaceSpec = { privateAddress: '10.0.0.7', groups: ['sg-h'], subnet: 'subnet-1' }

/** An interface that has the addresses: an instance's, or a container's of its own. */
const card = (addresses: readonly string[], more: Config = {}): Parts => ({
  resources: [
    resource(types.networkInterface, `arn:aws:ec2:${region}:${account}:network-interface/eni-1`, {
      NetworkInterfaceId: 'eni-1',
      VpcId: vpc,
      SubnetId: 'subnet-1',
      Groups: [{ GroupId: 'sg-h' }],
      PrivateIpAddress: addresses[0],
      PrivateIpAddresses: addresses.map((PrivateIpAddress, i) => ({ PrivateIpAddress, Primary: i === 0 })),
      ...more,
    }),
  ],
  reads: addresses.map(address => read('DescribeNetworkInterfaces', `${vpc}/${address}`, 1)),
})

const groupOf = (parts: Parts): TargetGroup => {
  const [listener] = given(onlyBalancer(topologyOf(parts)).listeners)
  const [rule] = given(listener?.rules ?? { known: false, gaps: [] })
  const [action] = rule?.actions ?? []
  if (action?.kind !== 'forward' || action.groups[0] === undefined) throw new Error('nothing is forwarded')
  return given(action.groups[0].group)
}

const hostsOf = (...parts: readonly Parts[]): readonly TargetHost[] => given(groupOf(merge(...parts)).hosts)

describe('the hosts of a target group by instance', () => {
  test('are the instance with its public address, groups and subnet', () => {
    const [only, ...more] = hostsOf(byId, host(open))
    expect(more).toEqual([])
    expect(only).toMatchObject({
      ref: { name: id, type: types.instance },
      ids: [id, '10.0.0.7'],
      publicAddresses: ['203.0.113.7'],
      direct: ['203.0.113.7'],
      securityGroupIds: ['sg-h'],
      subnet: { known: true, value: { id: 'subnet-1' } },
    })
    expect(given(only?.ingress ?? { known: false, gaps: [] })).toMatchObject([{ fromPort: 8080 }])
  })

  test('are one for each interface, with the groups of each', () => {
    const hosts = hostsOf(
      byId,
      host(bare, {
        privateAddress: '10.0.1.7',
        publicAddress: '203.0.113.8',
        ipv6: '2001:DB8::7',
        groups: ['sg-b'],
      }),
    )
    expect(hosts.map(h => [h.publicAddresses, h.direct, h.securityGroupIds])).toEqual([
      [[], [], ['sg-h']],
      [['2001:db8::7', '203.0.113.8'], [], ['sg-b']],
    ])
  })

  test('have no address that only the local network knows', () => {
    const [only] = hostsOf(byId, host({ ...bare, ipv6: 'fd00::7' }))
    expect(only?.publicAddresses).toEqual([])
  })

  test('are those of an instance that lists no interface too', () => {
    const plain = changed(
      merge(byId, host(open)),
      ofType(types.instance),
      ({ NetworkInterfaces: _, ...c }) => c,
    )
    expect(hostsOf(plain)).toMatchObject([
      { publicAddresses: ['203.0.113.7'], direct: ['203.0.113.7'], securityGroupIds: ['sg-h'] },
    ])
  })

  test('are not known while the instance is not read, and none where there is no such instance', () => {
    expect(groupOf(byId).hosts).toMatchObject({
      known: false,
      gaps: [{ code: 'not-read', operation: 'DescribeInstances', target: id }],
    })
    const denied = gap('DescribeInstances', id)
    expect(groupOf({ ...byId, gaps: [denied] }).hosts).toEqual({ known: false, gaps: [denied] })
    expect(hostsOf(byId, { resources: [], reads: [read('DescribeInstances', id, 0)] })).toEqual([])
    const lost = merge(byId, { resources: [], reads: [read('DescribeInstances', id, 1)] })
    expect(groupOf(lost).hosts).toMatchObject({ known: false, gaps: [{ code: 'malformed' }] })
  })

  test('are none of an instance that was terminated', () => {
    const parts = changed(merge(byId, host(open)), ofType(types.instance), c => ({
      ...c,
      State: { Code: 48, Name: 'terminated' },
    }))
    expect(hostsOf(parts)).toEqual([])
  })

  test('admit nobody knows whom where groups or their rules were not read', () => {
    const unread = merge(byId, host(open))
    const reads = unread.reads.filter(r => r.target !== 'sg-h')
    expect(hostsOf({ ...unread, reads })[0]?.ingress).toMatchObject({ known: false })
    const ungrouped = changed(unread, ofType(types.instance), c => ({
      ...c,
      NetworkInterfaces: (c.NetworkInterfaces as readonly Config[]).map(one => ({ ...one, Groups: [] })),
    }))
    expect(hostsOf(ungrouped)[0]?.ingress).toMatchObject({ known: false, gaps: [{ code: 'unrecognised' }] })
  })
})

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
