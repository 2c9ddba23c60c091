/** Worlds for the rules about APIs of API Gateway. */
import { known } from '#base/known.ts'
import type { Api, ApiRoute, Link, UsagePlan } from '#topology/model.ts'
import { aRef, aWorld, lost, sent, unread } from '../../judge/build.ts'
import { aDomain, anApi, anAuthorizer, aRoute, aStage, policyOf } from '../../prove/api-gateway/build.ts'
import type { Cases } from '../test-rule.ts'

const target = (api: Api, via: Extract<Link['target'], { kind: 'api' }>['via']): Link['target'] => ({
  ...{ kind: 'api', api, stage: 'prod', via, names: ['origin.example.com'] },
})

const headers = [{ name: 'X-Origin-Verify', value: sent('token') }]

/** Open, as what closes a link would satisfy some rules by itself. */
const behind = (api: Api, more: Parameters<typeof aWorld>[0][number] = {}) =>
  aWorld([{ target: target(api, 'default-endpoint'), origin: { headers }, verdict: 'open', ...more }])
const byDomain = (api: Api) => behind(api, { target: target(api, aDomain()) })

const off = { defaultEndpointDisabled: true }
const authorized = aRoute({ authorization: 'lambda', authorizerId: 'auth01' })
const withRoute = (...routes: Parameters<typeof aStage>[1][]) =>
  anApi({}, aStage({}, ...routes.filter(r => r !== undefined)))
const asking = (more: Parameters<typeof anAuthorizer>[0]) =>
  anApi({ authorizers: known([anAuthorizer(more)]) }, aStage({}, authorized))
const since = '2026-03-03T00:00:00.000Z'
const changed = (at: string | null) => ({ changed: known({ at, since }) })
const old = { deployedAt: '2025-01-01T00:00:00.000Z' }
const exported = { deployedAuthorizers: [anAuthorizer()] }
const orders = anApi().id
const both = [
  { apiId: orders, stage: 'prod' },
  { apiId: 'shop0id', stage: 'live' },
]
const plan = (stages: UsagePlan['stages']): UsagePlan => ({
  ref: aRef('AWS::ApiGateway::UsagePlan', 'gold'),
  stages,
})
const socket = (first: ApiRoute) =>
  anApi({ kind: 'websocket', apiKeySource: null }, aStage({}, first, aRoute({ path: '$default' })))
const noRoutes = anApi({}, aStage({ routes: unread('GetResources') }))

const always: Cases[string] = [
  {
    name: 'the target was not found',
    world: aWorld([{ target: lost, verdict: 'unknown' }]),
    outcome: 'unknown',
  },
  { name: 'the origin is a load balancer', world: aWorld([{}]), outcome: 'inapplicable' },
]

export const apiCases: Cases = {
  'api-default-endpoint-disabled': [
    { name: 'the default endpoint is off', world: byDomain(anApi(off)), outcome: 'satisfied' },
    { name: 'the API is private', world: byDomain(anApi({ endpointType: 'PRIVATE' })), outcome: 'satisfied' },
    {
      name: 'the default endpoint is on',
      world: byDomain(anApi()),
      outcome: 'violated',
      says: 'execute-api',
    },
    { name: 'the default endpoint is the origin', world: behind(anApi()), outcome: 'inapplicable' },
    ...always,
  ],
  'api-every-route-authorized': [
    { name: 'every route asks', world: behind(withRoute(authorized)), outcome: 'satisfied' },
    {
      name: 'what API Gateway answers itself need not ask',
      world: behind(withRoute(authorized, aRoute({ method: 'OPTIONS', integration: 'MOCK' }))),
      outcome: 'satisfied',
    },
    {
      name: 'a route asks for nothing',
      world: behind(withRoute(authorized, aRoute({ path: '/health' }))),
      outcome: 'violated',
      says: '/health',
    },
    {
      name: 'a route of another stage asks for nothing',
      world: behind(anApi({}, aStage({}, authorized), aStage({ name: 'dev' }))),
      outcome: 'violated',
      says: 'dev',
    },
    {
      name: 'a key is no authorization',
      world: behind(withRoute(aRoute({ apiKeyRequired: true }))),
      outcome: 'violated',
    },
    {
      name: 'the link is closed by other means',
      world: behind(anApi(), { verdict: 'closed' }),
      outcome: 'satisfied',
    },
    {
      name: 'a login before the link is no proof',
      world: behind(anApi(), { verdict: 'authenticated' }),
      outcome: 'violated',
    },
    {
      name: 'of a WebSocket API whoever connects is asked',
      world: behind(socket(aRoute({ path: '$connect', authorization: 'iam' }))),
      outcome: 'satisfied',
    },
    {
      name: 'of a WebSocket API nobody is asked who connects',
      world: behind(socket(aRoute({ path: '$connect' }))),
      outcome: 'violated',
      says: '$connect',
    },
    {
      name: 'a WebSocket API asks only after everybody has connected',
      world: behind(socket(aRoute({ path: 'orders', authorization: 'none' }))),
      outcome: 'violated',
    },
    { name: 'routes were not read', world: behind(noRoutes), outcome: 'unknown' },
    {
      name: 'how a route was deployed is not known',
      world: behind({ ...withRoute({ ...authorized, deployedAsConfigured: null }), changed: unread() }),
      outcome: 'unknown',
    },
    {
      name: 'the authorization is not known',
      world: behind(withRoute(aRoute({ authorization: 'unrecognised' }))),
      outcome: 'unknown',
    },
    ...always,
  ],
  'api-authorizer-sees-token': [
    { name: 'the header is an identity source', world: behind(asking({})), outcome: 'satisfied' },
    {
      name: 'it is, in the words of an HTTP API',
      world: behind(asking({ identitySources: ['$request.header.x-origin-verify'] })),
      outcome: 'satisfied',
    },
    {
      name: 'no decision is kept',
      world: behind(asking({ identitySources: [], ttl: 0 })),
      outcome: 'satisfied',
    },
    {
      name: 'decisions are kept by another header',
      world: behind(asking({ identitySources: ['method.request.header.Authorization'] })),
      outcome: 'violated',
      says: '300 s',
    },
    {
      name: 'authorizers were not read',
      world: behind({ ...asking({}), authorizers: unread() }),
      outcome: 'unknown',
    },
    {
      name: 'which authorizer is asked is not known',
      world: behind(withRoute({ ...authorized, authorizerId: null })),
      outcome: 'unknown',
    },
    { name: 'routes were not read', world: behind(noRoutes), outcome: 'unknown' },
    { name: 'no Lambda authorizer is asked', world: behind(anApi()), outcome: 'inapplicable' },
    {
      name: 'CloudFront sends no header',
      world: behind(asking({}), { origin: { headers: [] } }),
      outcome: 'inapplicable',
    },
    ...always,
  ],
  'api-key-not-sole-gate': [
    { name: 'no route asks for a key', world: behind(anApi()), outcome: 'satisfied' },
    {
      name: 'a key is asked for beside an authorization',
      world: behind(withRoute({ ...authorized, apiKeyRequired: true })),
      outcome: 'satisfied',
    },
    ...(
      [
        ['of a plan of its own', [{ apiId: orders, stage: 'prod' }], 'for this stage alone'],
        ['that is good for another API', both, 'good for shop0id/live as well'],
        ['of no plan', [{ apiId: orders, stage: 'dev' }], 'in no usage plan'],
      ] as const
    ).map(([what, stages, says]) => ({
      name: `a key ${what} is all that is asked for`,
      world: behind({ ...withRoute(aRoute({ apiKeyRequired: true })), usagePlans: known([plan(stages)]) }),
      outcome: 'violated' as const,
      says,
    })),
    {
      name: 'which plans the keys belong to was not read',
      world: behind({ ...withRoute(aRoute({ apiKeyRequired: true })), usagePlans: unread('GetUsagePlans') }),
      outcome: 'violated',
      says: 'not known',
    },
    {
      name: 'keys come from an authorizer that is not asked',
      world: behind({ ...withRoute(aRoute({ apiKeyRequired: true })), apiKeySource: 'AUTHORIZER' }),
      outcome: 'violated',
      says: 'from an authorizer',
    },
    {
      name: 'a key is all that is asked for',
      world: behind(withRoute(aRoute({ apiKeyRequired: true }))),
      outcome: 'violated',
      says: 'nothing else',
    },
    {
      name: 'what is asked beside a key is not known',
      world: behind(withRoute(aRoute({ apiKeyRequired: true, authorization: 'unrecognised' }))),
      outcome: 'unknown',
    },
    { name: 'routes were not read', world: behind(noRoutes), outcome: 'unknown' },
    ...always,
  ],
  'api-stage-deployed-after-change': [
    {
      name: 'deployed after the last change',
      world: behind(anApi({ ...off, ...changed('2026-05-01T00:00:00.000Z') })),
      outcome: 'satisfied',
    },
    {
      name: 'changes are deployed by themselves',
      world: behind(anApi({ ...off, changed: unread() }, aStage({ autoDeploy: true }))),
      outcome: 'satisfied',
    },
    {
      name: 'changed after it was deployed',
      world: behind(anApi({ ...off, ...changed('2026-05-25T00:00:00.000Z') })),
      outcome: 'violated',
      says: '2026-05-25',
    },
    {
      name: 'a policy was changed after it was deployed',
      world: behind(anApi({ policy: policyOf({}), ...changed('2026-05-25T00:00:00.000Z') })),
      outcome: 'violated',
    },
    {
      name: 'deployed before changes were recorded',
      world: behind(anApi(off, aStage({ deployedAt: '2025-01-01T00:00:00.000Z' }))),
      outcome: 'unknown',
    },
    {
      name: 'when it was deployed is not known',
      world: behind(anApi(off, aStage({ deployedAt: null }))),
      outcome: 'unknown',
    },
    {
      name: 'changes were not read',
      world: behind(anApi({ ...off, changed: unread() })),
      outcome: 'unknown',
    },
    { name: 'nothing is at stake', world: behind(anApi()), outcome: 'inapplicable' },
    {
      name: 'AWS exports the authorizers that are configured, however old the stage is',
      world: behind(anApi({ changed: unread() }, aStage({ ...old, ...exported }, authorized))),
      outcome: 'satisfied',
    },
    {
      name: 'a route was deployed otherwise than it is configured',
      world: behind(
        anApi({}, aStage(exported, authorized, aRoute({ path: '/x', deployedAsConfigured: false }))),
      ),
      outcome: 'violated',
      says: '/x of stage prod',
    },
    {
      name: 'AWS exports the authorizers, but does not say whether the endpoint is off',
      world: behind(anApi(off, aStage({ ...old, ...exported }, authorized))),
      outcome: 'unknown',
    },
    {
      name: 'what was changed since is told of the deployment itself',
      world: behind(
        anApi(
          { ...off, ...changed('2026-05-25T00:00:00.000Z'), settingsChanged: known({ at: null, since }) },
          aStage(exported, authorized),
        ),
      ),
      outcome: 'satisfied',
    },
    {
      name: 'authorizers were changed after they were deployed, as far as CloudTrail tells',
      world: behind(anApi(changed('2026-05-25T00:00:00.000Z'), aStage({}, authorized))),
      outcome: 'violated',
    },
    { name: 'routes were not read', world: behind(noRoutes), outcome: 'unknown' },
    ...always,
  ],
}
