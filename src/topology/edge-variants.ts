/** Other ways that viewers come to a distribution's settings, or around them: staging and tenants; and whom it serves. */
import { compareText } from '#base/canonical.ts'
import { type Known, known, unobserved } from '#base/known.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { hasTenants } from './behavior.ts'
import { call } from './calls.ts'
import { flagAt, isMissing, itemsAt, listAt, objectAt, textAt, textsAt, valueAt } from './config.ts'
import { type Facts, gapsOf, hidden, misread, refOf } from './facts.ts'
import type { ContinuousDeployment, GeoRestriction, Tenant } from './model.ts'

const kinds: Readonly<Record<string, GeoRestriction['kind']>> = {
  none: 'none',
  whitelist: 'allow',
  blacklist: 'deny',
}

const geoOf = (
  resource: LocatedResource,
  type: string | undefined,
  countries: readonly unknown[] | undefined,
): Known<GeoRestriction> => {
  const kind = kinds[type ?? '']
  const texts = countries?.filter(c => typeof c === 'string') ?? []
  return kind === undefined || texts.length !== countries?.length
    ? unobserved(misread(resource, 'the country restriction cannot be read'))
    : known({ kind, countries: texts.toSorted(compareText) })
}

/** Whom the distribution serves by country. */
export const geoRestrictionOf = (distribution: LocatedResource): Known<GeoRestriction> => {
  const { config } = distribution
  if (isMissing(config, 'Restrictions', 'GeoRestriction')) return known({ kind: 'none', countries: [] })
  const path = ['Restrictions', 'GeoRestriction'] as const
  return geoOf(distribution, textAt(config, ...path, 'RestrictionType'), itemsAt(config, ...path))
}

/** The policy id stands in the full configuration only: where that was not read, nobody knows. */
export const continuousDeploymentOf = (
  facts: Facts,
  distribution: LocatedResource,
): Known<ContinuousDeployment | null> => {
  const { arn, account, config } = distribution
  const id = valueAt(config, 'ContinuousDeploymentPolicyId')
  const full = call('GetDistributionConfig', arn, { account })
  if (id === undefined && !facts.wasRead(full)) return unobserved(...gapsOf(facts, full))
  if (id === undefined || id === '') return known(null)
  if (typeof id !== 'string')
    return unobserved(misread(distribution, 'the continuous deployment policy cannot be read'))
  const policy = facts.where(types.continuousDeploymentPolicy, 'Id', id)[0]
  if (policy === undefined)
    return unobserved(...gapsOf(facts, call('GetContinuousDeploymentPolicy', id, { account })))
  return policyOf(policy, id)
}

const traffic: Readonly<Record<string, ContinuousDeployment['sends']>> = {
  SingleWeight: 'share',
  SingleHeader: 'header',
}

const policyOf = (policy: LocatedResource, id: string): Known<ContinuousDeployment> => {
  const config = objectAt(policy.config, 'ContinuousDeploymentPolicyConfig')
  const enabled = flagAt(config, 'Enabled')
  const names = itemsAt(config, 'StagingDistributionDnsNames')?.filter(name => typeof name === 'string')
  if (enabled === undefined || names === undefined)
    return unobserved(misread(policy, 'the policy cannot be read'))
  return known({
    ref: refOf(policy, id),
    enabled,
    stagingDomainNames: names.map(name => name.toLowerCase()),
    sends: traffic[textAt(config, 'TrafficConfig', 'Type') ?? ''] ?? 'unrecognised',
    headerName: textAt(config, 'TrafficConfig', 'SingleHeaderConfig', 'Header') ?? null,
  })
}

/** The tenants of a multi-tenant distribution; null of any other. */
export const tenantsOf = (
  facts: Facts,
  distribution: LocatedResource,
  id: string,
): Known<readonly Tenant[]> | null => {
  if (!hasTenants(distribution.config)) return null
  const { account } = distribution
  const all = facts.byType(types.distributionTenant).filter(t => t.account === account)
  const gaps = hidden(facts, call('ListDistributionTenants', '*', { account }), all.length)
  if (gaps.length > 0) return unobserved(...gaps)
  return known(all.filter(t => textAt(t.config, 'DistributionId') === id).map(tenantOf))
}

const tenantOf = (resource: LocatedResource): Tenant => {
  const { config } = resource
  const id = textAt(config, 'Id') ?? resource.arn
  const name = textAt(config, 'Name') ?? id
  return {
    ref: refOf(resource, name),
    id,
    name,
    domains: (listAt(config, 'Domains') ?? []).flatMap(d => textAt(d, 'Domain') ?? []),
    enabled: flagAt(config, 'Enabled') ?? true,
    webAcl: webAclOf(resource),
    geoRestriction: isMissing(config, 'Customizations', 'GeoRestrictions')
      ? known(null)
      : geoOfTenant(resource),
  }
}

const webAclOf = (tenant: LocatedResource): Tenant['webAcl'] => {
  if (isMissing(tenant.config, 'Customizations', 'WebAcl')) return known('inherited')
  const action = textAt(tenant.config, 'Customizations', 'WebAcl', 'Action')
  const arn = textAt(tenant.config, 'Customizations', 'WebAcl', 'Arn')
  if (action === 'disable') return known('disabled')
  return action === 'override' && arn !== undefined
    ? known({ arn })
    : unobserved(misread(tenant, 'the web ACL of the tenant cannot be read'))
}

const geoOfTenant = (tenant: LocatedResource): Known<GeoRestriction> => {
  const restrictions = objectAt(tenant.config, 'Customizations', 'GeoRestrictions')
  const countries = isMissing(restrictions, 'Locations') ? [] : textsAt(restrictions, 'Locations')
  return geoOf(tenant, textAt(restrictions, 'RestrictionType'), countries)
}
