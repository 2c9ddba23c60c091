/** The CloudFront side of the graph: distributions, behaviours, origins. */
import type { Known } from '#base/known.ts'
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
