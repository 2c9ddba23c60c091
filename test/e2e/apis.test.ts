/** From the account to the topology: which APIs are found behind origins, and that nothing unread looks like nothing there. */
import { describe, expect, test } from 'vitest'
import type { Gap } from '#base/gap.ts'
import type { Known } from '#base/known.ts'
import { withDenied } from '#lab/aws/policy.ts'
import { buildRestApi } from '#lab/build/api.ts'
import { buildApiDomain } from '#lab/build/api-domain.ts'
import { buildDistribution } from '#lab/build/distribution.ts'
import { distributionId } from '#lab/build/names.ts'
import { buildUsagePlan } from '#lab/build/usage-plan.ts'
import type { World, WorldResource } from '#lab/world.ts'
import { types } from '#snapshot/resource-types.ts'
import { buildTopology } from '#topology/build.ts'
import type { Api, ApiStage, Target, Topology } from '#topology/model.ts'
import { type RunOptions, run } from '../collect/run.ts'
import { apis } from './raw-apis.ts'

const place = { account: '111122223333', region: 'eu-west-1' }
const secret = 'canary-Kq7Zp2Vd9XwLm4TsRb6NyHcJ'
/** Another one: what is sealed in one place is scrubbed from all others. */
const agent = 'canary-Wt3Bv8Gx5QfLn2RkYd7MzPsA'

const worldOf = (...resources: readonly WorldResource[]): World => ({
  name: 'apis',
  story: 'Distributions before APIs.',
  account: place.account,
  regions: ['eu-central-1', 'eu-west-1', 'us-east-1'],
  resources,
  dns: [],
})
const world = worldOf(...apis(place))

const collected = (options: RunOptions = {}) => run({ world, ...options })
const topologyWithout = async (...denied: readonly string[]): Promise<Topology> =>
  buildTopology((await collected({ wrap: handle => withDenied(handle, new Set(denied)) })).snapshot)

const targetNamed = ({ links }: Topology, name: string): Target => {
  const found = links.find(link => link.distribution.id === distributionId(name))
  if (found === undefined) throw new Error(`no link of ${name}`)
  return found.target
}
const apiNamed = (topology: Topology, name: string): Api => {
  const target = targetNamed(topology, name)
  if (target.kind !== 'api') throw new Error(`${name} leads to ${JSON.stringify(target)}`)
  return target.api
}
const value = <T>(known: Known<T>): T => {
  if (!known.known) throw new Error(`not known: ${JSON.stringify(known.gaps)}`)
  return known.value
}
const stageOf = (api: Api): ApiStage => {
  const [stage] = value(api.stages)
  if (stage === undefined) throw new Error('no stage')
  return stage
}

describe('APIs behind origins', () => {
  test('are read whole, with the custom domain names that lead to them', async () => {
    const { snapshot } = await collected()
    expect(snapshot.gaps).toEqual([])
    const topology = buildTopology(snapshot)
    const [orders, carts] = [apiNamed(topology, 'orders'), apiNamed(topology, 'carts')]
    expect(targetNamed(topology, 'orders')).toMatchObject({ stage: 'prod', via: 'default-endpoint' })
    expect(targetNamed(topology, 'carts')).toMatchObject({
      stage: '$default',
      via: { name: 'carts.example.org' },
    })
    expect(value(orders.domains)).toMatchObject([{ name: 'orders.example.org', endpointType: 'EDGE' }])
    expect(value(carts.domains)).toMatchObject([{ name: 'carts.example.org', endpointType: 'REGIONAL' }])
    expect(value(stageOf(orders).webAcl)).toMatchObject({ name: 'stage' })
    for (const api of [orders, carts])
      for (const route of value(stageOf(api).routes)) {
        expect(route.deployedAsConfigured).toBe(true)
        const asked = stageOf(api).deployedAuthorizers ?? value(api.authorizers)
        expect(asked.map(a => a.id)).toContain(route.authorizerId)
      }
    expect(stageOf(orders).deployedAuthorizers).toMatchObject([{ name: 'gate', ttl: 300 }])
    expect(orders.changed).toMatchObject({ known: true, value: { at: null } })
  })

  test('are asked for in their own region only, and nothing of it twice', async () => {
    const { calls } = await collected()
    const own = calls.filter(call => call.service.startsWith('api'))
    expect(new Set(own.map(call => call.region))).toEqual(new Set(['eu-west-1']))
    expect(new Set(own.map(call => JSON.stringify([call.service, call.operation, call.input]))).size).toBe(
      own.length,
    )
  })

  test('that no origin leads to are only listed, and their policies stay where they are', async () => {
    const beside = buildRestApi({
      name: 'beside',
      place,
      routes: [{ method: 'GET', path: '/' }],
      stages: [{ name: 'prod' }],
      statements: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', Sid: 'nobodys-business' }],
    })
    const { snapshot, text } = await collected({ world: worldOf(...world.resources, ...beside.resources) })
    expect(snapshot.gaps).toEqual([])
    const own = snapshot.resources.filter(r => r.arn.includes(beside.id))
    expect(own.map(r => r.type)).toEqual([types.restApi])
    expect(text).not.toContain('nobodys-business')
  })

  test('are found behind an edge-optimized custom domain name of whatever region', async () => {
    const orders = buildRestApi({ name: 'orders', place, routes: [], stages: [{ name: 'prod' }] })
    const name = 'edge.partner.example'
    const domain = buildApiDomain({
      name,
      place,
      endpointType: 'EDGE',
      mappings: [{ api: orders.id, stage: 'prod' }],
    })
    const distribution = buildDistribution({
      name: 'edge',
      account: place.account,
      comment: 'edge',
      aliases: [],
      origins: [{ id: 'app', domainName: name }],
    })
    const resolver = {
      resolve: async () => ({
        outcome: 'answer' as const,
        canonicalNames: [domain.target],
        addresses: ['192.0.2.50'],
      }),
    }
    const { snapshot } = await collected({
      world: worldOf(...orders.resources, ...domain.resources, distribution),
      collect: { resolver },
    })
    const found = targetNamed(buildTopology(snapshot), 'edge')
    expect(found).toMatchObject({ kind: 'api', api: { id: orders.id }, stage: 'prod', via: { name } })
  })

  test('in a region that is not read are a gap that names it', async () => {
    const { snapshot, calls } = await collected({ collect: { regions: ['us-east-1'] } })
    expect(calls.filter(call => call.service.startsWith('api'))).toEqual([])
    const told = snapshot.gaps.filter(gap => gap.region === 'eu-west-1').map(gap => [gap.operation, gap.code])
    expect(told).toEqual(
      expect.arrayContaining([
        ['GetRestApis', 'not-read'],
        ['GetDomainNames', 'not-read'],
      ]),
    )
    expect(targetNamed(buildTopology(snapshot), 'orders')).toMatchObject({
      kind: 'unknown',
      gaps: expect.arrayContaining([
        expect.objectContaining({ message: expect.stringContaining('--region') }),
      ]),
    })
  })
})

type Look = (topology: Topology) => Known<unknown> | Target

const denials: readonly (readonly [operation: string, look: Look])[] = [
  ['api-gateway:GetRestApis', t => targetNamed(t, 'orders')],
  ['api-gateway:GetStages', t => apiNamed(t, 'orders').stages],
  ['api-gateway:GetDeployment', t => stageOf(apiNamed(t, 'orders')).routes],
  ['api-gateway:GetAuthorizers', t => apiNamed(t, 'orders').authorizers],
  ['api-gateway:GetDomainNames', t => targetNamed(t, 'carts')],
  ['api-gateway:GetDomainNames', t => apiNamed(t, 'orders').domains],
  ['api-gateway:GetBasePathMappings', t => apiNamed(t, 'orders').domains],
  ['api-gateway:GetBasePathMappings', t => apiNamed(t, 'carts').domains],
  ['apigatewayv2:GetApis', t => targetNamed(t, 'carts')],
  ['apigatewayv2:GetStages', t => apiNamed(t, 'carts').stages],
  ['apigatewayv2:GetRoutes', t => stageOf(apiNamed(t, 'carts')).routes],
  ['apigatewayv2:GetAuthorizers', t => apiNamed(t, 'carts').authorizers],
  ['apigatewayv2:GetApiMappings', t => targetNamed(t, 'carts')],
  ['apigatewayv2:GetApiMappings', t => apiNamed(t, 'orders').domains],
  ['wafv2:GetWebACL', t => stageOf(apiNamed(t, 'orders')).webAcl],
]

const gapsIn = (found: Known<unknown> | Target): readonly Gap[] => ('gaps' in found ? found.gaps : [])

test('usage plans are read where a method asks for a key, once for a region, and keys never', async () => {
  const keyed = (name: string) =>
    buildRestApi({
      name,
      place,
      routes: [{ method: 'GET', path: '/', apiKeyRequired: true }],
      stages: [{ name: 'prod' }, { name: 'dev' }],
    })
  const [one, two] = [keyed('one'), keyed('two')]
  const before = (name: string, { host }: typeof one) =>
    buildDistribution({
      name,
      account: place.account,
      comment: name,
      aliases: [],
      origins: [{ id: 'app', domainName: host, path: '/prod' }],
    })
  const plan = buildUsagePlan({ name: 'gold', place, stages: [{ api: one.id, stage: 'prod' }] })
  const resources = [...one.resources, ...two.resources, plan, before('one', one), before('two', two)]
  const { calls, snapshot, text } = await collected({ world: worldOf(...resources) })
  expect(calls.filter(call => call.operation === 'GetUsagePlans')).toHaveLength(1)
  expect(calls.filter(call => /ApiKey|UsagePlanKey/.test(call.operation))).toEqual([])
  const topology = buildTopology(snapshot)
  expect(value(apiNamed(topology, 'one').usagePlans)).toMatchObject([{ ref: { name: 'gold' } }])
  expect(value(apiNamed(topology, 'two').usagePlans)).toEqual([])
  expect(text).not.toContain('must-not-be-kept')
  const open = buildRestApi({
    name: 'open',
    place,
    routes: [{ method: 'GET', path: '/' }],
    stages: [{ name: 'prod' }],
  })
  const { calls: others } = await collected({ world: worldOf(...open.resources, before('open', open)) })
  expect(others.some(call => call.operation === 'GetStages')).toBe(true)
  expect(others.filter(call => call.operation === 'GetUsagePlans')).toEqual([])
})

describe('an operation that is denied', () => {
  test.each(denials)('%s leaves a gap that names it, never nothing (%#)', async (operation, look) => {
    const [service, name] = operation.split(':')
    expect(gapsIn(look(await topologyWithout(operation)))).toEqual(
      expect.arrayContaining([expect.objectContaining({ code: 'denied', service, operation: name })]),
    )
  })

  test('GetExport leaves a gap that names it, and what is configured in place of what is deployed', async () => {
    const topology = await topologyWithout('api-gateway:GetExport')
    expect(topology.gaps).toMatchObject([
      { code: 'denied', operation: 'GetExport', action: 'apigateway:GET' },
    ])
    const stage = stageOf(apiNamed(topology, 'orders'))
    expect(stage.deployedAuthorizers).toBeNull()
    expect(value(stage.routes)[0]?.authorizerId).toMatch(/^[0-9a-f]{6}$/)
  })

  test('GetResources and GetExport together leave what the routes would have told unknown', async () => {
    const topology = await topologyWithout('api-gateway:GetResources', 'api-gateway:GetExport')
    const routes = value(stageOf(apiNamed(topology, 'orders')).routes)
    expect(routes.length).toBeGreaterThan(0)
    for (const route of routes)
      expect(route).toMatchObject({ deployedAsConfigured: null, integration: null, authorizerId: null })
  })

  test.each([
    ['api-gateway:GetResources', 'orders', { deployedAsConfigured: null }],
    ['apigatewayv2:GetDeployment', 'carts', { deployedAsConfigured: null }],
    ['apigatewayv2:GetIntegrations', 'carts', { integration: null }],
  ])('%s leaves what the routes of %s would have told unknown', async (operation, name, left) => {
    const routes = value(stageOf(apiNamed(await topologyWithout(operation), name)).routes)
    expect(routes.length).toBeGreaterThan(0)
    for (const route of routes) expect(route).toMatchObject(left)
  })
})

test('no secret of an API leaves: not in URLs, policies, variables, parameters or expressions', async () => {
  const told: Readonly<Record<string, object>> = {
    [types.restMethod]: {
      type: 'HTTP',
      uri: `https://user:${secret}@hooks.example.com/${secret}?key=${secret}`,
    },
    [types.restExport]: {
      methods: [
        {
          path: '/{proxy+}',
          httpMethod: 'ANY',
          type: 'HTTP',
          uri: `https://user:${secret}@hooks.example.com/${secret}?key=${secret}`,
        },
      ],
    },
    [types.apiIntegration]: {
      IntegrationType: 'HTTP_PROXY',
      IntegrationUri: `https://hooks.example.com/${secret}`,
    },
    [types.apiStage]: { LastDeploymentStatusMessage: `Deployment attempt failed: ${secret}` },
    [types.restApi]: {
      policy: {
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: '*', Condition: { StringEquals: { 'aws:UserAgent': agent } } },
        ],
      },
    },
    [types.restStage]: { description: secret, tags: { key: secret } },
  }
  const resources = world.resources.map(r => ({ ...r, config: { ...r.config, ...told[r.type] } }))
  const { text, events, snapshot } = await collected({ world: worldOf(...resources) })
  const formsOf = (one: string) => [
    one,
    Buffer.from(one).toString('base64'),
    Buffer.from(one).toString('hex'),
  ]
  for (const trace of [...formsOf(secret), ...formsOf(agent)])
    expect(text + JSON.stringify(events)).not.toContain(trace)
  // What the laboratory puts where most accounts have such things.
  expect(text).not.toContain('must-not-be-kept')
  expect(text).toContain('https://hooks.example.com')
  expect(snapshot.gaps).toEqual([])
})
