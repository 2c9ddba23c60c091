/** What holds for every API: asking more never opens, asking less never closes, and what is not known is never closed. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { known } from '#base/known.ts'
import type { Vantage, Witness } from '#prove/exposure.ts'
import { replayWitness } from '#prove/replay.ts'
import type { Api, ApiRoute, ApiStage } from '#topology/model.ts'
import { unread } from '../../judge/build.ts'
import {
  aDomain,
  anApi,
  anAuthorizer,
  aRoute,
  aStage,
  exposureOf,
  host,
  linkTo,
  own,
  policyOf,
} from './build.ts'

const times = ['2026-01-01T00:00:00.000Z', '2026-05-20T00:00:00.000Z', '2026-05-25T00:00:00.000Z']
const range = { IpAddress: { 'aws:SourceIp': ['13.124.199.0/24'] } }

const routes = fc.record({
  method: fc.constantFrom('GET', 'POST', 'ANY'),
  path: fc.constantFrom('/', '/a', '/{id}', '/a/{proxy+}', '/{proxy+}'),
  authorization: fc.constantFrom('none', 'none', 'iam', 'lambda', 'jwt'),
  authorizerId: fc.constantFrom('auth01', 'other', null),
  apiKeyRequired: fc.boolean(),
  integration: fc.constantFrom(own, own, `${own}-other`, 'MOCK', null),
  deployedAsConfigured: fc.constantFrom(true, true, true, false, null),
})

const stageOf = (name: string) =>
  fc
    .record({
      all: fc.uniqueArray(routes, { maxLength: 4, selector: r => `${r.method} ${r.path}` }),
      deployedAt: fc.constantFrom(...times, null),
      // As AWS exports them, or not.
      deployedAuthorizers: fc.constantFrom(
        null,
        [],
        [anAuthorizer()],
        [anAuthorizer({ identitySources: [] })],
      ),
    })
    .map(({ all, deployedAt, deployedAuthorizers }) => ({
      ...aStage({ name, deployedAt, deployedAuthorizers }),
      routes: known(
        all.map(r => aRoute({ ...r, ref: { ...aRoute(r).ref, arn: `${name} ${r.method} ${r.path}` } })),
      ),
    }))

const apis = fc
  .record({
    prod: stageOf('prod'),
    dev: fc.option(stageOf('dev')),
    off: fc.boolean(),
    at: fc.constantFrom(...times, null),
    settingsAt: fc.constantFrom(...times, null),
    policy: fc.constantFrom(known(null), policyOf({}), policyOf({ Condition: range })),
    domain: fc.option(fc.record({ mutualTls: fc.boolean(), mode: fc.constantFrom('BASIC', 'STRICT', null) })),
    seen: fc.boolean(),
  })
  .map(({ prod, dev, off, at, settingsAt, policy, domain, seen }) =>
    anApi(
      {
        defaultEndpointDisabled: off,
        policy,
        changed: known({ at, since: '2026-03-03T00:00:00.000Z' }),
        settingsChanged: known({ at: settingsAt, since: '2026-03-03T00:00:00.000Z' }),
        authorizers: known([anAuthorizer(seen ? {} : { identitySources: [] })]),
        domains: known(
          domain === null ? [] : [aDomain({ mutualTls: domain.mutualTls, endpointAccessMode: domain.mode })],
        ),
      },
      prod,
      ...(dev === null ? [] : [dev]),
    ),
  )

const withRoutes = (api: Api, change: (route: ApiRoute) => ApiRoute): Api => {
  const stages = api.stages.known ? api.stages.value : []
  const changed = stages.map(
    (s): ApiStage => ({ ...s, routes: s.routes.known ? known(s.routes.value.map(change)) : s.routes }),
  )
  return { ...api, stages: known(changed) }
}

const vantages = ['internet', 'tenant'] as const
const verdictsOf = (api: Api) => vantages.map(v => exposureOf(api, v).verdict)
const isShut = (verdict: string): boolean => verdict === 'closed' || verdict === 'authenticated'
const runs = { numRuns: 80 }

test('asking every route for a token opens nothing', () => {
  fc.assert(
    fc.property(apis, api => {
      const after = withRoutes(api, r => ({ ...r, authorization: 'jwt' }))
      expect(verdictsOf(after).filter(v => v === 'open')).toEqual([])
    }),
    runs,
  )
})

test('asking some route for more opens nothing that was shut', () => {
  fc.assert(
    fc.property(apis, fc.nat(8), (api, n) => {
      let at = 0
      const after = withRoutes(api, r =>
        at++ === n ? { ...r, authorization: 'jwt', apiKeyRequired: true } : r,
      )
      const before = verdictsOf(api)
      verdictsOf(after).forEach((v, i) => {
        if (isShut(before[i] ?? '')) expect(isShut(v)).toBe(true)
      })
    }),
    runs,
  )
})

test('asking some route for less shuts nothing that was open', () => {
  fc.assert(
    fc.property(apis, fc.nat(8), (api, n) => {
      let at = 0
      const after = withRoutes(api, r =>
        at++ === n ? { ...r, authorization: 'none', apiKeyRequired: false } : r,
      )
      const before = verdictsOf(api)
      verdictsOf(after).forEach((v, i) => {
        if (before[i] === 'open') expect(v).toBe('open')
        // A login that is gone is no proof that something is closed: what it guarded may still be shut by other means.
        if (before[i] === 'unknown') expect(v).not.toBe('authenticated')
      })
    }),
    runs,
  )
})

test('what is not known is never closed', () => {
  const losses: readonly ((api: Api) => Api)[] = [
    api => ({ ...api, stages: unread() }),
    api => ({ ...api, domains: unread() }),
    api => withStages(api, s => ({ ...s, routes: unread() })),
    api => withRoutes(api, r => ({ ...r, authorization: 'unrecognised' })),
    api => ({ ...api, changed: unread() }),
    api => ({ ...api, policy: unread() }),
    api => ({ ...api, authorizers: unread() }),
    api => withStages(api, s => ({ ...s, webAcl: unread() })),
    api => withStages(api, s => ({ ...s, deployedAt: null })),
  ]
  fc.assert(
    fc.property(apis, fc.constantFrom(...losses), (api, lose) => {
      const before = verdictsOf(api)
      verdictsOf(lose(api)).forEach((v, i) => {
        if (!isShut(before[i] ?? '')) expect(isShut(v) ? `${before[i]} became ${v}` : '').toBe('')
      })
    }),
    runs,
  )
})

const withStages = (api: Api, change: (stage: ApiStage) => ApiStage): Api => ({
  ...api,
  stages: api.stages.known ? known(api.stages.value.map(change)) : api.stages,
})

/** Every request of a small alphabet: names, methods, paths and addresses. */
const requests = (vantage: Vantage): readonly Witness[] => {
  const names = [
    { connect: host, host, bases: ['/prod', '/dev'] },
    { connect: 'd-0123456789.execute-api.eu-west-1.amazonaws.com', host: 'api.example.com', bases: [''] },
  ]
  const paths = ['/', '/a', '/x', '/a/x', '/a/x/y', '/x/y']
  const source = vantage === 'tenant' ? '13.124.199.7' : '198.51.100.7'
  return names.flatMap(({ connect, host: name, bases }) =>
    bases.flatMap(base =>
      paths.flatMap(path =>
        ['GET', 'POST', 'DELETE'].map(method => ({
          ...{ vantage, family: 4 as const, source, scheme: 'https' as const, connect, port: 443 },
          ...{ sni: name, host: name, method, path: `${base}${path}`, headers: [], route: [] },
        })),
      ),
    ),
  )
}

test('no request of a small alphabet reaches what is called shut', () => {
  fc.assert(
    fc.property(apis, fc.constantFrom(...vantages), (api, vantage) => {
      if (!isShut(exposureOf(api, vantage).verdict)) return
      const topology = linkTo(api)
      const [link] = topology.links
      if (!link) throw new Error('no link')
      const through = requests(vantage).filter(r => replayWitness(topology, link, r).end === 'backend')
      expect(through).toEqual([])
    }),
    { numRuns: 150 },
  )
})
