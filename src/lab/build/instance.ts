/** An EC2 instance of a world with its network interfaces. */
import { types } from '#snapshot/resource-types.ts'
import type { WorldResource } from '../world.ts'
import { hex, securityGroupId } from './names.ts'
import { type Place, subnetIds, vpcId } from './place.ts'

export interface InterfaceSpec {
  readonly privateAddress: string
  readonly publicAddress?: string
  readonly ipv6?: string
  /** Security group ids; the one that has the instance's name unless given. */
  readonly groups?: readonly string[]
  /** The first subnet of the place unless given. */
  readonly subnet?: string
}

export interface InstanceSpec {
  readonly name: string
  readonly place: Place
  /** The first is the primary one. */
  readonly interfaces: readonly [InterfaceSpec, ...InterfaceSpec[]]
}

export const instanceId = (name: string): string => `i-0${hex(16, 'instance', name)}`

const groupsOf = (spec: InstanceSpec, { groups = [securityGroupId(spec.name)] }: InterfaceSpec) =>
  groups.map(GroupId => ({ GroupId, GroupName: spec.name }))

const card = (spec: InstanceSpec, one: InterfaceSpec, index: number): Record<string, unknown> => {
  const association =
    one.publicAddress === undefined
      ? {}
      : { Association: { PublicIp: one.publicAddress, IpOwnerId: spec.place.account } }
  return {
    NetworkInterfaceId: `eni-0${hex(16, 'interface', spec.name, String(index))}`,
    OwnerId: spec.place.account,
    Description: '',
    InterfaceType: 'interface',
    Status: 'in-use',
    VpcId: vpcId(spec.place),
    SubnetId: one.subnet ?? subnetIds(spec.place)[0],
    Groups: groupsOf(spec, one),
    PrivateIpAddress: one.privateAddress,
    PrivateIpAddresses: [{ PrivateIpAddress: one.privateAddress, Primary: true, ...association }],
    Ipv6Addresses: one.ipv6 === undefined ? [] : [{ Ipv6Address: one.ipv6, IsPrimaryIpv6: false }],
    ...association,
    Attachment: { DeviceIndex: index, Status: 'attached' },
  }
}

/** As DescribeInstances shows it. Who may connect is said by rules of its security groups, which are built apart. */
export const buildInstance = (spec: InstanceSpec): WorldResource => {
  const { account, region } = spec.place
  const id = instanceId(spec.name)
  const [first] = spec.interfaces
  const config = {
    InstanceId: id,
    State: { Code: 16, Name: 'running' },
    LaunchTime: '2025-04-01T08:00:00.000Z',
    PrivateIpAddress: first.privateAddress,
    ...(first.publicAddress !== undefined && {
      PublicIpAddress: first.publicAddress,
      PublicDnsName: `ec2-${first.publicAddress.replaceAll('.', '-')}.${region === 'us-east-1' ? 'compute-1' : `${region}.compute`}.amazonaws.com`,
    }),
    VpcId: vpcId(spec.place),
    SubnetId: first.subnet ?? subnetIds(spec.place)[0],
    SecurityGroups: groupsOf(spec, first),
    NetworkInterfaces: spec.interfaces.map((one, i) => card(spec, one, i)),
  }
  const arn = `arn:aws:ec2:${region}:${account}:instance/${id}`
  return { type: types.instance, arn, account, region, config }
}
