/** Reads CloudFront: distributions whole, and the VPC origins and access controls that their origins name. Who else may serve the same is read in `cloudfront-sisters.ts`. */
import type {
  DistributionConfig,
  DistributionSummary,
  Origin,
  OriginAccessControlSummary,
  VpcOrigin,
  VpcOriginSummary,
} from '@aws-sdk/client-cloudfront'
import { types } from '#snapshot/resource-types.ts'
import { readContinuousDeployment, readVpcOriginUsers } from './cloudfront-sisters.ts'
import {
  getDistributionConfig,
  getVpcOrigin,
  listDistributions,
  listOriginAccessControls,
  listVpcOrigins,
} from './operations/cloudfront.ts'
import { distinct, type Reader, globalRegion as region } from './reader.ts'

export const listedDistributions = async ({ ask }: Reader): Promise<readonly DistributionSummary[]> =>
  (await ask(listDistributions, { region, input: {} })).items

export const originsOf = (distributions: readonly DistributionSummary[]): readonly Origin[] =>
  distributions.flatMap(distribution => distribution.Origins?.Items ?? [])

/**
 * Notes each distribution: what the list says, and of the full configuration only what the list lacks; then the
 * continuous deployment policies that they name.
 */
export const readDistributions = async (
  reader: Reader,
  distributions: readonly DistributionSummary[],
): Promise<void> => {
  const policies = await Promise.all(
    distributions.map(distribution => readDistribution(reader, distribution)),
  )
  await Promise.all(distinct(policies).map(id => readContinuousDeployment(reader, id)))
}

const readDistribution = async (
  { ask, journal }: Reader,
  summary: DistributionSummary,
): Promise<string | undefined> => {
  const arn = summary.ARN ?? String(summary.Id)
  const { items } = await ask(getDistributionConfig, { region, input: { Id: summary.Id }, about: arn })
  const [full] = items
  journal.keep(listDistributions, {
    type: types.distribution,
    arn,
    region,
    config: { ...summary, ...lacking(full) },
  })
  return full?.ContinuousDeploymentPolicyId
}

/** Members of the full configuration that the list's summary does not have. */
const lacking = (full: DistributionConfig | undefined) => ({
  Logging: full?.Logging,
  DefaultRootObject: full?.DefaultRootObject,
  ContinuousDeploymentPolicyId: full?.ContinuousDeploymentPolicyId,
  TenantConfig: full?.TenantConfig,
})

/** Notes the VPC origins of the account where any origin is one; those in use with ports and protocol. */
export async function readVpcOrigins(
  reader: Reader,
  origins: readonly Origin[],
): Promise<readonly VpcOrigin[]> {
  const used = distinct(origins.map(origin => origin.VpcOriginConfig?.VpcOriginId))
  if (used.length === 0) return []
  const [list, details] = await Promise.all([
    reader.ask(listVpcOrigins, { region, input: {} }),
    Promise.all(used.map(Id => reader.ask(getVpcOrigin, { region, input: { Id }, about: Id }))),
  ])
  const described = details.flatMap(({ items }) => items)
  for (const one of mergedById(list.items, described))
    reader.journal.keep(listVpcOrigins, {
      type: types.vpcOrigin,
      arn: one.Arn ?? String(one.Id),
      region,
      config: one,
    })
  await Promise.all(described.map(one => readVpcOriginUsers(reader, one)))
  return described
}

type AnyVpcOrigin = Partial<VpcOriginSummary> & Partial<VpcOrigin>

const mergedById = (
  summaries: readonly VpcOriginSummary[],
  described: readonly VpcOrigin[],
): Iterable<AnyVpcOrigin> => {
  const merged = new Map<string | undefined, AnyVpcOrigin>(summaries.map(one => [one.Id, one]))
  for (const one of described) merged.set(one.Id, { ...merged.get(one.Id), ...one })
  return merged.values()
}

/** Notes the access controls that origins name, from one list, where any origin names one. */
export async function readOriginAccessControls(reader: Reader, origins: readonly Origin[]): Promise<void> {
  const used = new Set(distinct(origins.map(origin => origin.OriginAccessControlId)))
  if (used.size === 0) return
  const { items } = await reader.ask(listOriginAccessControls, { region, input: {} })
  for (const one of items)
    if (used.has(String(one.Id)))
      reader.journal.keep(listOriginAccessControls, {
        type: types.originAccessControl,
        arn: accessControlArn(reader, one),
        region,
        config: one,
      })
}

const accessControlArn = ({ partition, account }: Reader, { Id }: OriginAccessControlSummary): string =>
  `arn:${partition}:cloudfront::${account}:origin-access-control/${Id}`
