/** The addresses of a vantage that may arrive at a load balancer, told rule by rule, for checking only. */
import {
  addressFamily,
  type Family,
  intersectCidrs,
  malformedCidrs,
  publicSpace,
  subtractCidrs,
} from '#base/ip-set.ts'
import type { IngressRule, LoadBalancer, PrefixList, Topology } from '#topology/model.ts'
import type { Vantage } from '../exposure.ts'

/** Everything the vantage may come from where that is not known better. */
const space = (topology: Topology, vantage: Vantage, family: Family): readonly string[] => {
  if (vantage === 'inside')
    return family === 6 ? ['::/0'] : ['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16']
  const servers = cloudFrontServers(topology, family)
  if (vantage === 'tenant') return servers ?? publicSpace(family)
  const examples =
    family === 4 ? ['192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24'] : ['2001:db8::/32', '3fff::/20']
  return subtractCidrs([...publicSpace(family), ...examples], servers ?? [])
}

const cloudFrontServers = (topology: Topology, family: Family): readonly string[] | null => {
  const list = topology.prefixLists.find(
    l => l.cloudFrontOriginFacing && l.entries.known && ofFamily(l, family),
  )
  return list?.entries.known ? list.entries.value.filter(c => addressFamily(c) === family) : null
}

const ofFamily = ({ addressFamily: name }: PrefixList, family: Family): boolean =>
  !name || name.includes(String(family))

/** Whom the groups of the gate let in. CIDRs, more rather than fewer; null where nothing can be said. `port` null asks about every port. */
export const admittedFrom = (
  topology: Topology,
  lb: LoadBalancer,
  vantage: Vantage,
  family: Family,
  port: number | null,
): readonly string[] | null => {
  if (family === 6 && lb.ipAddressType === 'ipv4') return []
  const everyone = space(topology, vantage, family)
  if (lb.securityGroupIds.length === 0) return lb.kind === 'network' ? everyone : null
  if (!lb.ingress.known) return null
  const each = lb.ingress.value.filter(r => opens(r, port)).map(r => admitted(r, vantage, family, everyone))
  const known = each.filter(c => c !== null)
  return known.length === each.length ? known.flat() : null
}

/** Whether the rule may admit anything at all of the family to the port. */
export const isOpenTo = (rule: IngressRule, family: Family, port: number | null): boolean => {
  if (!opens(rule, port)) return false
  const { peer } = rule
  if (peer.kind === 'group') return true
  if (peer.kind !== 'prefix-list') return (addressFamily(peer.cidr) ?? family) === family
  return !peer.list.known || ofFamily(peer.list.value, family)
}

const opens = ({ protocol, fromPort, toPort }: IngressRule, port: number | null): boolean => {
  if (['-1', 'all'].includes(protocol)) return true
  return ['tcp', '6'].includes(protocol) && (port === null || (port >= fromPort && port <= toPort))
}

const admitted = (
  { peer }: IngressRule,
  vantage: Vantage,
  family: Family,
  everyone: readonly string[],
): readonly string[] | null => {
  if (peer.kind === 'group') return vantage === 'inside' ? everyone : []
  if (peer.kind !== 'prefix-list') return within([peer.cidr], family, everyone)
  if (!peer.list.known) return null
  const list = peer.list.value
  if (list.cloudFrontOriginFacing) return vantage === 'tenant' && ofFamily(list, family) ? everyone : []
  return list.entries.known ? within(list.entries.value, family, everyone) : null
}

/** Null where something is not well-formed. */
const within = (
  cidrs: readonly string[],
  family: Family,
  everyone: readonly string[],
): readonly string[] | null =>
  malformedCidrs(cidrs).length > 0
    ? null
    : intersectCidrs(
        cidrs.filter(c => addressFamily(c) === family),
        everyone,
      )
