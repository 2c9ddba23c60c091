/** The CloudFront side of the graph: distributions, behaviours, origins. */
import type { Known } from '#base/known.ts'
import type { Truth } from '#base/truth.ts'
import type { Value } from '#snapshot/sealed.ts'
import type { Ref } from './ref.ts'
import type { Certificate, WebAcl } from './security.ts'

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
  /** Name of the object that is served at `/`, without a slash in front; left out where there is none, or it was not read. */
  readonly defaultRootObject?: string
  /** Status codes that it answers with a page of its own; left out where that was not read. */
  readonly errorPages?: readonly number[]
  readonly viewer: ViewerCertificate
  /** Null where the distribution names none; unobserved where it names one that was not read. */
  readonly webAcl: Known<WebAcl | null>
  readonly geoRestriction: Known<GeoRestriction>
  /** The policy that sends some of its viewers to a staging distribution; null where it names none. */
  readonly continuousDeployment: Known<ContinuousDeployment | null>
  /** Tenants of a multi-tenant distribution, which is reached through them alone; null for any other. */
  readonly tenants: Known<readonly Tenant[]> | null
}

export interface GeoRestriction {
  /** `allow`: only the countries are served. */
  readonly kind: 'none' | 'allow' | 'deny'
  /** Sorted. */
  readonly countries: readonly string[]
}

export interface ContinuousDeployment {
  readonly ref: Ref
  readonly enabled: boolean
  /** `d111111abcdef8.cloudfront.net`, lower case. */
  readonly stagingDomainNames: readonly string[]
  /** `share`: some of all requests; `header`: those with the header. */
  readonly sends: 'share' | 'header' | 'unrecognised'
  readonly headerName: string | null
}

export interface Tenant {
  readonly ref: Ref
  readonly id: string
  readonly name: string
  readonly domains: readonly string[]
  readonly enabled: boolean
  /** `inherited` and `disabled` speak of the distribution's web ACL; else the ARN of the tenant's own. */
  readonly webAcl: Known<'inherited' | 'disabled' | { readonly arn: string }>
  /** Null where the distribution's holds. */
  readonly geoRestriction: Known<GeoRestriction | null>
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
  /** At any event. */
  readonly functions: readonly EdgeFunction[]
  /** Any trusted key group or signer. */
  readonly signed: boolean
  /** Ids of the key groups whose keys sign for it. */
  readonly keyGroups: readonly string[]
  /** The older way: accounts whose own key pairs sign for it, `self` for the distribution's. */
  readonly trustedSigners: readonly string[]
}

/** A CloudFront function or Lambda@Edge function of a behaviour. */
export interface EdgeFunction {
  readonly arn: string
  /** `viewer-request` | `viewer-response` | `origin-request` | `origin-response`, or one of a later API. */
  readonly event: string
  /**
   * Whether it may send a request to another origin than the behaviour says: `never`, `declared` (one of the
   * distribution's own, which each have a link), or `possible` (any host, or that cannot be told).
   */
  readonly originChange: Known<'never' | 'declared' | 'possible'>
  /** Whether it sends requests with the custom headers of the behaviour's origin to another host. */
  readonly carriesHeaders: Truth
  /** Why it may change the origin, to follow "because"; empty where it does not. */
  readonly note: string
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
  /** Null where the origin names none. */
  readonly accessControl: Known<OriginAccessControl | null>
  /** Id of the origin access identity, the older way to sign requests to S3; null without one. */
  readonly originAccessIdentity: string | null
}

export interface OriginAccessControl {
  readonly ref: Ref
  readonly id: string
  /** `no-override`: a viewer's own `Authorization` header is passed on in the place of CloudFront's signature. */
  readonly signs: 'always' | 'never' | 'no-override' | 'unrecognised'
}

export interface OriginHeader {
  /** As configured; compare case-insensitively. */
  readonly name: string
  readonly value: Value
}
