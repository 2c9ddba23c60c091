/** Amazon API Gateway of a world: REST APIs, custom domain names and the VPC links of the first version. */
import { types } from '#snapshot/resource-types.ts'
import { openApiOf } from './open-api.ts'
import { type Operations, type Output, orRefuse, type Request, refuse, without } from './operation.ts'
import { pageOf } from './page.ts'
import type { Config } from './view.ts'

const missing = 'NotFoundException'
/** Fields as most APIs have them: whoever keeps the whole answer keeps a secret. */
const secret = 'lab-stage-variable-that-must-not-be-kept'

const checkApi = ({ input, view }: Request): unknown => {
  orRefuse(view.by(types.restApi, 'id', input.restApiId), missing, input.restApiId)
  return input.restApiId
}

const ofApi = (request: Request, type: string): readonly Config[] =>
  request.view.by(type, 'restApiId', checkApi(request))

export const apiGateway: Operations = {
  GetVpcLinks: request => paged(request, request.view.list(types.vpcLink)),
  GetRestApis: request => paged(request, request.view.list(types.restApi).map(restApi)),
  GetResources: request => {
    const byId = Map.groupBy(ofApi(request, types.restMethod), m => String(m.resourceId))
    const embedded = Array.isArray(request.input.embed) && request.input.embed.includes('methods')
    const root = { id: 'root', path: '/' }
    return paged(request, [root, ...[...byId].map(([id, own]) => resourceOf(id, own, embedded))])
  },
  GetStages: request => ({ item: ofApi(request, types.restStage).map(stageOf) }),
  GetDeployment: request => {
    const own = ofApi(request, types.restDeployment).filter(one => one.id === request.input.deploymentId)
    const found = without(orRefuse(own, missing, request.input.deploymentId), 'restApiId')
    const embedded = Array.isArray(request.input.embed) && request.input.embed.includes('apisummary')
    return { ...(embedded ? found : without(found, 'apiSummary')), description: secret }
  },
  GetExport: request => {
    const { stageName, exportType, accepts, parameters } = request.input
    const own = ofApi(request, types.restExport).filter(one => one.stageName === stageName)
    const found = orRefuse(own, missing, stageName)
    if (exportType !== 'oas30' || accepts !== 'application/json')
      return refuse('BadRequestException', 'The lab exports OpenAPI 3.0 as JSON only.')
    const extensions = String((parameters as Config | undefined)?.extensions ?? '').split(',')
    const text = JSON.stringify(openApiOf(found, extensions, secret))
    return { contentType: 'application/json', body: new TextEncoder().encode(text) }
  },
  GetUsagePlans: request =>
    paged(
      request,
      request.view.list(types.usagePlan).map(plan => ({ ...plan, description: secret, productCode: secret })),
    ),
  GetAuthorizers: request => paged(request, ofApi(request, types.restAuthorizer).map(authorizerOf)),
  GetDomainNames: request => paged(request, request.view.list(types.apiDomain)),
  GetBasePathMappings: request => {
    const { domainName, domainNameId } = request.input
    const isAsked = (one: Config): boolean => one.domainNameId === domainNameId
    const domains = request.view.by(types.apiDomain, 'domainName', domainName)
    orRefuse(domains.filter(isAsked), missing, domainName)
    const own = request.view.by(types.basePathMapping, 'domainName', domainName).filter(isAsked)
    return paged(
      request,
      own.map(one => without(one, 'domainName', 'domainNameId')),
    )
  },
}

/** The policy as AWS gives it: a JSON text, once more escaped. A text stands for one that is no JSON. */
const restApi = (config: Config): Output => ({
  ...without(config, 'policy'),
  ...(config.policy ? { policy: policyText(config.policy) } : {}),
  description: secret,
})

const policyText = (policy: unknown): string =>
  typeof policy === 'string' ? policy : JSON.stringify(JSON.stringify(policy)).slice(1, -1)

const stageOf = (config: Config): Output => ({
  ...without(config, 'restApiId'),
  variables: { secret },
  ...(config.canarySettings
    ? { canarySettings: { ...config.canarySettings, stageVariableOverrides: { secret } } }
    : {}),
})

/** An expression that tokens are to match may be the token itself. */
const authorizerOf = (config: Config): Output => ({
  ...without(config, 'restApiId'),
  ...(config.type === 'TOKEN' ? { identityValidationExpression: secret } : {}),
})

const resourceOf = (id: string, methods: readonly Config[], embedded: boolean): Config => ({
  id,
  parentId: 'root',
  pathPart: id,
  path: methods[0]?.path ?? `/${id}`,
  resourceMethods: Object.fromEntries(
    methods.map(method => [String(method.httpMethod), embedded ? methodOf(method) : {}]),
  ),
})

const methodOf = (method: Config): Output => {
  const { httpMethod, connectionId, integrationTarget, authorizationType = 'NONE' } = method
  const { authorizerId, apiKeyRequired, type = 'HTTP_PROXY', uri, connectionType = 'VPC_LINK' } = method
  return {
    httpMethod,
    authorizationType,
    authorizerId,
    apiKeyRequired,
    methodIntegration: {
      type,
      uri,
      httpMethod,
      connectionType,
      connectionId,
      integrationTarget,
      requestParameters: { 'integration.request.header.X-Api-Key': `'${secret}'` },
      requestTemplates: { 'application/json': secret },
    },
  }
}

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
