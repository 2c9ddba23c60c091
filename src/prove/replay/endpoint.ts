/** What a DNS name or address of a witness belongs to, and the ports that packets come out at there. */
import type { Accelerator, LoadBalancer, TargetGroup, Topology } from '#topology/model.ts'
import type { Witness } from '../exposure.ts'
import { type HostTarget, hostAsBalancer, hostTargets } from '../host.ts'
import { instanceTargets } from '../instance.ts'

export interface Endpoint {
  readonly balancer: LoadBalancer
  readonly by: 'own-address' | 'accelerator' | 'private-link'
  readonly comesOutAt: (port: number) => boolean
}

export const endpointsOf = (topology: Topology, witness: Witness): readonly Endpoint[] => {
  const balancers = allBalancers(topology)
  const machines = machinesOf(topology, balancers)
  const { connect, port, vantage } = witness
  const same = (p: number): boolean => p === port
  const reached = [
    ...balancers.filter(lb => lb.dnsName === connect),
    ...machines.filter(m => isAddressOf(m, witness)).map(m => m.balancer),
  ]
  const direct = reached.map(balancer => ({ balancer, by: 'own-address' as const, comesOutAt: same }))
  const services = topology.endpointServices.items
    .filter(s => s.serviceName === connect && mayConnect(topology, s, vantage))
    .flatMap(s => balancers.filter(lb => s.loadBalancerArns.includes(lb.ref.arn)))
    .map(balancer => ({ balancer, by: 'private-link' as const, comesOutAt: same }))
  const accelerated = topology.accelerators.items
    .filter(a => a.enabled && (a.dnsNames.includes(connect) || a.addresses.includes(connect)))
    .flatMap(a => sentBy(a, balancers, machines, witness))
  return [...direct, ...accelerated, ...services]
}

const allBalancers = ({ loadBalancers, links }: Topology): readonly LoadBalancer[] => {
  const ofLinks = links.flatMap(({ target }) =>
    target.kind === 'load-balancer' ? [target.loadBalancer, ...target.others] : [],
  )
  return [...new Map([...loadBalancers, ...ofLinks].map(lb => [lb.ref.arn, lb])).values()]
}

const groupsOf = (lb: LoadBalancer): readonly TargetGroup[] =>
  (lb.listeners.known ? lb.listeners.value : [])
    .flatMap(l => (l.rules.known ? l.rules.value : []))
    .flatMap(r => r.actions)
    .flatMap(a => (a.kind === 'forward' ? a.groups : []))
    .flatMap(g => (g.group.known ? [g.group.value] : []))

interface Machine {
  readonly target: HostTarget
  readonly balancer: LoadBalancer
}

const machinesOf = ({ links }: Topology, balancers: readonly LoadBalancer[]): readonly Machine[] =>
  [...balancers.flatMap(groupsOf).flatMap(hostTargets), ...links.flatMap(instanceTargets)].map(target => ({
    target,
    balancer: hostAsBalancer(target),
  }))

/** Public addresses that arrive at the target; from inside, of a machine without any, its private one. */
const isAddressOf = (
  { target: { host, alone }, balancer }: Machine,
  { connect, vantage }: Witness,
): boolean => {
  if ((host.direct ?? host.publicAddresses).includes(connect)) return true
  return vantage === 'inside' && host.publicAddresses.length === 0 && alone && balancer.dnsName === connect
}

const mayConnect = (
  { accounts }: Topology,
  service: Topology['endpointServices']['items'][number],
  vantage: Witness['vantage'],
): boolean => {
  if (vantage === 'inside') return true
  if (vantage !== 'tenant' || service.acceptanceRequired || !service.principals.known) return false
  return service.principals.value.some(p => p === '*' || !accounts.some(a => p === a || p.includes(`:${a}:`)))
}

/** Only where the accelerator surely sends something there, and the client's address with it. */
const sentBy = (
  accelerator: Accelerator,
  balancers: readonly LoadBalancer[],
  machines: readonly Machine[],
  { port, vantage, family }: Witness,
): readonly Endpoint[] => {
  if (vantage === 'inside' || !accelerator.listeners.known) return []
  return accelerator.listeners.value
    .filter(l => l.protocol === 'TCP' && l.portRanges.some(r => r.from <= port && port <= r.to))
    .flatMap(l => (l.endpoints.known ? l.endpoints.value : []))
    .filter(e => e.weight !== 0 && e.trafficDial !== 0 && e.clientIpPreservation === true)
    .flatMap(e => {
      const out = e.portOverrides.find(o => o.listenerPort === port)?.endpointPort ?? port
      const instances = machines.filter(
        m => family === 4 && m.target.alone && m.target.host.ids.includes(e.endpointId),
      )
      return [...balancers.filter(lb => lb.ref.arn === e.endpointId), ...instances.map(m => m.balancer)].map(
        balancer => ({ balancer, by: 'accelerator' as const, comesOutAt: (p: number) => p === out }),
      )
    })
}
