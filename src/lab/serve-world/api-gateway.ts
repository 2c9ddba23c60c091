/** Amazon API Gateway of a world: REST APIs and the VPC links of the first version. */
import { types } from '#snapshot/resource-types.ts'
import { type Operations, type Output, orRefuse, type Request } from './operation.ts'
import { pageOf } from './page.ts'
import type { Config } from './view.ts'

export const apiGateway: Operations = {
  GetVpcLinks: request => paged(request, request.view.list(types.vpcLink)),
  GetRestApis: request => paged(request, request.view.list(types.restApi)),
  GetResources: request => {
    const { restApiId } = request.input
    orRefuse(request.view.by(types.restApi, 'id', restApiId), 'NotFoundException', restApiId)
    const methods = Map.groupBy(request.view.by(types.restMethod, 'restApiId', restApiId), m =>
      String(m.resourceId),
    )
    const embedded = Array.isArray(request.input.embed) && request.input.embed.includes('methods')
    const root = { id: 'root', path: '/' }
    return paged(request, [root, ...[...methods].map(([id, own]) => resourceOf(id, own, embedded))])
  },
}

const resourceOf = (id: string, methods: readonly Config[], embedded: boolean): Config => ({
  id,
  parentId: 'root',
  pathPart: id,
  path: `/${id}`,
  resourceMethods: Object.fromEntries(
    methods.map(method => [String(method.httpMethod), embedded ? methodOf(method) : {}]),
  ),
})

const methodOf = ({ httpMethod, connectionId, integrationTarget }: Config): Output => ({
  httpMethod,
  authorizationType: 'NONE',
  methodIntegration: {
    type: 'HTTP_PROXY',
    httpMethod,
    connectionType: 'VPC_LINK',
    connectionId,
    integrationTarget,
  },
})

const paged = ({ input, pageSize }: Request, configs: readonly Config[]): Output => {
  const { items, next } = pageOf(configs, {
    token: input.position,
    asked: input.limit ?? 25,
    most: 500,
    pageSize,
    badToken: 'BadRequestException',
  })
  return { items, position: next }
}
