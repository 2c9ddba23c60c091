/** Reads what may serve the same origins under other rules: staging, tenants, other users of a VPC origin, and edge code. */
import type { DistributionSummary, VpcOrigin } from '@aws-sdk/client-cloudfront'
import { types } from '#snapshot/resource-types.ts'
import {
  getContinuousDeploymentPolicy,
  getFunction,
  listDistributionsByOwnedResource,
  listDistributionTenants,
} from './operations/cloudfront.ts'
import { arnParts, distinct, type Reader, globalRegion as region } from './reader.ts'

/** Notes the policy that sends viewers of a primary distribution to a staging one. */
export async function readContinuousDeployment(
  { ask, journal, partition, account }: Reader,
  id: string,
): Promise<void> {
  const { items } = await ask(getContinuousDeploymentPolicy, { region, input: { Id: id }, about: id })
  const arn = `arn:${partition}:cloudfront::${account}:continuous-deployment-policy/${id}`
  for (const policy of items)
    journal.keep(getContinuousDeploymentPolicy, {
      type: types.continuousDeploymentPolicy,
      arn,
      region,
      config: policy,
    })
}

/** Notes every tenant, where some distribution is for tenants only. The list has their customizations. */
export async function readTenants(
  { ask, journal }: Reader,
  distributions: readonly DistributionSummary[],
): Promise<void> {
  if (!distributions.some(one => one.ConnectionMode === 'tenant-only')) return
  const { items } = await ask(listDistributionTenants, { region, input: {} })
  for (const tenant of items)
    journal.keep(listDistributionTenants, {
      type: types.distributionTenant,
      arn: tenant.Arn ?? String(tenant.Id),
      region,
      config: tenant,
    })
}

/** Notes who uses a VPC origin that this account owns and may have shared. Only the owner may ask. */
export async function readVpcOriginUsers(
  { ask, journal, account }: Reader,
  { Arn, AccountId }: VpcOrigin,
): Promise<void> {
  const owner = AccountId ?? (Arn && arnParts(Arn).account)
  if (!Arn || owner !== account) return
  const question = { region, input: { ResourceArn: Arn }, about: Arn }
  const { items, complete } = await ask(listDistributionsByOwnedResource, question)
  if (!complete) return
  journal.keep(listDistributionsByOwnedResource, {
    type: types.vpcOriginUsers,
    arn: Arn,
    region,
    config: { ResourceArn: Arn, Distributions: items },
  })
}

/** Notes the live code of functions that see viewers' requests: only those can change the origin. Sealing keeps facts of it. */
export async function readEdgeFunctions(
  reader: Reader,
  distributions: readonly DistributionSummary[],
): Promise<void> {
  await Promise.all(distinct(distributions.flatMap(requestFunctions)).map(arn => readFunction(reader, arn)))
}

const requestFunctions = (distribution: DistributionSummary): readonly (string | undefined)[] => {
  const { DefaultCacheBehavior: last, CacheBehaviors: ordered } = distribution
  return [...(ordered?.Items ?? []), ...(last ? [last] : [])]
    .flatMap(behavior => behavior.FunctionAssociations?.Items ?? [])
    .filter(({ EventType }) => EventType !== 'viewer-response')
    .map(({ FunctionARN }) => FunctionARN)
}

const readFunction = async ({ ask, journal }: Reader, arn: string): Promise<void> => {
  const Name = arnParts(arn).resource.replace(/^function\//, '')
  const question = { region, input: { Name, Stage: 'LIVE' as const }, about: arn }
  const { items } = await ask(getFunction, question)
  for (const FunctionCode of items)
    journal.keep(getFunction, {
      type: types.edgeFunction,
      arn,
      region,
      config: { Name, FunctionARN: arn, Stage: 'LIVE', FunctionCode },
    })
}
