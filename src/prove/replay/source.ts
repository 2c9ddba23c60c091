/** Whether an address is one that packets of a vantage may come from at all. */
import { addressFamily, containsAddress, isPublicAddress } from '#base/ip-set.ts'
import type { PrefixList, Topology } from '#topology/model.ts'
import type { Vantage, Witness } from '../exposure.ts'

/** Examples are written with them, as if they were public. */
const documentation = ['192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24', '2001:db8::/32', '3fff::/20']
const ofNetworks = ['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7']

/** `sender`: `tenant` where CloudFront's servers send the request. */
export const isSourceOf = (
  topology: Topology,
  { vantage, source, family }: Witness,
  sender: Vantage,
): boolean => {
  const own = addressFamily(source)
  if (own !== null && own !== family) return false
  const servers = listsOf(topology).flatMap(l => (l.entries.known ? l.entries.value : []))
  const isServer = own !== null && containsAddress(servers, source)
  if (sender === 'tenant')
    return own === null || isServer || (servers.length === 0 && isPublicAddress(source))
  if (own === null) return false
  // Whoever connects by AWS PrivateLink chose the addresses of their own network.
  if (vantage !== 'internet') return containsAddress(ofNetworks, source)
  return !isServer && (isPublicAddress(source) || containsAddress(documentation, source))
}

const listsOf = ({ prefixLists, loadBalancers }: Topology): readonly PrefixList[] => {
  const named = loadBalancers
    .flatMap(lb => (lb.ingress.known ? lb.ingress.value : []))
    .flatMap(({ peer }) => (peer.kind === 'prefix-list' && peer.list.known ? [peer.list.value] : []))
  return [...prefixLists, ...named].filter(l => l.cloudFrontOriginFacing)
}
