/** Whether one concrete packet arrives, told by walking what stands in its way, with no part of the prover's arithmetic. */
import type { Listener, LoadBalancer, Topology } from '#topology/model.ts'
import type { Vantage, Witness } from './exposure.ts'
import { type Endpoint, endpointsOf } from './replay/endpoint.ts'
import { groupsAdmit } from './replay/groups.ts'
import { carriesAccelerator, carriesInside, carriesInternet } from './replay/route.ts'
import { isSourceOf } from './replay/source.ts'

/** Where a packet comes out: a listener, whose rules see it next. A host has one that hands everything on. */
export interface Arrival {
  readonly balancer: LoadBalancer
  readonly listener: Listener
  /** Whose requests these are: `tenant` where CloudFront's servers send them. */
  readonly sender: Vantage
  /** Null where the rules see an address that is not known. */
  readonly source: string | null
  /** By whose address the packet came to the listener. */
  readonly by: 'own-address' | 'host' | 'other'
}

/** Every place that the packet surely comes out at; none where something stops it, or may stop it. */
export const arrivalsOf = (topology: Topology, witness: Witness): readonly Arrival[] =>
  endpointsOf(topology, witness).flatMap(endpoint => {
    const listeners = endpoint.balancer.listeners.known ? endpoint.balancer.listeners.value : []
    return listeners
      .filter(l => endpoint.comesOutAt(l.port))
      .flatMap(listener =>
        isCarried(topology, endpoint, listener, witness) ? at(topology, endpoint, listener, witness) : [],
      )
  })

const isCarried = (topology: Topology, endpoint: Endpoint, { port }: Listener, witness: Witness): boolean => {
  const { balancer, by } = endpoint
  const { source, family, vantage } = witness
  if (!isSourceOf(topology, witness, senderBy(by, vantage))) return false
  if (by === 'private-link')
    return balancer.privateLinkFiltered === false || groupsAdmit(topology, balancer, source, family, port)
  if (!groupsAdmit(topology, balancer, source, family, port)) return false
  if (by === 'accelerator') return carriesAccelerator(balancer, source, family)
  return vantage === 'inside'
    ? carriesInside(balancer, source, family, port)
    : carriesInternet(balancer, source, family, port)
}

/** Only CloudFront's own connections carry what CloudFront adds. */
const senderBy = (by: Endpoint['by'], vantage: Vantage): Vantage =>
  by === 'private-link' && vantage === 'tenant' ? 'internet' : vantage

const at = (
  topology: Topology,
  { balancer, by }: Endpoint,
  listener: Listener,
  witness: Witness,
): readonly Arrival[] => {
  const sender = senderBy(by, witness.vantage)
  const own: Arrival = {
    balancer,
    listener,
    sender,
    source: witness.source,
    by: nameOf(by, balancer, topology),
  }
  return balancer.kind === 'network' ? [own, ...behind(topology, own, by, witness)] : [own]
}

/** A machine stands for itself, and is none of the load balancers. */
const nameOf = (by: Endpoint['by'], balancer: LoadBalancer, topology: Topology): Arrival['by'] => {
  if (by !== 'own-address') return 'other'
  return topology.loadBalancers.some(lb => lb.ref.arn === balancer.ref.arn) ? by : 'host'
}

/** Application load balancers that a network load balancer hands the packet to. */
const behind = (
  topology: Topology,
  front: Arrival,
  by: Endpoint['by'],
  { family, source }: Witness,
): readonly Arrival[] => {
  const rules = front.listener.rules.known ? front.listener.rules.value : []
  const groups = rules
    .flatMap(r => r.actions)
    .flatMap(a => (a.kind === 'forward' ? a.groups : []))
    .flatMap(g => (g.group.known && g.weight > 0 ? [g.group.value] : []))
  return groups.flatMap(group => {
    if (group.targetType !== 'alb' || !group.targets.known) return []
    const kept = group.clientIpPreserved.known && group.clientIpPreserved.value && by !== 'private-link'
    const lost = by === 'private-link' || (group.clientIpPreserved.known && !group.clientIpPreserved.value)
    return group.targets.value.flatMap(target => {
      const inner = topology.loadBalancers.find(lb => target.startsWith(`${lb.ref.arn}:`))
      const port = Number(target.slice(target.lastIndexOf(':') + 1))
      if (inner === undefined || !inner.listeners.known) return []
      const client = groupsAdmit(topology, inner, source, family, port)
      const named = admitsGroupOf(inner, front.balancer, port)
      const own = named || admitsSubnetsOf(topology, inner, front.balancer, port)
      const surely = family === 4 && kept ? client || named : lost ? own : (client || named) && own
      if (!surely) return []
      const seen = family === 4 && kept ? source : null
      return inner.listeners.value
        .filter(l => l.port === port)
        .map(listener => ({ balancer: inner, listener, sender: front.sender, source: seen, by: 'other' }))
    })
  })
}

const admitsGroupOf = (inner: LoadBalancer, front: LoadBalancer, port: number): boolean =>
  inner.ingress.known &&
  inner.ingress.value.some(
    ({ peer, protocol, fromPort, toPort }) =>
      peer.kind === 'group' &&
      front.securityGroupIds.includes(peer.groupId) &&
      (protocol === '-1' || (['tcp', '6'].includes(protocol) && fromPort <= port && port <= toPort)),
  )

/** First and last address of every subnet of the load balancer in front, or of every private range. */
const admitsSubnetsOf = (
  topology: Topology,
  inner: LoadBalancer,
  front: LoadBalancer,
  port: number,
): boolean => {
  const subnets = front.subnets.known ? front.subnets.value : []
  const ranges = subnets.map(s => s.cidr)
  const wanted =
    ranges.length > 0 && ranges.every(r => r !== undefined)
      ? ranges.flatMap(r => (r === undefined ? [] : [r]))
      : ['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16']
  return wanted.every(cidr => groupsAdmit(topology, inner, cidr, 4, port))
}
