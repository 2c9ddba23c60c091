/** The verdict on an API for the internet and for tenants: names, stages, routes, and what each of them asks. */
import { describe, expect, test } from 'vitest'
import { known } from '#base/known.ts'
import { unread } from '../../judge/build.ts'
import { randomSealed } from '../s3/sealed.ts'
import {
  aDomain,
  anApi,
  anAuthorizer,
  aRoute,
  aStage,
  exposureOf,
  host,
  own,
  token,
  verdicts,
} from './build.ts'

const off = { defaultEndpointDisabled: true }
const mutual = known([aDomain({ mutualTls: true, endpointAccessMode: 'STRICT' })])
const changed = (at: string | null) => known({ at, since: '2026-03-03T00:00:00.000Z' })
const byLambda = aRoute({ authorization: 'lambda', authorizerId: 'auth01' })

describe('the default endpoint', () => {
  test('is open where nothing is asked (B78)', () => {
    const { verdict, witness } = exposureOf(anApi(), 'internet')
    expect(verdict).toBe('open')
    expect(witness).toMatchObject({
      ...{ method: 'GET', host, sni: host, connect: host, port: 443, scheme: 'https', path: '/prod/orders' },
      headers: [],
    })
  })

  test.each<[string, Parameters<typeof anApi>[0], string]>([
    ['deployed after it was turned off', { changed: changed('2026-05-01T00:00:00.000Z') }, 'closed closed'],
    ['deployed after all changes that are known', {}, 'closed closed'],
    [
      'deployed before it was turned off (vector 36)',
      { changed: changed('2026-05-25T00:00:00.000Z') },
      'unknown unknown',
    ],
    ['deployed at the very moment', { changed: changed('2026-05-20T00:00:00.000Z') }, 'unknown unknown'],
    ['changes were not read', { changed: unread('LookupEvents') }, 'unknown unknown'],
  ])('counts as off only where the stage was: %s', (_, more, wanted) => {
    expect(verdicts(anApi({ ...off, ...more }))).toBe(wanted)
  })

  test('is not off for a stage that was deployed before changes were recorded, or at no known time', () => {
    const old = aStage({ deployedAt: '2025-05-20T00:00:00.000Z' })
    expect(verdicts(anApi(off, old))).toBe('unknown unknown')
    expect(verdicts(anApi(off, aStage({ deployedAt: null })))).toBe('unknown unknown')
    expect(verdicts(anApi(off, aStage({ deployedAt: null, autoDeploy: true })))).toBe('closed closed')
  })

  test('stays open for another stage that calls the same (B84)', () => {
    const dev = aStage({ name: 'dev', deployedAt: '2025-05-20T00:00:00.000Z' })
    expect(verdicts(anApi({ ...off }, aStage(), dev))).toBe('unknown unknown')
    const { verdict, witness } = exposureOf(
      anApi({}, aStage({}, byLambda), aStage({ name: 'dev' })),
      'internet',
    )
    expect([verdict, witness?.path]).toEqual(['open', '/dev/orders'])
  })

  test('may be on or off again where the API was changed since the stage was deployed', () => {
    expect(verdicts(anApi({ changed: changed('2026-05-25T00:00:00.000Z') }))).toBe('unknown unknown')
  })
})

describe('a custom domain name', () => {
  test('is a way of its own (B80)', () => {
    const { verdict, witness } = exposureOf(anApi({ ...off, domains: known([aDomain()]) }), 'tenant')
    expect(verdict).toBe('open')
    expect(witness).toMatchObject({
      ...{ connect: 'd-0123456789.execute-api.eu-west-1.amazonaws.com', host: 'api.example.com' },
      ...{ sni: 'api.example.com', path: '/orders' },
    })
  })

  test('has its base path in front', () => {
    const domains = known([aDomain({ mappings: [{ path: 'v1/shop', stage: 'prod' }] })])
    expect(exposureOf(anApi({ ...off, domains }), 'internet').witness?.path).toBe('/v1/shop/orders')
  })

  test('is closed by mutual TLS, where the default endpoint is off too (B85)', () => {
    expect(verdicts(anApi({ ...off, domains: mutual }))).toBe('closed closed')
    expect(verdicts(anApi({ domains: mutual }))).toBe('open open')
  })

  test.each(['BASIC', null] as const)('may be met on the connection of another name (B88): %s', mode => {
    const domains = known([aDomain({ mutualTls: true, endpointAccessMode: mode })])
    const { verdict, reasons } = exposureOf(anApi({ ...off, domains }), 'internet')
    expect([verdict, reasons.flatMap(r => (r.kind === 'uncertain' ? [r.id] : []))]).toEqual([
      'unknown',
      ['U-25'],
    ])
    expect(verdicts(anApi({ ...off, domains }, aStage({}, byLambda)))).toBe('authenticated authenticated')
  })

  test('leads nowhere known by routing rules', () => {
    const domains = known([aDomain({ routingRules: true, mappings: [] })])
    expect(verdicts(anApi({ ...off, domains }))).toBe('unknown unknown')
  })

  test('may be there where the names were not read', () => {
    expect(verdicts(anApi({ ...off, domains: unread('GetDomainNames') }))).toBe('unknown unknown')
  })
})

describe('a route', () => {
  test.each<[string, Parameters<typeof aRoute>[0], string]>([
    ['asks nothing', {}, 'open open'],
    ['asks for a signature', { authorization: 'iam' }, 'authenticated authenticated'],
    ['asks for a token of a user pool', { authorization: 'cognito' }, 'authenticated authenticated'],
    ['asks for a token of an issuer', { authorization: 'jwt' }, 'authenticated authenticated'],
    ['asks an authorizer that sees the secret', byLambda, 'authenticated authenticated'],
    ['asks an authorizer that is not known', { ...byLambda, authorizerId: null }, 'unknown unknown'],
    ['asks something that this version does not know', { authorization: 'unrecognised' }, 'unknown unknown'],
    ['asks for a key (B82)', { apiKeyRequired: true }, 'authenticated authenticated'],
    [
      'asks something unknown, and a key',
      { authorization: 'unrecognised', apiKeyRequired: true },
      'unknown unknown',
    ],
    ['is answered by API Gateway itself', { integration: 'MOCK' }, 'closed closed'],
    [
      'is, as configured and not as deployed',
      { integration: 'MOCK', deployedAsConfigured: false },
      'unknown unknown',
    ],
    ['calls what was not observed', { integration: null }, 'unknown unknown'],
  ])('%s', (_, more, wanted) => {
    expect(verdicts(anApi({}, aStage({}, aRoute(more))))).toBe(wanted)
  })

  test('was deployed in a way that is not known, unless nothing was changed since', () => {
    const stage = aStage({}, aRoute({ deployedAsConfigured: null }))
    expect(verdicts(anApi({ changed: unread('LookupEvents') }, stage))).toBe('unknown unknown')
    expect(verdicts(anApi({}, stage))).toBe('open open')
  })

  test.each<[string, Parameters<typeof anAuthorizer>[0], string]>([
    [
      'the header by its other spelling',
      { identitySources: ['$request.header.x-origin-verify'] },
      'authenticated',
    ],
    ['another header, kept (B83)', { identitySources: ['method.request.header.Authorization'] }, 'unknown'],
    [
      'another header, not kept',
      { identitySources: ['method.request.header.Authorization'], ttl: 0 },
      'unknown',
    ],
    ['nothing', { identitySources: [], ttl: 0 }, 'unknown'],
    ['a parameter', { identitySources: ['method.request.querystring.X-Origin-Verify'] }, 'unknown'],
    ['the header, as a type that is not known', { type: 'unrecognised' }, 'unknown'],
  ])('whose authorizer sees %s', (_, more, wanted) => {
    const api = anApi({ authorizers: known([anAuthorizer(more)]) }, aStage({}, byLambda))
    expect(verdicts(api)).toBe(`${wanted} ${wanted}`)
  })

  test('whose authorizer sees a header that is no secret, or is not sent, is undecided', () => {
    const api = anApi({}, aStage({}, byLambda))
    expect(verdicts(api, { headers: [] })).toBe('unknown unknown')
    expect(verdicts(api, { headers: [{ name: 'X-Origin-Verify', value: 'test' }] })).toBe('unknown unknown')
    expect(verdicts(api, { headers: [{ ...token, value: randomSealed(40) }] })).toBe('unknown unknown')
  })

  test('whose key CloudFront sends is no secret is undecided', () => {
    const api = anApi({}, aStage({}, aRoute({ apiKeyRequired: true })))
    expect(verdicts(api, { headers: [{ name: 'x-api-key', value: randomSealed(190) }] })).toBe(
      'authenticated authenticated',
    )
    expect(verdicts(api, { headers: [{ name: 'X-Api-Key', value: randomSealed(20) }] })).toBe(
      'unknown unknown',
    )
    expect(verdicts({ ...api, apiKeySource: 'AUTHORIZER' })).toBe('unknown unknown')
  })

  test('beside an authorized one is a way in (B84)', () => {
    const open = aRoute({ method: 'POST', path: '/orders/{id}/notes' })
    const { verdict, witness } = exposureOf(anApi({}, aStage({}, byLambda, open)), 'internet')
    expect([verdict, witness?.method, witness?.path]).toEqual(['open', 'POST', '/prod/orders/x/notes'])
  })

  test('of another stage counts where it calls the same', () => {
    const dev = (integration: string | null) => aStage({ name: 'dev' }, aRoute({ integration }))
    const prod = aStage({}, byLambda)
    expect(verdicts(anApi({}, prod, dev(own)))).toBe('open open')
    expect(verdicts(anApi({}, prod, dev(`${own}-other`)))).toBe('authenticated authenticated')
    expect(verdicts(anApi({}, prod, dev(null)))).toBe('unknown unknown')
    const variable = `${own}:\${stageVariables.alias}`
    expect(verdicts(anApi({}, aStage({}, { ...byLambda, integration: variable }), dev(variable)))).toBe(
      'unknown unknown',
    )
  })

  test('that takes what others leave is shown with a path that they leave', () => {
    const rest = aRoute({ method: 'ANY', path: '/{proxy+}' })
    const one = { ...byLambda, path: '/{id}', method: 'ANY' }
    const api = anApi({}, aStage({}, one, rest))
    expect(exposureOf(api, 'internet').verdict).toBe('unknown')
    const deeper = aRoute({ method: 'ANY', path: '/x/{proxy+}' })
    expect(
      exposureOf(anApi({}, aStage({}, { ...byLambda, path: '/x/x' }, deeper)), 'internet').witness?.path,
    ).toBe('/prod/x/x0')
  })

  test('of an HTTP API without a name takes everything else', () => {
    const any = aRoute({ method: null, path: null })
    const stage = aStage({ name: '$default', autoDeploy: true, deployedAt: null }, byLambda, any)
    const { witness } = exposureOf(anApi({ kind: 'http', apiKeySource: null }, stage), 'internet', {
      stage: '$default',
    })
    expect(witness).toMatchObject({ method: 'GET', path: '/x' })
  })
})
