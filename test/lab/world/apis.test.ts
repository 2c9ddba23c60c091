import {
  APIGatewayClient,
  GetAuthorizersCommand,
  GetBasePathMappingsCommand,
  GetDeploymentCommand,
  GetExportCommand,
  GetRestApisCommand,
  GetStagesCommand,
  paginateGetDomainNames,
} from '@aws-sdk/client-api-gateway'
import { ApiGatewayV2Client, GetApiMappingsCommand, GetRoutesCommand } from '@aws-sdk/client-apigatewayv2'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AwsEndpoint, serveAws } from '#lab/aws/endpoint.ts'
import { buildHttpApi, buildRestApi } from '#lab/build/api.ts'
import { buildApiDomain } from '#lab/build/api-domain.ts'
import { worldHandler } from '#lab/serve-world/handler.ts'
import type { World } from '#lab/world.ts'

const place = { account: '111122223333', region: 'eu-west-1' }
const statement = {
  Effect: 'Allow',
  Principal: '*',
  Action: 'execute-api:Invoke',
  Resource: 'execute-api:/*',
}
const rest = buildRestApi({
  name: 'orders',
  place,
  statements: [statement],
  authorizers: [{ name: 'gate', type: 'TOKEN', identitySources: ['method.request.header.x-token'] }],
  routes: [{ method: 'GET', path: '/', authorization: 'CUSTOM', authorizer: 'gate' }],
  stages: [{ name: 'prod', routes: [{ method: 'GET', path: '/' }] }],
})
const http = buildHttpApi({
  name: 'carts',
  place,
  routes: ['/a', '/b', '/c'].map(path => ({ method: 'GET', path })),
  stages: [{ name: '$default' }],
})
const domains = ['REGIONAL', 'EDGE', 'PRIVATE'] as const
const named = domains.map(endpointType =>
  buildApiDomain({
    name: `${endpointType.toLowerCase()}.example.com`,
    place,
    endpointType,
    mappings: [{ api: rest.id, stage: 'prod' }],
  }),
)
const world: World = {
  name: 'apis',
  story: 'APIs and their names.',
  account: place.account,
  regions: ['eu-west-1'],
  resources: [rest, http, ...named].flatMap(one => one.resources),
  dns: [],
}

let endpoint: AwsEndpoint
const options = () => ({
  region: 'eu-west-1',
  endpoint: endpoint.url,
  credentials: { accessKeyId: 'AKIALAB', secretAccessKey: 'lab' },
  maxAttempts: 1,
})
const first = () => new APIGatewayClient(options())
const second = () => new ApiGatewayV2Client(options())
beforeAll(async () => {
  endpoint = await serveAws(worldHandler(world, { pageSize: 2 }))
})
afterAll(() => endpoint.close())

const restApiId = rest.id

test('the policy of a REST API comes as the inside of a JSON text', async () => {
  const { items } = await first().send(new GetRestApisCommand({}))
  const policy = items?.[0]?.policy ?? ''
  expect(policy).toContain('{\\"Version\\"')
  expect(JSON.parse(JSON.parse(`"${policy}"`))).toMatchObject({ Statement: [statement] })
})

test('a deployment tells its methods where that is asked for, as they were deployed', async () => {
  const { item } = await first().send(new GetStagesCommand({ restApiId }))
  const deploymentId = item?.[0]?.deploymentId
  const bare = await first().send(new GetDeploymentCommand({ restApiId, deploymentId }))
  const told = await first().send(
    new GetDeploymentCommand({ restApiId, deploymentId, embed: ['apisummary'] }),
  )
  expect(bare.apiSummary).toBeUndefined()
  expect(told.apiSummary).toEqual({ '/': { GET: { authorizationType: 'NONE', apiKeyRequired: false } } })
  await expect(first().send(new GetDeploymentCommand({ restApiId, deploymentId: 'none' }))).rejects.toThrow(
    'does not exist',
  )
})

test('stages and authorizers come with fields that may hold secrets', async () => {
  const { item } = await first().send(new GetStagesCommand({ restApiId }))
  const { items } = await first().send(new GetAuthorizersCommand({ restApiId }))
  expect(Object.keys(item?.[0]?.variables ?? {})).toHaveLength(1)
  expect(items?.[0]).toMatchObject({
    identitySource: 'method.request.header.x-token',
    identityValidationExpression: expect.any(String),
  })
  await expect(first().send(new GetStagesCommand({ restApiId: 'none' }))).rejects.toThrow('does not exist')
})

test('an export tells what a stage serves, as it was deployed, with the extensions that are asked for', async () => {
  const exported = async (extensions?: string) => {
    const { body, contentType } = await first().send(
      new GetExportCommand({
        restApiId,
        stageName: 'prod',
        exportType: 'oas30',
        accepts: 'application/json',
        ...(extensions && { parameters: { extensions } }),
      }),
    )
    expect(contentType).toBe('application/json')
    return JSON.parse(new TextDecoder().decode(body))
  }
  const whole = await exported('integrations,authorizers')
  expect(whole).toMatchObject({
    openapi: '3.0.1',
    paths: { '/': { get: { 'x-amazon-apigateway-integration': { type: 'aws_proxy' } } } },
    components: {
      securitySchemes: {
        gate: { name: 'x-token', in: 'header', 'x-amazon-apigateway-authorizer': { type: 'token' } },
      },
    },
  })
  expect(JSON.stringify(await exported())).not.toContain('x-amazon-apigateway')
  const swagger = new GetExportCommand({ restApiId, stageName: 'prod', exportType: 'swagger' })
  await expect(first().send(swagger)).rejects.toThrow('OpenAPI 3.0')
  const none = new GetExportCommand({ restApiId, stageName: 'none', exportType: 'oas30' })
  await expect(first().send(none)).rejects.toThrow('does not exist')
})

test('routes and custom domain names come page by page', async () => {
  const one = await second().send(new GetRoutesCommand({ ApiId: http.id }))
  const two = await second().send(new GetRoutesCommand({ ApiId: http.id, NextToken: one.NextToken }))
  expect([one, two].map(page => page.Items?.length)).toEqual([2, 1])
  const found: unknown[] = []
  for await (const page of paginateGetDomainNames({ client: first() }, {}))
    found.push(...(page.items ?? []).map(item => item.endpointConfiguration?.types?.[0]))
  expect(found.toSorted()).toEqual(domains.toSorted())
})

test('mappings are told of the domain name asked about, a private one by its id', async () => {
  const regional = new GetApiMappingsCommand({ DomainName: 'regional.example.com' })
  expect((await second().send(regional)).Items).toMatchObject([{ ApiId: rest.id, Stage: 'prod' }])
  const edge = new GetBasePathMappingsCommand({ domainName: 'edge.example.com' })
  expect((await first().send(edge)).items).toEqual([{ basePath: '(none)', restApiId, stage: 'prod' }])
  const domainName = 'private.example.com'
  const domainNameId = String(named[2]?.resources[0]?.config.domainNameId)
  expect(
    (await first().send(new GetBasePathMappingsCommand({ domainName, domainNameId }))).items,
  ).toHaveLength(1)
  await expect(first().send(new GetBasePathMappingsCommand({ domainName }))).rejects.toThrow('does not exist')
})
