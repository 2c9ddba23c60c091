/** Ways to a load balancer or its targets that no origin name leads to. */
import type { Gap } from '#base/gap.ts'
import type { Known } from '#base/known.ts'
import type { Api } from './api.ts'
import type { IngressRule, Subnet } from './load-balancer.ts'
import type { Ref } from './ref.ts'

/**
 * What a list call found, and why there may be more. Each gap names the region it hides something in; those about
 * accelerators, which have no region of their own, hide something in every one.
 */
export interface Partly<T> {
  readonly items: readonly T[]
  readonly gaps: readonly Gap[]
}

/** A standard accelerator of AWS Global Accelerator. */
export interface Accelerator {
  readonly ref: Ref
  readonly enabled: boolean
  /** `a1234567890abcdef.awsglobalaccelerator.com`; the dual-stack name after it where there is one. */
  readonly dnsNames: readonly string[]
  /** Static addresses of either family. */
  readonly addresses: readonly string[]
  readonly listeners: Known<readonly AcceleratorListener[]>
}

export interface AcceleratorListener {
  readonly ref: Ref
  readonly protocol: 'TCP' | 'UDP' | 'unrecognised'
  /** Inclusive. */
  readonly portRanges: readonly { readonly from: number; readonly to: number }[]
  /** Of all endpoint groups. */
  readonly endpoints: Known<readonly AcceleratorEndpoint[]>
}

export interface AcceleratorEndpoint {
  /** Load balancer ARN, Elastic IP allocation id or instance id. */
  readonly endpointId: string
  /** Public address of an Elastic IP endpoint; undefined where it was not found. */
  readonly address?: string
  readonly region: string
  /** Null where AWS gives none. With weight 0, or a traffic dial of 0, nothing is sent there now. */
  readonly weight: number | null
  readonly trafficDial: number | null
  readonly clientIpPreservation: boolean | null
  readonly portOverrides: readonly { readonly listenerPort: number; readonly endpointPort: number }[]
}

/** An API Gateway VPC link. */
export interface VpcLink {
  readonly ref: Ref
  /** `rest`: version 1, to network load balancers; `http`: version 2, integrations name the load balancer or listener. */
  readonly kind: 'rest' | 'http'
  /** ARNs of the load balancers that it, or an integration through it, leads to. */
  readonly loadBalancerArns: Known<readonly string[]>
  /** Groups of the interfaces of an `http` one; a `rest` one comes by AWS PrivateLink. */
  readonly securityGroupIds: readonly string[]
  /** Subnets of its interfaces; of an `http` one only. */
  readonly subnetIds: readonly string[]
  /** APIs with an integration, as configured now, that goes through it or may. */
  readonly apis: Known<readonly Api[]>
  /** Names of what these integrations add to requests, in lower case: `header.x-auth-token`, `querystring.key`. */
  readonly writes: Known<readonly string[]>
}

/** A VPC endpoint service (AWS PrivateLink) in front of network or gateway load balancers. */
export interface EndpointService {
  readonly ref: Ref
  readonly serviceName: string
  readonly loadBalancerArns: readonly string[]
  readonly acceptanceRequired: boolean
  /** Principal ARNs that may connect; `*` for everyone. */
  readonly principals: Known<readonly string[]>
}

/**
 * A network interface of the machine that a registered target is, and who may connect to it around the load balancer. A
 * machine with several interfaces is several hosts: each has groups and a subnet of its own.
 */
export interface TargetHost {
  /** The instance, or an interface that no instance has. */
  readonly ref: Ref
  /** How target groups name it: instance id, private addresses. */
  readonly ids: readonly string[]
  /** Public addresses of either family, Elastic IP addresses and global IPv6 ones included. */
  readonly publicAddresses: readonly string[]
  /**
   * Those of `publicAddresses` that arrive at the very address that is registered (of an instance, its primary one). At the
   * others the same machine answers too, but the target need not be listening there.
   */
  readonly direct?: readonly string[]
  /**
   * Where what is sent to a target of the group arrives: the target as the group writes it without port, and
   * `<VPC id>/<private address>`. The same place by two names is one target, two places on one machine are two.
   */
  readonly arrivals?: readonly { readonly target: string; readonly at: string }[]
  readonly securityGroupIds: readonly string[]
  /** Inbound rules of all groups together. */
  readonly ingress: Known<readonly IngressRule[]>
  readonly subnet: Known<Subnet>
}
