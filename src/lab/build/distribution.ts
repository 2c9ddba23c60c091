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
}

interface BehaviorSpec {
  readonly pathPattern: string
  readonly origin: string
  readonly viewerPolicy?: string
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
}

const list = <T>(items: readonly T[]) =>
  items.length > 0 ? { Quantity: items.length, Items: items } : { Quantity: 0 }

const origin = (o: OriginSpec): Record<string, unknown> => ({
  Id: o.id,
  DomainName: o.domainName,
  OriginPath: '',
  CustomHeaders: list(
    Object.entries(o.headers ?? {}).map(([HeaderName, HeaderValue]) => ({ HeaderName, HeaderValue })),
  ),
  ...(o.vpcOriginId
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
  OriginAccessControlId: '',
})

const behavior = (TargetOriginId: string, ViewerProtocolPolicy: string): Record<string, unknown> => ({
  TargetOriginId,
  TrustedSigners: { Enabled: false, Quantity: 0 },
  TrustedKeyGroups: { Enabled: false, Quantity: 0 },
  ViewerProtocolPolicy,
  AllowedMethods: { ...list(['HEAD', 'GET']), CachedMethods: list(['HEAD', 'GET']) },
  SmoothStreaming: false,
  Compress: true,
  LambdaFunctionAssociations: list([]),
  FunctionAssociations: list([]),
  FieldLevelEncryptionId: '',
  // AWS's managed policies CachingOptimized and AllViewerExceptHostHeader.
  CachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6',
  OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
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
    OriginGroups: list([]),
    DefaultCacheBehavior: behavior(spec.origins[0]?.id ?? '', policy),
    CacheBehaviors: list(
      (spec.behaviors ?? []).map(b => ({
        PathPattern: b.pathPattern,
        ...behavior(b.origin, b.viewerPolicy ?? policy),
      })),
    ),
    CustomErrorResponses: list([]),
    Comment: spec.comment,
    PriceClass: 'PriceClass_100',
    Enabled: true,
    ViewerCertificate: viewerCertificate(spec),
    Restrictions: { GeoRestriction: { RestrictionType: 'none', Quantity: 0 } },
    WebACLId: spec.webAcl ?? '',
    HttpVersion: 'http2and3',
    IsIPV6Enabled: true,
    AliasICPRecordals: spec.aliases.map(CNAME => ({ CNAME, ICPRecordalStatus: 'APPROVED' })),
    Staging: false,
    DefaultRootObject: '',
    Logging: { Enabled: false, IncludeCookies: false, Bucket: '', Prefix: '' },
  }
  return { type: types.distribution, arn, account: spec.account, region: 'us-east-1', config }
}
