/** Certificates and web ACLs of a world. */
import { types } from '#snapshot/resource-types.ts'
import type { WorldResource } from '../world.ts'
import { hex } from './names.ts'
import type { Place } from './place.ts'

const uuid = (...parts: readonly string[]): string => {
  const h = hex(32, ...parts)
  return [h.slice(0, 8), h.slice(8, 12), h.slice(12, 16), h.slice(16, 20), h.slice(20)].join('-')
}

export interface CertificateSpec {
  readonly place: Place
  readonly names: readonly [string, ...string[]]
  readonly notAfter?: string
  readonly imported?: boolean
}

/** An ACM certificate in use. */
export const buildCertificate = ({ place, names, notAfter, imported }: CertificateSpec): WorldResource => {
  const arn = `arn:aws:acm:${place.region}:${place.account}:certificate/${uuid('certificate', place.region, ...names)}`
  const config = {
    CertificateArn: arn,
    DomainName: names[0],
    SubjectAlternativeNames: names,
    Status: 'ISSUED',
    Type: imported ? 'IMPORTED' : 'AMAZON_ISSUED',
    KeyAlgorithm: 'EC-prime256v1',
    NotBefore: '2026-01-10T00:00:00.000Z',
    NotAfter: notAfter ?? '2099-12-31T23:59:59.000Z',
    InUseBy: [`arn:aws:elasticloadbalancing:${place.region}:${place.account}:loadbalancer/app/in-use/0`],
    RenewalEligibility: imported ? 'INELIGIBLE' : 'ELIGIBLE',
  }
  return { type: types.certificate, arn, account: place.account, region: place.region, config }
}

const visibility = (MetricName: string) => ({
  SampledRequestsEnabled: true,
  CloudWatchMetricsEnabled: true,
  MetricName,
})

const managedGroup = (counting: boolean): Record<string, unknown> => ({
  Name: 'common',
  Priority: 10,
  Statement: { ManagedRuleGroupStatement: { VendorName: 'AWS', Name: 'AWSManagedRulesCommonRuleSet' } },
  OverrideAction: counting ? { Count: {} } : { None: {} },
  VisibilityConfig: visibility('common'),
})

/** Blocks every request whose header is not exactly `value`. */
export const requireHeader = (name: string, value: string): Record<string, unknown> => ({
  Name: `require-${name}`,
  Priority: 0,
  Statement: {
    NotStatement: {
      Statement: {
        ByteMatchStatement: {
          SearchString: value,
          FieldToMatch: { SingleHeader: { Name: name } },
          TextTransformations: [{ Priority: 0, Type: 'NONE' }],
          PositionalConstraint: 'EXACTLY',
        },
      },
    },
  },
  Action: { Block: {} },
  VisibilityConfig: visibility(`require-${name}`),
})

export interface WebAclSpec {
  readonly name: string
  readonly scope: 'CLOUDFRONT' | 'REGIONAL'
  readonly place: Place
  /** Rules before AWS's common rule set. */
  readonly rules?: readonly Record<string, unknown>[]
  /** The common rule set only counts. */
  readonly counting?: boolean
}

export const buildWebAcl = (spec: WebAclSpec): WorldResource => {
  const { account, region } = spec.place
  const id = uuid('web-acl', spec.name)
  const kind = spec.scope === 'CLOUDFRONT' ? 'global' : 'regional'
  const arn = `arn:aws:wafv2:${region}:${account}:${kind}/webacl/${spec.name}/${id}`
  const config = {
    Name: spec.name,
    Id: id,
    ARN: arn,
    DefaultAction: { Allow: {} },
    Description: '',
    Rules: [...(spec.rules ?? []), managedGroup(spec.counting ?? false)],
    VisibilityConfig: visibility(spec.name),
    Capacity: 700 + (spec.rules ?? []).length,
    ManagedByFirewallManager: false,
    LabelNamespace: `awswaf:${account}:webacl:${spec.name}:`,
    Scope: spec.scope,
  }
  return { type: types.webAcl, arn, account, region, config }
}
