/** WebSocket APIs ask whoever connects, and nobody after that; stages that do not deploy by themselves. */
import { describe, expect, test } from 'vitest'
import { known } from '#base/known.ts'
import { checkCertificate } from '#prove/check.ts'
import { proveLinks } from '#prove/prove.ts'
import { replayWitness } from '#prove/replay.ts'
import type { Api, ApiRoute, ApiStage } from '#topology/model.ts'
import { unread } from '../../judge/build.ts'
import { anApi, anAuthorizer, aRoute, aStage, exposureOf, host, linkTo, verdicts } from './build.ts'

const message = (path: string, more: Partial<ApiRoute> = {}) => aRoute({ method: null, path, ...more })
const orders = message('orders')
const connect = (more: Partial<ApiRoute> = {}) => message('$connect', more)
const gate = anAuthorizer({ identitySources: ['route.request.header.X-Origin-Verify'], ttl: 0 })
const byLambda = { authorization: 'lambda', authorizerId: gate.id } as const

const socket = (routes: readonly ApiRoute[], more: Partial<Api> = {}, stage: Partial<ApiStage> = {}): Api =>
  anApi(
    { kind: 'websocket', apiKeySource: null, authorizers: known([gate]), ...more },
    aStage(stage, ...routes),
  )

describe('a WebSocket API', () => {
  test.each<[string, readonly ApiRoute[]]>([
    ['has no route for that', [orders]],
    ['has one that asks nothing', [connect(), orders]],
    ['answers that itself', [connect({ integration: 'MOCK' }), orders]],
  ])('is open to whoever connects where it %s', (_, routes) => {
    const { verdict, witness } = exposureOf(socket(routes), 'internet')
    expect(verdict).toBe('open')
    expect(witness).toMatchObject({ method: 'GET', path: '/prod', host })
    expect(witness?.headers).toContainEqual(['upgrade', 'websocket'])
    expect(verdicts(socket(routes))).toBe('open open')
  })

  test.each<[string, Partial<ApiRoute>, string]>([
    ['the secret that CloudFront sends', byLambda, 'authenticated'],
    ['a signed request', { authorization: 'iam' }, 'authenticated'],
    ['an authorizer that is not known', { ...byLambda, authorizerId: 'other' }, 'unknown'],
    ['what this version does not know', { authorization: 'unrecognised' }, 'unknown'],
    ['a key, from nobody knows where', { apiKeyRequired: true }, 'unknown'],
  ])('that asks whoever connects for %s', (_, asked, wanted) => {
    expect(verdicts(socket([connect(asked), orders]))).toBe(`${wanted} ${wanted}`)
  })

  test('is not opened by what other routes ask, nor shut by it', () => {
    const asking = message('orders', { authorization: 'jwt' })
    expect(verdicts(socket([connect(byLambda), orders, asking]))).toBe('authenticated authenticated')
    expect(verdicts(socket([connect(), asking]))).toBe('open open')
  })

  test('whose authorizer sees no secret, or was not read, is undecided', () => {
    const routes = [connect(byLambda), orders]
    const blind = known([{ ...gate, identitySources: ['route.request.header.Other'] }])
    expect(verdicts(socket(routes, { authorizers: blind }))).toBe('unknown unknown')
    expect(verdicts(socket(routes, { authorizers: unread('GetAuthorizers') }))).toBe('unknown unknown')
  })

  test('has a certificate that falls with what it asks, and a witness that a login stops', () => {
    const shut = linkTo(socket([connect(byLambda), orders]))
    const open = linkTo(socket([connect(), orders]))
    const [closed, opened] = [shut, open].map(topology => proveLinks(topology)[0])
    if (!closed?.internet.certificate || !opened?.internet.witness) throw new Error('nothing was proven')
    expect(checkCertificate(open, opened.link, 'internet', closed.internet.certificate)).not.toEqual([])
    expect(replayWitness(shut, closed.link, opened.internet.witness)).toEqual({ end: 'login' })
    const plain = { ...opened.internet.witness, headers: [] }
    expect(replayWitness(open, opened.link, plain)).toMatchObject({ end: 'stopped' })
  })
})

describe('a stage of which AWS does not tell what it serves', () => {
  const untold = { deployedAsConfigured: null }
  const at = (deployedAt: string | null, more: Partial<Api> = {}): readonly string[] => [
    verdicts(socket([connect({ ...byLambda, ...untold }), { ...orders, ...untold }], more, { deployedAt })),
    verdicts(anApi({ kind: 'http', apiKeySource: null, ...more }, aStage({ deployedAt }, aRoute(untold)))),
  ]

  test('serves what is configured where it was deployed after the last change', () =>
    expect(at('2026-05-20T00:00:00.000Z')).toEqual(['authenticated authenticated', 'open open']))

  test.each<[string, string | null, Partial<Api>]>([
    ['before changes were recorded', '2025-05-20T00:00:00.000Z', {}],
    ['at no known time', null, {}],
    [
      'before a change',
      '2026-05-20T00:00:00.000Z',
      { changed: known({ at: '2026-05-25T00:00:00.000Z', since: '2026-03-03T00:00:00.000Z' }) },
    ],
    ['and changes were not read', '2026-05-20T00:00:00.000Z', { changed: unread('LookupEvents') }],
  ])('proves nothing where it was deployed %s', (_, deployedAt, more) =>
    expect(at(deployedAt, more)).toEqual(['unknown unknown', 'unknown unknown']),
  )
})
