/** APIs that origins of the estate lead to, and what is beside them. */
import { buildHttpApi, buildRestApi } from '#lab/build/api.ts'
import { buildApiDomain } from '#lab/build/api-domain.ts'
import type { Place } from '#lab/build/place.ts'
import { buildWebAcl } from '#lab/build/security.ts'
import { buildUsagePlan } from '#lab/build/usage-plan.ts'
import type { WorldResource } from '#lab/world.ts'

const dublin: Place = { account: '111122223333', region: 'eu-west-1' }

const stageAcl = buildWebAcl({ name: 'orders-stage', scope: 'REGIONAL', place: dublin })

const sourceAddress = {
  Effect: 'Allow',
  Principal: '*',
  Action: 'execute-api:Invoke',
  Resource: 'execute-api:/*',
  Condition: { IpAddress: { 'aws:SourceIp': ['192.0.2.0/24'] } },
}

/** `agent` is a secret that the policy compares with. */
const orders = (agent: string) =>
  buildRestApi({
    name: 'orders',
    place: dublin,
    endpointType: 'EDGE',
    statements: [
      sourceAddress,
      { ...sourceAddress, Condition: { StringEquals: { 'aws:UserAgent': agent } } },
    ],
    authorizers: [
      {
        name: 'gate',
        type: 'TOKEN',
        identitySources: ['method.request.header.x-origin-verify'],
        ttl: 60,
      },
    ],
    routes: [
      { method: 'GET', path: '/', calls: null },
      { method: 'ANY', path: '/{proxy+}', authorization: 'CUSTOM', authorizer: 'gate' },
    ],
    stages: [
      { name: 'prod', webAcl: stageAcl.arn },
      {
        name: 'dev',
        deployed: '2025-11-01T09:00:00.000Z',
        routes: [{ method: 'GET', path: '/', apiKeyRequired: true }],
      },
    ],
  })

const carts = buildHttpApi({
  name: 'carts',
  place: dublin,
  defaultEndpointDisabled: true,
  authorizers: [
    { name: 'gate', type: 'REQUEST', identitySources: ['$request.header.x-origin-verify'] },
    { name: 'users', type: 'JWT', identitySources: ['$request.header.Authorization'] },
  ],
  routes: [
    { path: '$default', authorization: 'CUSTOM', authorizer: 'gate' },
    { method: 'GET', path: '/me', authorization: 'JWT', authorizer: 'users' },
  ],
  stages: [{ name: '$default' }, { name: 'beta', autoDeploy: false }],
})

const shared = buildApiDomain({
  name: 'api.example.com',
  place: dublin,
  mutualTls: true,
  mappings: [{ api: carts.id, stage: '$default', path: 'carts/v1' }],
})

const edge = buildApiDomain({
  name: 'edge-api.example.com',
  place: dublin,
  endpointType: 'EDGE',
  mappings: [
    { api: orders('').id, stage: 'prod' },
    { api: orders('').id, path: 'any' },
  ],
})

export const apis = {
  ordersHost: orders('').host,
  /** Custom domain name, and what it is pointed at. */
  shared: { name: 'api.example.com', target: shared.target, zone: shared.zone },
  resources: (agent: string): readonly WorldResource[] => [
    ...orders(agent).resources,
    ...carts.resources,
    ...shared.resources,
    ...edge.resources,
    stageAcl,
    buildUsagePlan({ name: 'gold', place: dublin, stages: [{ api: orders('').id, stage: 'dev' }] }),
  ],
}
