/** Whether security groups admit one address to one port, told from what their rules name. */
import { addressFamily, containsAddress, coversAll, unionCidrs } from '#base/ip-set.ts'
import type { IngressRule, LoadBalancer, PrefixList, Topology } from '#topology/model.ts'

/** `source`: an address, a range of which all must be admitted, or the id of CloudFront's prefix list. */
export const groupsAdmit = (
  { prefixLists }: Topology,
  { kind, securityGroupIds, ingress }: LoadBalancer,
  source: string,
  family: 4 | 6,
  port: number,
): boolean => {
  if (securityGroupIds.length === 0) return kind === 'network'
  const rules = ingress.known ? ingress.value.filter(rule => opens(rule, port)) : []
  const lists = rules.flatMap(({ peer }) =>
    peer.kind === 'prefix-list' && peer.list.known ? [peer.list.value] : [],
  )
  const servers = lists.filter(l => l.cloudFrontOriginFacing)
  const cidrs = [
    ...rules.flatMap(({ peer }) => ('cidr' in peer ? [peer.cidr] : [])),
    ...lists.filter(l => !l.cloudFrontOriginFacing).flatMap(entriesOf),
  ].filter(c => addressFamily(c) === family)
  const ofFamily = servers.filter(l => isOf(l, family))
  if (addressFamily(source) === null) return ofFamily.length > 0 || coversAll(cidrs, family)
  if (containsAddress(unionCidrs(cidrs), source)) return true
  return (
    ofFamily.length > 0 && containsAddress([...servers, ...known(prefixLists)].flatMap(entriesOf), source)
  )
}

const opens = ({ protocol, fromPort, toPort }: IngressRule, port: number): boolean => {
  if (protocol === '-1' || protocol === 'all') return true
  return (protocol === 'tcp' || protocol === '6') && fromPort <= port && port <= toPort
}

const known = (lists: readonly PrefixList[]): readonly PrefixList[] =>
  lists.filter(l => l.cloudFrontOriginFacing)

const entriesOf = ({ entries }: PrefixList): readonly string[] => (entries.known ? entries.value : [])

const isOf = ({ addressFamily: said, entries }: PrefixList, family: 4 | 6): boolean =>
  said === ''
    ? !entries.known || entries.value.some(e => addressFamily(e) === family)
    : said.includes(String(family))
