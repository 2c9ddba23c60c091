/** REST APIs: the methods that a stage serves, as they were when it was deployed, and who authorizes them. */
import { type Known, known, unobserved } from '#base/known.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { methodIntegration } from './api-integration.ts'
import { call } from './calls.ts'
import { asObject, flagAt, objectAt, textAt, valueAt } from './config.ts'
import { type Facts, hidden, listed, lookUp, misread, refOf } from './facts.ts'
import type { ApiRoute, ApiStage } from './model.ts'
import { webAclOfStage } from './web-acl.ts'

const authorizations: Readonly<Record<string, ApiRoute['authorization']>> = {
  NONE: 'none',
  AWS_IAM: 'iam',
  CUSTOM: 'lambda',
  COGNITO_USER_POOLS: 'cognito',
}

/** What a method asks, as it is configured or as it was deployed. */
interface Asked {
  readonly authorization: ApiRoute['authorization']
  readonly apiKeyRequired: boolean
}

const askedBy = (raw: unknown): Asked => ({
  authorization: authorizations[textAt(raw, 'authorizationType') ?? ''] ?? 'unrecognised',
  apiKeyRequired: flagAt(raw, 'apiKeyRequired') === true,
})

/** As AWS writes it, also where this version does not know it. */
const isSame = (a: unknown, b: unknown): boolean =>
  textAt(a, 'authorizationType') === textAt(b, 'authorizationType') &&
  askedBy(a).apiKeyRequired === askedBy(b).apiKeyRequired

const keyOf = (method: string, path: string): string => `${method} ${path}`

type Methods = ReadonlyMap<string, LocatedResource>

/** As configured now. Their number is not that of the resources that were read: only that they were is known. */
const methodsOf = (facts: Facts, api: LocatedResource, id: string): Known<Methods> => {
  const gaps = hidden(facts, call('GetResources', id, api), Number.POSITIVE_INFINITY)
  if (gaps.length > 0) return unobserved(...gaps)
  const own = facts.where(types.restMethod, 'restApiId', id).filter(one => one.region === api.region)
  const lost = own.find(one =>
    [textAt(one.config, 'httpMethod'), textAt(one.config, 'path')].includes(undefined),
  )
  if (lost) return unobserved(misread(lost, 'the method or its path cannot be read'))
  return known(
    new Map(own.map(one => [keyOf(`${one.config.httpMethod}`, `${one.config.path}`), one] as const)),
  )
}

const configuredRoute = (method: LocatedResource, deployedAsConfigured: true | null): ApiRoute => {
  const [httpMethod, path] = [`${method.config.httpMethod}`, `${method.config.path}`]
  return {
    ref: refOf(method, keyOf(httpMethod, path)),
    method: httpMethod,
    path,
    ...askedBy(method.config),
    authorizerId: textAt(method.config, 'authorizerId') ?? null,
    integration: methodIntegration(method),
    deployedAsConfigured,
  }
}

/** Neither its authorizer nor what it calls is told of a deployment: they are taken from what agrees with it. */
const deployedRoute = (
  deployment: LocatedResource,
  path: string,
  [method, raw]: readonly [string, unknown],
  methods: Known<Methods>,
): ApiRoute => {
  const configured = methods.known ? methods.value.get(keyOf(method, path)) : undefined
  if (configured && isSame(raw, configured.config)) return configuredRoute(configured, true)
  return {
    ref: refOf(configured ?? deployment, keyOf(method, path)),
    method,
    path,
    ...askedBy(raw),
    authorizerId: null,
    integration: null,
    deployedAsConfigured: methods.known ? false : null,
  }
}

/** Where AWS gives no summary of the deployment, the methods as they are now. */
const routesOf = (deployment: LocatedResource, methods: Known<Methods>): Known<readonly ApiRoute[]> => {
  const summary = objectAt(deployment.config, 'apiSummary')
  if (summary === undefined)
    return methods.known
      ? known([...methods.value.values()].map(method => configuredRoute(method, null)))
      : methods
  const paths = Object.entries(summary).map(([path, raw]) => [path, asObject(raw)] as const)
  if (paths.some(([, raw]) => raw === undefined))
    return unobserved(misread(deployment, 'the summary of what was deployed cannot be read'))
  return known(
    paths.flatMap(([path, raw]) =>
      Object.entries(raw ?? {}).map(one => deployedRoute(deployment, path, one, methods)),
    ),
  )
}

/** A canary release serves some requests from another deployment: nobody knows which. */
const hasCanary = ({ config }: LocatedResource): boolean => {
  const other = textAt(config, 'canarySettings', 'deploymentId')
  const part = valueAt(config, 'canarySettings', 'percentTraffic')
  return other !== undefined && other !== textAt(config, 'deploymentId') && part !== 0
}

const buildStage = (facts: Facts, id: string, stage: LocatedResource, methods: Known<Methods>): ApiStage => {
  const name = textAt(stage.config, 'stageName') ?? ''
  const deploymentId = textAt(stage.config, 'deploymentId') ?? ''
  const arn = `${stage.arn.split('/stages/')[0]}/deployments/${deploymentId}`
  const asked = call('GetDeployment', `${id}/${deploymentId}`, stage)
  const deployment = lookUp(facts, types.restDeployment, arn, asked)
  return {
    ref: refOf(stage, name),
    name,
    deployedAt: (deployment.known && textAt(deployment.value.config, 'createdDate')) || null,
    autoDeploy: false,
    webAcl: webAclOfStage(facts, stage),
    routes: hasCanary(stage)
      ? unobserved(misread(stage, 'a canary release serves some of its requests'))
      : deployment.known
        ? routesOf(deployment.value, methods)
        : deployment,
  }
}

/** The stages of a REST API. */
export const restStagesOf = (facts: Facts, api: LocatedResource, id: string): Known<readonly ApiStage[]> => {
  const own = facts.where(types.restStage, 'restApiId', id).filter(one => one.region === api.region)
  const stages = listed(facts, call('GetStages', id, api), own)
  const methods = methodsOf(facts, api, id)
  return stages.known ? known(stages.value.map(stage => buildStage(facts, id, stage, methods))) : stages
}
