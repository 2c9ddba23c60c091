/** Whether a security group lets a source address in: decided address by address, apart from the prover's way. */
import { BlockList, isIPv6 } from 'node:net'
import type { IngressRule, LoadBalancer, TargetHost } from '#topology/model.ts'

const family = (address: string): 'ipv4' | 'ipv6' => (isIPv6(address) ? 'ipv6' : 'ipv4')

const inRange = (cidr: string, address: string): boolean => {
  const [network = '', prefix = ''] = cidr.split('/')
  if (family(network) !== family(address)) return false
  const list = new BlockList()
  list.addSubnet(network, Number(prefix), family(network))
  return list.check(address, family(address))
}

const cidrsOf = ({ peer }: IngressRule): readonly string[] => {
  if (peer.kind === 'cidr4' || peer.kind === 'cidr6') return [peer.cidr]
  if (peer.kind === 'prefix-list' && peer.list.known && peer.list.value.entries.known)
    return peer.list.value.entries.value
  return []
}

/** A load balancer without security groups admits everyone, as a Network Load Balancer does; a machine always has one. */
export const admits = (
  lb: Pick<LoadBalancer | TargetHost, 'securityGroupIds' | 'ingress'>,
  source: string,
  port: number,
): boolean => {
  if (lb.securityGroupIds.length === 0) return true
  if (!lb.ingress.known) return false
  return lb.ingress.value.some(
    rule =>
      (rule.protocol === 'tcp' || rule.protocol === '-1') &&
      (rule.protocol === '-1' || (rule.fromPort <= port && port <= rule.toPort)) &&
      cidrsOf(rule).some(cidr => inRange(cidr, source)),
  )
}
