/** Load balancers in the graph: who may connect, and what listeners do with a request. */
import type { Known } from '#base/known.ts'
import type { Value } from '#snapshot/sealed.ts'
import type { TargetHost } from './other-ways.ts'
import type { Ref } from './ref.ts'
import type { Certificate, WebAcl } from './security.ts'

export interface LoadBalancer {
  readonly ref: Ref
  /** The AWS Load Balancer Controller made it, as its tags say, and undoes what others change. */
  readonly controlled?: true
  readonly kind: 'application' | 'network' | 'gateway' | 'classic'
  readonly dnsName: string
  readonly scheme: 'internet-facing' | 'internal'
  /** `ipv4` | `dualstack` | `dualstack-without-public-ipv4`. */
  readonly ipAddressType: string
  readonly vpcId: string
  /** Empty for a network load balancer without groups, which admits everyone. */
  readonly securityGroupIds: readonly string[]
  /** Inbound rules of all groups together. */
  readonly ingress: Known<readonly IngressRule[]>
  readonly subnets: Known<readonly Subnet[]>
  readonly listeners: Known<readonly Listener[]>
  /** Attribute key to value. */
  readonly attributes: Known<Readonly<Record<string, string>>>
  /** Regional web ACL in front of the listener rules; null where none is associated. */
  readonly webAcl: Known<WebAcl | null>
  /** Instances of a classic load balancer. */
  readonly instances: readonly string[]
  /**
   * Whether the security groups of a network load balancer also judge what arrives through AWS PrivateLink
   * (`EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic`); undefined where AWS gives none, which means that they do.
   */
  readonly privateLinkFiltered?: boolean
}

export interface IngressRule {
  readonly ref: Ref
  readonly groupId: string
  /** `tcp`, `udp`, `icmp`, ..., `-1` for all. */
  readonly protocol: string
  /** Inclusive; 0 and 65535 for all ports. */
  readonly fromPort: number
  readonly toPort: number
  readonly peer:
    | { readonly kind: 'cidr4' | 'cidr6'; readonly cidr: string }
    | { readonly kind: 'prefix-list'; readonly prefixListId: string; readonly list: Known<PrefixList> }
    | { readonly kind: 'group'; readonly groupId: string }
}

export interface PrefixList {
  readonly ref: Ref
  readonly id: string
  readonly name: string
  readonly ownerId: string
  readonly addressFamily: string
  /** AWS's own list of CloudFront origin-facing servers, told by name and owner together. */
  readonly cloudFrontOriginFacing: boolean
  readonly entries: Known<readonly string[]>
}

export interface Subnet {
  readonly ref: Ref
  readonly id: string
  readonly ipv6: boolean
  /** IPv4 CIDR of the subnet, from which its load balancers call their targets; undefined where it was not read. */
  readonly cidr?: string
  /** Destination CIDRs routed to an internet gateway. */
  readonly internetRoutes: Known<readonly string[]>
  readonly networkAcl: Known<NetworkAcl>
  /** VPC Block Public Access in force here, exclusions considered. */
  readonly publicAccessBlock: Known<'off' | 'block-ingress' | 'block-bidirectional'>
}

export interface NetworkAcl {
  readonly ref: Ref
  /** Ascending rule number, the first match decides; nothing matched means deny. */
  readonly entries: readonly NetworkAclEntry[]
}

export interface NetworkAclEntry {
  readonly number: number
  readonly egress: boolean
  readonly allow: boolean
  readonly protocol: string
  readonly cidr: string
  readonly fromPort: number
  readonly toPort: number
}

export interface Listener {
  readonly ref: Ref
  readonly port: number
  /** HTTP, HTTPS, TCP, TLS, UDP, TCP_UDP, GENEVE, SSL, ... */
  readonly protocol: string
  readonly sslPolicy: string | null
  /** Default certificate first. */
  readonly certificates: Known<readonly Known<Certificate>[]>
  readonly mutualTls: 'off' | 'passthrough' | 'verify' | 'unknown'
  /** Ascending priority, the default rule last and always present. */
  readonly rules: Known<readonly Rule[]>
}

export interface Rule {
  readonly ref: Ref
  readonly priority: number | 'default'
  readonly conditions: readonly Condition[]
  readonly actions: readonly Action[]
  /** Host or URL rewrite after the routing decision. */
  readonly transforms: boolean
}

/** Globs and regular expressions of one condition are alternatives. */
export type Condition =
  | { readonly field: 'host-header'; readonly globs: readonly string[]; readonly regexes: readonly string[] }
  | { readonly field: 'path-pattern'; readonly globs: readonly string[]; readonly regexes: readonly string[] }
  | {
      readonly field: 'http-header'
      readonly name: string
      readonly globs: readonly Value[]
      readonly regexes: readonly Value[]
    }
  | { readonly field: 'http-request-method'; readonly methods: readonly string[] }
  | {
      readonly field: 'query-string'
      readonly pairs: readonly { readonly key: string | null; readonly value: Value }[]
    }
  | { readonly field: 'source-ip'; readonly cidrs: readonly string[] }
  | { readonly field: 'unrecognised'; readonly name: string }

export type Action =
  | {
      readonly kind: 'forward'
      readonly groups: readonly { readonly group: Known<TargetGroup>; readonly weight: number }[]
    }
  | {
      readonly kind: 'fixed-response'
      readonly status: number
      readonly contentType: string
      readonly body: string
    }
  | {
      readonly kind: 'redirect'
      readonly protocol: string
      readonly host: string
      readonly port: string
      readonly path: string
      readonly query: string
      readonly status: number
    }
  | {
      readonly kind: 'authenticate'
      readonly with: 'oidc' | 'cognito' | 'jwt'
      readonly onUnauthenticated: 'authenticate' | 'deny' | 'allow'
    }
  | { readonly kind: 'unrecognised'; readonly name: string }

export interface TargetGroup {
  readonly ref: Ref
  readonly name: string
  readonly protocol: string
  readonly port: number
  readonly targetType: string
  /** `id:port` of each registered target (Lambda targets: the function ARN). */
  readonly targets: Known<readonly string[]>
  /** The machines behind targets of the types `instance` and `ip`; addresses outside the VPCs that were read have none. */
  readonly hosts: Known<readonly TargetHost[]>
  /** `preserve_client_ip.enabled`: whether targets of a network load balancer see the client's address. */
  readonly clientIpPreserved: Known<boolean>
}
