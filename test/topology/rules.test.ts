import { describe, expect, test } from 'vitest'
import type { ResourceRecord } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import type { Rule } from '#topology/model.ts'
import { gapsOf, given, merge, onlyBalancer, type Parts, topologyOf } from './parts.ts'
import { deny, forwardTo, groupArn, listenerArn, ruleOf, shop } from './shop.ts'

/** `shop` with these rules beside its default one. */
const withRules = (...rules: readonly ResourceRecord[]): Parts => ({
  ...merge(shop, { resources: rules, reads: [] }),
  reads: shop.reads.map(r => (r.operation === 'DescribeRules' ? { ...r, count: 1 + rules.length } : r)),
})

const rulesOf = (parts: Parts): readonly Rule[] => {
  const [listener] = given(onlyBalancer(topologyOf(parts)).listeners)
  return listener === undefined ? [] : given(listener.rules)
}

const actionsOf = (...actions: readonly unknown[]) =>
  rulesOf(withRules(ruleOf('1', { Actions: actions })))[0]?.actions

describe('the rules of a listener', () => {
  test('stand in ascending priority as numbers, the default rule last', () =>
    expect(rulesOf(withRules(ruleOf('10'), ruleOf('9'), ruleOf('100'))).map(r => r.priority)).toEqual([
      9,
      10,
      100,
      'default',
    ]))

  test('end with the default actions of the listener where the list lacks a default rule', () => {
    const without = { ...shop, resources: shop.resources.filter(r => r.type !== types.rule) }
    const none = {
      ...without,
      reads: shop.reads.map(r => (r.operation === 'DescribeRules' ? { ...r, count: 0 } : r)),
    }
    const [rule, ...more] = rulesOf(none)
    expect(more).toEqual([])
    expect(rule).toMatchObject({
      priority: 'default',
      ref: { arn: listenerArn() },
      actions: [{ kind: 'forward' }],
    })
  })

  test('are not known where one of them has no priority', () => {
    const [listener] = given(onlyBalancer(topologyOf(withRules(ruleOf('x')))).listeners)
    expect(gapsOf(listener?.rules ?? { known: true })).toMatchObject([{ code: 'unrecognised' }])
  })

  test.each([[[]], [undefined], ['no list']])(
    'may match anything where their conditions are %j',
    conditions => {
      const [rule] = rulesOf(withRules(ruleOf('1', { Conditions: conditions })))
      expect(rule?.conditions).toEqual([{ field: 'unrecognised', name: '(no condition)' }])
    },
  )

  test('say whether they rewrite the request, also in a way that is not known', () => {
    const transforms = [[], [{ Type: 'url-rewrite' }], [{ Type: 'next-year' }], 'no list']
    const built = transforms.map((t, i) => ruleOf(String(i + 1), { Transforms: t }))
    expect(rulesOf(withRules(...built)).map(r => r.transforms)).toEqual([false, true, true, true, false])
  })
})

describe('actions', () => {
  test('stand in their order', () =>
    expect(
      actionsOf(
        { ...forwardTo(), Order: 2 },
        {
          Type: 'authenticate-oidc',
          Order: 1,
          AuthenticateOidcConfig: { OnUnauthenticatedRequest: 'allow' },
        },
      )?.map(a => a.kind),
    ).toEqual(['authenticate', 'forward']))

  test('forward to weighted groups, one without traffic included', () => {
    const TargetGroups = [
      { TargetGroupArn: groupArn(), Weight: 0 },
      { TargetGroupArn: groupArn('other'), Weight: 5 },
    ]
    expect(actionsOf({ Type: 'forward', ForwardConfig: { TargetGroups } })).toMatchObject([
      {
        kind: 'forward',
        groups: [
          {
            weight: 0,
            group: { known: true, value: { name: 'shop', targets: { value: ['10.0.0.7:8080'] } } },
          },
          { weight: 5, group: { known: false } },
        ],
      },
    ])
  })

  test('forward to the group of the older form', () =>
    expect(actionsOf({ Type: 'forward', TargetGroupArn: groupArn() })).toMatchObject([
      { kind: 'forward', groups: [{ weight: 1, group: { known: true } }] },
    ]))

  test('answer, redirect and authenticate', () => {
    expect(actionsOf(deny)).toEqual([
      { kind: 'fixed-response', status: 403, contentType: 'text/plain', body: 'no' },
    ])
    expect(
      actionsOf({
        Type: 'redirect',
        RedirectConfig: { Protocol: 'HTTPS', Port: '443', Query: '', StatusCode: 'HTTP_302' },
      }),
    ).toEqual([
      {
        kind: 'redirect',
        protocol: 'HTTPS',
        host: '#{host}',
        port: '443',
        path: '/#{path}',
        query: '',
        status: 302,
      },
    ])
    expect(actionsOf({ Type: 'authenticate-cognito', AuthenticateCognitoConfig: {} })).toEqual([
      { kind: 'authenticate', with: 'cognito', onUnauthenticated: 'authenticate' },
    ])
    expect(
      actionsOf({ Type: 'jwt-validation', JwtValidationConfig: { Issuer: 'https://example.com' } }),
    ).toEqual([{ kind: 'authenticate', with: 'jwt', onUnauthenticated: 'deny' }])
  })

  const strange: readonly (readonly [string, unknown])[] = [
    ['mirror', { Type: 'mirror' }],
    ['forward', { Type: 'forward' }],
    ['forward', { Type: 'forward', ForwardConfig: { TargetGroups: [{ Weight: 1 }] } }],
    ['forward', { Type: 'forward', ForwardConfig: { TargetGroups: 'all' } }],
    ['fixed-response', { Type: 'fixed-response' }],
    ['redirect', { Type: 'redirect', RedirectConfig: { StatusCode: 'HTTP_307' } }],
    ['authenticate-oidc', { Type: 'authenticate-oidc' }],
    [
      'authenticate-oidc',
      { Type: 'authenticate-oidc', AuthenticateOidcConfig: { OnUnauthenticatedRequest: 'ask' } },
    ],
    ['(no type)', 'forward'],
  ]
  test.each(strange)('are unrecognised as %s: %j', (name, action) =>
    expect(actionsOf(action)).toEqual([{ kind: 'unrecognised', name }]),
  )

  test('are unrecognised where a rule has none', () =>
    expect(actionsOf()).toEqual([{ kind: 'unrecognised', name: '(no action)' }]))
})
