/** Amazon CloudFront of a world. */
import { types } from '#snapshot/resource-types.ts'
import { type Operations, type Output, only, orRefuse, type Request, refuse, without } from './operation.ts'
import { pageOf } from './page.ts'
import type { Config } from './view.ts'

export const cloudfront: Operations = {
  ListDistributions: request => ({
    DistributionList: listOf(request, request.view.list(types.distribution), summaryOfDistribution),
  }),
  GetDistributionConfig: ({ input, view }) => {
    const found = orRefuse(view.by(types.distribution, 'Id', input.Id), 'NoSuchDistribution', input.Id)
    return {
      DistributionConfig: { CallerReference: String(found.Id), ...only(found, ...configFields) },
      ...only(found, 'ETag'),
    }
  },
  ListVpcOrigins: request => ({
    VpcOriginList: listOf(request, request.view.list(types.vpcOrigin), summaryOfVpcOrigin),
  }),
  GetVpcOrigin: ({ input, view }) => {
    const found = orRefuse(view.by(types.vpcOrigin, 'Id', input.Id), 'EntityNotFound', input.Id)
    return { VpcOrigin: without(found, 'Name', 'OriginEndpointArn', 'IpAddressType') }
  },
  ListOriginAccessControls: request => ({
    OriginAccessControlList: listOf(request, request.view.list(types.originAccessControl), config => ({
      ...config,
    })),
  }),
  GetFunction: ({ input, view }) => {
    const found = orRefuse(
      view.by(types.edgeFunction, 'Name', input.Name),
      'NoSuchFunctionExists',
      input.Name,
    )
    return {
      FunctionCode: Buffer.from(String(found.FunctionCode)),
      ContentType: 'application/octet-stream',
      ETag: 'ETVPDKIKX0DER',
    }
  },
  GetContinuousDeploymentPolicy: ({ input, view }) => ({
    ContinuousDeploymentPolicy: orRefuse(
      view.by(types.continuousDeploymentPolicy, 'Id', input.Id),
      'NoSuchContinuousDeploymentPolicy',
      input.Id,
    ),
    ETag: 'E23ZP02F085DFQ',
  }),
  ListDistributionTenants: ({ input, view, pageSize }) => {
    const { items, next } = pageOf(view.list(types.distributionTenant), {
      token: input.Marker,
      asked: input.MaxItems,
      most: 100,
      pageSize,
      badToken: 'InvalidArgument',
    })
    return { DistributionTenantList: items, ...(next !== undefined && { NextMarker: next }) }
  },
  ListKeyGroups: request => ({
    KeyGroupList: shortListOf(request, types.keyGroup, ({ Id, LastModifiedTime, ...KeyGroupConfig }) => ({
      KeyGroup: { Id, LastModifiedTime, KeyGroupConfig },
    })),
  }),
  ListPublicKeys: request => ({
    PublicKeyList: shortListOf(request, types.publicKey, config => ({ ...config })),
  }),
  ListFieldLevelEncryptionProfiles: request => ({
    FieldLevelEncryptionProfileList: shortListOf(request, types.fieldLevelEncryptionProfile, config => ({
      ...config,
    })),
  }),
  ListDistributionsByOwnedResource: request => {
    const { input, view } = request
    const arn = decodeURIComponent(String(input.ResourceArn))
    const [owned] = view.by(types.vpcOrigin, 'Arn', arn)
    if (owned?.AccountId !== view.account) return refuse('EntityNotFound', `${arn} does not exist.`)
    const users = view.by(types.vpcOriginUsers, 'ResourceArn', arn).flatMap(listed)
    return { DistributionList: listOf(request, users, user => ({ ...user })) }
  },
}

const listed = ({ Distributions }: Config): readonly Config[] => (Distributions ?? []) as readonly Config[]

const listOf = (
  { input, pageSize }: Request,
  configs: readonly Config[],
  summary: (config: Config) => Output,
): Output => {
  const { items, next } = pageOf(configs, {
    token: input.Marker,
    asked: input.MaxItems,
    most: 100,
    pageSize,
    badToken: 'InvalidArgument',
  })
  return {
    Marker: String(input.Marker ?? ''),
    MaxItems: Number(input.MaxItems ?? 100),
    IsTruncated: next !== undefined,
    Quantity: items.length,
    ...(next !== undefined && { NextMarker: next }),
    // CloudFront leaves the element out of an empty list.
    ...(items.length > 0 && { Items: items.map(summary) }),
  }
}

/** The newer lists have no `IsTruncated` and no `Marker`. */
const shortListOf = (request: Request, type: string, summary: (config: Config) => Output): Output =>
  without(listOf(request, request.view.list(type), summary), 'IsTruncated', 'Marker')

const summaryOfDistribution = (config: Config): Output =>
  without(
    config,
    'CallerReference',
    'DefaultRootObject',
    'Logging',
    'ContinuousDeploymentPolicyId',
    'TenantConfig',
  )

const summaryOfVpcOrigin = (config: Config): Output => {
  const endpoint = (config.VpcOriginEndpointConfig ?? {}) as Config
  return {
    Name: endpoint.Name,
    OriginEndpointArn: endpoint.Arn,
    ...without(config, 'VpcOriginEndpointConfig'),
  }
}

/** The members of DistributionConfig that the summary of ListDistributions has too, and the ones it lacks. */
const configFields = [
  'Aliases',
  'CacheBehaviors',
  'CallerReference',
  'Comment',
  'ConnectionMode',
  'ContinuousDeploymentPolicyId',
  'CustomErrorResponses',
  'DefaultCacheBehavior',
  'DefaultRootObject',
  'Enabled',
  'HttpVersion',
  'IsIPV6Enabled',
  'Logging',
  'OriginGroups',
  'Origins',
  'PriceClass',
  'Restrictions',
  'Staging',
  'TenantConfig',
  'ViewerCertificate',
  'WebACLId',
]
