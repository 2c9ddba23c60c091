/** Distributions before APIs of API Gateway: by their own names, and by custom domain names of both kinds. */
import { buildHttpApi, buildRestApi } from '#lab/build/api.ts'
import { buildApiDomain } from '#lab/build/api-domain.ts'
import { buildDistribution } from '#lab/build/distribution.ts'
import { buildZone } from '#lab/build/dns.ts'
import type { Place } from '#lab/build/place.ts'
import { buildWebAcl } from '#lab/build/security.ts'
import type { WorldResource } from '#lab/world.ts'

const header = 'method.request.header.x-origin-verify'

/** A REST API whose stage wears a web ACL, and an HTTP API whose own endpoint is off. */
export const apis = (place: Place): readonly WorldResource[] => {
  const acl = buildWebAcl({ name: 'stage', scope: 'REGIONAL', place })
  const orders = buildRestApi({
    name: 'orders',
    place,
    authorizers: [{ name: 'gate', type: 'REQUEST', identitySources: [header] }],
    routes: [
      {
        ...{ method: 'ANY', path: '/{proxy+}', authorization: 'CUSTOM', authorizer: 'gate' },
        apiKeyRequired: true,
      },
    ],
    stages: [{ name: 'prod', webAcl: acl.arn }],
  })
  const carts = buildHttpApi({
    name: 'carts',
    place,
    defaultEndpointDisabled: true,
    authorizers: [{ name: 'users', type: 'JWT', identitySources: ['$request.header.Authorization'] }],
    routes: [{ path: '$default', authorization: 'JWT', authorizer: 'users' }],
    stages: [{ name: '$default' }],
  })
  const regional = buildApiDomain({
    name: 'carts.example.org',
    place,
    mappings: [{ api: carts.id, stage: '$default' }],
  })
  const edge = buildApiDomain({
    name: 'orders.example.org',
    place,
    endpointType: 'EDGE',
    mappings: [{ api: orders.id, stage: 'prod' }],
  })
  const before = (name: string, domainName: string, path = ''): WorldResource =>
    buildDistribution({
      name,
      account: place.account,
      comment: name,
      aliases: [],
      origins: [{ id: 'app', domainName, path }],
    })
  return [
    acl,
    ...[orders, carts, regional, edge].flatMap(({ resources }) => resources),
    ...buildZone(place.account, 'example.org', [
      { name: 'carts.example.org', alias: regional.target, zone: regional.zone },
    ]),
    before('orders', orders.host, '/prod'),
    before('carts', 'carts.example.org'),
  ]
}
