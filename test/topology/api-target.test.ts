import { fc, test as prop } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { buildHttpApi, buildRestApi } from '#lab/build/api.ts'
import { type ApiDomainSpec, buildApiDomain } from '#lab/build/api-domain.ts'
import type { WorldResource } from '#lab/world.ts'
import { mappingsMet } from '#topology/api-target.ts'
import { apiParts, targetOf, without } from './apis.ts'
import { alias, cname, dns, zone } from './edge.ts'
import { account, type Parts, region } from './parts.ts'

const place = { account, region }
const route = { method: 'GET', path: '/' }
const rest = buildRestApi({
  name: 'orders',
  place,
  routes: [route],
  stages: [{ name: 'prod' }, { name: 'dev' }],
})
const http = buildHttpApi({ name: 'carts', place, routes: [route], stages: [{ name: '$default' }] })
const staged = buildHttpApi({
  name: 'staged',
  place,
  routes: [route],
  stages: [{ name: '$default' }, { name: 'beta' }],
})
const chat = buildHttpApi({
  name: 'chat',
  place,
  protocol: 'WEBSOCKET',
  routes: [{ path: '$connect' }],
  stages: [{ name: 'live' }],
})
const all = [rest, http, staged, chat].flatMap(api => api.resources)
const parts = apiParts(all)

/** A custom domain name behind a record of the account, and what stands behind it. */
const behindDomain = (
  spec: Omit<ApiDomainSpec, 'name' | 'place'>,
  more: readonly WorldResource[] = [],
): readonly Parts[] => {
  const domain = buildApiDomain({ name: 'api.example.com', place, ...spec })
  return [
    apiParts([...all, ...domain.resources, ...more]),
    zone('example.com', alias('api.example.com', domain.target)),
  ]
}
const led = (path: string, spec: Omit<ApiDomainSpec, 'name' | 'place'>) =>
  targetOf('api.example.com', path, ...behindDomain(spec))

describe("an API's own endpoint", () => {
  test.each([
    [rest, '/prod', 'rest', 'prod'],
    [rest, '/prod/v1', 'rest', 'prod'],
    [rest, '', 'rest', null],
    [http, '', 'http', '$default'],
    [http, '/anything', 'http', '$default'],
    [staged, '', 'http', null],
    [staged, '/beta', 'http', 'beta'],
    [staged, '/other', 'http', '$default'],
    [chat, '/live', 'websocket', 'live'],
  ] as const)('leads to the API and the stage that the origin path names (%#)', (api, path, kind, stage) => {
    const target = targetOf(api.host.toUpperCase(), path, parts)
    expect(target).toMatchObject({ kind: 'api', api: { id: api.id, kind }, stage, via: 'default-endpoint' })
  })

  test('is found behind names of the account, and behind a name for a VPC endpoint', () => {
    const behind = zone('example.com', cname('api.example.com', rest.host))
    expect(targetOf('api.example.com', '/prod', parts, behind)).toMatchObject({
      kind: 'api',
      api: { id: rest.id },
      names: ['api.example.com', rest.host],
    })
    const named = rest.host.replace('.execute-api', '-vpce-0123456789abcdef0.execute-api')
    expect(targetOf(named, '/prod', parts)).toMatchObject({ kind: 'api', api: { id: rest.id } })
  })

  test('of another account leads to nothing that is known, and says so', () => {
    const target = targetOf(`0other0api.execute-api.${region}.amazonaws.com`, '/prod', parts)
    expect(target).toMatchObject({ kind: 'unknown', gaps: [{ code: 'not-found', operation: 'GetRestApis' }] })
    expect(JSON.stringify(target)).toContain('no API of the accounts that were read')
  })

  test.each([
    ['api-gateway', 'GetRestApis'],
    ['apigatewayv2', 'GetApis'],
  ])('is not known where %s %s was not read and the other list lacks it', (service, operation) => {
    const unread = without(parts, service, operation)
    const host = `0other0api.execute-api.${region}.amazonaws.com`
    expect(targetOf(host, '/prod', unread)).toMatchObject({
      kind: 'unknown',
      gaps: [{ code: 'not-read', operation }],
    })
  })

  test('of a form that is not known says so', () => {
    const target = targetOf(`my-api.execute-api.${region}.amazonaws.com`, '/prod', parts)
    expect(target).toMatchObject({ kind: 'unknown', gaps: [{ code: 'unrecognised', operation: 'Resolve' }] })
  })

  test('in a region that was not read is not known', () => {
    const target = targetOf(`${rest.id}.execute-api.us-west-2.amazonaws.com`, '/prod', parts)
    expect(target).toMatchObject({ kind: 'unknown', gaps: [{ code: 'not-read', region: 'us-west-2' }, {}] })
  })
})

describe('a custom domain name', () => {
  test('leads to the API of its mapping, and the target says by which name', () => {
    const target = led('/v1/more', {
      mutualTls: true,
      mappings: [{ api: rest.id, stage: 'prod', path: 'v1' }],
    })
    expect(target).toMatchObject({
      kind: 'api',
      api: { id: rest.id },
      stage: 'prod',
      via: { name: 'api.example.com', mutualTls: true, mappings: [{ path: 'v1', stage: 'prod' }] },
    })
  })

  test('that is edge-optimized is found behind the name of a distribution, with and without our own records', () => {
    const spec = { endpointType: 'EDGE', mappings: [{ api: rest.id, stage: 'prod' }] } as const
    expect(led('', spec)).toMatchObject({ kind: 'api', stage: 'prod', via: { endpointType: 'EDGE' } })
    const domain = buildApiDomain({ name: 'api.example.com', place, ...spec })
    const answer = dns('api.example.com', { names: [domain.target], addresses: ['192.0.2.50'] })
    const known = apiParts([...all, ...domain.resources])
    const target = targetOf('api.example.com', '', known, { resources: [answer], reads: [] })
    expect(target).toMatchObject({ kind: 'api', api: { id: rest.id } })
  })

  test('asked by the name that it is pointed at leads to the same API', () => {
    const domain = buildApiDomain({
      name: 'api.example.com',
      place,
      mappings: [{ api: http.id, stage: '$default' }],
    })
    const known = apiParts([...all, ...domain.resources])
    expect(targetOf(domain.target, '', known)).toMatchObject({
      kind: 'api',
      api: { id: http.id },
      stage: '$default',
    })
  })

  test('whose paths below the origin path lead to two stages leaves the stage open', () => {
    const mappings = [
      { api: rest.id, stage: 'prod' },
      { api: rest.id, stage: 'dev', path: 'dev' },
    ]
    expect(led('', { mappings })).toMatchObject({ kind: 'api', stage: null })
    expect(led('/dev', { mappings })).toMatchObject({ kind: 'api', stage: 'dev' })
    expect(led('/shop', { mappings })).toMatchObject({ kind: 'api', stage: 'prod' })
  })

  test('whose mapping names no stage leads to that of the origin path, and has one mapping per stage', () => {
    const spec = { endpointType: 'EDGE', mappings: [{ api: rest.id, path: 'any' }] } as const
    expect(led('/any', spec)).toMatchObject({ kind: 'api', stage: null })
    expect(led('/any/dev', spec)).toMatchObject({
      kind: 'api',
      stage: 'dev',
      via: {
        mappings: [
          { path: 'any/dev', stage: 'dev' },
          { path: 'any/prod', stage: 'prod' },
        ],
      },
    })
  })

  test('that leads to several APIs below the origin path is not decided, and says why', () => {
    const mappings = [
      { api: rest.id, stage: 'prod', path: 'orders' },
      { api: http.id, stage: '$default', path: 'carts' },
    ]
    const target = led('', { mappings })
    expect(target).toMatchObject({ kind: 'unknown', gaps: [{ code: 'unrecognised' }] })
    expect(JSON.stringify(target)).toContain('lead to several APIs')
    expect(led('/carts', { mappings })).toMatchObject({ kind: 'api', api: { id: http.id } })
    expect(led('/cart', { mappings })).toMatchObject({ kind: 'unknown' })
  })

  test('that shares its endpoint with others is told by the name that the origin asks for', () => {
    const one = buildApiDomain({
      name: 'api.example.com',
      place,
      mappings: [{ api: rest.id, stage: 'prod' }],
    })
    const sharing = (name: string) =>
      buildApiDomain({ name, place, mappings: [{ api: http.id, stage: '$default' }] }).resources.map(r =>
        'regionalDomainName' in r.config
          ? { ...r, config: { ...r.config, regionalDomainName: one.target } }
          : r,
      )
    const known = apiParts([
      ...all,
      ...sharing('*.example.com'),
      ...one.resources,
      ...sharing('a.example.net'),
    ])
    const records = zone(
      'example.com',
      alias('api.example.com', one.target),
      alias('other.example.com', one.target),
      alias('a.b.example.com', one.target),
    )
    expect(targetOf('api.example.com', '', known, records)).toMatchObject({ api: { id: rest.id } })
    expect(targetOf('other.example.com', '', known, records)).toMatchObject({ api: { id: http.id } })
    const target = targetOf('a.b.example.com', '', known, records)
    expect(target).toMatchObject({ kind: 'unknown', gaps: [{ code: 'unrecognised' }] })
    expect(JSON.stringify(target)).toContain('several custom domain names')
  })

  test('with routing rules is not followed', () => {
    const routingMode = 'ROUTING_RULE_THEN_BASE_PATH_MAPPING'
    const target = led('', { routingMode, mappings: [{ api: rest.id, stage: 'prod' }] })
    expect(target).toMatchObject({ kind: 'unknown', gaps: [{ code: 'unrecognised' }] })
  })

  test('of another account, or of nobody, is not known', () => {
    const end = zone('example.com', alias('api.example.com', `d-0other0.execute-api.${region}.amazonaws.com`))
    expect(targetOf('api.example.com', '', parts, end)).toMatchObject({
      kind: 'unknown',
      gaps: [{ code: 'not-found', operation: 'GetDomainNames' }],
    })
    const unread = without(parts, 'api-gateway', 'GetDomainNames')
    expect(targetOf('api.example.com', '', unread, end)).toMatchObject({
      kind: 'unknown',
      gaps: [{ code: 'not-read', operation: 'GetDomainNames' }],
    })
  })

  test('whose mappings were not read, or that leads to an API that is not there, is not known', () => {
    const [known = parts, records = parts] = behindDomain({ mappings: [{ api: rest.id, stage: 'prod' }] })
    const unread = without(known, 'apigatewayv2', 'GetApiMappings')
    expect(targetOf('api.example.com', '', unread, records)).toMatchObject({
      kind: 'unknown',
      gaps: [{ operation: 'GetApiMappings' }],
    })
    expect(led('', { mappings: [{ api: 'gone', stage: 'prod' }] })).toMatchObject({
      kind: 'unknown',
      gaps: [{ code: 'not-found' }],
    })
  })

  test('of two regions, as records for the nearest one name them, is not decided', () => {
    const there = { account, region: 'us-east-1' }
    const spec = { name: 'api.example.com', mappings: [{ api: rest.id, stage: 'prod' }] }
    const [here, far] = [buildApiDomain({ ...spec, place }), buildApiDomain({ ...spec, place: there })]
    const records = zone(
      'example.com',
      alias('api.example.com', here.target, { SetIdentifier: 'here', Region: region }),
      alias('api.example.com', far.target, { SetIdentifier: 'far', Region: 'us-east-1' }),
    )
    expect(here.target).not.toBe(far.target)
    const known = apiParts([...all, ...here.resources])
    expect(
      targetOf('api.example.com', '', known, apiParts(far.resources, 'us-east-1'), records),
    ).toMatchObject({
      kind: 'unknown',
      gaps: [{ code: 'unresolved' }, { code: 'unresolved' }],
    })
  })
})

describe('the mappings that requests below an origin path meet', () => {
  const path = fc.array(fc.constantFrom('a', 'b', 'ab'), { maxLength: 3 }).map(parts => parts.join('/'))
  const someMappings = fc
    .uniqueArray(path, { maxLength: 6 })
    .map(paths => paths.map(one => ({ apiId: one, path: one, stage: 'prod' })))

  /** As API Gateway chooses: the longest mapping whose parts begin the path. */
  const chosen = (mappings: readonly { readonly path: string }[], request: string) =>
    mappings
      .filter(m => m.path === '' || `${request}/`.startsWith(`${m.path}/`))
      .toSorted((a, b) => b.path.length - a.path.length)[0]

  prop.prop([someMappings, path, path])('hold the one that each request meets', (mappings, above, below) => {
    const met = chosen(mappings, [above, below].filter(part => part !== '').join('/'))
    if (met) expect(mappingsMet(mappings, `/${above}`)).toContain(met)
  })

  prop.prop([someMappings, path])('hold none that no request meets', (mappings, above) => {
    for (const one of mappingsMet(mappings, above)) {
      const request = one.path.length > above.length ? one.path : above
      expect(chosen(mappings, request)).toBe(one)
    }
  })
})
