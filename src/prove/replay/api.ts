/** Plays a witness against an API again, in the order in which API Gateway looks at a request; with no part of the search. */
import type { Api, ApiRoute, ApiStage, Link, Topology } from '#topology/model.ts'
import { splitTarget } from '../alb/request.ts'
import type { Witness } from '../exposure.ts'
import { absent, is } from '../policy/context.ts'
import { parsePolicy } from '../policy/parse.ts'
import type { Policy } from '../policy/policy.ts'
import { fromOwnEndpoint, type Question } from '../policy/request-keys.ts'
import { asStrangersMeet } from '../policy/strangers-view.ts'
import { anyAccountMay, anyoneMay } from '../policy/who-may.ts'
import { evaluateWebAcl } from '../waf/evaluate.ts'
import { anyWafRequest, type WafRequest } from '../waf/request.ts'
import { isSourceOf } from './source.ts'

type Target = Extract<Link['target'], { kind: 'api' }>

export type ApiReplay =
  | { readonly end: 'backend' | 'login' }
  | { readonly end: 'stopped'; readonly why: string }

const stopped = (why: string): ApiReplay => ({ end: 'stopped', why })

export const replayApi = (topology: Topology, target: Target, witness: Witness): ApiReplay =>
  replayRoutes(topology, { api: target.api, isBehind: at => isBehind(target, at) }, witness)

/** An API, and whether what a route of one of its stages calls is surely what is asked about. */
export interface Guarding {
  readonly api: Api
  readonly isBehind: (at: { readonly stage: ApiStage; readonly route: ApiRoute }) => boolean
}

export const replayRoutes = (topology: Topology, target: Guarding, witness: Witness): ApiReplay => {
  const { api } = target
  if (witness.scheme !== 'https' || witness.port !== 443 || witness.sni !== witness.host)
    return stopped('API Gateway answers HTTPS on port 443, by one name')
  if (!isSender(topology, witness)) return stopped(`${witness.source} is no address of that vantage`)
  const arrival = arrivalOf(api, witness)
  if (typeof arrival === 'string') return stopped(arrival)
  const { stage, path } = arrival
  if (!stage.routes.known) return stopped('the routes of the stage are not known')
  if (api.kind === 'websocket') return atSocket(target, stage, path, witness)
  const route = chosen(api, stage.routes.value, witness.method, path)
  if (route === null) return stopped(`no route of stage ${stage.name} takes ${witness.method} ${path}`)
  if (isUntold(api, stage, route)) return stopped('how the route was deployed is not known')
  if (!passesWebAcl(stage, witness)) return stopped('the web ACL does not pass it for sure')
  return atRoute(Date.parse(topology.observedAt), target, { stage, path, route, witness })
}

/** Where CloudFront's servers are not known, a tenant's address is any. */
const isSender = (topology: Topology, witness: Witness): boolean => {
  const { vantage } = witness
  const isKnown = topology.prefixLists.some(l => l.cloudFrontOriginFacing && l.entries.known)
  return vantage === 'inside' || (vantage === 'tenant' && !isKnown) || isSourceOf(topology, witness, vantage)
}

interface Arrival {
  readonly stage: ApiStage
  /** As the route sees it. */
  readonly path: string
}

/** A sentence where the name does not lead on. */
const arrivalOf = (api: Api, { connect, host, vantage, path: target }: Witness): Arrival | string => {
  if (!api.stages.known) return 'the stages are not known'
  const stages = api.stages.value
  const { path } = splitTarget(target)
  if (connect === api.host && host === api.host) {
    if ((api.endpointType === 'PRIVATE') !== (vantage === 'inside'))
      return 'the API is not there from outside'
    if (api.endpointType === 'unrecognised') return 'the endpoint type is not known'
    if (api.defaultEndpointDisabled) return 'the default endpoint may be off'
    return atBase(
      path,
      stages.map(stage => ({ stage, base: stage.name === '$default' ? '' : stage.name })),
    )
  }
  const domain = (api.domains.known ? api.domains.value : []).find(
    d => d.name === host && (d.targets.includes(connect) || d.name === connect),
  )
  if (domain === undefined) return `${connect} is no name of the API`
  if (domain.mutualTls) return 'the name asks for a client certificate'
  if (domain.routingRules) return 'routing rules decide where the name leads'
  if (!['EDGE', 'REGIONAL'].includes(domain.endpointType)) return 'the name is not there from outside'
  return atBase(
    path,
    domain.mappings.flatMap(m => {
      const stage = stages.find(s => s.name === m.stage)
      return stage === undefined ? [] : [{ stage, base: m.path }]
    }),
  )
}

/** The longest base path that fits. */
const atBase = (
  path: string,
  bases: readonly { readonly stage: ApiStage; readonly base: string }[],
): Arrival | string => {
  const fitting = bases.filter(
    ({ base }) => base === '' || path === `/${base}` || path.startsWith(`/${base}/`),
  )
  const [best] = fitting.toSorted((a, b) => b.base.length - a.base.length)
  if (best === undefined) return `nothing is served at ${path}`
  const rest = best.base === '' ? path : path.slice(best.base.length + 1)
  return { stage: best.stage, path: rest === '' ? '/' : rest }
}

/** As a regular expression, with how much of it is fixed. */
const expressionOf = (
  pattern: string | null,
): { readonly test: RegExp; readonly weight: readonly number[] } => {
  if (pattern === null) return { test: /^/, weight: [9] }
  const parts = pattern.slice(1).split('/')
  const kinds = parts.map(p => (/^\{.*\+\}$/.test(p) ? 2 : /^\{.*\}$/.test(p) ? 1 : 0))
  const source = parts.map(
    (p, i) => ['', '[^/]+', '.+'][kinds[i] ?? 0] || p.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'),
  )
  return { test: new RegExp(`^/${source.join('/')}$`), weight: kinds }
}

const chosen = (
  { kind }: Api,
  routes: readonly ApiRoute[],
  method: string,
  path: string,
): ApiRoute | null => {
  const takes = (r: ApiRoute): boolean => r.method === method || r.method === 'ANY' || r.method === null
  const fitting = routes
    .map(route => ({ route, ...expressionOf(route.path) }))
    .filter(({ test }) => test.test(path))
    .toSorted(
      (a, b) =>
        inOrder(a.weight, b.weight) || Number(b.route.method === method) - Number(a.route.method === method),
    )
  if (kind !== 'rest') return fitting.find(f => takes(f.route))?.route ?? null
  // A REST API settles on the resource first.
  const [first] = fitting
  return fitting.find(f => f.route.path === first?.route.path && takes(f.route))?.route ?? null
}

const inOrder = (a: readonly number[], b: readonly number[]): number => {
  const at = a.findIndex((w, i) => w !== b[i])
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0)
}

const passesWebAcl = ({ webAcl }: ApiStage, witness: Witness): boolean => {
  if (!webAcl.known) return false
  return webAcl.value === null || evaluateWebAcl(webAcl.value, inspected(witness)).decision === 'allow'
}

/** Of what CloudFront adds for a tenant, and of the path, nothing is taken for known. */
const inspected = ({ vantage, headers, host, method, source }: Witness): WafRequest => ({
  ...anyWafRequest,
  source,
  method: [method],
  query: [''],
  argument: () => [],
  header: name => {
    if (name.toLowerCase() === 'host') return [host]
    if (vantage === 'tenant' && /^(?:via|x-amz-cf-id|x-forwarded-for)$/i.test(name)) return 'unknown'
    return headers.flatMap(([n, value]) => (n.toLowerCase() === name.toLowerCase() ? [value] : []))
  },
})

interface AtRoute extends Arrival {
  readonly route: ApiRoute
  readonly witness: Witness
}

const atRoute = (now: number, target: Guarding, at: AtRoute): ApiReplay => {
  const { api } = target
  const { authorization, apiKeyRequired, integration } = at.route
  const signed = authorization === 'iam' && at.witness.vantage !== 'internet'
  const admitted = policyAdmits(api, at, now, signed)
  if (authorization === 'iam' && !(signed && admitted === 'by-policy')) return { end: 'login' }
  if (admitted === 'no') return stopped('the resource policy does not admit it for sure')
  if (['cognito', 'jwt', 'lambda'].includes(authorization)) return { end: 'login' }
  if (authorization === 'unrecognised') return stopped('the authorization is not known')
  if (apiKeyRequired) return { end: 'login' }
  if (isStale(api, at.stage)) return stopped('the API was changed after the stage was deployed')
  if (integration === null || integration === 'MOCK') return stopped('the route calls no backend for sure')
  return target.isBehind(at) ? { end: 'backend' } : stopped('the route does not call the backend for sure')
}

const isUntold = (
  { changed }: Api,
  { deployedAuthorizers, deployedAt }: ApiStage,
  { deployedAsConfigured }: ApiRoute,
): boolean => {
  if (deployedAuthorizers !== null || deployedAsConfigured !== null) return false
  if (deployedAt === null || !changed.known) return true
  return !(Date.parse(deployedAt) > Date.parse(changed.value.at ?? changed.value.since))
}

/** Who connects is asked once; messages then choose among all routes. */
const atSocket = (
  target: Guarding,
  stage: ApiStage,
  path: string,
  { method, headers }: Witness,
): ApiReplay => {
  const upgrades = headers.some(([name, value]) => name === 'upgrade' && value === 'websocket')
  if (method !== 'GET' || path !== '/' || !upgrades) return stopped('no WebSocket is opened at the stage')
  const routes = stage.routes.known ? stage.routes.value : []
  if (routes.some(r => isUntold(target.api, stage, r)) || isStale(target.api, stage))
    return stopped('how the routes were deployed is not known')
  const connect = routes.find(r => r.path === '$connect')
  if (['iam', 'lambda', 'jwt'].includes(connect?.authorization ?? 'none')) return { end: 'login' }
  if (connect !== undefined && (connect.authorization !== 'none' || connect.apiKeyRequired))
    return stopped('whom the API asks is not known')
  const called = routes.filter(r => r.integration !== null && r.integration !== 'MOCK')
  return called.some(route => target.isBehind({ stage, route }))
    ? { end: 'backend' }
    : stopped('no route calls the backend for sure')
}

/** Authorizers and what is called do not count where they are told of the deployment. */
const isStale = (
  { changed, settingsChanged }: Api,
  { autoDeploy, deployedAt, deployedAuthorizers }: ApiStage,
): boolean => {
  const last = deployedAuthorizers === null ? changed : settingsChanged
  return (
    !autoDeploy &&
    deployedAt !== null &&
    last.known &&
    last.value.at !== null &&
    !(Date.parse(last.value.at) < Date.parse(deployedAt))
  )
}

const policyAdmits = (
  { ref, id, policy, endpointType }: Api,
  { stage, path, witness }: AtRoute,
  now: number,
  signed: boolean,
): 'no' | 'no-policy' | 'by-policy' => {
  if (!policy.known) return 'no'
  if (policy.value === null) return endpointType === 'PRIVATE' ? 'no' : 'no-policy'
  const { policy: document } = parsePolicy(asStrangersMeet(policy.value.document))
  if (document === null) return 'no'
  const header = (name: string) => {
    const [, value] = witness.headers.find(([n]) => n === name) ?? []
    return value === undefined ? absent : is(value)
  }
  const resource = is(
    `arn:aws:execute-api:${ref.region}:${ref.account}:${id}/${stage.name}/${witness.method}${path}`,
  )
  const question: Question = {
    ...{ action: 'execute-api:Invoke', resource, account: ref.account, region: ref.region, now },
    addresses: witness.vantage === 'inside' ? [] : [`${witness.source}/${witness.family === 4 ? 32 : 128}`],
    context: {
      ...(witness.vantage === 'inside' ? fromOwnEndpoint(accountBeside(document)) : {}),
      'aws:securetransport': is('true'),
      'aws:referer': header('referer'),
      'aws:useragent': header('user-agent'),
    },
  }
  const { outcome } = (signed ? anyAccountMay : anyoneMay)(document, question)
  return outcome === 'allow' ? 'by-policy' : 'no'
}

/** An account that the policy does not name. */
const accountBeside = (policy: Policy): string =>
  ['999999999999', '888888888888', '777777777777'].find(a => !JSON.stringify(policy).includes(a)) ??
  '000000000000'

/** A route of the origin's own stage, or one that calls what such a route calls. */
const isBehind = (
  { api, stage: named, via }: Target,
  { stage, route }: Pick<AtRoute, 'stage' | 'route'>,
): boolean => {
  const mapped = via === 'default-endpoint' || via.routingRules ? null : via.mappings.map(m => m.stage)
  const isOwn = (s: ApiStage): boolean =>
    named === null ? (mapped?.includes(s.name) ?? true) : s.name === named
  if (isOwn(stage)) return true
  if (route.integration?.includes('stageVariables')) return false
  const own = api.stages.known ? api.stages.value.filter(isOwn) : []
  return own.some(s => s.routes.known && s.routes.value.some(r => r.integration === route.integration))
}
