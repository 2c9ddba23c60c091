/** Whether the network carries one address to a load balancer: scheme, routes, network ACLs, public access blocks. */
import { addressFamily, containsAddress, coversAll } from '#base/ip-set.ts'
import type { LoadBalancer, NetworkAclEntry, Subnet } from '#topology/model.ts'

type Family = 4 | 6

const subnetsOf = ({ subnets }: LoadBalancer, family: Family): readonly Subnet[] =>
  subnets.known ? subnets.value.filter(s => family === 4 || s.ipv6) : []

export const carriesInternet = (lb: LoadBalancer, source: string, family: Family, port: number): boolean =>
  hasPublicAddress(lb, family) &&
  subnetsOf(lb, family).some(
    s => isUnblocked(s) && isRouted(s, source, family) && passesAcl(s, source, family, port),
  )

export const carriesAccelerator = (lb: LoadBalancer, source: string, family: Family): boolean =>
  (family === 4 || lb.ipAddressType !== 'ipv4') &&
  subnetsOf(lb, family).some(s => isUnblocked(s) && answersPass(s, source, family))

export const carriesInside = (lb: LoadBalancer, source: string, family: Family, port: number): boolean =>
  (family === 4 || lb.ipAddressType !== 'ipv4') &&
  subnetsOf(lb, family).some(s => passesAcl(s, source, family, port))

const hasPublicAddress = (lb: LoadBalancer, family: Family): boolean => {
  if (family === 4)
    return lb.scheme === 'internet-facing' && lb.ipAddressType !== 'dualstack-without-public-ipv4'
  if (lb.ipAddressType === 'ipv4' || !lb.attributes.known) return false
  const set = lb.attributes.value['ipv6.deny_all_igw_traffic']
  return set === undefined ? lb.scheme === 'internet-facing' : set !== 'true'
}

const isUnblocked = ({ publicAccessBlock }: Subnet): boolean =>
  publicAccessBlock.known && publicAccessBlock.value === 'off'

const isRouted = ({ internetRoutes }: Subnet, source: string, family: Family): boolean =>
  internetRoutes.known && hold(internetRoutes.value, source, family)

/** A prefix list as source is only held by the whole family. */
const hold = (cidrs: readonly string[], source: string, family: Family): boolean =>
  addressFamily(source) === null ? coversAll(cidrs, family) : containsAddress(cidrs, source)

/** In to the port, and out again to some port of the client. */
const passesAcl = ({ networkAcl }: Subnet, source: string, family: Family, port: number): boolean => {
  if (!networkAcl.known) return false
  const { entries } = networkAcl.value
  const back = [1024, ...entries.flatMap(e => [e.fromPort, e.toPort + 1])].filter(p => p >= 0 && p <= 65_535)
  return (
    isAllowed(entries, false, source, family, port) &&
    back.some(p => isAllowed(entries, true, source, family, p))
  )
}

/** An accelerator needs the ephemeral ports open both ways. */
const answersPass = ({ networkAcl }: Subnet, source: string, family: Family): boolean =>
  networkAcl.known &&
  [1024, 65_535].every(port =>
    [false, true].every(out => isAllowed(networkAcl.value.entries, out, source, family, port)),
  )

/** The first entry that matches decides. */
const isAllowed = (
  entries: readonly NetworkAclEntry[],
  egress: boolean,
  source: string,
  family: Family,
  port: number,
): boolean => {
  const allowed: string[] = []
  for (const entry of entries.toSorted((a, b) => a.number - b.number)) {
    if (entry.egress !== egress || !isTcpAt(entry, port) || addressFamily(entry.cidr) !== family) continue
    if (entry.allow) {
      allowed.push(entry.cidr)
      if (hold(allowed, source, family)) return true
    } else if (addressFamily(source) === null || hold([entry.cidr], source, family)) return false
  }
  return false
}

const isTcpAt = ({ protocol, fromPort, toPort }: NetworkAclEntry, port: number): boolean => {
  if (protocol === '-1' || protocol === 'all') return true
  if (protocol !== '6' && protocol !== 'tcp') return false
  return fromPort <= port && port <= toPort
}
