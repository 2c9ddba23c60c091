import { describe, expect, test } from 'vitest'
import { type ApiAuthorizerSpec, type ApiRouteSpec, type ApiStageSpec, buildRestApi } from '#lab/build/api.ts'
import { types } from '#snapshot/resource-types.ts'
import type { ApiRoute, ApiStage } from '#topology/model.ts'
import { apiOf, apiParts, onlyStage, without } from './apis.ts'
import { account, changed, given, ofType, type Parts, region } from './parts.ts'

const place = { account, region }
const gate: ApiAuthorizerSpec = {
  name: 'gate',
  type: 'REQUEST',
  identitySources: ['method.request.header.x-origin-verify'],
}
const guarded: ApiRouteSpec = {
  method: 'ANY',
  path: '/{proxy+}',
  authorization: 'CUSTOM',
  authorizer: 'gate',
}
const app = `arn:aws:lambda:${region}:${account}:function:app`

const parts = (stage: Partial<ApiStageSpec> = {}): Parts =>
  apiParts(
    buildRestApi({
      ...{ name: 'orders', place, authorizers: [gate], routes: [guarded] },
      stages: [{ name: 'prod', ...stage }],
    }).resources,
  )
const { host } = buildRestApi({ name: 'orders', place, routes: [], stages: [] })
const stageOf = (own: Parts): ApiStage => onlyStage(apiOf(host, '/prod', own))
const routesOf = (own: Parts): readonly ApiRoute[] => given(stageOf(own).routes)
const exportWith = (own: Parts, more: object): Parts =>
  changed(own, ofType(types.restExport), config => ({ ...config, ...more }))

describe('what AWS exports of a stage', () => {
  test('tells its authorizers and what its routes call', () => {
    expect(stageOf(parts()).deployedAuthorizers).toMatchObject([
      { id: 'gate', name: 'gate', type: 'lambda', identitySources: gate.identitySources, ttl: 300 },
    ])
    expect(routesOf(parts())).toMatchObject([
      { authorizerId: 'gate', integration: app, deployedAsConfigured: true },
    ])
  })

  test('is what the stage serves where the API was changed since, and says so', () => {
    const deployed = { routes: [{ ...guarded, authorization: 'NONE', calls: 'old' }] } as const
    expect(routesOf(parts(deployed))).toMatchObject([
      {
        authorization: 'none',
        integration: `arn:aws:lambda:${region}:${account}:function:old`,
        deployedAsConfigured: false,
      },
    ])
  })

  test.each<[string, Partial<ApiAuthorizerSpec>, boolean]>([
    ['is the same', {}, true],
    ['is written in other letters', { identitySources: ['method.request.header.X-Origin-Verify'] }, true],
    ['looked at something else', { identitySources: ['method.request.header.Authorization'] }, false],
    ['kept its decisions for longer', { ttl: 3600 }, false],
    ['was of another type', { type: 'COGNITO_USER_POOLS' }, false],
  ])('agrees with the configuration only where the authorizer that decides %s', (_, more, agrees) => {
    const found = routesOf(parts({ authorizers: [{ ...gate, ...more }] }))
    expect(found).toMatchObject([{ authorization: 'lambda', deployedAsConfigured: agrees }])
  })

  test('tells of no authorizer what a method does not say', () => {
    const methods = [{ path: '/{proxy+}', httpMethod: 'ANY', type: 'MOCK' }]
    expect(routesOf(exportWith(parts(), { methods }))).toMatchObject([
      { authorization: 'lambda', authorizerId: null, deployedAsConfigured: true },
    ])
  })

  const method = { path: '/{proxy+}', httpMethod: 'ANY' }
  test.each([
    ['no document', { methods: undefined, authorizers: undefined }],
    ['methods of another deployment', { methods: [{ ...method, path: '/other' }] }],
    ['more methods than were deployed', { methods: [method, { ...method, path: '/other' }] }],
    ['no methods', { methods: [] }],
    ['a method without a path', { methods: [{ httpMethod: 'ANY' }] }],
    ['an authorizer without a name', { authorizers: [{ type: 'REQUEST' }] }],
  ])('is not believed where it holds %s', (_, more) =>
    expect(stageOf(exportWith(parts(), more)).deployedAuthorizers).toBeNull(),
  )

  test('is not believed without the summary of the deployment, nor where a canary serves some requests', () => {
    const bare = changed(parts(), ofType(types.restDeployment), ({ apiSummary: _, ...rest }) => rest)
    const canarySettings = { deploymentId: 'other', percentTraffic: 10 }
    const canary = changed(parts(), ofType(types.restStage), config => ({ ...config, canarySettings }))
    for (const own of [bare, canary]) expect(stageOf(own).deployedAuthorizers).toBeNull()
  })

  test('leaves everything as it is configured where it was not read', () => {
    const own = parts()
    const resources = own.resources.filter(r => r.type !== types.restExport)
    const stage = stageOf(without({ ...own, resources }, 'api-gateway', 'GetExport'))
    expect(stage.deployedAuthorizers).toBeNull()
    expect(given(stage.routes)).toMatchObject([{ integration: app, deployedAsConfigured: true }])
  })
})
