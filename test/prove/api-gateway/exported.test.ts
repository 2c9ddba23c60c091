/** What AWS exports of a stage decides for however long ago it was deployed; its policy and endpoint do not follow from it. */
import { describe, expect, test } from 'vitest'
import { known } from '#base/known.ts'
import type { ApiStage } from '#topology/model.ts'
import { unread } from '../../judge/build.ts'
import { anApi, anAuthorizer, aRoute, aStage, exposureOf, own, policyOf, verdicts } from './build.ts'

const byLambda = aRoute({ authorization: 'lambda', authorizerId: 'auth01' })
const old = { deployedAt: '2024-01-01T00:00:00.000Z' }
const blind = anAuthorizer({ identitySources: [] })
const exported = (more: Partial<ApiStage> = {}) => ({
  ...old,
  deployedAuthorizers: [anAuthorizer()],
  ...more,
})
const changedToday = known({ at: '2026-05-31T00:00:00.000Z', since: '2026-03-03T00:00:00.000Z' })
const never = known({ at: null, since: '2026-03-03T00:00:00.000Z' })

describe('a stage that AWS exports', () => {
  test('is judged by the authorizers it was deployed with, whatever was changed since', () => {
    const api = (stage: Partial<ApiStage>) =>
      anApi({ changed: changedToday, settingsChanged: never }, aStage(stage, byLambda))
    expect(verdicts(api(exported()))).toBe('authenticated authenticated')
    expect(verdicts(api(old))).toBe('unknown unknown')
    expect(verdicts(api(exported({ deployedAuthorizers: [blind] })))).toBe('unknown unknown')
    expect(verdicts(api(exported({ deployedAuthorizers: [] })))).toBe('unknown unknown')
  })

  test('does not borrow an authorizer that is only configured', () => {
    const seen = { authorizers: known([anAuthorizer()]) }
    expect(verdicts(anApi(seen, aStage(exported({ deployedAuthorizers: [blind] }), byLambda)))).toBe(
      'unknown unknown',
    )
    const unseen = { authorizers: unread('GetAuthorizers') }
    expect(verdicts(anApi(unseen, aStage(exported(), byLambda)))).toBe('authenticated authenticated')
  })

  test('is open by a route that was deployed without what is configured', () => {
    const bare = aRoute({ deployedAsConfigured: false })
    const stage = aStage(exported(), { ...byLambda, path: '/a' }, bare)
    const { verdict, witness } = exposureOf(
      anApi({ changed: changedToday, settingsChanged: never }, stage),
      'internet',
    )
    expect([verdict, witness?.path]).toEqual(['open', '/prod/orders'])
  })

  test('is not open for sure where its policy was changed since', () => {
    const bare = aStage(exported(), aRoute())
    expect(verdicts(anApi({ changed: changedToday, settingsChanged: changedToday }, bare))).toBe(
      'unknown unknown',
    )
  })

  test('says what its routes call, so that another stage with the same is a way in and one with another is none', () => {
    const dev = (integration: string) =>
      aStage({ name: 'dev', ...exported() }, aRoute({ integration, deployedAsConfigured: false }))
    const prod = aStage(exported(), byLambda)
    expect(verdicts(anApi({ changed: changedToday, settingsChanged: never }, prod, dev(own)))).toBe(
      'open open',
    )
    expect(
      verdicts(anApi({ changed: changedToday, settingsChanged: never }, prod, dev(`${own}-other`))),
    ).toBe('authenticated authenticated')
  })

  test.each([
    ['its endpoint is off', { defaultEndpointDisabled: true }],
    ['its policy lets nobody in', { policy: policyOf({ Effect: 'Deny' }) }],
  ])('does not tell whether %s', (_, more) => {
    const at = (deployedAt: string) =>
      verdicts(anApi({ ...more, settingsChanged: never }, aStage(exported({ deployedAt }), aRoute())))
    expect(at('2024-01-01T00:00:00.000Z')).toBe('unknown unknown')
    expect(at('2026-05-20T00:00:00.000Z')).toBe('closed closed')
  })
})

describe('a certificate', () => {
  const reliesOn = (...args: Parameters<typeof anApi>) =>
    exposureOf(anApi(...args), 'internet').certificate?.reliesOn ?? []

  test('says that CloudTrail is late where it rests on that nothing was changed', () => {
    const told = 'changes-told-late'
    expect(reliesOn({}, aStage(exported(), byLambda))).not.toContain(told)
    expect(reliesOn({}, aStage({}, byLambda))).toContain(told)
    expect(reliesOn({ policy: policyOf({}) }, aStage(exported(), byLambda))).toContain(told)
    expect(reliesOn({ defaultEndpointDisabled: true }, aStage({ deployedAuthorizers: [] }))).toContain(told)
    expect(
      reliesOn({ kind: 'http', defaultEndpointDisabled: true }, aStage({ autoDeploy: true })),
    ).not.toContain(told)
  })
})
