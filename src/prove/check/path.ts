/** Which addresses the network may carry to a gate from the internet, more rather than fewer; for checking only. */
import { addressFamily, intersectCidrs, malformedCidrs, subtractCidrs, unionCidrs } from '#base/ip-set.ts'
import type { LoadBalancer, NetworkAclEntry, Subnet } from '#topology/model.ts'

type Family = 4 | 6
type Cidrs = readonly string[]

const everything = (family: Family): Cidrs => [family === 4 ? '0.0.0.0/0' : '::/0']

/** VPC Block Public Access in every subnet: neither gateways nor accelerators bring anything in. */
export const isWhollyBlocked = ({ subnets }: LoadBalancer): boolean =>
  subnets.known && subnets.value.length > 0 && !subnets.value.some(s => !isBlocked(s))

const isBlocked = ({ publicAccessBlock: block }: Subnet): boolean =>
  block.known && ['block-ingress', 'block-bidirectional'].includes(block.value)

/** Null where nothing can be said. */
export const carriedFromInternet = (
  gate: LoadBalancer,
  family: Family,
  port: number | null,
): Cidrs | null => {
  if (lacksPublicAddress(gate, family)) return []
  if (!gate.subnets.known || gate.subnets.value.length === 0) return null
  const ways = gate.subnets.value
    .filter(s => family === 4 || s.ipv6)
    .map(subnet => carriedThrough(subnet, family, port))
  const known = ways.filter(w => w !== null)
  return known.length === ways.length ? unionCidrs(known.flat()) : null
}

const lacksPublicAddress = ({ scheme, ipAddressType, attributes }: LoadBalancer, family: Family): boolean => {
  const internal = scheme === 'internal'
  if (family === 4) return internal || ipAddressType === 'dualstack-without-public-ipv4'
  if (ipAddressType === 'ipv4') return true
  const said = attributes.known ? attributes.value['ipv6.deny_all_igw_traffic'] : 'false'
  return said === undefined ? internal : said === 'true'
}

const carriedThrough = (subnet: Subnet, family: Family, port: number | null): Cidrs | null => {
  if (isBlocked(subnet)) return []
  const { internetRoutes: routes, networkAcl: acl } = subnet
  const own = routes.known ? ofFamily(routes.value, family) : null
  if (own?.length === 0) return []
  if (!acl.known) return own
  const passed = passedBy(acl.value.entries, family, port)
  return own === null ? (passed.length === 0 ? [] : null) : intersectCidrs(own, passed)
}

const ofFamily = (cidrs: Cidrs, family: Family): Cidrs | null =>
  malformedCidrs(cidrs).length > 0 ? null : cidrs.filter(c => addressFamily(c) === family)

/** In to the port, and back to any one port of the client. */
const passedBy = (entries: readonly NetworkAclEntry[], family: Family, port: number | null): Cidrs => {
  const tcp = entries.filter(
    e => ['tcp', '6', '-1', 'all'].includes(e.protocol) && (addressFamily(e.cidr) ?? family) === family,
  )
  const sides = [false, true].map(egress => tcp.filter(e => e.egress === egress))
  const [inward = [], outward = []] = sides.map((side, i) =>
    (i === 0 && port !== null ? [port] : turningPorts(side)).flatMap(p => allowedAt(side, family, p)),
  )
  return intersectCidrs(unionCidrs(inward), unionCidrs(outward))
}

const turningPorts = (entries: readonly NetworkAclEntry[]): readonly number[] =>
  [...new Set([0, 1024, ...entries.flatMap(e => [e.fromPort, e.toPort + 1])])].filter(
    p => p >= 0 && p < 65_536,
  )

const allowedAt = (entries: readonly NetworkAclEntry[], family: Family, port: number): Cidrs => {
  const applying = entries.filter(e => coversPort(e, port)).toSorted((a, b) => b.number - a.number)
  // From the last entry, which the earlier ones overrule.
  let allowed: Cidrs = []
  for (const { allow, cidr } of applying)
    allowed = allow ? unionCidrs([...allowed, cidr]) : subtractCidrs(allowed, [cidr])
  return intersectCidrs(allowed, everything(family))
}

const coversPort = ({ protocol, fromPort, toPort }: NetworkAclEntry, port: number): boolean => {
  if (['-1', 'all'].includes(protocol)) return true
  return port >= fromPort && port <= toPort
}
