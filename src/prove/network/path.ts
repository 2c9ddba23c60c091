/** Which client addresses the network itself carries to a load balancer: scheme, address type, routes and network ACLs. */
import type { Family } from '#base/ip-set.ts'
import type { LoadBalancer, Subnet } from '#topology/model.ts'
import { admittedByAcl, answeredByAcl } from './network-acl.ts'
import {
  anywhere,
  emptyRegion,
  exactly,
  intersectRegions,
  type Region,
  unionRegions,
  unseen,
} from './region.ts'
import { ofFamily } from './space.ts'

export interface Path {
  readonly region: Region
  /** Why nothing passes, for people; null where something may. */
  readonly obstacle: string | null
}

/** Whether the load balancer has addresses of the family at all. */
export const hasFamily = (lb: LoadBalancer, family: Family): boolean =>
  family === 4 || lb.ipAddressType !== 'ipv4'

/** From the internet through an internet gateway. */
export const internetPath = (lb: LoadBalancer, family: Family, port: number | null): Path => {
  const door = frontDoor(lb, family)
  if (door.obstacle !== null) return door
  const region = intersectRegions(
    door.region,
    throughSubnets(lb, family, subnet => throughGateway(subnet, family, port)),
  )
  return { region, obstacle: region.possible.length > 0 ? null : noSubnet(lb) }
}

/**
 * From an accelerator: it needs no route and no public address, inbound network ACL entries do not act, but VPC Block
 * Public Access does (Global Accelerator developer guide, client address preservation; VPC user guide, VPC BPA basics).
 * No network ACL is relied on to keep anything out here.
 */
export const acceleratorPath = (lb: LoadBalancer, family: Family): Region =>
  throughSubnets(lb, family, subnet => {
    const { networkAcl } = subnet
    const answered = networkAcl.known
      ? { ...anywhere(family), sure: answeredByAcl(networkAcl.value, family) }
      : unseen(family, networkAcl.gaps)
    return intersectRegions(answered, unblocked(subnet, family))
  })

/** Whether VPC Block Public Access keeps everything that comes from the internet out of every subnet. */
export const isCutOff = ({ subnets }: LoadBalancer): boolean =>
  subnets.known && subnets.value.length > 0 && subnets.value.every(isBlocked)

const noSubnet = (lb: LoadBalancer): string =>
  lb.subnets.known && lb.subnets.value.some(isBlocked)
    ? 'VPC Block Public Access and the routes and network ACLs of its subnets leave no way in'
    : 'none of its subnets has a route and a network ACL that let it in'

const isBlocked = ({ publicAccessBlock }: Subnet): boolean =>
  publicAccessBlock.known && publicAccessBlock.value !== 'off'

/** Snapshot lines that routes, network ACLs and blocks are read from. */
export const pathLines = (lb: LoadBalancer): readonly number[] => [
  lb.ref.line,
  ...(lb.subnets.known
    ? lb.subnets.value.flatMap(s => [
        s.ref.line,
        ...(s.networkAcl.known ? [s.networkAcl.value.ref.line] : []),
      ])
    : []),
]

/** From inside the network: routes are taken to exist, and a network ACL does not act inside one subnet. */
export const insidePath = (lb: LoadBalancer, family: Family, port: number | null): Region => ({
  ...throughSubnets(lb, family, subnet => throughAcl(subnet, family, port)),
  possible: anywhere(family).possible,
})

const frontDoor = (lb: LoadBalancer, family: Family): Path => {
  if (family === 4) {
    if (lb.scheme === 'internal') return barred('it is internal')
    if (lb.ipAddressType === 'dualstack-without-public-ipv4') return barred('it has no public IPv4 address')
    return passable(anywhere(4))
  }
  return sixthDoor(lb)
}

/** `ipv6.deny_all_igw_traffic` is on by default for internal load balancers and off for the others. */
const sixthDoor = (lb: LoadBalancer): Path => {
  if (!lb.attributes.known) return passable(unseen(6, lb.attributes.gaps))
  const denied = lb.attributes.value['ipv6.deny_all_igw_traffic'] ?? String(lb.scheme === 'internal')
  if (denied === 'true') return barred('it refuses IPv6 traffic from the internet gateway')
  return passable(anywhere(6))
}

const barred = (obstacle: string): Path => ({ region: emptyRegion, obstacle })
const passable = (region: Region): Path => ({ region, obstacle: null })

const throughSubnets = (lb: LoadBalancer, family: Family, through: (subnet: Subnet) => Region): Region => {
  if (!lb.subnets.known) return unseen(family, lb.subnets.gaps)
  if (lb.subnets.value.length === 0) return unseen(family, [])
  const usable = lb.subnets.value.filter(subnet => family === 4 || subnet.ipv6)
  return unionRegions(usable.map(through))
}

const throughGateway = (subnet: Subnet, family: Family, port: number | null): Region => {
  const { internetRoutes } = subnet
  const routes = internetRoutes.known
    ? exactly(ofFamily(internetRoutes.value, family), family)
    : unseen(family, internetRoutes.gaps)
  const open = intersectRegions(routes, unblocked(subnet, family))
  return open.possible.length === 0 ? open : intersectRegions(open, throughAcl(subnet, family, port))
}

const throughAcl = ({ networkAcl }: Subnet, family: Family, port: number | null): Region =>
  networkAcl.known
    ? exactly(admittedByAcl(networkAcl.value, family, port), family)
    : unseen(family, networkAcl.gaps)

/** Both modes of VPC Block Public Access keep out what comes in from the internet. */
const unblocked = ({ publicAccessBlock }: Subnet, family: Family): Region => {
  if (!publicAccessBlock.known) return unseen(family, publicAccessBlock.gaps)
  return publicAccessBlock.value === 'off' ? anywhere(family) : emptyRegion
}
