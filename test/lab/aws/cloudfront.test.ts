import {
  CloudFrontClient,
  type DistributionConfig,
  type DistributionSummary,
  GetDistributionConfigCommand,
  GetVpcOriginCommand,
  ListDistributionsByWebACLIdCommand,
  ListDistributionsCommand,
  ListOriginAccessControlsCommand,
  ListVpcOriginsCommand,
} from '@aws-sdk/client-cloudfront'
import { describe, expect, test } from 'vitest'
import { openWire, roundTrip } from './wire.ts'

const wire = await openWire()
const client = new CloudFrontClient({ ...wire.config, region: 'us-east-1' })
const account = '111122223333'

const methods = {
  Quantity: 2,
  Items: ['HEAD', 'GET'] as const,
  CachedMethods: { Quantity: 2, Items: ['HEAD', 'GET'] as const },
}
const behavior = {
  TargetOriginId: 'alb',
  TrustedSigners: { Enabled: false, Quantity: 0 },
  TrustedKeyGroups: { Enabled: false, Quantity: 0 },
  ViewerProtocolPolicy: 'redirect-to-https' as const,
  AllowedMethods: {
    ...methods,
    Items: [...methods.Items],
    CachedMethods: { Quantity: 2, Items: [...methods.Items] },
  },
  SmoothStreaming: false,
  Compress: true,
  LambdaFunctionAssociations: { Quantity: 0 },
  FunctionAssociations: { Quantity: 0 },
  FieldLevelEncryptionId: '',
  CachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6',
}
const origin = {
  Id: 'alb',
  DomainName: 'web-1234567890.eu-west-1.elb.amazonaws.com',
  OriginPath: '',
  CustomHeaders: {
    Quantity: 2,
    Items: [
      { HeaderName: 'X-Origin-Verify', HeaderValue: 'a <b> & "c" \'d\'' },
      { HeaderName: 'X-Empty', HeaderValue: '' },
    ],
  },
  CustomOriginConfig: {
    HTTPPort: 80,
    HTTPSPort: 443,
    OriginProtocolPolicy: 'https-only' as const,
    OriginSslProtocols: { Quantity: 1, Items: ['TLSv1.2' as const] },
    OriginReadTimeout: 30,
    OriginKeepaliveTimeout: 5,
  },
  ConnectionAttempts: 3,
  ConnectionTimeout: 10,
  OriginShield: { Enabled: false },
  OriginAccessControlId: '',
}
const summary: DistributionSummary = {
  Id: 'EDFDVBD6EXAMPLE',
  ARN: `arn:aws:cloudfront::${account}:distribution/EDFDVBD6EXAMPLE`,
  ETag: 'E2QWRUHEXAMPLE',
  Status: 'Deployed',
  LastModifiedTime: new Date('2025-03-04T05:06:07.890Z'),
  DomainName: 'd111111abcdef8.cloudfront.net',
  Aliases: { Quantity: 1, Items: ['www.example.com'] },
  Origins: { Quantity: 1, Items: [origin] },
  OriginGroups: {
    Quantity: 1,
    Items: [
      {
        Id: 'group',
        FailoverCriteria: { StatusCodes: { Quantity: 2, Items: [500, 502] } },
        Members: { Quantity: 2, Items: [{ OriginId: 'alb' }, { OriginId: 'spare' }] },
      },
    ],
  },
  DefaultCacheBehavior: behavior,
  CacheBehaviors: { Quantity: 1, Items: [{ ...behavior, PathPattern: '/api/*' }] },
  CustomErrorResponses: {
    Quantity: 1,
    Items: [{ ErrorCode: 404, ResponsePagePath: '/404.html', ResponseCode: '404', ErrorCachingMinTTL: 10 }],
  },
  Comment: '',
  PriceClass: 'PriceClass_All',
  Enabled: true,
  ViewerCertificate: {
    CloudFrontDefaultCertificate: false,
    ACMCertificateArn: `arn:aws:acm:us-east-1:${account}:certificate/12345678-1234-1234-1234-123456789012`,
    SSLSupportMethod: 'sni-only',
    MinimumProtocolVersion: 'TLSv1.2_2021',
    Certificate: 'arn',
    CertificateSource: 'acm',
  },
  Restrictions: { GeoRestriction: { RestrictionType: 'none', Quantity: 0 } },
  WebACLId: '',
  HttpVersion: 'http2',
  IsIPV6Enabled: true,
  AliasICPRecordals: [{ CNAME: 'www.example.com', ICPRecordalStatus: 'APPROVED' }],
  Staging: false,
}

describe('CloudFront over rest-xml', () => {
  test('ListDistributions returns full distribution summaries and its paging input arrives', async () => {
    const list = {
      Marker: 'a',
      NextMarker: 'b',
      MaxItems: 2,
      IsTruncated: true,
      Quantity: 2,
      Items: [
        summary,
        { ...summary, Id: 'E2', Origins: { Quantity: 2, Items: [origin, { ...origin, Id: 'spare' }] } },
      ],
    }
    const call = await roundTrip(
      wire,
      () => client.send(new ListDistributionsCommand({ Marker: 'a', MaxItems: 2 })),
      {
        DistributionList: list,
      },
    )
    expect(call).toEqual({
      service: 'cloudfront',
      operation: 'ListDistributions',
      region: 'us-east-1',
      accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
      input: { Marker: 'a', MaxItems: 2 },
    })
  })

  test('an account without distributions is an empty list and not a missing one', async () => {
    const empty = { Marker: '', MaxItems: 100, IsTruncated: false, Quantity: 0, Items: [] }
    await roundTrip(wire, () => client.send(new ListDistributionsCommand({})), { DistributionList: empty })
  })

  test('GetDistributionConfig carries the config as body and the ETag as header', async () => {
    const { Id, ARN, Status, LastModifiedTime, DomainName, AliasICPRecordals, ETag, ...shared } = summary
    const config: DistributionConfig = {
      ...shared,
      CallerReference: 'reference',
      DefaultRootObject: 'index.html',
      Logging: { Enabled: false, IncludeCookies: false, Bucket: '', Prefix: '' },
    }
    const call = await roundTrip(
      wire,
      () => client.send(new GetDistributionConfigCommand({ Id: 'EDFDVBD6EXAMPLE' })),
      {
        DistributionConfig: config,
        ETag: 'E2QWRUHEXAMPLE',
      },
    )
    expect(call.input).toEqual({ Id: 'EDFDVBD6EXAMPLE' })
  })

  const vpcOrigin = {
    Id: 'vo_EXAMPLE',
    Arn: `arn:aws:cloudfront::${account}:vpcorigin/vo_EXAMPLE`,
    Status: 'Deployed',
    CreatedTime: new Date('2025-01-01T00:00:00Z'),
    LastModifiedTime: new Date('2025-01-02T00:00:00Z'),
    AccountId: account,
  }

  test('ListVpcOrigins returns the origins', async () => {
    const item = {
      ...vpcOrigin,
      Name: 'inner',
      OriginEndpointArn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/i/1',
    }
    await roundTrip(wire, () => client.send(new ListVpcOriginsCommand({})), {
      VpcOriginList: { Marker: '', MaxItems: 100, IsTruncated: false, Quantity: 1, Items: [item] },
    })
  })

  test('GetVpcOrigin tells its endpoint configuration', async () => {
    const VpcOriginEndpointConfig = {
      Name: 'inner',
      Arn: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/i/1',
      HTTPPort: 80,
      HTTPSPort: 443,
      OriginProtocolPolicy: 'https-only' as const,
      OriginSslProtocols: { Quantity: 1, Items: ['TLSv1.2' as const] },
    }
    const call = await roundTrip(wire, () => client.send(new GetVpcOriginCommand({ Id: 'vo_EXAMPLE' })), {
      VpcOrigin: { ...vpcOrigin, VpcOriginEndpointConfig },
      ETag: 'E1',
    })
    expect(call.operation).toBe('GetVpcOrigin')
  })

  test('a label with reserved characters arrives as it was given', async () => {
    const id = 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/a b/1?x=1&y#z'
    const call = await roundTrip(
      wire,
      () => client.send(new ListDistributionsByWebACLIdCommand({ WebACLId: id })),
      {},
    )
    expect([call.operation, call.input]).toEqual(['ListDistributionsByWebACLId', { WebACLId: id }])
  })

  test('ListOriginAccessControls returns the controls', async () => {
    await roundTrip(wire, () => client.send(new ListOriginAccessControlsCommand({})), {
      OriginAccessControlList: {
        Marker: '',
        MaxItems: 100,
        IsTruncated: false,
        Quantity: 1,
        Items: [
          {
            Id: 'E1',
            Name: 'bucket',
            Description: '',
            SigningProtocol: 'sigv4',
            SigningBehavior: 'always',
            OriginAccessControlOriginType: 's3',
          },
        ],
      },
    })
  })
})
