/** What is configured and was not deployed proves nothing: what a route calls, and which authorizer it asks. */
import { describe, expect, test } from 'vitest'
import { known } from '#base/known.ts'
import { anApi, aRoute, aStage, verdicts } from './build.ts'

const stale = known({ at: '2026-05-25T00:00:00.000Z', since: '2026-03-03T00:00:00.000Z' })
const jwt = aRoute({ authorization: 'cognito' })
const mock = aRoute({ path: '/admin', integration: 'MOCK' })
const other = aRoute({
  path: '/admin',
  integration: 'arn:aws:lambda:eu-west-1:111122223333:function:reports',
})
const old = aStage({ name: 'v1', deployedAt: '2025-05-20T00:00:00.000Z' }, other)
const byLambda = aRoute({ authorization: 'lambda', authorizerId: 'auth01' })

describe('a change that was not deployed', () => {
  test('does not make a route one that API Gateway answers itself', () => {
    expect(verdicts(anApi({}, aStage({}, jwt, mock)))).toBe('authenticated authenticated')
    expect(verdicts(anApi({ changed: stale }, aStage({}, jwt, mock)))).toBe('unknown unknown')
  })

  test('does not make what another stage calls something else', () => {
    const fresh = aStage({ name: 'v1' }, other)
    expect(verdicts(anApi({}, aStage({}, jwt), fresh))).toBe('authenticated authenticated')
    expect(verdicts(anApi({}, aStage({}, jwt), old))).toBe('unknown unknown')
    expect(verdicts(anApi({ changed: stale }, aStage({}, jwt), fresh))).toBe('unknown unknown')
  })

  test('leaves it open which authorizer is asked, and at what it looks', () => {
    expect(verdicts(anApi({}, aStage({}, byLambda)))).toBe('authenticated authenticated')
    expect(verdicts(anApi({ changed: stale }, aStage({}, byLambda)))).toBe('unknown unknown')
  })
})

describe('a backend with another text', () => {
  const called = (a: string, b: string) =>
    verdicts(
      anApi(
        {},
        aStage({}, aRoute({ authorization: 'cognito', integration: a })),
        aStage({ name: 'v1' }, aRoute({ integration: b })),
      ),
    )
  const fn = 'arn:aws:lambda:eu-west-1:111122223333:function'
  const alb = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/web/50dc6c495c0c9188'

  test.each([
    ['the same host without TLS', 'https://orders.example.com', 'http://orders.example.com'],
    ['another name', 'https://orders.example.com', 'https://orders.example.net'],
    ['another listener of a load balancer', `${alb}/f2f7dc8efc522ab2`, `${alb}/0467ef3c8400ae65`],
    ['an alias of the same function', `${fn}:orders`, `${fn}:orders:live`],
  ])('may be the same one: %s', (_, a, b) => {
    expect(called(a, b)).toBe('unknown unknown')
  })

  test('is another one where both are functions of other names', () => {
    expect(called(`${fn}:orders:live`, `${fn}:reports`)).toBe('authenticated authenticated')
  })
})

describe('a stage without any route that is known', () => {
  test('is not closed where nobody knows what it deployed', () => {
    const api = { kind: 'http', apiKeySource: null } as const
    const bare = aStage({ routes: known([]), autoDeploy: false })
    expect(verdicts(anApi(api, bare))).toBe('unknown unknown')
  })
})
