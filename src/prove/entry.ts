/** Entry points: everything that a client can connect to and that leads to a load balancer or to a target itself. */
import { addressFamily, type Family } from '#base/ip-set.ts'
import type { EndpointService, LoadBalancer, Ref, TargetHost, VpcLink } from '#topology/model.ts'
import type { Reason, Vantage } from './exposure.ts'
import { directAddresses } from './host.ts'

export interface Entry {
  /** Of the entry point itself; its ARN names it in obligations. */
  readonly ref: Ref
  /** What takes the connection in the end: a load balancer, or a host written as one with a single rule. */
  readonly balancer: LoadBalancer
  readonly way: Way
  /** Vantages that may use it. */
  readonly vantages: readonly Vantage[]
  /** Why what arrives by a family need not reach what is judged; none for load balancers. */
  readonly unsure?: Readonly<Record<Family, readonly Reason[]>>
}

export type Way =
  /** By the load balancer's own address. */
  | { readonly kind: 'direct' }
  /** By the public address of a target. */
  | { readonly kind: 'host'; readonly host: TargetHost }
  | AcceleratorWay
  | {
      readonly kind: 'vpc-link'
      /** Null where it stands for those that were not read. */
      readonly link: VpcLink | null
      /** Why what it lets through is not decided. */
      readonly doubts: readonly Reason[]
    }
  | {
      readonly kind: 'endpoint-service'
      readonly service: EndpointService | null
      /** Why it is not certain that a stranger may connect to it. */
      readonly doubts: readonly Reason[]
    }

export interface AcceleratorWay {
  readonly kind: 'accelerator'
  /** DNS name or address by family; null where the accelerator has none. */
  readonly names: Readonly<Record<Family, string | null>>
  /** Null where the listeners were not read: any port may lead to any other. */
  readonly ports: Ports | null
  /** Whether the load balancer sees the client's address; null where that is not known. */
  readonly preserved: boolean | null
  /** Why it is not certain that anything is sent this way. */
  readonly doubts: readonly Reason[]
  /** Groups of load balancers that were read, none of which is that of an accelerator's own interfaces. */
  readonly worn: ReadonlySet<string>
}

export interface Ports {
  readonly ranges: readonly { readonly from: number; readonly to: number }[]
  readonly overrides: readonly { readonly listenerPort: number; readonly endpointPort: number }[]
}

/** Ports of the accelerator from which clients come out at a port of the endpoint, ascending. */
export const clientPorts = ({ ranges, overrides }: Ports, endpointPort: number): readonly number[] => {
  const listens = (port: number): boolean => ranges.some(r => r.from <= port && port <= r.to)
  const moved = overrides.filter(o => o.endpointPort === endpointPort).map(o => o.listenerPort)
  const same = overrides.some(o => o.listenerPort === endpointPort) ? [] : [endpointPort]
  return [...new Set([...same, ...moved])].filter(listens).toSorted((a, b) => a - b)
}

/** DNS name or address that a client connects to. */
export const connectTo = ({ balancer, way }: Entry, family: Family): string => {
  switch (way.kind) {
    case 'accelerator':
      return way.names[family] ?? balancer.dnsName
    case 'host':
      return hostAddress(way.host, family) ?? balancer.dnsName
    case 'endpoint-service':
      return way.service?.serviceName ?? balancer.dnsName
    default:
      return balancer.dnsName
  }
}

const hostAddress = (host: TargetHost, family: Family): string | undefined =>
  directAddresses(host, family)[0] ?? host.publicAddresses.find(a => addressFamily(a) === family)

/** Port that a client connects to in order to come out at a port of what takes the connection. */
export const clientPort = ({ way }: Entry, vantage: Vantage, port: number): number => {
  if (way.kind !== 'accelerator' || way.ports === null) return port
  const ports = clientPorts(way.ports, port)
  return (vantage === 'tenant' ? ports.find(isOriginPort) : undefined) ?? ports[0] ?? port
}

/** Ports that a custom origin may name (CloudFront developer guide, custom origin settings). */
export const isOriginPort = (port: number): boolean =>
  port === 80 || port === 443 || (port >= 1024 && port <= 65_535)

/** Whose requests come in: CloudFront's servers add and take away headers, everybody else sends what they like. */
export const senderOf = ({ way }: Entry, vantage: Vantage): Vantage =>
  vantage === 'tenant' && way.kind === 'endpoint-service' ? 'internet' : vantage
