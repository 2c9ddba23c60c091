/** REST and HTTP APIs of a world: routes, who authorizes them, and stages that serve them as they were when deployed. */
import { types } from '#snapshot/resource-types.ts'
import type { WorldResource } from '../world.ts'
import { hex } from './names.ts'
import type { Place } from './place.ts'

export interface ApiAuthorizerSpec {
  readonly name: string
  /** `TOKEN` and `COGNITO_USER_POOLS` of REST APIs, `JWT` of HTTP APIs, `REQUEST` of both. */
  readonly type: 'TOKEN' | 'REQUEST' | 'COGNITO_USER_POOLS' | 'JWT'
  /** As AWS writes them; a REST API's are put together with commas. */
  readonly identitySources: readonly string[]
  /** Seconds; 300 unless given. */
  readonly ttl?: number
}

export interface ApiRouteSpec {
  /** `GET`, ..., `ANY`; none with `$default`. */
  readonly method?: string
  readonly path: string
  /** Of AWS's own types; `NONE` unless given. */
  readonly authorization?: 'NONE' | 'AWS_IAM' | 'CUSTOM' | 'COGNITO_USER_POOLS' | 'JWT'
  /** Name of one of the authorizers. */
  readonly authorizer?: string
  readonly apiKeyRequired?: boolean
  /** Name of the Lambda function that it calls, `app` unless given; null answers by itself (REST only). */
  readonly calls?: string | null
  /** ARN of a listener or load balancer that it calls through the VPC link of that id. */
  readonly through?: { readonly link: string; readonly target: string }
}

export interface ApiStageSpec {
  /** `$default` for an HTTP API's stage without a name in the path. */
  readonly name: string
  /** When it was deployed. */
  readonly deployed?: string
  /** The routes as they were deployed, where they were others than now (REST only). */
  readonly routes?: readonly ApiRouteSpec[]
  /** The authorizers as they were deployed, where they were others than now (REST only). */
  readonly authorizers?: readonly ApiAuthorizerSpec[]
  /** ARN (REST only). */
  readonly webAcl?: string
  /** HTTP only; true unless given. */
  readonly autoDeploy?: boolean
}

export interface ApiSpec {
  readonly name: string
  readonly place: Place
  readonly routes: readonly ApiRouteSpec[]
  readonly stages: readonly ApiStageSpec[]
  readonly authorizers?: readonly ApiAuthorizerSpec[]
  readonly defaultEndpointDisabled?: boolean
}

export interface RestApiSpec extends ApiSpec {
  readonly endpointType?: 'EDGE' | 'REGIONAL' | 'PRIVATE'
  readonly endpointAccessMode?: 'BASIC' | 'STRICT'
  readonly apiKeySource?: 'HEADER' | 'AUTHORIZER'
  /** Statements of the resource policy; no policy without any. */
  readonly statements?: readonly Readonly<Record<string, unknown>>[]
}

export interface BuiltApi {
  readonly id: string
  /** Of the default endpoint. */
  readonly host: string
  readonly resources: readonly WorldResource[]
}

const deployedUnlessGiven = '2026-03-01T09:00:00.000Z'

const maker =
  (place: Place) =>
  (type: string, path: string, config: Readonly<Record<string, unknown>>): WorldResource => ({
    ...place,
    type,
    arn: `arn:aws:apigateway:${place.region}::/${path}`,
    config,
  })

const apiId = (name: string): string => hex(10, 'api-id', name)

/** The host name of an API's default endpoint. */
const apiHost = (region: string, id: string): string => `${id}.execute-api.${region}.amazonaws.com`

const authorizerId = (api: string, name: string): string => hex(6, 'authorizer', api, name)
const functionArn = ({ account, region }: Place, name: string): string =>
  `arn:aws:lambda:${region}:${account}:function:${name}`
const invoking = (place: Place, name: string): string =>
  `arn:aws:apigateway:${place.region}:lambda:path/2015-03-31/functions/${functionArn(place, name)}/invocations`

const deploymentId = (api: string, { name }: ApiStageSpec): string => hex(6, 'deployment', api, name)

const methodOf = ({ method }: ApiRouteSpec): string => method ?? 'ANY'

const restIntegration = (place: Place, { calls = 'app', through }: ApiRouteSpec) => {
  if (through)
    return {
      type: 'HTTP_PROXY',
      uri: 'http://internal.example.com',
      connectionType: 'VPC_LINK',
      connectionId: through.link,
      integrationTarget: through.target,
    }
  const plain = { connectionType: 'INTERNET' }
  return calls === null
    ? { ...plain, type: 'MOCK' }
    : { ...plain, type: 'AWS_PROXY', uri: invoking(place, calls) }
}

const summaryOf = (routes: readonly ApiRouteSpec[]): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    [...Map.groupBy(routes, route => route.path)].map(([path, own]) => [
      path,
      Object.fromEntries(
        own.map(route => [
          methodOf(route),
          {
            authorizationType: route.authorization ?? 'NONE',
            apiKeyRequired: route.apiKeyRequired ?? false,
          },
        ]),
      ),
    ]),
  )

/** As AWS exports it, in the form of the record. */
const exportOf = (
  place: Place,
  routes: readonly ApiRouteSpec[],
  authorizers: readonly ApiAuthorizerSpec[],
) => ({
  methods: routes.map(route => ({
    path: route.path,
    httpMethod: methodOf(route),
    ...(route.authorizer && { authorizer: route.authorizer }),
    ...restIntegration(place, route),
  })),
  authorizers: authorizers.map(one => ({
    name: one.name,
    type: one.type,
    ...(one.type !== 'COGNITO_USER_POOLS' && { authorizerUri: invoking(place, one.name) }),
    ...(one.identitySources.length > 0 && { identitySource: one.identitySources.join(',') }),
    authorizerResultTtlInSeconds: one.ttl ?? 300,
  })),
})

export const buildRestApi = (spec: RestApiSpec): BuiltApi => {
  const { name, place, routes, stages, authorizers = [] } = spec
  const id = apiId(name)
  const of = maker(place)
  const own = `restapis/${id}`
  return {
    id,
    host: apiHost(place.region, id),
    resources: [
      of(types.restApi, own, {
        id,
        name,
        endpointConfiguration: { types: [spec.endpointType ?? 'REGIONAL'] },
        disableExecuteApiEndpoint: spec.defaultEndpointDisabled ?? false,
        apiKeySource: spec.apiKeySource ?? 'HEADER',
        endpointAccessMode: spec.endpointAccessMode ?? 'BASIC',
        policy: spec.statements ? { Version: '2012-10-17', Statement: spec.statements } : null,
      }),
      ...routes.map(route => {
        const resourceId = hex(6, 'resource', name, route.path)
        const httpMethod = methodOf(route)
        return of(types.restMethod, `${own}/resources/${resourceId}/methods/${httpMethod}`, {
          restApiId: id,
          resourceId,
          httpMethod,
          path: route.path,
          authorizationType: route.authorization ?? 'NONE',
          ...(route.authorizer && { authorizerId: authorizerId(name, route.authorizer) }),
          apiKeyRequired: route.apiKeyRequired ?? false,
          ...restIntegration(place, route),
        })
      }),
      ...authorizers.map(one => {
        const own = authorizerId(name, one.name)
        return of(types.restAuthorizer, `restapis/${id}/authorizers/${own}`, {
          restApiId: id,
          id: own,
          name: one.name,
          type: one.type,
          ...(one.type !== 'COGNITO_USER_POOLS' && { authorizerUri: invoking(place, one.name) }),
          identitySource: one.identitySources.join(','),
          authorizerResultTtlInSeconds: one.ttl ?? 300,
        })
      }),
      ...stages.flatMap(stage => {
        const deployment = deploymentId(name, stage)
        return [
          of(types.restStage, `${own}/stages/${stage.name}`, {
            restApiId: id,
            stageName: stage.name,
            deploymentId: deployment,
            ...(stage.webAcl && { webAclArn: stage.webAcl }),
          }),
          of(types.restDeployment, `${own}/deployments/${deployment}`, {
            restApiId: id,
            id: deployment,
            createdDate: stage.deployed ?? deployedUnlessGiven,
            apiSummary: summaryOf(stage.routes ?? routes),
          }),
          of(types.restExport, `${own}/stages/${stage.name}/exports/oas30`, {
            restApiId: id,
            stageName: stage.name,
            ...exportOf(place, stage.routes ?? routes, stage.authorizers ?? authorizers),
          }),
        ]
      }),
    ],
  }
}

const httpIntegration = (place: Place, { calls = 'app', through }: ApiRouteSpec) =>
  through
    ? {
        IntegrationType: 'HTTP_PROXY',
        ConnectionType: 'VPC_LINK',
        ConnectionId: through.link,
        IntegrationUri: through.target,
      }
    : {
        IntegrationType: 'AWS_PROXY',
        ConnectionType: 'INTERNET',
        IntegrationUri: functionArn(place, calls ?? 'app'),
      }

export const buildHttpApi = (spec: ApiSpec & { readonly protocol?: 'HTTP' | 'WEBSOCKET' }): BuiltApi => {
  const { name, place, routes, stages, authorizers = [] } = spec
  const ApiId = apiId(name)
  const of = maker(place)
  const own = `apis/${ApiId}`
  return {
    id: ApiId,
    host: apiHost(place.region, ApiId),
    resources: [
      of(types.api, own, {
        ApiId,
        Name: name,
        ProtocolType: spec.protocol ?? 'HTTP',
        ApiEndpoint: `https://${apiHost(place.region, ApiId)}`,
        DisableExecuteApiEndpoint: spec.defaultEndpointDisabled ?? false,
      }),
      ...routes.flatMap(route => {
        const RouteKey = route.method === undefined ? route.path : `${route.method} ${route.path}`
        const RouteId = hex(7, 'route', name, RouteKey)
        const IntegrationId = hex(7, 'integration', name, RouteKey)
        return [
          of(types.apiRoute, `${own}/routes/${RouteId}`, {
            ApiId,
            RouteId,
            RouteKey,
            AuthorizationType: route.authorization ?? 'NONE',
            ...(route.authorizer && { AuthorizerId: authorizerId(name, route.authorizer) }),
            ApiKeyRequired: route.apiKeyRequired ?? false,
            Target: `integrations/${IntegrationId}`,
          }),
          of(types.apiIntegration, `${own}/integrations/${IntegrationId}`, {
            ApiId,
            IntegrationId,
            ...httpIntegration(place, route),
          }),
        ]
      }),
      ...authorizers.map(one => {
        const AuthorizerId = authorizerId(name, one.name)
        return of(types.apiAuthorizer, `${own}/authorizers/${AuthorizerId}`, {
          ApiId,
          AuthorizerId,
          Name: one.name,
          AuthorizerType: one.type,
          IdentitySource: one.identitySources,
          ...(one.type !== 'JWT' && {
            AuthorizerUri: invoking(place, one.name),
            AuthorizerResultTtlInSeconds: one.ttl ?? 300,
          }),
        })
      }),
      ...stages.flatMap(stage => {
        const DeploymentId = deploymentId(name, stage)
        return [
          of(types.apiStage, `${own}/stages/${stage.name}`, {
            ApiId,
            StageName: stage.name,
            DeploymentId,
            AutoDeploy: stage.autoDeploy ?? true,
            ...((stage.autoDeploy ?? true) && {
              LastDeploymentStatusMessage: 'Successfully deployed stage with deployment ID',
            }),
          }),
          of(types.apiDeployment, `${own}/deployments/${DeploymentId}`, {
            ApiId,
            DeploymentId,
            CreatedDate: stage.deployed ?? deployedUnlessGiven,
            DeploymentStatus: 'DEPLOYED',
          }),
        ]
      }),
    ],
  }
}
