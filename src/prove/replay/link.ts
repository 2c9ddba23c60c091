/** Plays a witness against the APIs in front of a VPC link: what they call, and where it comes out; with no part of the search. */
import type { Api, Listener, LoadBalancer, Topology, VpcLink } from '#topology/model.ts'
import type { Witness } from '../exposure.ts'
import type { Arrival } from '../replay-network.ts'
import { type ApiReplay, replayRoutes } from './api.ts'
import { groupsAdmit } from './groups.ts'

/**
 * Of a witness that connects to an API in front of one of `balancers`; null of any other. `reaches`: whether what comes out
 * at a listener surely arrives at the backend, by the protocol of the listener.
 */
export const replayLinked = (
  topology: Topology,
  balancers: readonly LoadBalancer[],
  witness: Witness,
  reaches: (arrival: Arrival, witness: Witness) => boolean,
): ApiReplay | null => {
  const ends = topology.vpcLinks.items.flatMap(link =>
    balancers
      .filter(lb => link.loadBalancerArns.known && link.loadBalancerArns.value.includes(lb.ref.arn))
      .flatMap(balancer =>
        (link.apis.known ? link.apis.value : [])
          .filter(api => answers(api, witness))
          .map(api => {
            const isBehind = ({ route }: { readonly route: { readonly integration: string | null } }) => {
              const out = listenersAt(route.integration ?? '', link, balancer)
              return out.length > 0 && out.every(l => comesOut(topology, link, balancer, l, witness, reaches))
            }
            return replayRoutes(topology, { api, isBehind }, witness)
          }),
      ),
  )
  return ends.find(e => e.end !== 'stopped') ?? ends[0] ?? null
}

const answers = ({ host, domains }: Api, witness: Witness): boolean =>
  host === witness.host || (domains.known && domains.value.some(d => d.name === witness.host))

/** Every one that the integration may mean. */
const listenersAt = (
  integration: string,
  { ref, kind, loadBalancerArns }: VpcLink,
  { ref: own, listeners }: LoadBalancer,
): readonly Listener[] => {
  const all = listeners.known ? listeners.value : []
  if (integration === own.arn) return all
  if (integration.startsWith('arn:')) return all.filter(l => l.ref.arn === integration)
  const [link, url = ''] = integration.split(' ')
  const isOwn = link === ref.arn.split('/vpclinks/')[1] && kind === 'rest' && URL.canParse(url)
  if (!isOwn || !loadBalancerArns.known || loadBalancerArns.value.length > 1) return []
  const { port, protocol } = new URL(url)
  return all.filter(l => String(l.port) === (port || { 'http:': '80', 'https:': '443' }[protocol]))
}

const comesOut = (
  topology: Topology,
  link: VpcLink,
  balancer: LoadBalancer,
  listener: Listener,
  witness: Witness,
  reaches: (arrival: Arrival, witness: Witness) => boolean,
): boolean => {
  if (!isAdmitted(topology, link, balancer, listener.port)) return false
  const scheme = ['HTTPS', 'TLS'].includes(listener.protocol) || listener.port === 443 ? 'https' : 'http'
  return reaches(
    { balancer, listener, sender: 'internet', source: null, by: 'other' },
    { ...witness, scheme },
  )
}

/** An interface of a link of version 2 has its groups, and an address of the VPC. */
const isAdmitted = (
  topology: Topology,
  { kind, securityGroupIds: own, subnetIds }: VpcLink,
  balancer: LoadBalancer,
  port: number,
): boolean => {
  const { ingress, securityGroupIds, privateLinkFiltered } = balancer
  if (kind === 'rest') return privateLinkFiltered === false || securityGroupIds.length === 0
  const named = (ingress.known ? ingress.value : []).some(
    ({ peer, protocol, fromPort, toPort }) =>
      peer.kind === 'group' &&
      own.includes(peer.groupId) &&
      (['-1', 'all'].includes(protocol) || (protocol === 'tcp' && fromPort <= port && port <= toPort)),
  )
  const subnets = balancer.subnets.known ? balancer.subnets.value : []
  const from = subnetIds.map(id => subnets.find(s => s.id === id)?.cidr ?? '0.0.0.0/0')
  return named || (from.length > 0 && from.every(cidr => groupsAdmit(topology, balancer, cidr, 4, port)))
}
