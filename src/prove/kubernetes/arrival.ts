/** How the requests of strangers come to a controller behind a load balancer, and which address it takes for theirs. */
import type { Known } from '#base/known.ts'
import type { ClusterController, ClusterRouter, LoadBalancer, TargetGroup } from '#topology/model.ts'
import type { Arrival } from './ingress-nginx/addresses.ts'

/** A way to the controller: who connects to its targets, and by what. */
export interface Approach {
  readonly balancer: LoadBalancer
  readonly groups: readonly Known<TargetGroup>[]
  /** By the load balancer's own address, by that of a target, or by anything else. */
  readonly by: 'own-address' | 'host' | 'other'
  /** CIDRs that strangers come from. */
  readonly clients: readonly string[]
}

/** Nothing is asked of addresses: whoever closes against this closes against everyone. */
export const fromAnywhere: Arrival = {
  clients: ['0.0.0.0/0', '::/0'],
  peer: 'client',
  balancer: [],
  appendsForwardedFor: false,
}

export const arrivalOf = (
  { balancer, groups, by, clients }: Approach,
  at: ClusterController | ClusterRouter,
): Arrival => {
  const unknown: Arrival = { clients, peer: 'unknown', balancer: [], appendsForwardedFor: false }
  const all = groups.flatMap(g => (g.known ? [g.value] : []))
  // A node that passes a connection on to another puts its own address in the place of the client's.
  const kept = all.every(g => g.targetType === 'ip') || at.services.every(s => s.keepsClient)
  // Which address Traefik or a Gateway takes for the client's is up to settings that are not followed.
  if (!('controller' in at)) return unknown
  if (by === 'other' || all.length < groups.length || !kept) return unknown
  if (by === 'host') return { ...unknown, peer: 'client' }
  if (balancer.kind === 'network') return behindNetwork(unknown, balancer, all, at)
  return balancer.kind === 'application' ? behindApplication(unknown, balancer) : unknown
}

const subnetCidrs = ({ subnets }: LoadBalancer): readonly string[] => {
  const cidrs = (subnets.known ? subnets.value : []).map(s => s.cidr)
  const found = cidrs.filter(c => c !== undefined)
  return found.length === cidrs.length ? found : []
}

const behindNetwork = (
  unknown: Arrival,
  balancer: LoadBalancer,
  groups: readonly TargetGroup[],
  { controller }: ClusterController,
): Arrival => {
  if (controller.data['use-proxy-protocol'] === 'true')
    return { ...unknown, peer: 'balancer', balancer: subnetCidrs(balancer) }
  const kept = groups.map(g => (g.clientIpPreserved.known ? g.clientIpPreserved.value : null))
  if (kept.every(k => k === true)) return { ...unknown, peer: 'client' }
  if (kept.every(k => k === false)) return { ...unknown, peer: 'balancer', balancer: subnetCidrs(balancer) }
  return unknown
}

/** `append` is the default; with `preserve` clients write the header themselves. */
const behindApplication = (unknown: Arrival, balancer: LoadBalancer): Arrival => {
  if (!balancer.attributes.known) return unknown
  const mode = balancer.attributes.value['routing.http.xff_header_processing.mode'] ?? 'append'
  if (mode !== 'append' && mode !== 'preserve') return unknown
  return {
    ...unknown,
    peer: 'balancer',
    balancer: subnetCidrs(balancer),
    appendsForwardedFor: mode === 'append',
  }
}
