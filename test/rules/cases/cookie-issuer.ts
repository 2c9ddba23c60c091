/** Worlds for the rule about the API that issues signed cookies. */
import { known } from '#base/known.ts'
import type { Api, ApiRoute, ApiStage, Link } from '#topology/model.ts'
import { aBehavior, aRef, aWorld, lost, unread } from '../../judge/build.ts'
import type { Cases } from '../test-rule.ts'

const guarded = aBehavior({ pathPattern: '/private/*', isDefault: false, signed: true, keyGroups: ['G1'] })
const open = aBehavior({ pathPattern: '/api/*', isDefault: false })

const aRoute = (
  path: string,
  authorization: ApiRoute['authorization'],
  more: Partial<ApiRoute> = {},
): ApiRoute => ({
  ref: aRef('AWS::ApiGatewayV2::Route', path),
  method: 'POST',
  path,
  authorization,
  authorizerId: authorization === 'none' ? null : 'a1',
  apiKeyRequired: false,
  integration: 'arn:aws:lambda:eu-west-1:111122223333:function:members',
  deployedAsConfigured: true,
  ...more,
})

const aStage = (routes: ApiStage['routes'], name = 'live'): ApiStage => ({
  ref: aRef('AWS::ApiGatewayV2::Stage', name),
  ...{ name, deployedAt: null, autoDeploy: true, webAcl: known(null), deployedAuthorizers: null, routes },
})

const toApi = (...stages: readonly ApiStage[]): Link['target'] => {
  const api: Api = {
    ref: aRef('AWS::ApiGatewayV2::Api', 'members'),
    ...{
      id: 'a1b2c3',
      kind: 'http',
      endpointType: 'REGIONAL',
      host: 'a1b2c3.execute-api.eu-west-1.amazonaws.com',
    },
    ...{ defaultEndpointDisabled: false, endpointAccessMode: null, apiKeySource: null, policy: known(null) },
    ...{ authorizers: known([]), stages: known(stages), domains: known([]), usagePlans: known([]) },
    changed: known({ at: null, since: '2026-03-01T00:00:00.000Z' }),
    settingsChanged: known({ at: null, since: '2026-03-01T00:00:00.000Z' }),
  }
  return { kind: 'api', api, stage: 'live', via: 'default-endpoint', names: [api.host] }
}

const world = (target: Link['target'], behaviors = [guarded, open]) => aWorld([{ target, behaviors }])
const withRoutes = (...routes: readonly ApiRoute[]) => world(toApi(aStage(known(routes))))

export const cookieIssuerCases: Cases = {
  'cookie-issuer-authorized': [
    {
      name: 'the route is open',
      world: withRoutes(aRoute('/cookies', 'none'), aRoute('/me', 'jwt')),
      outcome: 'violated',
      says: 'POST /cookies (issues by its name) has no authorizer',
    },
    {
      name: 'the function is named for it, and an API key is no login',
      world: withRoutes(
        aRoute('/access', 'none', {
          apiKeyRequired: true,
          integration: 'arn:aws:lambda:eu-west-1:111122223333:function:issue-Signed-urls:live',
        }),
      ),
      outcome: 'violated',
      says: 'POST /access',
    },
    {
      name: 'the route asks for a token, and others are open',
      world: withRoutes(aRoute('/cookies', 'cognito'), aRoute('/news', 'none')),
      outcome: 'satisfied',
    },
    {
      name: 'preflight and mocks are open',
      world: withRoutes(
        aRoute('/cookies', 'iam'),
        aRoute('/cookies', 'none', { method: 'OPTIONS' }),
        aRoute('/cookies/health', 'none', { integration: 'MOCK' }),
      ),
      outcome: 'satisfied',
    },
    {
      name: 'no route has such a name, and all ask for a login',
      world: withRoutes(aRoute('/me', 'lambda'), aRoute('/you', 'jwt')),
      outcome: 'satisfied',
    },
    {
      name: 'the open route is of another stage',
      world: world(
        toApi(
          aStage(known([aRoute('/cookies', 'jwt')])),
          aStage(known([aRoute('/cookies/old', 'none')]), 'old'),
        ),
      ),
      outcome: 'satisfied',
    },
    {
      name: 'no route has such a name, and one is open',
      world: withRoutes(aRoute('/me', 'jwt'), aRoute('/news', 'none')),
      outcome: 'unknown',
      says: 'POST /news (may issue) has no authorizer',
    },
    {
      name: 'what it asks for is new',
      world: withRoutes(aRoute('/cookies', 'unrecognised')),
      outcome: 'unknown',
    },
    {
      name: 'what is deployed is not known',
      world: withRoutes(aRoute('/cookies', 'jwt', { deployedAsConfigured: null })),
      outcome: 'unknown',
      says: 'deployed',
    },
    { name: 'routes were not read', world: world(toApi(aStage(unread('GetRoutes')))), outcome: 'unknown' },
    { name: 'the API was not found', world: world(lost), outcome: 'unknown' },
    {
      name: 'nothing asks for a signature',
      world: world(toApi(aStage(known([aRoute('/cookies', 'none')]))), [open]),
      outcome: 'inapplicable',
    },
    {
      name: 'the origin is a load balancer',
      world: aWorld([{ behaviors: [guarded, open] }]),
      outcome: 'inapplicable',
    },
  ],
}
