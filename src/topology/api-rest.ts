/** REST APIs: the methods that a stage serves, as they were when it was deployed, and who authorizes them. */
import { type Known, known, unobserved } from '#base/known.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { authorizersOf } from './api-authorizer.ts'
import { type ApiExport, exportOf, keyOfMethod } from './api-export.ts'
import { methodIntegration } from './api-integration.ts'
import { call } from './calls.ts'
import { asObject, flagAt, objectAt, textAt, valueAt } from './config.ts'
import { type Facts, hidden, listed, lookUp, misread, refOf } from './facts.ts'
import type { ApiRoute, ApiStage, Authorizer } from './model.ts'
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
    new Map(own.map(one => [keyOfMethod(`${one.config.httpMethod}`, `${one.config.path}`), one] as const)),
  )
}

const configuredRoute = (method: LocatedResource, deployedAsConfigured: true | null): ApiRoute => {
  const [httpMethod, path] = [`${method.config.httpMethod}`, `${method.config.path}`]
  return {
    ref: refOf(method, keyOfMethod(httpMethod, path)),
    method: httpMethod,
    path,
    ...askedBy(method.config),
    authorizerId: textAt(method.config, 'authorizerId') ?? null,
    integration: methodIntegration(method.config),
    deployedAsConfigured,
  }
}

/** What one stage serves, and what it is compared with. */
interface Sources {
  readonly deployment: LocatedResource
  readonly methods: Known<Methods>
  /** Of the API, as configured now. */
  readonly authorizers: Known<readonly Authorizer[]>
  readonly exported: ApiExport | null
}

/** Neither its authorizer nor what it calls is told of a deployment: they are taken from what agrees with it. */
const deployedRoute = (
  { deployment, methods, ...from }: Sources,
  path: string,
  [method, raw]: readonly [string, unknown],
): ApiRoute => {
  const key = keyOfMethod(method, path)
  const configured = methods.known ? methods.value.get(key) : undefined
  const agrees = configured !== undefined && isSame(raw, configured.config)
  const exported = from.exported?.methods.get(key)
  if (agrees && exported === undefined) return configuredRoute(configured, true)
  const told = exported ?? { authorizerId: null, integration: null }
  return {
    ref: refOf(configured ?? deployment, key),
    method,
    path,
    ...askedBy(raw),
    ...told,
    deployedAsConfigured: methods.known
      ? agrees &&
        !isOtherAuthorizer(from, told.authorizerId, textAt(configured.config, 'authorizerId') ?? null)
      : null,
  }
}

/** Whether the authorizer of the deployment is not the one of now, or another one by now; false where that is not known. */
const isOtherAuthorizer = (
  { authorizers, exported }: Pick<Sources, 'authorizers' | 'exported'>,
  deployed: string | null,
  configured: string | null,
): boolean => {
  if (!authorizers.known || (deployed === null && configured !== null)) return false
  const then = exported?.authorizers.find(a => a.id === deployed)
  const now = authorizers.value.find(a => a.id === configured)
  return decides(then) !== decides(now)
}

/** What decides about a request, to be compared; of a user pool nothing else was read. */
const decides = (authorizer: Authorizer | undefined): string => {
  if (authorizer?.type !== 'lambda') return authorizer?.type ?? ''
  const { functionArn, identitySources, ttl } = authorizer
  return JSON.stringify([functionArn, identitySources.map(source => source.toLowerCase()).toSorted(), ttl])
}

/** Where AWS gives no summary of the deployment, the methods as they are now. */
const routesOf = (sources: Sources): Known<readonly ApiRoute[]> => {
  const { deployment, methods } = sources
  const summary = summaryOf(deployment)
  if (summary === undefined)
    return methods.known
      ? known([...methods.value.values()].map(method => configuredRoute(method, null)))
      : methods
  const paths = Object.entries(summary).map(([path, raw]) => [path, asObject(raw)] as const)
  if (paths.some(([, raw]) => raw === undefined))
    return unobserved(misread(deployment, 'the summary of what was deployed cannot be read'))
  return known(
    paths.flatMap(([path, raw]) => Object.entries(raw ?? {}).map(one => deployedRoute(sources, path, one))),
  )
}

const summaryOf = ({ config }: LocatedResource) => objectAt(config, 'apiSummary')

/** An export of anything but the very methods of the deployment is not of it. */
const isOf = ({ methods }: ApiExport, deployment: LocatedResource): boolean => {
  const keys = Object.entries(summaryOf(deployment) ?? {}).flatMap(([path, raw]) =>
    Object.keys(asObject(raw) ?? {}).map(method => keyOfMethod(method, path)),
  )
  return keys.length > 0 && keys.length === methods.size && keys.every(key => methods.has(key))
}

/** A canary release serves some requests from another deployment: nobody knows which. */
const hasCanary = ({ config }: LocatedResource): boolean => {
  const other = textAt(config, 'canarySettings', 'deploymentId')
  const part = valueAt(config, 'canarySettings', 'percentTraffic')
  return other !== undefined && other !== textAt(config, 'deploymentId') && part !== 0
}

interface Around {
  readonly methods: Known<Methods>
  readonly authorizers: Known<readonly Authorizer[]>
}

const buildStage = (facts: Facts, id: string, stage: LocatedResource, around: Around): ApiStage => {
  const name = textAt(stage.config, 'stageName') ?? ''
  const deploymentId = textAt(stage.config, 'deploymentId') ?? ''
  const arn = `${stage.arn.split('/stages/')[0]}/deployments/${deploymentId}`
  const asked = call('GetDeployment', `${id}/${deploymentId}`, stage)
  const deployment = lookUp(facts, types.restDeployment, arn, asked)
  const found = hasCanary(stage) ? null : exportOf(facts, id, stage)
  const exported = found !== null && deployment.known && isOf(found, deployment.value) ? found : null
  return {
    ref: refOf(stage, name),
    name,
    deployedAt: (deployment.known && textAt(deployment.value.config, 'createdDate')) || null,
    autoDeploy: false,
    webAcl: webAclOfStage(facts, stage),
    deployedAuthorizers: exported?.authorizers ?? null,
    routes: hasCanary(stage)
      ? unobserved(misread(stage, 'a canary release serves some of its requests'))
      : deployment.known
        ? routesOf({ ...around, deployment: deployment.value, exported })
        : deployment,
  }
}

/** The stages of a REST API. */
export const restStagesOf = (facts: Facts, api: LocatedResource, id: string): Known<readonly ApiStage[]> => {
  const own = facts.where(types.restStage, 'restApiId', id).filter(one => one.region === api.region)
  const stages = listed(facts, call('GetStages', id, api), own)
  const around = {
    methods: methodsOf(facts, api, id),
    authorizers: authorizersOf(facts, api, id, 'rest'),
  }
  return stages.known ? known(stages.value.map(stage => buildStage(facts, id, stage, around))) : stages
}
