/** Amazon API Gateway v2 of a world: HTTP and WebSocket APIs and the VPC links of the second version. */
import { types } from '#snapshot/resource-types.ts'
import { type Operations, type Output, orRefuse, type Request, without } from './operation.ts'
import { pageOf } from './page.ts'
import type { Config } from './view.ts'

const missing = 'NotFoundException'
/** Fields as most APIs have them: whoever keeps the whole answer keeps a secret. */
const secret = 'lab-stage-variable-that-must-not-be-kept'

const ofApi = ({ input, view }: Request, type: string): readonly Config[] => {
  orRefuse(view.by(types.api, 'ApiId', input.ApiId), missing, input.ApiId)
  return view.by(type, 'ApiId', input.ApiId).map(config => without(config, 'ApiId'))
}

export const apiGatewayV2: Operations = {
  GetVpcLinks: request => paged(request, request.view.list(types.vpcLink2)),
  GetApis: request => paged(request, request.view.list(types.api)),
  GetIntegrations: request => {
    const RequestParameters = { 'overwrite:header.x-api-key': secret }
    return paged(
      request,
      ofApi(request, types.apiIntegration).map(one => ({ ...one, RequestParameters })),
    )
  },
  GetStages: request => {
    const own = ofApi(request, types.apiStage)
    return paged(request, own.map(stageOf))
  },
  GetDeployment: request => {
    const own = ofApi(request, types.apiDeployment)
    const { DeploymentId } = request.input
    return {
      ...orRefuse(
        own.filter(one => one.DeploymentId === DeploymentId),
        missing,
        DeploymentId,
      ),
    }
  },
  GetRoutes: request => paged(request, ofApi(request, types.apiRoute)),
  GetAuthorizers: request => {
    const own = ofApi(request, types.apiAuthorizer)
    return paged(
      request,
      own.map(one => ({ ...one, IdentityValidationExpression: secret })),
    )
  },
  GetApiMappings: request => {
    const { DomainName } = request.input
    orRefuse(request.view.by(types.apiDomain, 'domainName', DomainName), missing, DomainName)
    const own = request.view.by(types.apiMapping, 'DomainName', DomainName)
    return paged(
      request,
      own.map(one => without(one, 'DomainName')),
    )
  },
}

/** What AWS says of the last deployment names it. */
const stageOf = (stage: Config): Output => {
  const { LastDeploymentStatusMessage: said, DeploymentId } = stage
  const told = said === undefined ? {} : { LastDeploymentStatusMessage: `${said} '${DeploymentId}'` }
  return { ...stage, ...told, StageVariables: { secret } }
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
