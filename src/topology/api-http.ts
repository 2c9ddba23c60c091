/** HTTP and WebSocket APIs: the routes of their stages. AWS does not tell what a stage deployed, only when. */
import { type Known, known, mapKnown, unobserved } from '#base/known.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { apiIntegration } from './api-integration.ts'
import { call, secondCall } from './calls.ts'
import { flagAt, textAt } from './config.ts'
import { allKnown, type Facts, listed, lookUp, misread, refOf } from './facts.ts'
import type { ApiRoute, ApiStage } from './model.ts'

const authorizations: Readonly<Record<string, ApiRoute['authorization']>> = {
  NONE: 'none',
  AWS_IAM: 'iam',
  CUSTOM: 'lambda',
  JWT: 'jwt',
}

const inRegion = (facts: Facts, type: string, api: LocatedResource, id: string): readonly LocatedResource[] =>
  facts.where(type, 'ApiId', id).filter(one => one.region === api.region)

/** `$default`, or method and path; of WebSocket APIs the key that messages are told apart by. */
const placeOf = (key: string, kind: 'http' | 'websocket'): Pick<ApiRoute, 'method' | 'path'> | undefined => {
  if (key === '$default') return { method: null, path: null }
  if (kind === 'websocket') return { method: null, path: key }
  const [, method, path] = /^([A-Z]+) (\/.*)$/.exec(key) ?? []
  return method === undefined || path === undefined ? undefined : { method, path }
}

const buildRoute = (
  route: LocatedResource,
  kind: 'http' | 'websocket',
  integrations: ReadonlyMap<string, LocatedResource>,
): Known<ApiRoute> => {
  const key = textAt(route.config, 'RouteKey') ?? ''
  const place = placeOf(key, kind)
  if (place === undefined)
    return unobserved(misread(route, 'the method and path of the route cannot be read'))
  const target = integrations.get((textAt(route.config, 'Target') ?? '').replace(/^integrations\//, ''))
  return known({
    ref: refOf(route, key),
    ...place,
    authorization: authorizations[textAt(route.config, 'AuthorizationType') ?? ''] ?? 'unrecognised',
    authorizerId: textAt(route.config, 'AuthorizerId') ?? null,
    apiKeyRequired: flagAt(route.config, 'ApiKeyRequired') === true,
    integration: target ? apiIntegration(target) : null,
    deployedAsConfigured: null,
  })
}

const routesOf = (
  facts: Facts,
  api: LocatedResource,
  id: string,
  kind: 'http' | 'websocket',
): Known<readonly ApiRoute[]> => {
  const routes = listed(facts, call('GetRoutes', id, api), inRegion(facts, types.apiRoute, api, id))
  if (!routes.known) return routes
  const own = inRegion(facts, types.apiIntegration, api, id)
  const found = listed(facts, call('GetIntegrations', id, api), own)
  const integrations = new Map(
    (found.known ? found.value : []).map(one => [textAt(one.config, 'IntegrationId') ?? '', one]),
  )
  return allKnown(routes.value.map(route => buildRoute(route, kind, integrations)))
}

const buildStage = (
  facts: Facts,
  id: string,
  stage: LocatedResource,
  routes: Known<readonly ApiRoute[]>,
): ApiStage => {
  const name = textAt(stage.config, 'StageName') ?? ''
  const deploymentId = textAt(stage.config, 'DeploymentId') ?? ''
  const arn = `${stage.arn.split('/stages/')[0]}/deployments/${deploymentId}`
  const asked = secondCall('GetDeployment', `${id}/${deploymentId}`, stage)
  const found = lookUp(facts, types.apiDeployment, arn, asked)
  const deployment = found.known ? found.value.config : undefined
  const autoDeploy = flagAt(stage.config, 'AutoDeploy') === true
  const said = textAt(stage.config, 'LastDeploymentStatusMessage') ?? 'Successfully'
  const isDeployed = textAt(deployment, 'DeploymentStatus') === 'DEPLOYED'
  const isCurrent = autoDeploy && isDeployed && said.startsWith('Successfully')
  return {
    ref: refOf(stage, name),
    name,
    deployedAt: (isDeployed && textAt(deployment, 'CreatedDate')) || null,
    autoDeploy: isCurrent,
    // Only stages of REST APIs can carry a web ACL.
    webAcl: known(null),
    deployedAuthorizers: null,
    routes: mapKnown(routes, all =>
      all.map(route => ({ ...route, deployedAsConfigured: isCurrent ? true : null })),
    ),
  }
}

/** The stages of an HTTP or WebSocket API. */
export const httpStagesOf = (
  facts: Facts,
  api: LocatedResource,
  id: string,
  kind: 'http' | 'websocket',
): Known<readonly ApiStage[]> => {
  const own = inRegion(facts, types.apiStage, api, id)
  const stages = listed(facts, secondCall('GetStages', id, api), own)
  const routes = routesOf(facts, api, id, kind)
  return stages.known ? known(stages.value.map(stage => buildStage(facts, id, stage, routes))) : stages
}
