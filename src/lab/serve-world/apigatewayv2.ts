/** Amazon API Gateway v2 of a world: HTTP and WebSocket APIs and the VPC links of the second version. */
import { types } from '#snapshot/resource-types.ts'
import { type Operations, type Output, orRefuse, type Request, without } from './operation.ts'
import { pageOf } from './page.ts'
import type { Config } from './view.ts'

export const apiGatewayV2: Operations = {
  GetVpcLinks: request => paged(request, request.view.list(types.vpcLink2)),
  GetApis: request => paged(request, request.view.list(types.api)),
  GetIntegrations: request => {
    const { ApiId } = request.input
    orRefuse(request.view.by(types.api, 'ApiId', ApiId), 'NotFoundException', ApiId)
    const own = request.view.by(types.apiIntegration, 'ApiId', ApiId)
    return paged(
      request,
      own.map(config => without(config, 'ApiId')),
    )
  },
}

const paged = ({ input, pageSize }: Request, configs: readonly Config[]): Output => {
  const { items, next } = pageOf(configs, {
    token: input.NextToken,
    asked: input.MaxResults,
    most: 500,
    pageSize,
    badToken: 'BadRequestException',
  })
  return { Items: items, NextToken: next }
}
