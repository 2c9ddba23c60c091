import { describe, expect, test } from 'vitest'
import { type ApiRouteSpec, type ApiStageSpec, buildRestApi, type RestApiSpec } from '#lab/build/api.ts'
import { buildApiDomain } from '#lab/build/api-domain.ts'
import { buildWebAcl } from '#lab/build/security.ts'
import { types } from '#snapshot/resource-types.ts'
import type { Api, ApiRoute } from '#topology/model.ts'
import { apiOf, apiParts, onlyStage as stageOf, without } from './apis.ts'
import { account, changed, gapsOf, given, merge, ofType, type Parts, region } from './parts.ts'
import { lbArn } from './shop.ts'

const place = { account, region }
const gate = {
  name: 'gate',
  type: 'REQUEST',
  identitySources: ['method.request.header.x-origin-verify', 'method.request.querystring.a'],
  ttl: 0,
} as const
const guarded: ApiRouteSpec = {
  method: 'ANY',
  path: '/{proxy+}',
  authorization: 'CUSTOM',
  authorizer: 'gate',
}
const free: ApiRouteSpec = { method: 'GET', path: '/' }

const restParts = (more: Partial<RestApiSpec> = {}, stage: Partial<ApiStageSpec> = {}): Parts =>
  apiParts(
    buildRestApi({
      name: 'orders',
      place,
      authorizers: [gate],
      routes: [free, guarded],
      stages: [{ name: 'prod', ...stage }],
      ...more,
    }).resources,
  )
const host = buildRestApi({ name: 'orders', place, routes: [], stages: [] }).host
/** As where AWS gives no export. */
const unexported = (parts: Parts): Parts => {
  const { resources } = parts
  const rest = { ...parts, resources: resources.filter(r => r.type !== types.restExport) }
  return without(rest, 'api-gateway', 'GetExport')
}
const restApi = (...parts: readonly Parts[]): Api => apiOf(host, '/prod', merge(...parts))
const routesOf = (api: Api): readonly ApiRoute[] => given(stageOf(api).routes)

/** How a text says that a variable of the stage completes it. */
const variable = (name: string): string => `$\{stageVariables.${name}}`

describe('a REST API', () => {
  test('says what it is, who authorizes and what its stages serve', () => {
    const api = restApi(
      restParts({ endpointType: 'PRIVATE', defaultEndpointDisabled: true, endpointAccessMode: 'STRICT' }),
    )
    expect(api).toMatchObject({
      kind: 'rest',
      endpointType: 'PRIVATE',
      host,
      defaultEndpointDisabled: true,
      endpointAccessMode: 'STRICT',
      apiKeySource: 'HEADER',
      policy: { known: true, value: null },
    })
    expect(given(api.authorizers)).toMatchObject([
      {
        name: 'gate',
        type: 'lambda',
        functionArn: `arn:aws:lambda:${region}:${account}:function:gate`,
        identitySources: gate.identitySources,
        ttl: 0,
      },
    ])
    expect(stageOf(api)).toMatchObject({
      name: 'prod',
      deployedAt: '2026-03-01T09:00:00.000Z',
      autoDeploy: false,
      webAcl: { known: true, value: null },
    })
    expect(routesOf(api)).toMatchObject([
      { method: 'GET', path: '/', authorization: 'none', authorizerId: null, deployedAsConfigured: true },
      {
        method: 'ANY',
        path: '/{proxy+}',
        authorization: 'lambda',
        authorizerId: 'gate',
        integration: `arn:aws:lambda:${region}:${account}:function:app`,
        deployedAsConfigured: true,
      },
    ])
  })

  test('has its policy as a document, none, or a gap where it is no JSON or was not kept', () => {
    const statement = { Effect: 'Deny', Principal: '*', Action: 'execute-api:Invoke', Resource: '*' }
    const api = restApi(restParts({ statements: [statement] }))
    expect(given(api.policy)).toMatchObject({
      ref: { type: types.restApi },
      document: { Version: '2012-10-17', Statement: [statement] },
    })
    const policy = (value: unknown) =>
      restApi(changed(restParts(), ofType(types.restApi), config => ({ ...config, policy: value }))).policy
    expect(gapsOf(policy('unreadable'))).toMatchObject([{ code: 'unrecognised' }])
    expect(gapsOf(policy(undefined))).toMatchObject([{ code: 'not-read', operation: 'GetRestApis' }])
  })

  test('serves what was deployed, not what is configured, and says where they differ', () => {
    const routes = [
      { ...guarded, authorization: 'NONE' },
      { ...free, apiKeyRequired: true },
      { method: 'POST', path: '/gone' },
    ] as const
    expect(routesOf(restApi(unexported(restParts({}, { routes }))))).toMatchObject([
      {
        path: '/{proxy+}',
        authorization: 'none',
        authorizerId: null,
        integration: null,
        deployedAsConfigured: false,
      },
      { path: '/', apiKeyRequired: true, deployedAsConfigured: false },
      { method: 'POST', path: '/gone', authorization: 'none', deployedAsConfigured: false },
    ])
  })

  test('does not serve a method that was made since', () =>
    expect(routesOf(restApi(restParts({}, { routes: [guarded] })))).toHaveLength(1))

  test('serves what is configured where AWS gives no summary of a deployment, as far as that is known', () => {
    const bare = changed(restParts(), ofType(types.restDeployment), ({ apiSummary: _, ...rest }) => rest)
    expect(routesOf(restApi(bare)).map(r => [r.path, r.deployedAsConfigured])).toEqual([
      ['/', null],
      ['/{proxy+}', null],
    ])
    expect(gapsOf(stageOf(restApi(without(bare, 'api-gateway', 'GetResources'))).routes)).toMatchObject([
      { operation: 'GetResources' },
    ])
  })

  test('of which the methods were not read serves what was deployed, by whomever it is authorized', () => {
    const api = restApi(unexported(without(restParts(), 'api-gateway', 'GetResources')))
    expect(routesOf(api)).toMatchObject([
      { path: '/', authorization: 'none', deployedAsConfigured: null },
      {
        path: '/{proxy+}',
        authorization: 'lambda',
        authorizerId: null,
        integration: null,
        deployedAsConfigured: null,
      },
    ])
  })

  test('with a kind of authorization that is not known says so, and may be deployed as it is configured', () => {
    const strange = { ...guarded, authorization: 'TOMORROW' as 'NONE' }
    expect(routesOf(restApi(restParts({ routes: [strange] })))).toMatchObject([
      { authorization: 'unrecognised', deployedAsConfigured: true },
    ])
  })

  test.each([
    ['GetStages', (api: Api) => api.stages],
    ['GetAuthorizers', (api: Api) => api.authorizers],
    ['GetDeployment', (api: Api) => stageOf(api).routes],
    ['GetDomainNames', (api: Api) => api.domains],
  ])('of which %s was not read says so where it matters', (operation, look) => {
    const api = restApi({ ...without(restParts(), 'api-gateway', operation), ...lost(operation) })
    expect(gapsOf(look(api))).toMatchObject([{ operation, code: 'not-read' }])
  })

  const lost = (operation: string): Partial<Parts> =>
    operation === 'GetDeployment'
      ? { resources: restParts().resources.filter(r => r.type !== types.restDeployment) }
      : {}

  test('with a canary release has no known routes, unless that serves nobody', () => {
    const canary = (canarySettings: object) =>
      stageOf(
        restApi(changed(restParts(), ofType(types.restStage), config => ({ ...config, canarySettings }))),
      ).routes
    expect(gapsOf(canary({ deploymentId: 'other', percentTraffic: 5 }))).toMatchObject([
      { code: 'unrecognised' },
    ])
    expect(gapsOf(canary({ deploymentId: 'other' }))).toHaveLength(1)
    expect(canary({ deploymentId: 'other', percentTraffic: 0 }).known).toBe(true)
  })

  test('has the web ACL of its stage, and a gap for one of AWS WAF Classic', () => {
    const acl = buildWebAcl({ name: 'stage', scope: 'REGIONAL', place })
    const worn = restParts({}, { webAcl: acl.arn })
    expect(given(stageOf(restApi(worn, apiParts([acl]))).webAcl)).toMatchObject({ name: 'stage' })
    expect(gapsOf(stageOf(restApi(worn)).webAcl)).toMatchObject([{ operation: 'GetWebACL', target: acl.arn }])
    const classic = `arn:aws:waf-regional:${region}:${account}:webacl/0a1b2c3d`
    expect(gapsOf(stageOf(restApi(restParts({}, { webAcl: classic }))).webAcl)).toHaveLength(1)
  })

  test.each([
    ['a mock', { type: 'MOCK' }, 'MOCK'],
    ['a URL', { type: 'HTTP', uri: 'https://app.example.com' }, 'https://app.example.com'],
    ['a stage variable', { type: 'HTTP', uri: variable('host') }, null],
    ['nothing that was told', { type: 'AWS_PROXY' }, null],
    [
      'a network load balancer',
      { type: 'HTTP', connectionType: 'VPC_LINK', connectionId: 'l1', uri: 'http://nlb.example.com' },
      'l1 http://nlb.example.com',
    ],
    [
      'a load balancer behind a link',
      {
        type: 'HTTP',
        connectionType: 'VPC_LINK',
        connectionId: 'l2',
        integrationTarget: lbArn(),
        uri: 'http://x',
      },
      lbArn(),
    ],
    ['a link that a stage variable names', { connectionId: variable('link'), uri: 'http://x' }, null],
  ])('calls %s', (_, said, integration) => {
    const parts = changed(unexported(restParts({ routes: [free] })), ofType(types.restMethod), config => ({
      ...config,
      ...{ type: undefined, uri: undefined, connectionType: undefined },
      ...said,
    }))
    expect(routesOf(restApi(parts))).toMatchObject([{ integration }])
  })
})

describe('the custom domain names of an API', () => {
  const { id } = buildRestApi({ name: 'orders', place, routes: [], stages: [] })
  const named = (
    name: string,
    mappings: readonly { api: string; stage: string; path?: string }[],
    more = {},
  ) => buildApiDomain({ name, place, mappings, ...more }).resources
  const own = buildRestApi({ name: 'orders', place, routes: [free], stages: [{ name: 'prod' }] }).resources

  test('are those whose paths lead to it, whatever the origin asks for', () => {
    const domains = [
      ...named('a.example.com', [
        { api: id, stage: 'prod', path: 'v1' },
        { api: 'other', stage: 'prod' },
      ]),
      ...named('b.example.com', [{ api: 'other', stage: 'prod' }]),
      ...named('c.example.com', [{ api: id, stage: 'prod' }], { endpointType: 'PRIVATE' }),
    ]
    const found = given(apiOf(host, '/prod', apiParts([...own, ...domains])).domains)
    expect(found).toMatchObject([
      {
        name: 'a.example.com',
        mappings: [{ path: 'v1', stage: 'prod' }],
        mutualTls: false,
        routingRules: false,
      },
      {
        name: 'c.example.com',
        mappings: [{ path: '', stage: 'prod' }],
        endpointType: 'PRIVATE',
        targets: [],
      },
    ])
    expect(found[0]?.mappings).toHaveLength(1)
  })

  test('hold every name with routing rules, which may lead anywhere', () => {
    const ruled = named('r.example.com', [], { routingMode: 'ROUTING_RULE_ONLY' })
    expect(given(apiOf(host, '/prod', apiParts([...own, ...ruled])).domains)).toMatchObject([
      { name: 'r.example.com', mappings: [], routingRules: true },
    ])
  })

  test('are not known where the mappings of any of them were not read', () => {
    const parts = apiParts([...own, ...named('b.example.com', [{ api: 'other', stage: 'prod' }])])
    const api = apiOf(host, '/prod', without(parts, 'apigatewayv2', 'GetApiMappings'))
    expect(gapsOf(api.domains)).toMatchObject([{ operation: 'GetApiMappings', target: 'b.example.com' }])
  })
})
