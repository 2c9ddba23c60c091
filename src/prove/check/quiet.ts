/** Whether nothing of a vantage can arrive by a way in, told from what the network lets pass at most; for checking only. */
import { intersectCidrs } from '#base/ip-set.ts'
import type { IngressRule, LoadBalancer, Topology } from '#topology/model.ts'
import type { Vantage } from '../exposure.ts'
import { admittedFrom, isOpenTo } from './arrivals.ts'
import { carriedFromInternet, isWhollyBlocked } from './path.ts'
import type { CheckedWay } from './ways.ts'

export interface Asked {
  readonly topology: Topology
  readonly vantage: Vantage
  readonly family: 4 | 6
  /** Of the gate; null asks about every port. */
  readonly port: number | null
}

/** Addresses that rules behind the way may see, more rather than fewer; null where nothing can be said. */
export const sourcesBy = (way: CheckedWay, asked: Asked): readonly string[] | null => {
  const { vantage, family, port } = asked
  if (!way.families.includes(family)) return []
  const ports = port === null ? null : way.clientPorts(port)
  if (
    ports !== null &&
    !ports.some(p => vantage !== 'tenant' || isEdgePort(p) || way.by === 'endpoint-service')
  )
    return []
  switch (way.by) {
    case 'own-address':
      return byOwnAddress(way, asked)
    case 'accelerator':
      return byAccelerator(way, asked)
    case 'vpc-link':
      return isShutToInterfaces(way.gate, family, port, isForServers) ? [] : null
    case 'endpoint-service':
      return isShutToInterfaces(way.gate, family, port, () => false) ? [] : null
  }
}

const isEdgePort = (port: number): boolean => [80, 443].includes(port) || port > 1023

const byOwnAddress = ({ gate }: CheckedWay, { topology, vantage, family, port }: Asked) => {
  const admitted = admittedFrom(topology, gate, vantage, family, port)
  if (vantage === 'inside' || admitted?.length === 0) return admitted
  const carried = carriedFromInternet(gate, family, port)
  return admitted === null
    ? carried?.length === 0
      ? []
      : null
    : carried === null
      ? admitted
      : intersectCidrs(admitted, carried)
}

/** Sources of the accelerator's own are public ones of either family. */
const byAccelerator = ({ gate, keeps }: CheckedWay, { topology, vantage, family, port }: Asked) => {
  if (isWhollyBlocked(gate)) return []
  const clients = keeps === 'no' ? [] : admittedFrom(topology, gate, vantage, family, port)
  if (keeps !== 'no' && namesStrangeGroup(topology, gate, family, port)) return null
  const own = ([4, 6] as const).map(f => admittedFrom(topology, gate, 'internet', f, port))
  if (keeps === 'yes' || own.every(o => o?.length === 0)) return clients
  return null
}

/** A group of no load balancer that was read may be that of the accelerator's interfaces. */
const namesStrangeGroup = (
  { loadBalancers }: Topology,
  gate: LoadBalancer,
  family: 4 | 6,
  port: number | null,
): boolean => {
  if (!gate.ingress.known || (family === 6 && gate.ipAddressType === 'ipv4')) return false
  return gate.ingress.value.some(rule => {
    const { peer } = rule
    if (peer.kind !== 'group' || !isOpenTo(rule, family, port)) return false
    return loadBalancers.every(lb => !lb.securityGroupIds.includes(peer.groupId))
  })
}

const isForServers = ({ peer }: IngressRule): boolean =>
  peer.kind === 'prefix-list' && peer.list.known && peer.list.value.cloudFrontOriginFacing

/** `never`: rules that admit no interface of a VPC. */
const isShutToInterfaces = (
  gate: LoadBalancer,
  family: 4 | 6,
  port: number | null,
  never: (rule: IngressRule) => boolean,
): boolean => {
  if (family === 6 && gate.ipAddressType === 'ipv4') return true
  if (gate.kind === 'network' && gate.privateLinkFiltered === false) return false
  if (gate.securityGroupIds.length === 0 || !gate.ingress.known) return false
  return !gate.ingress.value.some(rule => isOpenTo(rule, family, port) && !never(rule))
}
