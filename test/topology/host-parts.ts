/** Target groups and the machines behind them, for tests of hosts. */
import { buildInstance, type InterfaceSpec, instanceId } from '#lab/build/instance.ts'
import { vpcId } from '#lab/build/place.ts'
import { types } from '#snapshot/resource-types.ts'
import type { TargetGroup, TargetHost } from '#topology/model.ts'
import {
  account,
  type Config,
  changed,
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
import { ingress, shop } from './shop.ts'

const place = { account, region }

export const vpc = vpcId(place)

export const id = instanceId('host')

export const targets = (more: Config, ...ids: readonly string[]): Parts =>
  changed(
    changed(shop, ofType(types.targetGroup), c => ({ ...c, VpcId: vpc, ...more })),
    ofType(types.targetHealth),
    c => ({ ...c, TargetHealthDescriptions: ids.map(Id => ({ Target: { Id, Port: 8080 } })) }),
  )

export const byId = targets({ TargetType: 'instance' }, id)

export const host = (first: InterfaceSpec, ...more: readonly InterfaceSpec[]): Parts => {
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

export const open: InterfaceSpec = {
  privateAddress: '10.0.0.7',
  publicAddress: '203.0.113.7',
  groups: ['sg-h'],
  subnet: 'subnet-1',
}

export const bare: InterfaceSpec = { privateAddress: '10.0.0.7', groups: ['sg-h'], subnet: 'subnet-1' }

/** An interface that has the addresses: an instance's, or a container's of its own. */
export const card = (addresses: readonly string[], more: Config = {}): Parts => ({
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

export const groupOf = (parts: Parts): TargetGroup => {
  const [listener] = given(onlyBalancer(topologyOf(parts)).listeners)
  const [rule] = given(listener?.rules ?? { known: false, gaps: [] })
  const [action] = rule?.actions ?? []
  if (action?.kind !== 'forward' || action.groups[0] === undefined) throw new Error('nothing is forwarded')
  return given(action.groups[0].group)
}

export const hostsOf = (...parts: readonly Parts[]): readonly TargetHost[] =>
  given(groupOf(merge(...parts)).hosts)
