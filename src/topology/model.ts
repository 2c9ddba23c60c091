/** The typed graph that proving and judging work on: distribution, behaviour, origin, entry point, backend. */
import type { Gap } from '#base/gap.ts'
import type { Known } from '#base/known.ts'
import type { Value } from '#snapshot/sealed.ts'

/** A resource and where the snapshot says so. */
export interface Ref {
  readonly arn: string
  readonly type: string
  readonly name: string
  readonly account: string
  readonly region: string
  /** Line of the snapshot file, 1-based. */
  readonly line: number
}

export interface Topology {
  /** ISO 8601; the "now" of every rule. */
  readonly observedAt: string
  readonly accounts: readonly string[]
  readonly regions: readonly string[]
  readonly distributions: readonly Distribution[]
  readonly links: readonly Link[]
  /** Every load balancer that was read in depth, those behind links first. */
  readonly loadBalancers: readonly LoadBalancer[]
  readonly prefixLists: readonly PrefixList[]
  /** Everything the snapshot could not see. */
  readonly gaps: readonly Gap[]
}

// ---- CloudFront ----

export interface Distribution {
  readonly ref: Ref
  readonly id: string
  /** `d111111abcdef8.cloudfront.net`. */
  readonly domainName: string
  readonly aliases: readonly string[]
  readonly enabled: boolean
  readonly staging: boolean
  /** In the order CloudFront tries them; the default behaviour is last. */
  readonly behaviors: readonly Behavior[]
  readonly origins: readonly Origin[]
  readonly originGroups: readonly OriginGroup[]
  readonly viewer: ViewerCertificate
  /** Null where the distribution names none; unobserved where it names one that was not read. */
  readonly webAcl: Known<WebAcl | null>
}

export interface Behavior {
  /** `Default (*)` for the default behaviour. */
  readonly pathPattern: string
  readonly isDefault: boolean
  /** Id of an origin or origin group. */
  readonly target: string
  /** `allow-all` | `https-only` | `redirect-to-https`, or a value of a later API. */
  readonly viewerProtocolPolicy: string
  readonly allowedMethods: readonly string[]
  /** ARNs of functions at any event. */
  readonly functions: readonly { readonly arn: string; readonly event: string }[]
  /** Any trusted key group or signer. */
  readonly signed: boolean
}

export interface OriginGroup {
  readonly id: string
  readonly members: readonly string[]
}

export interface ViewerCertificate {
  /** Uses `*.cloudfront.net`: minimum protocol is TLSv1 whatever else is set. */
  readonly isDefault: boolean
  readonly minimumProtocolVersion: string
  readonly sslSupportMethod: string
  /** ACM or IAM certificate; null for the default certificate. */
  readonly certificate: Known<Certificate> | null
}

export type OriginKind =
  | 's3-rest'
  | 's3-website'
  | 'alb'
  | 'nlb'
  | 'clb'
  | 'api-rest'
  | 'api-http'
  | 'lambda-url'
  | 'ec2'
  | 'vpc-origin'
  | 'mediastore'
  | 'mediapackage'
  | 'external'
  | 'unknown'

export interface Origin {
  readonly id: string
  readonly domainName: string
  readonly originPath: string
  readonly kind: OriginKind
  readonly headers: readonly OriginHeader[]
  /** `http-only` | `https-only` | `match-viewer`; null for S3 and VPC origins without one. */
  readonly protocolPolicy: string | null
  readonly httpPort: number
  readonly httpsPort: number
  readonly sslProtocols: readonly string[]
  readonly vpcOriginId: string | null
  readonly originAccessControlId: string | null
}

export interface OriginHeader {
  /** As configured; compare case-insensitively. */
  readonly name: string
  readonly value: Value
}

// ---- The link: what is judged ----

/** One distribution, one of its origins, and the behaviours that use it (directly or through an origin group). */
export interface Link {
  /** `<distribution id>/<origin id>`. */
  readonly id: string
  readonly distribution: Distribution
  readonly origin: Origin
  readonly behaviors: readonly Behavior[]
  readonly target: Target
}

/** What the origin name leads to. `names` is the chain followed, origin domain first. */
export type Target =
  | {
      readonly kind: 'load-balancer'
      readonly loadBalancer: LoadBalancer
      /** Further load balancers that the name leads to (weighted, multi-value or failover records), by ARN. */
      readonly others: readonly LoadBalancer[]
      readonly names: readonly string[]
      readonly vpcOrigin: VpcOrigin | null
      /** Ways of the name that were not followed to a load balancer: with any, the link is never `closed`. */
      readonly gaps: readonly Gap[]
    }
  | {
      readonly kind: 'instance'
      readonly ref: Ref
      readonly addresses: readonly string[]
      readonly names: readonly string[]
    }
  /** A service of AWS that a later version decides (S3, API Gateway, Lambda URL, ...). */
  | { readonly kind: 'service'; readonly names: readonly string[] }
  /** Somebody else's host. */
  | { readonly kind: 'external'; readonly names: readonly string[]; readonly addresses: readonly string[] }
  /** The name, or what it points at, no longer exists. */
  | { readonly kind: 'dangling'; readonly names: readonly string[]; readonly reason: string }
  | { readonly kind: 'unknown'; readonly names: readonly string[]; readonly gaps: readonly Gap[] }

export interface VpcOrigin {
  readonly ref: Ref
  readonly id: string
  /** ARN of the load balancer or instance. */
  readonly endpointArn: string
  readonly httpPort: number
  readonly httpsPort: number
  readonly protocolPolicy: string
}

// ---- Load balancers ----

export interface LoadBalancer {
  readonly ref: Ref
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
  /** Destination CIDRs routed to an internet gateway. */
  readonly internetRoutes: Known<readonly string[]>
  readonly networkAcl: Known<NetworkAcl>
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
}

// ---- WAF and certificates ----

export interface WebAcl {
  readonly ref: Ref
  readonly name: string
  readonly scope: 'CLOUDFRONT' | 'REGIONAL'
  readonly defaultAction: 'allow' | 'block'
  /** Ascending priority. */
  readonly rules: readonly WebAclRule[]
  /** CIDRs of the IP sets that statements refer to, by ARN; a set that is missing here was not read. */
  readonly ipSets?: Readonly<Record<string, Known<readonly string[]>>>
  /** Rules of the account's own rule groups that statements refer to, by ARN, in ascending priority. */
  readonly ruleGroups?: Readonly<Record<string, Known<readonly WebAclRule[]>>>
  /** Regular expressions of the pattern sets that statements refer to, by ARN. */
  readonly regexSets?: Readonly<Record<string, Known<readonly Value[]>>>
}

export interface WebAclRule {
  readonly name: string
  readonly priority: number
  /** The rule's own action, or for a rule group `group` (its rules decide) or `count` (overridden). */
  readonly action: 'allow' | 'block' | 'count' | 'captcha' | 'challenge' | 'group' | 'unrecognised'
  /** GetWebACL's `Statement`, search strings sealed. */
  readonly statement: Readonly<Record<string, unknown>>
  /** `RuleLabels` by name; undefined where they were not read, so that any label may be set. */
  readonly labels?: readonly string[]
}

export interface Certificate {
  readonly ref: Ref
  readonly domainName: string
  readonly subjectAlternativeNames: readonly string[]
  /** ISO 8601; null where AWS gives none. */
  readonly notAfter: string | null
  readonly type: 'AMAZON_ISSUED' | 'IMPORTED' | 'PRIVATE' | 'unknown'
  readonly status: string
  readonly renewalStatus: string | null
  readonly inUse: boolean
}
