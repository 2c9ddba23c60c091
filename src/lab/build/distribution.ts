/** A CloudFront distribution of a world, in the shape ListDistributions returns. */
import { types } from '#snapshot/resource-types.ts'
import type { WorldResource } from '../world.ts'
import { distributionDomain, distributionId } from './names.ts'

export interface OriginSpec {
  readonly id: string
  readonly domainName: string
  readonly headers?: Readonly<Record<string, string>>
  readonly protocol?: 'https-only' | 'http-only' | 'match-viewer'
  readonly sslProtocols?: readonly string[]
  readonly vpcOriginId?: string
  /** Begins with a slash. */
  readonly path?: string
  /** Makes it an S3 origin, with an origin access identity where one is given. */
  readonly s3?: { readonly identity?: string }
  /** Id of an origin access control. */
  readonly accessControl?: string
}

interface BehaviorSpec extends BehaviorExtras {
  readonly pathPattern: string
  /** Id of an origin or origin group. */
  readonly origin: string
  readonly viewerPolicy?: string
}

/** What a behaviour has besides where it leads. */
export interface BehaviorExtras {
  /** Ids of key groups: asks for URLs or cookies that a key of theirs signed. */
  readonly keyGroups?: readonly string[]
  /** Accounts, or `self`: asks for URLs or cookies that a key pair of theirs signed. */
  readonly signers?: readonly string[]
  /** ARN of a CloudFront function that sees viewers' requests. */
  readonly viewerFunction?: string
  /** ARN of a Lambda@Edge function that sees requests to the origin. */
  readonly originFunction?: string
}

export interface DistributionSpec {
  readonly name: string
  readonly account: string
  readonly comment: string
  readonly aliases: readonly string[]
  readonly origins: readonly OriginSpec[]
  readonly behaviors?: readonly BehaviorSpec[]
  readonly viewerPolicy?: string
  readonly minimumProtocol?: string
  /** Certificate of the aliases; none means the CloudFront default certificate. */
  readonly certificate?: string
  readonly webAcl?: string
  readonly defaultBehavior?: BehaviorExtras & { readonly origin?: string }
  readonly originGroups?: readonly { readonly id: string; readonly members: readonly string[] }[]
  /** Country codes that are served; everyone is where left out. */
  readonly countries?: readonly string[]
  readonly staging?: boolean
  readonly enabled?: boolean
  /** Id of a continuous deployment policy. */
  readonly continuousDeployment?: string
  /** Reached through tenants only. */
  readonly tenantOnly?: boolean
}

const list = <T>(items: readonly T[]) =>
  items.length > 0 ? { Quantity: items.length, Items: items } : { Quantity: 0 }

const origin = (o: OriginSpec): Record<string, unknown> => ({
  Id: o.id,
  DomainName: o.domainName,
  OriginPath: o.path ?? '',
  CustomHeaders: list(
    Object.entries(o.headers ?? {}).map(([HeaderName, HeaderValue]) => ({ HeaderName, HeaderValue })),
  ),
  ...(o.s3
    ? {
        S3OriginConfig: {
          OriginAccessIdentity: o.s3.identity ? `origin-access-identity/cloudfront/${o.s3.identity}` : '',
          OriginReadTimeout: 30,
        },
      }
    : o.vpcOriginId
      ? { VpcOriginConfig: { VpcOriginId: o.vpcOriginId, OriginReadTimeout: 30, OriginKeepaliveTimeout: 5 } }
      : {
          CustomOriginConfig: {
            HTTPPort: 80,
            HTTPSPort: 443,
            OriginProtocolPolicy: o.protocol ?? 'https-only',
            OriginSslProtocols: list(o.sslProtocols ?? ['TLSv1.2']),
            OriginReadTimeout: 30,
            OriginKeepaliveTimeout: 5,
          },
        }),
  ConnectionAttempts: 3,
  ConnectionTimeout: 10,
  OriginShield: { Enabled: false },
  OriginAccessControlId: o.accessControl ?? '',
})

const associated = (EventType: string, key: string, arn: string | undefined) =>
  list(arn === undefined ? [] : [{ [key]: arn, EventType }])

const behavior = (
  TargetOriginId: string,
  ViewerProtocolPolicy: string,
  { keyGroups = [], signers = [], viewerFunction, originFunction }: BehaviorExtras,
): Record<string, unknown> => ({
  TargetOriginId,
  TrustedSigners: { Enabled: signers.length > 0, ...list(signers) },
  TrustedKeyGroups: { Enabled: keyGroups.length > 0, ...list(keyGroups) },
  ViewerProtocolPolicy,
  AllowedMethods: { ...list(['HEAD', 'GET']), CachedMethods: list(['HEAD', 'GET']) },
  SmoothStreaming: false,
  Compress: true,
  LambdaFunctionAssociations: associated('origin-request', 'LambdaFunctionARN', originFunction),
  FunctionAssociations: associated('viewer-request', 'FunctionARN', viewerFunction),
  FieldLevelEncryptionId: '',
  // AWS's managed policies CachingOptimized and AllViewerExceptHostHeader.
  CachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6',
  OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
})

const originGroup = ({ id, members }: { readonly id: string; readonly members: readonly string[] }) => ({
  Id: id,
  FailoverCriteria: { StatusCodes: list([500, 502, 503, 504]) },
  Members: list(members.map(OriginId => ({ OriginId }))),
})

const viewerCertificate = (spec: DistributionSpec): Record<string, unknown> =>
  spec.certificate
    ? {
        CloudFrontDefaultCertificate: false,
        ACMCertificateArn: spec.certificate,
        Certificate: spec.certificate,
        CertificateSource: 'acm',
        SSLSupportMethod: 'sni-only',
        MinimumProtocolVersion: spec.minimumProtocol ?? 'TLSv1.2_2021',
      }
    : {
        CloudFrontDefaultCertificate: true,
        SSLSupportMethod: 'vip',
        MinimumProtocolVersion: 'TLSv1',
        CertificateSource: 'cloudfront',
      }

export const buildDistribution = (spec: DistributionSpec): WorldResource => {
  const id = distributionId(spec.name)
  const arn = `arn:aws:cloudfront::${spec.account}:distribution/${id}`
  const policy = spec.viewerPolicy ?? 'redirect-to-https'
  const config = {
    Id: id,
    ARN: arn,
    ETag: `E${id.slice(2, 12)}`,
    Status: 'Deployed',
    LastModifiedTime: '2026-05-04T08:30:00.000Z',
    DomainName: distributionDomain(spec.name),
    Aliases: list(spec.aliases),
    Origins: list(spec.origins.map(origin)),
    OriginGroups: list((spec.originGroups ?? []).map(originGroup)),
    DefaultCacheBehavior: behavior(
      spec.defaultBehavior?.origin ?? spec.origins[0]?.id ?? '',
      policy,
      spec.defaultBehavior ?? {},
    ),
    CacheBehaviors: list(
      (spec.behaviors ?? []).map(b => ({
        PathPattern: b.pathPattern,
        ...behavior(b.origin, b.viewerPolicy ?? policy, b),
      })),
    ),
    CustomErrorResponses: list([]),
    Comment: spec.comment,
    PriceClass: 'PriceClass_100',
    Enabled: spec.enabled ?? true,
    ViewerCertificate: viewerCertificate(spec),
    Restrictions: {
      GeoRestriction: spec.countries
        ? { RestrictionType: 'whitelist', ...list(spec.countries) }
        : { RestrictionType: 'none', Quantity: 0 },
    },
    WebACLId: spec.webAcl ?? '',
    HttpVersion: 'http2and3',
    IsIPV6Enabled: true,
    AliasICPRecordals: spec.aliases.map(CNAME => ({ CNAME, ICPRecordalStatus: 'APPROVED' })),
    Staging: spec.staging ?? false,
    ConnectionMode: spec.tenantOnly ? 'tenant-only' : 'direct',
    ContinuousDeploymentPolicyId: spec.continuousDeployment ?? '',
    ...(spec.tenantOnly && { TenantConfig: { ParameterDefinitions: [] } }),
    DefaultRootObject: '',
    Logging: { Enabled: false, IncludeCookies: false, Bucket: '', Prefix: '' },
  }
  return { type: types.distribution, arn, account: spec.account, region: 'us-east-1', config }
}
