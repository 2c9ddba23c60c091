/** Amazon CloudFront of a world. */
import { types } from '#snapshot/resource-types.ts'
import { type Operations, type Output, only, orRefuse, type Request, without } from './operation.ts'
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
}

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

const summaryOfDistribution = (config: Config): Output =>
  without(config, 'CallerReference', 'DefaultRootObject', 'Logging', 'ContinuousDeploymentPolicyId')

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
  'ViewerCertificate',
  'WebACLId',
]
