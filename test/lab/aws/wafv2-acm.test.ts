import { ACMClient, DescribeCertificateCommand, ListCertificatesCommand } from '@aws-sdk/client-acm'
import {
  GetWebACLCommand,
  GetWebACLForResourceCommand,
  ListResourcesForWebACLCommand,
  ListWebACLsCommand,
  type Rule,
  WAFV2Client,
  type WebACL,
} from '@aws-sdk/client-wafv2'
import { describe, expect, test } from 'vitest'
import { openWire, roundTrip } from './wire.ts'

const wire = await openWire()
const waf = new WAFV2Client(wire.config)
const acm = new ACMClient(wire.config)
const arn = 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/web/1'
const visibility = { SampledRequestsEnabled: true, CloudWatchMetricsEnabled: false, MetricName: 'm' }

const headerMatches = (text: string) => ({
  ByteMatchStatement: {
    SearchString: new TextEncoder().encode(text),
    FieldToMatch: { SingleHeader: { Name: 'x-origin-verify' } },
    TextTransformations: [{ Priority: 0, Type: 'NONE' as const }],
    PositionalConstraint: 'EXACTLY' as const,
  },
})
const rules: Rule[] = [
  {
    Name: 'token',
    Priority: 0,
    Statement: {
      NotStatement: {
        Statement: { OrStatement: { Statements: [headerMatches('one'), headerMatches('zwölf \u0000')] } },
      },
    },
    Action: { Block: { CustomResponse: { ResponseCode: 403 } } },
    VisibilityConfig: visibility,
  },
  {
    Name: 'managed',
    Priority: 1,
    Statement: {
      ManagedRuleGroupStatement: {
        VendorName: 'AWS',
        Name: 'AWSManagedRulesCommonRuleSet',
        ExcludedRules: [],
      },
    },
    OverrideAction: { None: {} },
    VisibilityConfig: visibility,
  },
]
const acl: WebACL = {
  Name: 'web',
  Id: '1',
  ARN: arn,
  DefaultAction: { Allow: {} },
  Rules: rules,
  VisibilityConfig: visibility,
  Capacity: 100,
  ManagedByFirewallManager: false,
  CustomResponseBodies: { denied: { ContentType: 'TEXT_PLAIN', Content: 'no' } },
}

describe('WAFv2 over JSON', () => {
  test('ListWebACLs returns summaries and gets its scope', async () => {
    const call = await roundTrip(
      wire,
      () => waf.send(new ListWebACLsCommand({ Scope: 'CLOUDFRONT', Limit: 100 })),
      {
        NextMarker: 'n',
        WebACLs: [{ Name: 'web', Id: '1', ARN: arn, LockToken: 'l', Description: '' }],
      },
    )
    expect(call).toMatchObject({
      service: 'wafv2',
      operation: 'ListWebACLs',
      input: { Scope: 'CLOUDFRONT', Limit: 100 },
    })
  })

  test('GetWebACL and GetWebACLForResource return nested statements with their search strings', async () => {
    await roundTrip(wire, () => waf.send(new GetWebACLCommand({ Name: 'web', Id: '1', Scope: 'REGIONAL' })), {
      WebACL: acl,
      LockToken: 'l',
    })
    const call = await roundTrip(
      wire,
      () => waf.send(new GetWebACLForResourceCommand({ ResourceArn: arn })),
      {
        WebACL: acl,
      },
    )
    expect(call.input).toEqual({ ResourceArn: arn })
    await roundTrip(wire, () => waf.send(new GetWebACLForResourceCommand({ ResourceArn: arn })), {})
  })

  test('ListResourcesForWebACL returns ARNs', async () => {
    await roundTrip(
      wire,
      () =>
        waf.send(
          new ListResourcesForWebACLCommand({ WebACLArn: arn, ResourceType: 'APPLICATION_LOAD_BALANCER' }),
        ),
      { ResourceArns: ['arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/web/1'] },
    )
  })
})

describe('ACM over JSON', () => {
  const CertificateArn = 'arn:aws:acm:eu-west-1:111122223333:certificate/12345678-1234-1234-1234-123456789012'

  test('ListCertificates returns summaries and gets nested includes', async () => {
    const input = { Includes: { keyTypes: ['RSA_2048' as const, 'EC_prime256v1' as const] }, MaxItems: 10 }
    const call = await roundTrip(wire, () => acm.send(new ListCertificatesCommand(input)), {
      CertificateSummaryList: [
        {
          CertificateArn,
          DomainName: 'example.com',
          NotAfter: new Date('2026-01-01T00:00:00.500Z'),
          InUse: true,
        },
      ],
      NextToken: 't',
    })
    expect(call).toMatchObject({ service: 'acm', operation: 'ListCertificates', input })
  })

  test('DescribeCertificate returns names, validity and who uses it', async () => {
    await roundTrip(wire, () => acm.send(new DescribeCertificateCommand({ CertificateArn })), {
      Certificate: {
        CertificateArn,
        DomainName: 'example.com',
        SubjectAlternativeNames: ['example.com', '*.example.com'],
        DomainValidationOptions: [
          {
            DomainName: 'example.com',
            ValidationStatus: 'SUCCESS',
            ResourceRecord: { Name: '_a.example.com', Type: 'CNAME', Value: '_b.example.net' },
          },
        ],
        NotBefore: new Date('2025-01-01T00:00:00Z'),
        NotAfter: new Date('2026-01-01T00:00:00Z'),
        Status: 'ISSUED',
        InUseBy: [],
        KeyAlgorithm: 'RSA_2048',
        Type: 'AMAZON_ISSUED',
      },
    })
  })
})
