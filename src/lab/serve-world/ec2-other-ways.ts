/** What Amazon EC2 of a world tells of VPC Block Public Access and of endpoint services. */
import { types } from '#snapshot/resource-types.ts'
import { at, filtered } from './filter.ts'
import { type Operations, type Output, orRefuse, type Request, texts } from './operation.ts'
import { pageOf } from './page.ts'
import type { Config } from './view.ts'

export const ec2OtherWays: Operations = {
  DescribeVpcBlockPublicAccessOptions: ({ view }) => ({
    VpcBlockPublicAccessOptions: view.list(types.blockPublicAccess)[0] ?? {
      AwsAccountId: view.account,
      AwsRegion: view.region,
      State: 'default-state',
      InternetGatewayBlockMode: 'off',
    },
  }),
  DescribeVpcBlockPublicAccessExclusions: request => {
    const ids = texts(request.input.ExclusionIds)
    const found = request.view
      .list(types.blockPublicAccessExclusion)
      .filter(config => ids?.includes(String(config.ExclusionId)) ?? true)
    const filters = { 'resource-arn': at('ResourceArn'), state: at('State') }
    return paged(request, 'VpcBlockPublicAccessExclusions', filtered(found, request.input.Filters, filters))
  },
  DescribeVpcEndpointServiceConfigurations: request => {
    const ids = texts(request.input.ServiceIds)
    const found = request.view
      .list(types.endpointService)
      .filter(config => ids?.includes(String(config.ServiceId)) ?? true)
    const filters = { 'service-id': at('ServiceId'), 'service-name': at('ServiceName') }
    return paged(request, 'ServiceConfigurations', filtered(found, request.input.Filters, filters))
  },
  DescribeVpcEndpointServicePermissions: request => {
    const { input, view } = request
    const id = input.ServiceId
    orRefuse(view.by(types.endpointService, 'ServiceId', id), 'InvalidVpcEndpointServiceId.NotFound', id)
    const own = view.by(types.endpointServicePermissions, 'ServiceId', id)[0]?.AllowedPrincipals ?? []
    const filters = { principal: at('Principal'), 'principal-type': at('PrincipalType') }
    return paged(request, 'AllowedPrincipals', filtered(own as Config[], input.Filters, filters))
  },
}

const paged = ({ input, pageSize }: Request, member: string, items: readonly Config[]): Output => {
  const page = pageOf(items, {
    token: input.NextToken,
    asked: input.MaxResults,
    most: 1000,
    pageSize,
    badToken: 'InvalidNextToken',
  })
  return { [member]: page.items, NextToken: page.next }
}
