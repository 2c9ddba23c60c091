/** Network interfaces of a world: those it lists, and those that its instances and load balancers imply. */
import { normalName } from '#base/domain-name.ts'
import { types } from '#snapshot/resource-types.ts'
import type { DnsEntry, World } from '../world.ts'
import { at } from './filter.ts'
import type { Config, View } from './view.ts'

/** Nothing is implied for an interface that is listed, or for an address that a listed one already has. */
export const interfacesOf = (view: View): readonly Config[] => {
  const listed = view.list(types.networkInterface)
  const taken = new Set(listed.flatMap(card => [card.NetworkInterfaceId, ...addressesOf(card)]))
  const implied = [
    ...view.list(types.instance).flatMap(ofInstance),
    ...view.list(types.loadBalancer).flatMap(lb => ofLoadBalancer(view, lb)),
  ]
  const isNew = (card: Config): boolean =>
    !taken.has(card.NetworkInterfaceId) && !addressesOf(card).some(address => taken.has(address))
  return [...listed, ...implied.filter(isNew)]
}

const addressesOf = (config: Config): readonly unknown[] => [
  ...at('Association', 'PublicIp')(config),
  ...at('Ipv6Addresses', 'Ipv6Address')(config),
]

const idOf = (...parts: readonly string[]): string =>
  `eni-0${Buffer.from(parts.join('/')).toString('hex').slice(-16).padStart(16, '0')}`

const attachedTo = (InstanceId: string, DeviceIndex: unknown = 0) => ({
  InstanceId,
  Status: 'attached',
  DeviceIndex,
})

/** The interfaces that an instance lists as its own, else the one that its addresses imply. */
const ofInstance = (instance: Config): readonly Config[] => {
  const id = String(instance.InstanceId)
  const own = (instance.NetworkInterfaces ?? []) as readonly Config[]
  if (own.length > 0)
    return own.map(card => ({
      ...card,
      Attachment: attachedTo(id, at('Attachment', 'DeviceIndex')(card)[0]),
    }))
  const { PublicIpAddress, PrivateIpAddress } = instance
  if (PublicIpAddress === undefined && PrivateIpAddress === undefined) return []
  const association = PublicIpAddress === undefined ? {} : { Association: { PublicIp: PublicIpAddress } }
  return [
    {
      NetworkInterfaceId: idOf(id),
      VpcId: instance.VpcId,
      SubnetId: instance.SubnetId,
      Groups: instance.SecurityGroups,
      Description: '',
      InterfaceType: 'interface',
      Status: 'in-use',
      ...association,
      ...(PrivateIpAddress !== undefined && {
        PrivateIpAddress,
        PrivateIpAddresses: [{ PrivateIpAddress, Primary: true, ...association }],
      }),
      Attachment: attachedTo(id),
    },
  ]
}

/** One interface per public address of the name, described as Elastic Load Balancing does. */
const ofLoadBalancer = (view: View, lb: Config): readonly Config[] =>
  (lb.Scheme === 'internal' ? [] : addressesNamed(view.world, String(lb.DNSName))).map(entry => ({
    NetworkInterfaceId: idOf(entry.value),
    VpcId: lb.VpcId,
    Description: `ELB ${String(lb.LoadBalancerArn).split(':loadbalancer/')[1]}`,
    InterfaceType: lb.Type === 'network' ? 'network_load_balancer' : 'interface',
    RequesterManaged: true,
    Status: 'in-use',
    Groups: ((lb.SecurityGroups ?? []) as string[]).map(GroupId => ({ GroupId })),
    ...(entry.type === 'A'
      ? { Association: { PublicIp: entry.value, IpOwnerId: 'amazon-elb' } }
      : { Ipv6Addresses: [{ Ipv6Address: entry.value }] }),
  }))

const namesOf = new WeakMap<World, ReadonlyMap<string, readonly DnsEntry[]>>()

const addressesNamed = (world: World, name: string): readonly DnsEntry[] => {
  const names =
    namesOf.get(world) ??
    Map.groupBy(
      world.dns.filter(e => e.type !== 'CNAME'),
      entry => normalName(entry.name),
    )
  namesOf.set(world, names)
  return names.get(normalName(name)) ?? []
}
