import { describe, expect, test } from 'vitest'
import { type ApiStageSpec, buildHttpApi } from '#lab/build/api.ts'
import { buildHttpVpcLink } from '#lab/build/vpc-link.ts'
import { types } from '#snapshot/resource-types.ts'
import type { Api, ApiRoute } from '#topology/model.ts'
import { apiOf, apiParts, onlyStage as stageOf, without } from './apis.ts'
import { origin } from './edge.ts'
import {
  account,
  changed,
  gapsOf,
  given,
  merge,
  ofType,
  type Parts,
  read,
  region,
  topologyOf,
} from './parts.ts'
import { lbArn, listenerArn, withOrigin } from './shop.ts'

const place = { account, region }
const byPath = (routes: readonly ApiRoute[]): readonly ApiRoute[] =>
  routes.toSorted((a, b) => `${a.path ?? ''}`.localeCompare(`${b.path ?? ''}`))

describe('an HTTP API', () => {
  const built = (stages: readonly ApiStageSpec[], protocol: 'HTTP' | 'WEBSOCKET' = 'HTTP') =>
    buildHttpApi({
      name: 'carts',
      place,
      protocol,
      authorizers: [
        { name: 'gate', type: 'REQUEST', identitySources: ['$request.header.x-origin-verify'], ttl: 60 },
        { name: 'users', type: 'JWT', identitySources: ['$request.header.Authorization'] },
      ],
      routes: [
        { path: '$default' },
        { method: 'GET', path: '/me', authorization: 'JWT', authorizer: 'users' },
      ],
      stages,
    })
  const stages = [{ name: '$default' }, { name: 'beta', autoDeploy: false }]
  const { host: name, resources } = built(stages)
  const httpApi = (parts: Parts): Api => apiOf(name, '', parts)
  const whole = apiParts(resources)

  test('has neither policy nor web ACL, and routes that AWS does not tell the deployment of', () => {
    const api = httpApi(whole)
    expect(api).toMatchObject({
      kind: 'http',
      endpointType: 'REGIONAL',
      host: name,
      policy: { known: true, value: null },
      apiKeySource: null,
    })
    expect(
      given(api.authorizers)
        .map(a => [a.name, a.type, a.ttl])
        .toSorted(),
    ).toEqual([
      ['gate', 'lambda', 60],
      ['users', 'jwt', 0],
    ])
    const told = given(api.stages).map(s => [
      s.name,
      s.autoDeploy,
      given(s.routes).map(r => r.deployedAsConfigured),
    ])
    expect(told).toEqual([
      ['$default', true, [true, true]],
      ['beta', false, [null, null]],
    ])
    const stage = stageOf(api)
    expect(stage.webAcl).toEqual({ known: true, value: null })
    const users = given(api.authorizers).find(a => a.name === 'users')
    expect(byPath(given(stage.routes))).toMatchObject([
      { method: null, path: null, authorization: 'none', authorizerId: null },
      { method: 'GET', path: '/me', authorization: 'jwt', authorizerId: users?.id },
    ])
  })

  test('whose last deployment failed, or was not read, is not known to be deployed as it is configured', () => {
    const asDeployed = (parts: Parts) => given(stageOf(httpApi(parts)).routes)[0]?.deployedAsConfigured
    expect(asDeployed(whole)).toBe(true)
    const said = (LastDeploymentStatusMessage: string) =>
      changed(whole, ofType(types.apiStage), config => ({ ...config, LastDeploymentStatusMessage }))
    expect(asDeployed(said('Deployment attempt failed'))).toBeNull()
    const failed = changed(whole, ofType(types.apiDeployment), config => ({
      ...config,
      DeploymentStatus: 'FAILED',
    }))
    expect(asDeployed(failed)).toBeNull()
    expect(stageOf(httpApi(failed))).toMatchObject({ deployedAt: null, autoDeploy: false })
    const unread = { ...whole, resources: whole.resources.filter(r => r.type !== types.apiDeployment) }
    expect(asDeployed(unread)).toBeNull()
  })

  test.each(['GetStages', 'GetRoutes', 'GetAuthorizers'])('of which %s was not read says so', operation => {
    const api = httpApi(without(whole, 'apigatewayv2', operation))
    const known = { GetStages: api.stages, GetRoutes: api.stages.known && stageOf(api).routes }
    const asked = operation === 'GetAuthorizers' ? api.authorizers : known[operation as 'GetRoutes']
    expect(asked && gapsOf(asked)).toMatchObject([{ operation, service: 'apigatewayv2' }])
  })

  test('with a route key that cannot be read has no known routes', () => {
    const strange = changed(whole, ofType(types.apiRoute), config => ({ ...config, RouteKey: 'nonsense' }))
    expect(gapsOf(stageOf(httpApi(strange)).routes)[0]).toMatchObject({ code: 'unrecognised' })
  })

  test('that speaks WebSocket has the keys of its messages as routes', () => {
    const chat = apiParts(built([{ name: 'live' }], 'WEBSOCKET').resources)
    const routes = byPath(given(stageOf(httpApi(chat)).routes))
    expect(routes.map(r => [r.method, r.path])).toEqual([
      [null, null],
      [null, 'GET /me'],
    ])
  })

  test('that an origin leads to changes nothing of what VPC links lead to', () => {
    const links = buildHttpVpcLink(place, 'link', [listenerArn()])
    const { vpcLinks } = topologyOf(
      merge(
        withOrigin(origin(name), apiParts([...resources, ...links])),
        { resources: [], reads: [read('GetVpcLinks', '*', 1, { service: 'apigatewayv2' })] },
        { resources: [], reads: [read('GetVpcLinks', '*', 0, { service: 'api-gateway' })] },
      ),
    )
    expect(vpcLinks).toMatchObject({
      items: [{ loadBalancerArns: { known: true, value: [lbArn()] } }],
      gaps: [],
    })
  })
})
