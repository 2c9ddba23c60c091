/** Web ACLs, certificates, behaviours, origins and VPC origins. */
import { known } from '#base/known.ts'
import type {
  Behavior,
  Certificate,
  EdgeFunction,
  Origin,
  VpcOrigin,
  WebAcl,
  WebAclRule,
} from '#topology/model.ts'
import { aRef } from './refs.ts'
import { sent, tokenHeader } from './secrets.ts'

export const matchHeader = (value: unknown): Readonly<Record<string, unknown>> => ({
  ByteMatchStatement: {
    SearchString: value,
    FieldToMatch: { SingleHeader: { Name: tokenHeader } },
    TextTransformations: [{ Priority: 0, Type: 'NONE' }],
    PositionalConstraint: 'EXACTLY',
  },
})

export const blockUnless = (value: unknown, action: WebAclRule['action'] = 'block'): WebAclRule => ({
  name: 'require-token',
  priority: 0,
  action,
  statement: { NotStatement: { Statement: matchHeader(value) } },
})

export const aWebAcl = (rules: readonly WebAclRule[], extra: Partial<WebAcl> = {}): WebAcl => ({
  ref: aRef('AWS::WAFv2::WebACL', extra.name ?? 'edge'),
  name: 'edge',
  scope: 'CLOUDFRONT',
  defaultAction: 'allow',
  rules,
  ...extra,
})

export const managedRules = (action: 'group' | 'count' = 'group'): WebAclRule => ({
  name: 'common',
  priority: 10,
  action,
  statement: { ManagedRuleGroupStatement: { VendorName: 'AWS', Name: 'AWSManagedRulesCommonRuleSet' } },
})

export const aCertificate = (extra: Partial<Certificate> = {}): Certificate => ({
  ref: aRef('AWS::CertificateManager::Certificate', extra.domainName ?? 'origin.example.com'),
  domainName: 'origin.example.com',
  subjectAlternativeNames: ['origin.example.com'],
  notAfter: '2027-01-01T00:00:00.000Z',
  type: 'AMAZON_ISSUED',
  status: 'ISSUED',
  renewalStatus: null,
  inUse: true,
  ...extra,
})

/** A Lambda@Edge function that may do anything, unless said otherwise. */
export const anEdgeFunction = (extra: Partial<EdgeFunction> = {}): EdgeFunction => ({
  arn: 'arn:aws:lambda:us-east-1:111122223333:function:sign:1',
  event: 'origin-request',
  originChange: known('possible'),
  carriesHeaders: 'unknown',
  note: 'it is a Lambda@Edge function at origin-request, whose code is not read',
  ...extra,
})

export const aBehavior = (extra: Partial<Behavior> = {}): Behavior => ({
  pathPattern: 'Default (*)',
  isDefault: true,
  target: 'origin',
  viewerProtocolPolicy: 'redirect-to-https',
  allowedMethods: ['GET', 'HEAD'],
  functions: [],
  signed: false,
  keyGroups: [],
  trustedSigners: [],
  ...extra,
})

export const anOrigin = (extra: Partial<Origin> = {}): Origin => ({
  id: 'origin',
  domainName: 'origin.example.com',
  originPath: '',
  kind: 'alb',
  headers: [{ name: 'X-Auth-Token', value: sent('t') }],
  protocolPolicy: 'https-only',
  httpPort: 80,
  httpsPort: 443,
  sslProtocols: ['TLSv1.2'],
  vpcOriginId: null,
  originAccessControlId: null,
  accessControl: known(null),
  originAccessIdentity: null,
  ...extra,
})

export const aVpcOrigin = (extra: Partial<VpcOrigin> = {}): VpcOrigin => ({
  ref: aRef('AWS::CloudFront::VpcOrigin', 'vo_1'),
  id: 'vo_1',
  endpointArn: 'arn:aws:test:internal',
  httpPort: 80,
  httpsPort: 443,
  protocolPolicy: 'https-only',
  users: known([]),
  ...extra,
})
