/** APIs for the tests of the prover: open by their default endpoint unless a test says otherwise. */
import { expect } from 'vitest'
import { known } from '#base/known.ts'
import { checkCertificate } from '#prove/check.ts'
import type { Exposure, Vantage } from '#prove/exposure.ts'
import { proveLinks } from '#prove/prove.ts'
import { replayWitness } from '#prove/replay.ts'
import type { Api, ApiDomain, ApiRoute, ApiStage, Authorizer, Link, OriginHeader } from '#topology/model.ts'
import { aRef, aWorld } from '../../judge/build.ts'
import { isRefusal } from '../claims.ts'
import { randomSealed } from '../s3/sealed.ts'

const id = 'a1b2c3d4e5'
export const host = `${id}.execute-api.eu-west-1.amazonaws.com`
export const own = 'arn:aws:lambda:eu-west-1:111122223333:function:orders'

export const aRoute = (more: Partial<ApiRoute> = {}): ApiRoute => {
  const method = more.method === undefined ? 'GET' : more.method
  const path = more.path === undefined ? '/orders' : more.path
  return {
    ref: aRef('AWS::ApiGateway::Method', `${method ?? '$default'} ${path ?? ''}`.trim()),
    method,
    path,
    authorization: 'none',
    authorizerId: null,
    apiKeyRequired: false,
    integration: own,
    deployedAsConfigured: true,
    ...more,
  }
}

export const aStage = (more: Partial<ApiStage> = {}, ...routes: readonly ApiRoute[]): ApiStage => ({
  ref: aRef('AWS::ApiGateway::Stage', more.name ?? 'prod'),
  name: 'prod',
  deployedAt: '2026-05-20T00:00:00.000Z',
  autoDeploy: false,
  webAcl: known(null),
  deployedAuthorizers: null,
  routes: known(routes.length > 0 ? routes : [aRoute()]),
  ...more,
})

export const anAuthorizer = (more: Partial<Authorizer> = {}): Authorizer => ({
  ref: aRef('AWS::ApiGateway::Authorizer', more.name ?? 'token'),
  id: 'auth01',
  name: 'token',
  type: 'lambda',
  functionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:authorizer',
  identitySources: ['method.request.header.X-Origin-Verify'],
  ttl: 300,
  ...more,
})

export const aDomain = (more: Partial<ApiDomain> = {}): ApiDomain => ({
  ref: aRef('AWS::ApiGateway::DomainName', more.name ?? 'api.example.com'),
  name: 'api.example.com',
  targets: ['d-0123456789.execute-api.eu-west-1.amazonaws.com'],
  endpointType: 'REGIONAL',
  mutualTls: false,
  endpointAccessMode: null,
  mappings: [{ path: '', stage: 'prod' }],
  routingRules: false,
  ...more,
})

export const policyOf = (...statements: readonly object[]): Api['policy'] =>
  known({
    ref: aRef(
      'AWS::ApiGateway::RestApi',
      'policy of orders',
      `arn:aws:apigateway:eu-west-1::/restapis/${id}#policy`,
    ),
    document: {
      Version: '2012-10-17',
      Statement: statements.map(s => ({
        ...{ Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*' },
        ...s,
      })),
    },
  })

export const anApi = (more: Partial<Api> = {}, ...stages: readonly ApiStage[]): Api => ({
  ref: aRef('AWS::ApiGateway::RestApi', 'orders', `arn:aws:apigateway:eu-west-1::/restapis/${id}`),
  ...{ id, kind: 'rest', endpointType: 'REGIONAL', host },
  defaultEndpointDisabled: false,
  endpointAccessMode: null,
  apiKeySource: 'HEADER',
  policy: known(null),
  authorizers: known([anAuthorizer()]),
  stages: known(stages.length > 0 ? stages : [aStage()]),
  usagePlans: known([]),
  domains: known([]),
  changed: known({ at: null, since: '2026-03-03T00:00:00.000Z' }),
  // A change of which nothing more is said may be one of the settings.
  settingsChanged: more.changed ?? known({ at: null, since: '2026-03-03T00:00:00.000Z' }),
  ...more,
})

export const token: OriginHeader = { name: 'X-Origin-Verify', value: randomSealed(200) }

export interface Origin {
  readonly headers?: readonly OriginHeader[]
  readonly stage?: string | null
  readonly via?: 'default-endpoint' | ApiDomain
}

export const linkTo = (
  api: Api,
  { headers = [token], stage = 'prod', via = 'default-endpoint' }: Origin = {},
) => {
  const target: Link['target'] = { kind: 'api', api, stage, via, names: [host] }
  const { topology } = aWorld([{ origin: { headers, domainName: host, originPath: '/prod' }, target }])
  return topology
}

/** The exposure, after its witness or certificate was held against the API again. */
export const exposureOf = (api: Api, vantage: Vantage, origin: Origin = {}): Exposure => {
  const topology = linkTo(api, origin)
  const [proven] = proveLinks(topology)
  const found = proven?.[vantage]
  if (!proven || !found) throw new Error(`no exposure to ${vantage}`)
  expect(found.reasons.filter(isRefusal)).toEqual([])
  if (found.witness)
    expect(replayWitness(topology, proven.link, found.witness)).toEqual({
      end: found.verdict === 'authenticated' ? 'login' : 'backend',
    })
  if (found.certificate)
    expect(checkCertificate(topology, proven.link, vantage, found.certificate)).toEqual([])
  return found
}

export const verdicts = (api: Api, origin: Origin = {}): string =>
  (['internet', 'tenant'] as const).map(v => exposureOf(api, v, origin).verdict).join(' ')
