/** A CloudFront distribution: what it serves, from where, and under which certificate and web ACL. */
import type { Gap } from '#base/gap.ts'
import { type Known, unobserved } from '#base/known.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import { behaviorsOf, originGroupsOf, textItems } from './behavior.ts'
import { call, notRead } from './calls.ts'
import { certificateNamed } from './certificate.ts'
import { flagAt, integerAt, isMissing, itemsAt, textAt } from './config.ts'
import { continuousDeploymentOf, geoRestrictionOf, tenantsOf } from './edge-variants.ts'
import type { Estate } from './estate.ts'
import { type Facts, misread, refOf } from './facts.ts'
import type { Certificate, Distribution, ViewerCertificate } from './model.ts'
import { type BuiltOrigin, buildOrigin } from './origin.ts'
import { webAclOfDistribution } from './web-acl.ts'

export interface BuiltDistribution {
  readonly distribution: Distribution
  readonly origins: readonly BuiltOrigin[]
  /** What of the distribution could not be read. */
  readonly gaps: readonly Gap[]
}

const certificateOf = (facts: Facts, distribution: LocatedResource): Known<Certificate> => {
  const acm = textAt(distribution.config, 'ViewerCertificate', 'ACMCertificateArn')
  if (acm !== undefined)
    return certificateNamed(facts, acm, { account: distribution.account, region: 'us-east-1' })
  const iam = textAt(distribution.config, 'ViewerCertificate', 'IAMCertificateId')
  return unobserved(
    iam === undefined
      ? misread(distribution, 'the viewer certificate cannot be read')
      : notRead(call('GetServerCertificate', iam, { account: distribution.account })),
  )
}

const viewerOf = (facts: Facts, distribution: LocatedResource): ViewerCertificate => {
  const { config } = distribution
  const isDefault = flagAt(config, 'ViewerCertificate', 'CloudFrontDefaultCertificate') === true
  const minimum = textAt(config, 'ViewerCertificate', 'MinimumProtocolVersion') ?? 'unknown'
  return {
    isDefault,
    minimumProtocolVersion: isDefault ? 'TLSv1' : minimum,
    sslSupportMethod: textAt(config, 'ViewerCertificate', 'SSLSupportMethod') ?? 'unknown',
    certificate: isDefault ? null : certificateOf(facts, distribution),
  }
}

/** What of the distribution itself is not as AWS writes it. Its origins and behaviours speak for themselves. */
const faults = (
  distribution: LocatedResource,
  origins: readonly unknown[] | undefined,
  tenants: Distribution['tenants'],
): readonly string[] => {
  const { config } = distribution
  const checks: readonly (readonly [boolean, string])[] = [
    [origins === undefined || origins.length === 0, 'the origins cannot be read'],
    [itemsAt(config, 'Aliases') === undefined, 'the aliases cannot be read'],
    [isMissing(config, 'ViewerCertificate'), 'the viewer certificate cannot be read'],
    [textAt(config, 'DomainName') === undefined, 'the domain name cannot be read'],
    [tenants?.known === false, 'its tenants, which may override its web ACL and origins, were not read'],
  ]
  return checks.flatMap(([wrong, what]) => (wrong ? [what] : []))
}

/** Codes that viewers get a page of the distribution's own for. */
const errorPagesOf = ({ config }: LocatedResource): Pick<Distribution, 'errorPages'> => {
  if (isMissing(config, 'CustomErrorResponses')) return {}
  const codes = itemsAt(config, 'CustomErrorResponses')?.map(item => integerAt(item, 'ErrorCode'))
  const errorPages = codes?.filter(code => code !== undefined)
  return errorPages === undefined || errorPages.length !== codes?.length ? {} : { errorPages }
}

/** Reads one distribution; total, whatever its configuration says. A disabled or staging one is read all the same. */
export const buildDistribution = (estate: Estate, resource: LocatedResource): BuiltDistribution => {
  const { config } = resource
  const id = textAt(config, 'Id') ?? resource.arn.split('/').at(-1) ?? resource.arn
  const items = itemsAt(config, 'Origins')
  const origins = (items ?? []).map(raw => buildOrigin(estate, raw, resource))
  const behaviors = behaviorsOf(estate.facts, resource)
  const groups = originGroupsOf(resource)
  const root = (textAt(config, 'DefaultRootObject') ?? '').replace(/^\//, '')
  const tenants = tenantsOf(estate.facts, resource, id)
  return {
    origins,
    gaps: [
      ...faults(resource, items, tenants).map(what => misread(resource, what)),
      ...behaviors.gaps,
      ...groups.gaps,
      ...origins.flatMap(o => o.gaps),
    ],
    distribution: {
      ref: refOf(resource, id),
      id,
      domainName: textAt(config, 'DomainName') ?? '',
      aliases: textItems(config, 'Aliases').toSorted(),
      enabled: flagAt(config, 'Enabled') ?? true,
      staging: flagAt(config, 'Staging') ?? false,
      behaviors: behaviors.items,
      origins: origins.map(o => o.origin),
      originGroups: groups.items,
      ...(root !== '' && { defaultRootObject: root }),
      ...errorPagesOf(resource),
      viewer: viewerOf(estate.facts, resource),
      webAcl: webAclOfDistribution(estate.facts, resource),
      geoRestriction: geoRestrictionOf(resource),
      continuousDeployment: continuousDeploymentOf(estate.facts, resource),
      tenants,
    },
  }
}
