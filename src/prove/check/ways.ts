/** Every way that AWS may bring packets to a load balancer or machine, listed apart from the prover; for checking only. */
import type {
  Accelerator,
  AcceleratorEndpoint,
  AcceleratorListener,
  LoadBalancer,
  Topology,
  VpcLink,
} from '#topology/model.ts'
import { unreadWays, type Vantage } from '../exposure.ts'

export interface CheckedWay {
  /** As obligations name the entry point. */
  readonly arn: string
  readonly gate: LoadBalancer
  readonly by: 'own-address' | 'accelerator' | 'vpc-link' | 'endpoint-service'
  /** With `vpc-link`; undefined where it stands for those that were not read. */
  readonly link?: VpcLink
  /** Whether the gate sees the client's address. */
  readonly keeps: 'yes' | 'no' | 'maybe'
  /** Families that clients may connect with. */
  readonly families: readonly (4 | 6)[]
  /** Ports that clients connect to in order to come out at a port of the gate; null for any. */
  readonly clientPorts: (port: number) => readonly number[] | null
}

/** `ids`: what accelerators may call the gate. `elastic`: addresses that Elastic IP endpoints may have, null for any. */
export interface Named {
  readonly gate: LoadBalancer
  readonly ids: readonly string[]
  readonly elastic: readonly string[] | null
  /** VPC links and endpoint services lead to load balancers, not to machines. */
  readonly isMachine: boolean
}

const both = [4, 6] as const

export const namedBalancer = (gate: LoadBalancer): Named => ({
  gate,
  ids: [gate.ref.arn],
  isMachine: false,
  elastic: gate.kind === 'network' && gate.scheme === 'internet-facing' ? null : [],
})

export const ownWay = (gate: LoadBalancer): CheckedWay => ({
  arn: gate.ref.arn,
  gate,
  by: 'own-address',
  keeps: 'yes',
  families: both,
  clientPorts: port => [port],
})

/** All but the gate's own address. */
export const otherWays = (topology: Topology, named: Named, vantage: Vantage): readonly CheckedWay[] => [
  ...(vantage === 'inside' ? [] : accelerated(topology, named)),
  ...(vantage === 'inside' || named.isMachine ? [] : linked(topology, named.gate)),
  ...(vantage === 'internet' || named.isMachine ? [] : served(topology, named.gate, vantage)),
]

// ---- Accelerators ----

const accelerated = ({ accelerators }: Topology, named: Named): readonly CheckedWay[] => {
  const enabled = accelerators.items.filter(a => a.enabled)
  const unread =
    accelerators.gaps.length > 0 ||
    enabled.some(a => !a.listeners.known || a.listeners.value.some(l => !l.endpoints.known))
  const known = enabled.flatMap(a =>
    (a.listeners.known ? a.listeners.value : []).flatMap(l =>
      (l.endpoints.known ? l.endpoints.value : [])
        .filter(e => isNamed(e, named) && (l.protocol !== 'UDP' || named.gate.kind === 'network'))
        .map(e => acceleratedWay(a, l, e, named.gate)),
    ),
  )
  if (!unread) return known
  return [...known, unreadWay('accelerators', 'accelerator', named.gate)]
}

const isElastic = ({ endpointId }: AcceleratorEndpoint): boolean => endpointId.startsWith('eipalloc-')

const isNamed = (endpoint: AcceleratorEndpoint, { ids, elastic }: Named): boolean => {
  if (ids.includes(endpoint.endpointId)) return true
  if (!isElastic(endpoint)) return false
  if (elastic === null || endpoint.address === undefined) return elastic === null || elastic.length > 0
  return elastic.includes(endpoint.address)
}

const acceleratedWay = (
  { dnsNames, addresses }: Accelerator,
  listener: AcceleratorListener,
  endpoint: AcceleratorEndpoint,
  gate: LoadBalancer,
): CheckedWay => {
  const said = isElastic(endpoint) ? false : endpoint.clientIpPreservation
  const blind = gate.kind === 'network' && gate.securityGroupIds.length === 0
  const hasSix = dnsNames.length > 1 || addresses.some(a => a.includes(':'))
  return {
    arn: listener.ref.arn,
    gate,
    by: 'accelerator',
    keeps: said === true ? 'yes' : said === false || blind ? 'no' : 'maybe',
    families: both.filter(f => (f === 6 ? hasSix : dnsNames.length + addresses.length > 0)),
    clientPorts: port => {
      const moved = endpoint.portOverrides.filter(o => o.endpointPort === port).map(o => o.listenerPort)
      const away = endpoint.portOverrides.some(o => o.listenerPort === port)
      return [...moved, ...(away ? [] : [port])].filter(p =>
        listener.portRanges.some(r => p >= r.from && p <= r.to),
      )
    },
  }
}

const unreadWay = (
  kind: Parameters<typeof unreadWays>[0],
  by: CheckedWay['by'],
  gate: LoadBalancer,
): CheckedWay => ({
  arn: unreadWays(kind, gate.ref.arn),
  gate,
  by,
  keeps:
    by === 'accelerator' && !(gate.kind === 'network' && gate.securityGroupIds.length === 0) ? 'maybe' : 'no',
  families: both,
  clientPorts: () => null,
})

// ---- Private ways ----

const hidesIn = (region: string, gate: LoadBalancer): boolean =>
  region === gate.ref.region || !/^[a-z]{2,}(-[a-z]+)+-[0-9]+$/.test(region)

const privateWay = (arn: string, by: CheckedWay['by'], gate: LoadBalancer): CheckedWay => ({
  arn,
  gate,
  by,
  keeps: 'no',
  families: both,
  clientPorts: port => [port],
})

const linked = ({ vpcLinks }: Topology, gate: LoadBalancer): readonly CheckedWay[] => {
  const to = vpcLinks.items.filter(
    l => l.loadBalancerArns.known && l.loadBalancerArns.value.includes(gate.ref.arn),
  )
  const hidden =
    vpcLinks.gaps.some(g => hidesIn(g.region, gate)) ||
    vpcLinks.items.some(l => !l.loadBalancerArns.known && hidesIn(l.ref.region, gate))
  return [
    ...to.map(link => ({ ...privateWay(link.ref.arn, 'vpc-link', gate), link })),
    ...(hidden ? [unreadWay('vpc-links', 'vpc-link', gate)] : []),
  ]
}

const served = (topology: Topology, gate: LoadBalancer, vantage: Vantage): readonly CheckedWay[] => {
  if (gate.kind !== 'network' && gate.kind !== 'gateway') return []
  const { items, gaps } = topology.endpointServices
  const to = items.filter(s => s.loadBalancerArns.includes(gate.ref.arn))
  const usable = to.filter(
    s => vantage === 'inside' || (!s.acceptanceRequired && takesStrangers(topology, s)),
  )
  return [
    ...usable.map(s => privateWay(s.ref.arn, 'endpoint-service', gate)),
    ...(gaps.some(g => hidesIn(g.region, gate))
      ? [unreadWay('endpoint-services', 'endpoint-service', gate)]
      : []),
  ]
}

const takesStrangers = (
  { accounts }: Topology,
  { principals }: Topology['endpointServices']['items'][number],
): boolean =>
  !principals.known ||
  !principals.value.every(p => accounts.some(a => p === a || (p.startsWith(`arn:`) && p.split(':')[4] === a)))
