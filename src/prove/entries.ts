/** Finds the entry points of load balancers and hosts: their own addresses, and whatever else of AWS leads to them. */
import type { Family } from '#base/ip-set.ts'
import type {
  Accelerator,
  AcceleratorListener,
  LoadBalancer,
  Ref,
  TargetHost,
  Topology,
} from '#topology/model.ts'
import type { AcceleratorWay, Entry } from './entry.ts'
import { type Reason, unreadWays, type Vantage } from './exposure.ts'
import { directAddresses, type HostTarget, hostAsBalancer } from './host.ts'
import { privateWays } from './private-ways.ts'
import { gapReasons, notModelled, unreadReasons } from './uncertainty.ts'

export interface EntryIndex {
  /** The load balancer's own address first. */
  readonly ofBalancer: (lb: LoadBalancer) => readonly Entry[]
  /** `vantages`: who may try the host's own addresses. */
  readonly ofHost: (target: HostTarget, vantages: readonly Vantage[]) => readonly Entry[]
}

const outside: readonly Vantage[] = ['internet', 'tenant']

export const entryIndex = (topology: Topology): EntryIndex => {
  const sent = acceleratorIndex(topology)
  const privately = privateWays(topology)
  return {
    ofBalancer: lb => [
      { ref: lb.ref, balancer: lb, way: { kind: 'direct' }, vantages: ['internet', 'tenant', 'inside'] },
      ...sent.to(lb, [lb.ref.arn], mayHoldElasticIp(lb) ? null : []),
      ...privately(lb),
    ],
    ofHost: (target, vantages) => {
      const balancer = hostAsBalancer(target)
      const { host, alone } = target
      return [
        { ref: host.ref, balancer, way: { kind: 'host', host }, vantages, unsure: aside(target) },
        ...sent
          .to(balancer, host.ids, host.publicAddresses)
          .map(entry => ({ ...entry, unsure: { 4: alone ? [] : [elsewhere(host)], 6: [elsewhere(host)] } })),
      ]
    },
  }
}

/** A machine may answer at several addresses, of which the target listens at one. */
const elsewhere = ({ ref }: TargetHost): Reason =>
  notModelled(
    `Whether ${ref.name} serves the same at an address that is not the registered one is not known.`,
  )

const aside = ({ host, alone }: HostTarget): NonNullable<Entry['unsure']> => {
  const of = (family: Family) => (directAddresses(host, family).length > 0 ? [] : [elsewhere(host)])
  // From inside it is connected to by the private address that it is registered with.
  if (host.publicAddresses.length > 0) return { 4: of(4), 6: of(6) }
  return { 4: alone ? [] : [elsewhere(host)], 6: [elsewhere(host)] }
}

/** The addresses of a load balancer are not read, so that any Elastic IP endpoint may be one of an internet-facing one. */
const mayHoldElasticIp = ({ kind, scheme }: LoadBalancer): boolean =>
  kind === 'network' && scheme === 'internet-facing'

interface Sent {
  readonly ref: Ref
  readonly endpointId: string
  /** Of an Elastic IP endpoint; undefined where it was not found. */
  readonly address: string | undefined
  readonly udp: boolean
  readonly way: AcceleratorWay
}

interface AcceleratorIndex {
  /** `addresses`: public addresses that Elastic IP endpoints may have; null for any. */
  readonly to: (
    lb: LoadBalancer,
    ids: readonly string[],
    addresses: readonly string[] | null,
  ) => readonly Entry[]
}

const acceleratorIndex = (topology: Topology): AcceleratorIndex => {
  const { accelerators } = topology
  const enabled = accelerators.items.filter(a => a.enabled)
  const worn = wornGroups(topology)
  const sent = enabled.flatMap(a => sentBy(a, worn))
  const byId = Map.groupBy(sent, s => s.endpointId)
  const elastic = sent.filter(s => s.endpointId.startsWith('eipalloc-'))
  const doubts = [...gapReasons(accelerators.gaps), ...enabled.flatMap(unreadOf)]
  return {
    to: (lb, ids, addresses) => {
      const named = [...new Set(ids)].flatMap(id => byId.get(id) ?? [])
      const held = elastic.filter(
        s => s.address === undefined || addresses === null || addresses.includes(s.address),
      )
      const elsewhere = addresses !== null && addresses.length === 0
      const all = [...named, ...(elsewhere ? [] : held)].filter(s => !s.udp || lb.kind === 'network')
      return [
        ...all.map(({ ref, way }) => ({ ref, balancer: lb, way, vantages: outside })),
        ...(doubts.length > 0 ? [unreadAccelerators(lb, doubts, worn)] : []),
      ]
    },
  }
}

const unreadOf = ({ listeners, ref }: Accelerator): readonly Reason[] => {
  const what = `What accelerator ${ref.name} leads to`
  if (!listeners.known) return unreadReasons(listeners.gaps, what)
  return listeners.value.flatMap(l => (l.endpoints.known ? [] : unreadReasons(l.endpoints.gaps, what)))
}

const wornGroups = ({ loadBalancers }: Topology): ReadonlySet<string> =>
  new Set(loadBalancers.flatMap(lb => lb.securityGroupIds))

type Worn = AcceleratorWay['worn']

const sentBy = (accelerator: Accelerator, worn: Worn): readonly Sent[] =>
  accelerator.listeners.known
    ? accelerator.listeners.value.flatMap(l => sentByListener(accelerator, l, worn))
    : []

const sentByListener = (
  accelerator: Accelerator,
  listener: AcceleratorListener,
  worn: Worn,
): readonly Sent[] => {
  if (!listener.endpoints.known) return []
  const name = accelerator.ref.name
  return listener.endpoints.value.map(endpoint => {
    const elastic = endpoint.endpointId.startsWith('eipalloc-')
    const idle = endpoint.weight === 0 || endpoint.trafficDial === 0
    return {
      ref: { ...listener.ref, name },
      endpointId: endpoint.endpointId,
      address: endpoint.address,
      udp: listener.protocol === 'UDP',
      way: {
        kind: 'accelerator',
        names: namesOf(accelerator),
        ports: { ranges: listener.portRanges, overrides: endpoint.portOverrides },
        preserved: elastic ? false : endpoint.clientIpPreservation,
        worn,
        doubts: [
          ...(idle
            ? [
                notModelled(
                  `${name} sends nothing to ${endpoint.endpointId} while its weight or traffic dial is 0.`,
                ),
              ]
            : []),
          ...(listener.protocol === 'TCP'
            ? []
            : [
                notModelled(
                  `A listener of ${name} is not for TCP; what it lets through is not decided by this version.`,
                ),
              ]),
        ],
      },
    }
  })
}

const namesOf = ({ dnsNames, addresses }: Accelerator): AcceleratorWay['names'] => {
  const [first = null, second = null] = dnsNames
  const six = addresses.find(a => a.includes(':')) ?? null
  return { 4: first ?? addresses.find(a => !a.includes(':')) ?? null, 6: second ?? six }
}

const unreadAccelerators = (lb: LoadBalancer, doubts: readonly Reason[], worn: Worn): Entry => ({
  ref: { ...lb.ref, arn: unreadWays('accelerators', lb.ref.arn) },
  balancer: lb,
  way: { kind: 'accelerator', names: { 4: null, 6: null }, ports: null, preserved: null, doubts, worn },
  vantages: outside,
})
