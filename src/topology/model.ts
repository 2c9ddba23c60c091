/** The typed graph that proving and judging work on: distribution, behaviour, origin, entry point, backend. */
import type { Gap } from '#base/gap.ts'
import type { Known } from '#base/known.ts'
import type { Api, ApiDomain } from './model/api.ts'
import type { AccessPoint, Bucket } from './model/bucket.ts'
import type { Behavior, Distribution, Origin } from './model/cloudfront.ts'
import type { Cluster } from './model/cluster.ts'
import type { FunctionUrl } from './model/lambda.ts'
import type { TokenLife } from './model/life.ts'
import type { LoadBalancer, PrefixList } from './model/load-balancer.ts'
import type { Accelerator, EndpointService, Partly, TargetHost, VpcLink } from './model/other-ways.ts'
import type { PlaintextSearch } from './model/plaintext.ts'
import type { Ref } from './model/ref.ts'
import type { KeyGroup, SigningKey } from './model/signing.ts'

export type * from './model/api.ts'
export type * from './model/bucket.ts'
export type * from './model/cloudfront.ts'
export type * from './model/cluster.ts'
export type * from './model/gateway-api.ts'
export type * from './model/kubernetes.ts'
export type * from './model/lambda.ts'
export type * from './model/life.ts'
export type * from './model/load-balancer.ts'
export type * from './model/other-ways.ts'
export type * from './model/plaintext.ts'
export type * from './model/ref.ts'
export type * from './model/security.ts'
export type * from './model/signing.ts'
export type * from './model/traefik.ts'

export interface Topology {
  /** ISO 8601; the "now" of every rule. */
  readonly observedAt: string
  readonly accounts: readonly string[]
  readonly regions: readonly string[]
  readonly distributions: readonly Distribution[]
  readonly links: readonly Link[]
  /** Every load balancer that was read in depth, those behind links first. */
  readonly loadBalancers: readonly LoadBalancer[]
  /** Why there may be further load balancers with the same targets. Each gap names the region it hides them in. */
  readonly unseenLoadBalancers: readonly Gap[]
  readonly prefixLists: readonly PrefixList[]
  readonly accelerators: Partly<Accelerator>
  readonly vpcLinks: Partly<VpcLink>
  readonly endpointServices: Partly<EndpointService>
  readonly signingKeys: Partly<SigningKey>
  readonly keyGroups: Partly<KeyGroup>
  /** What tells the age and rotation of the values that are sent to origins. */
  readonly life: TokenLife
  /** Where secrets stand in clear; absent where values were not looked through. */
  readonly plaintext?: PlaintextSearch
  /** None where no cluster was read. */
  readonly clusters: readonly Cluster[]
  /** Everything the snapshot could not see. */
  readonly gaps: readonly Gap[]
}

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
      /** The instance as a host, with its security groups and subnet; undefined where that was not looked into. */
      readonly hosts?: Known<readonly TargetHost[]>
    }
  | {
      readonly kind: 'function-url'
      readonly url: FunctionUrl
      /** URLs of the same function and its other aliases. */
      readonly siblings: Known<readonly FunctionUrl[]>
      readonly names: readonly string[]
    }
  | {
      readonly kind: 'bucket'
      readonly name: string
      readonly endpoint: 'rest' | 'website'
      /** Null where the bucket is of none of the accounts that were read: somebody else's, or nobody's. */
      readonly bucket: Bucket | null
      /** The access point that the origin names; absent where it names the bucket. */
      readonly accessPoint?: AccessPoint
      /** Not known where S3 does not say whether there is such a bucket; one that is not there makes a name dangle. */
      readonly exists: Known<true>
      readonly names: readonly string[]
    }
  | {
      readonly kind: 'api'
      readonly api: Api
      /** The stage that the origin path or the mapping leads to; null where the rest of the path chooses it. */
      readonly stage: string | null
      readonly via: 'default-endpoint' | ApiDomain
      readonly names: readonly string[]
    }
  /** A service of AWS that a later version decides. */
  | { readonly kind: 'service'; readonly names: readonly string[] }
  /** Somebody else's host. */
  | {
      readonly kind: 'external'
      readonly names: readonly string[]
      readonly addresses: readonly string[]
      /** Whether public hosted zones of the accounts hold every one of `names` and so give the addresses themselves. */
      readonly heldByZones?: boolean
    }
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
  /** Every distribution that uses it, also of other accounts, where the owner was asked. */
  readonly users: Known<readonly VpcOriginUser[]>
}

export interface VpcOriginUser {
  readonly distributionId: string
  readonly account: string
}
