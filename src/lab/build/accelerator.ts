/** An accelerator of AWS Global Accelerator in a world, with its listeners and endpoint groups. */
import { types } from '#snapshot/resource-types.ts'
import type { WorldResource } from '../world.ts'
import { hex } from './names.ts'

export interface EndpointSpec {
  /** Load balancer ARN, Elastic IP allocation id or instance id. */
  readonly id: string
  readonly region: string
  readonly keepsClientAddress?: boolean
  readonly weight?: number
  readonly trafficDial?: number
  readonly portOverrides?: readonly (readonly [listener: number, endpoint: number])[]
}

export interface AcceleratorSpec {
  readonly name: string
  readonly account: string
  readonly addresses: readonly string[]
  readonly enabled?: boolean
  readonly listeners: readonly {
    readonly protocol?: 'TCP' | 'UDP'
    readonly ports: readonly (readonly [from: number, to: number])[]
    /** Each in a group of its own. */
    readonly endpoints: readonly EndpointSpec[]
  }[]
}

/** The service's one region. */
const region = 'us-west-2'

const family = (address: string): 'IPv4' | 'IPv6' => (address.includes(':') ? 'IPv6' : 'IPv4')

const endpointGroup = (ListenerArn: string, endpoint: EndpointSpec, index: number) => {
  const EndpointGroupArn = `${ListenerArn}/endpoint-group/${hex(12, ListenerArn, String(index))}`
  return {
    EndpointGroupArn,
    ListenerArn,
    EndpointGroupRegion: endpoint.region,
    TrafficDialPercentage: endpoint.trafficDial ?? 100,
    HealthCheckPort: 80,
    HealthCheckProtocol: 'TCP',
    PortOverrides: (endpoint.portOverrides ?? []).map(([ListenerPort, EndpointPort]) => ({
      ListenerPort,
      EndpointPort,
    })),
    EndpointDescriptions: [
      {
        EndpointId: endpoint.id,
        Weight: endpoint.weight ?? 128,
        HealthState: 'HEALTHY',
        ClientIPPreservationEnabled: endpoint.keepsClientAddress ?? true,
      },
    ],
  }
}

export const buildAccelerator = (spec: AcceleratorSpec): readonly WorldResource[] => {
  const { account, name } = spec
  const at = { account, region }
  const AcceleratorArn = `arn:aws:globalaccelerator::${account}:accelerator/${hex(32, 'accelerator', name)}`
  const families = [...new Set(spec.addresses.map(family))]
  const accelerator = {
    AcceleratorArn,
    Name: name,
    Enabled: spec.enabled ?? true,
    Status: 'DEPLOYED',
    IpAddressType: families.includes('IPv6') ? 'DUAL_STACK' : 'IPV4',
    DnsName: `a${hex(16, 'accelerator', name)}.awsglobalaccelerator.com`,
    ...(families.includes('IPv6') && {
      DualStackDnsName: `a${hex(16, 'accelerator', name)}.dualstack.awsglobalaccelerator.com`,
    }),
    IpSets: families.map(one => ({
      IpAddressFamily: one,
      IpAddresses: spec.addresses.filter(address => family(address) === one),
    })),
  }
  return [
    { ...at, type: types.accelerator, arn: AcceleratorArn, config: accelerator },
    ...spec.listeners.flatMap(({ protocol = 'TCP', ports, endpoints }, i) => {
      const ListenerArn = `${AcceleratorArn}/listener/${hex(8, name, String(i))}`
      const PortRanges = ports.map(([FromPort, ToPort]) => ({ FromPort, ToPort }))
      const listener = { ListenerArn, AcceleratorArn, Protocol: protocol, PortRanges, ClientAffinity: 'NONE' }
      return [
        { ...at, type: types.acceleratorListener, arn: ListenerArn, config: listener },
        ...endpoints.map((endpoint, n) => {
          const config = endpointGroup(ListenerArn, endpoint, n)
          return { ...at, type: types.acceleratorEndpointGroup, arn: config.EndpointGroupArn, config }
        }),
      ]
    }),
  ]
}
