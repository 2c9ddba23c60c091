/** Which client addresses the network itself carries to a load balancer: scheme, address type, routes and network ACLs. */
import type { Family } from '#base/ip-set.ts'
import type { LoadBalancer, Subnet } from '#topology/model.ts'
import { admittedByAcl } from './network-acl.ts'
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

/** From the internet. A path that is barred here may still be opened by an accelerator, which needs no route. */
export const internetPath = (lb: LoadBalancer, family: Family, port: number | null): Path => {
  const door = frontDoor(lb, family)
  if (door.obstacle !== null) return door
  const region = intersectRegions(door.region, throughSubnets(lb, family, port, true))
  const obstacle =
    region.possible.length > 0
      ? null
      : 'no subnet of the load balancer has a route and a network ACL that let it in'
  return { region, obstacle }
}

/** From inside the network: routes are taken to exist, and a network ACL does not act inside one subnet. */
export const insidePath = (lb: LoadBalancer, family: Family, port: number | null): Region => ({
  ...throughSubnets(lb, family, port, false),
  possible: anywhere(family).possible,
})

const frontDoor = (lb: LoadBalancer, family: Family): Path => {
  if (family === 4) {
    if (lb.scheme === 'internal') return barred('the load balancer is internal')
    if (lb.ipAddressType === 'dualstack-without-public-ipv4')
      return barred('the load balancer has no public IPv4 address')
    return passable(anywhere(4))
  }
  return sixthDoor(lb)
}

/** `ipv6.deny_all_igw_traffic` is on by default for internal load balancers and off for the others. */
const sixthDoor = (lb: LoadBalancer): Path => {
  if (!lb.attributes.known) return passable(unseen(6, lb.attributes.gaps))
  const denied = lb.attributes.value['ipv6.deny_all_igw_traffic'] ?? String(lb.scheme === 'internal')
  if (denied === 'true') return barred('the load balancer refuses IPv6 traffic from the internet gateway')
  return passable(anywhere(6))
}

const barred = (obstacle: string): Path => ({ region: emptyRegion, obstacle })
const passable = (region: Region): Path => ({ region, obstacle: null })

const throughSubnets = (lb: LoadBalancer, family: Family, port: number | null, routed: boolean): Region => {
  if (!lb.subnets.known) return unseen(family, lb.subnets.gaps)
  if (lb.subnets.value.length === 0) return unseen(family, [])
  const usable = lb.subnets.value.filter(subnet => family === 4 || subnet.ipv6)
  return unionRegions(usable.map(subnet => throughSubnet(subnet, family, port, routed)))
}

const throughSubnet = (subnet: Subnet, family: Family, port: number | null, routed: boolean): Region => {
  const { networkAcl, internetRoutes } = subnet
  const acl = networkAcl.known
    ? exactly(admittedByAcl(networkAcl.value, family, port), family)
    : unseen(family, networkAcl.gaps)
  if (!routed) return acl
  const routes = internetRoutes.known
    ? exactly(ofFamily(internetRoutes.value, family), family)
    : unseen(family, internetRoutes.gaps)
  return intersectRegions(acl, routes)
}
