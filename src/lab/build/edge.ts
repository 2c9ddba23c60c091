/** What stands beside the distributions of a world: functions, continuous deployment, tenants, users of shared VPC origins. */
import { types } from '#snapshot/resource-types.ts'
import type { WorldResource } from '../world.ts'
import { distributionDomain, distributionId, hex } from './names.ts'

const at = (account: string, type: string, arn: string, config: Record<string, unknown>): WorldResource => ({
  type,
  arn,
  account,
  region: 'us-east-1',
  config,
})

/** A CloudFront function whose live code is `code`. */
export const buildFunction = (account: string, name: string, code: string): WorldResource => {
  const arn = `arn:aws:cloudfront::${account}:function/${name}`
  return at(account, types.edgeFunction, arn, {
    Name: name,
    FunctionARN: arn,
    Stage: 'LIVE',
    FunctionCode: code,
  })
}

export interface ContinuousDeploymentSpec {
  /** Name that the staging distribution was built with. */
  readonly staging: string
  readonly enabled?: boolean
  /** Requests with this header go to staging; without one a share of all does. */
  readonly header?: { readonly name: string; readonly value: string }
}

export const continuousDeploymentId = (staging: string): string =>
  [8, 4, 4, 4, 12].map((n, i) => hex(n, 'continuous-deployment', staging, String(i))).join('-')

/** The policy that a primary distribution names to try out a staging one. */
export const buildContinuousDeployment = (account: string, spec: ContinuousDeploymentSpec): WorldResource => {
  const id = continuousDeploymentId(spec.staging)
  const arn = `arn:aws:cloudfront::${account}:continuous-deployment-policy/${id}`
  return at(account, types.continuousDeploymentPolicy, arn, {
    Id: id,
    LastModifiedTime: '2026-05-04T08:30:00.000Z',
    ContinuousDeploymentPolicyConfig: {
      StagingDistributionDnsNames: { Quantity: 1, Items: [distributionDomain(spec.staging)] },
      Enabled: spec.enabled ?? true,
      TrafficConfig: spec.header
        ? { Type: 'SingleHeader', SingleHeaderConfig: { Header: spec.header.name, Value: spec.header.value } }
        : { Type: 'SingleWeight', SingleWeightConfig: { Weight: 0.05 } },
    },
  })
}

export interface TenantSpec {
  readonly name: string
  /** Name that the multi-tenant distribution was built with. */
  readonly distribution: string
  readonly domains: readonly string[]
  readonly enabled?: boolean
  readonly customizations?: Record<string, unknown>
}

/** A tenant of a multi-tenant distribution. */
export const buildTenant = (account: string, spec: TenantSpec): WorldResource => {
  const id = `dt_${hex(20, 'tenant', spec.name)}`
  const arn = `arn:aws:cloudfront::${account}:distribution-tenant/${id}`
  return at(account, types.distributionTenant, arn, {
    Id: id,
    Arn: arn,
    DistributionId: distributionId(spec.distribution),
    Name: spec.name,
    Domains: spec.domains.map(Domain => ({ Domain, Status: 'active' })),
    ...(spec.customizations && { Customizations: spec.customizations }),
    CreatedTime: '2026-05-04T08:30:00.000Z',
    LastModifiedTime: '2026-05-04T08:30:00.000Z',
    ETag: 'E23ZP02F085DFQ',
    Enabled: spec.enabled ?? true,
    Status: 'Deployed',
  })
}

/** The distributions that use a VPC origin, by id and owner. */
export const buildVpcOriginUsers = (
  account: string,
  arn: string,
  users: readonly { readonly distribution: string; readonly account: string }[],
): WorldResource =>
  at(account, types.vpcOriginUsers, arn, {
    ResourceArn: arn,
    Distributions: users.map(u => ({ DistributionId: u.distribution, OwnerAccountId: u.account })),
  })
