/** The certificate of an API, checked name by name, stage by stage and route by route; for checking only. */
import type { Api, ApiDomain, ApiRoute, ApiStage, Link, Topology } from '#topology/model.ts'
import type { Certificate, ObligationKind, Vantage } from '../exposure.ts'
import { turnsAway } from './api-policy.ts'
import { letsNobodyIn } from './policy.ts'
import { isSearchSecret } from './values.ts'
import { blocksStrangers } from './web-acl.ts'

type Target = Extract<Link['target'], { kind: 'api' }>

export interface Check {
  readonly topology: Topology
  readonly api: Api
  /** That nobody but CloudFront sends. */
  readonly headers: Link['origin']['headers']
  readonly vantage: Vantage
  readonly certificate: Certificate
  /** Assumption about what else leads to what is guarded. */
  readonly assumes: string
  /** Whether what a route was told to call is surely not what is guarded. */
  readonly callsElse: (stage: ApiStage, route: ApiRoute) => boolean
}

/** What is wrong, a sentence each. */
export const apiFaults = (
  topology: Topology,
  { origin }: Link,
  target: Target,
  vantage: Vantage,
  certificate: Certificate,
): readonly string[] => {
  const { api } = target
  if (api.stages.known && ownOf(target, api.stages.value).length === 0)
    return [`The origin leads to no stage of ${api.ref.arn}.`]
  const check = { topology, api, headers: origin.headers, vantage, certificate, assumes: 'other-callers' }
  return routesLeft({ ...check, callsElse: (stage, route) => callsElse(target, stage, route) })
}

/** By every name of the API. */
export const routesLeft = (check: Check): readonly string[] => {
  const { api } = check
  if (!api.stages.known) return [`The stages of ${api.ref.arn} were not read.`]
  if (!api.domains.known) return [`The domain names of ${api.ref.arn} were not read.`]
  return [
    ...unsaid(check),
    ...atDefault(check, api.stages.value),
    ...api.domains.value.flatMap(domain => atDomain(check, domain, namesOf(api, domain))),
  ]
}

const unsaid = ({ certificate: { obligations, reliesOn }, api, assumes }: Check): readonly string[] =>
  [
    assumes,
    ...(obligations.some(o => o.kind === 'MTLS') ? ['trust-store'] : []),
    ...(areChangesAsked(api) ? ['changes-told-late'] : []),
  ]
    .filter(name => !reliesOn.includes(name))
    .map(name => `The certificate does not say that it assumes ${name}.`)

const ownOf = ({ stage, via }: Target, stages: readonly ApiStage[]): readonly ApiStage[] =>
  stages.filter(({ name }) => {
    if (stage !== null) return name === stage
    return via === 'default-endpoint' || via.routingRules || via.mappings.some(m => m.stage === name)
  })

/** The stages that a domain leads to. */
const namesOf = ({ stages }: Api, { routingRules, mappings }: ApiDomain): readonly ApiStage[] =>
  (stages.known ? stages.value : []).filter(s => routingRules || mappings.some(m => m.stage === s.name))

/** Whether the certificate has such an obligation there for both families. */
const says = (
  { certificate: { obligations } }: Check,
  kind: ObligationKind,
  entry: string,
  stage?: ApiStage,
  route?: ApiRoute,
): boolean =>
  ([4, 6] as const).every(family =>
    obligations.some(
      o =>
        o.kind === kind &&
        o.entryPoint === entry &&
        o.family === family &&
        o.listener === (stage?.ref.arn ?? null) &&
        o.rule === (route?.ref.arn ?? null),
    ),
  )

const atDefault = (check: Check, stages: readonly ApiStage[]): readonly string[] => {
  const { api } = check
  const isPrivate = api.endpointType === 'PRIVATE' && check.vantage !== 'inside'
  if (isPrivate && says(check, 'NET_UNREACHABLE', api.ref.arn)) return []
  return stages.flatMap(stage => {
    const isOff = api.defaultEndpointDisabled && isInEffect(api, stage)
    return isOff && says(check, 'NON_FORWARD', api.ref.arn, stage) ? [] : atStage(check, api.ref.arn, stage)
  })
}

const atDomain = (check: Check, domain: ApiDomain, stages: readonly ApiStage[]): readonly string[] => {
  const { arn } = domain.ref
  const isPrivate = domain.endpointType === 'PRIVATE' && check.vantage !== 'inside'
  if (isPrivate && says(check, 'NET_UNREACHABLE', arn)) return []
  const isVerified = domain.mutualTls && domain.endpointAccessMode === 'STRICT'
  if (isVerified && says(check, 'MTLS', arn)) return []
  return stages.flatMap(stage => atStage(check, arn, stage))
}

/** Some stage holds as long as nothing was changed that its deployment does not tell of itself. */
const areChangesAsked = (api: Api): boolean => {
  const { policy, stages } = api
  const deployed = (stages.known ? stages.value : []).filter(s => !s.autoDeploy)
  const isPlain = policy.known && policy.value === null && api.endpointType !== 'PRIVATE'
  return deployed.some(s => s.deployedAuthorizers === null || api.defaultEndpointDisabled || !isPlain)
}

/** The policy and the endpoint of now were deployed after they were last changed. */
const isInEffect = ({ settingsChanged }: Api, stage: ApiStage): boolean => isAfter(stage, settingsChanged)

/** Authorizers and calls are told of the deployment, or were deployed after the last change. */
const areRoutesInEffect = ({ changed }: Api, stage: ApiStage): boolean =>
  stage.deployedAuthorizers !== null || isAfter(stage, changed)

const isAfter = ({ autoDeploy, deployedAt }: ApiStage, changed: Api['changed']): boolean =>
  autoDeploy ||
  (deployedAt !== null &&
    changed.known &&
    Date.parse(changed.value.at ?? changed.value.since) < Date.parse(deployedAt))

const atStage = (check: Check, entry: string, stage: ApiStage): readonly string[] => {
  const acl = stage.webAcl.known ? stage.webAcl.value : null
  if (acl !== null && says(check, 'WAF_BLOCKS', entry, stage) && blocksStrangers(acl)) return []
  if (!stage.routes.known) return [`The routes of ${stage.ref.arn} were not read.`]
  // A stage cannot be deployed without routes: these are not the ones that it serves.
  if (stage.routes.value.length === 0 && !stage.autoDeploy)
    return [`The routes that ${stage.ref.arn} was deployed with are not known.`]
  return stage.routes.value.flatMap(route =>
    kinds.some(kind => says(check, kind, entry, stage, route) && holds[kind](check, stage, route))
      ? []
      : [`Nothing closes ${route.ref.arn} by ${entry}.`],
  )
}

const kinds = ['NON_FORWARD', 'DIFFERENT_BACKEND', 'AUTH'] as const

type Holds = (check: Check, stage: ApiStage, route: ApiRoute) => boolean

const policyCloses: Holds = ({ topology, api, vantage }, stage, route) => {
  if (route.authorization !== 'none' || api.kind === 'websocket' || isUntold(api, stage, route)) return false
  if (!api.policy.known || !isInEffect(api, stage)) return false
  if (api.policy.value === null) return api.endpointType === 'PRIVATE'
  return turnsAway(topology, { api, stage, route }, api.policy.value.document, vantage)
}

const callsElse = (target: Target, stage: ApiStage, { integration }: ApiRoute): boolean => {
  const stages = target.api.stages.known ? target.api.stages.value : []
  const own = ownOf(target, stages)
  if (integration === null || own.includes(stage)) return false
  if (!own.every(s => areRoutesInEffect(target.api, s))) return false
  const called = own.flatMap(s => (s.routes.known ? s.routes.value.map(r => r.integration) : [null]))
  const name = lambdaName(integration)
  return (
    name !== null && called.every(c => c === 'MOCK' || (c !== null && ![null, name].includes(lambdaName(c))))
  )
}

/** Nobody knows how it was deployed. */
const isUntold = (api: Api, stage: ApiStage, { deployedAsConfigured }: ApiRoute): boolean =>
  stage.deployedAuthorizers === null &&
  deployedAsConfigured === null &&
  !isAfter({ ...stage, autoDeploy: false }, api.changed)

/** What it calls is that of the deployment. */
const isTold = (api: Api, stage: ApiStage, route: ApiRoute): boolean =>
  stage.deployedAuthorizers !== null || (route.deployedAsConfigured !== false && !isUntold(api, stage, route))

/** Region, account and name; null for what is no function, or named by a stage variable. */
const lambdaName = (called: string): string | null => {
  const [, , service, region, account, type, name] = called.split(':')
  return service === 'lambda' && type === 'function' && name !== undefined && !name.includes('$')
    ? [region, account, name].join()
    : null
}

const asksLogin: Holds = (check, stage, called) => {
  const { api } = check
  const route = api.kind === 'websocket' ? connectOf(stage) : called
  if (route === undefined || isUntold(api, stage, called)) return false
  const sent = check.headers.filter(h => isSearchSecret(h.value)).map(h => h.name.toLowerCase())
  const isGuessed = check.headers.some(h => /^x-api-key$/i.test(h.name)) && !sent.includes('x-api-key')
  const asksKey = route.apiKeyRequired && api.apiKeySource === 'HEADER' && !isGuessed
  switch (route.authorization) {
    case 'cognito':
    case 'jwt':
      return true
    case 'iam':
      return asksKey || check.vantage === 'internet' || api.kind !== 'rest' || keepsAccountsOut(api, stage)
    case 'lambda':
      return areRoutesInEffect(api, stage) && (asksKey || seesSecret(api, stage, route, sent))
    case 'none':
      return asksKey
    case 'unrecognised':
      return false
  }
}

/** Who connects is asked once, before any message. */
const connectOf = ({ routes }: ApiStage): ApiRoute | undefined =>
  routes.known ? routes.value.find(r => r.path === '$connect') : undefined

/** The policy is for none but who it names. */
const keepsAccountsOut = (api: Api, stage: ApiStage): boolean =>
  api.policy.known &&
  isInEffect(api, stage) &&
  (api.policy.value === null || letsNobodyIn(api.policy.value.document, 'stranger', ['execute-api:invoke']))

const seesSecret = (
  { authorizers: now }: Api,
  { deployedAuthorizers: then }: ApiStage,
  route: ApiRoute,
  sent: readonly string[],
): boolean => {
  const found = (then ?? (now.known ? now.value : [])).find(a => a.id === route.authorizerId)
  if (found?.type !== 'lambda') return false
  const sources = found.identitySources.map(s => s.trim().toLowerCase())
  return sent.some(name =>
    ['method.request', 'route.request', '$request'].some(at => sources.includes(`${at}.header.${name}`)),
  )
}

const holds: Readonly<Record<(typeof kinds)[number], Holds>> = {
  NON_FORWARD: (check, stage, route) =>
    (route.integration === 'MOCK' &&
      isTold(check.api, stage, route) &&
      areRoutesInEffect(check.api, stage)) ||
    policyCloses(check, stage, route),
  DIFFERENT_BACKEND: (check, stage, route) =>
    isTold(check.api, stage, route) && areRoutesInEffect(check.api, stage) && check.callsElse(stage, route),
  AUTH: asksLogin,
}
