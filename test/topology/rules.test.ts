import { describe, expect, test } from 'vitest'
import type { ResourceRecord } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { buildCondition } from '#topology/condition.ts'
import type { Rule } from '#topology/model.ts'
import {
  type Config,
  changed,
  deny,
  forwardTo,
  gapsOf,
  given,
  groupArn,
  listenerArn,
  merge,
  ofType,
  onlyBalancer,
  type Parts,
  read,
  ruleOf,
  shop,
  topologyOf,
} from './estate.ts'

const sealed = (text: string, dialect = 'alb-glob') => ({
  sealed: text.padEnd(32, '0'),
  folded: text.padEnd(32, '0'),
  dialect,
  length: text.length,
  alphabet: 'lower',
  bits: 1,
  exactBits: 1,
  meets: [],
  mayMeet: [],
})

describe('a condition', () => {
  const cases: readonly (readonly [string, Config, unknown])[] = [
    [
      'unites the older and the newer form of a path pattern',
      { Field: 'path-pattern', Values: ['/a', '/b'], PathPatternConfig: { Values: ['/b', '/c'] } },
      { field: 'path-pattern', globs: ['/a', '/b', '/c'], regexes: [] },
    ],
    [
      'unites globs and regular expressions of a host header',
      {
        Field: 'host-header',
        RegexValues: ['^a$'],
        HostHeaderConfig: { Values: ['b.c'], RegexValues: ['^d$'] },
      },
      { field: 'host-header', globs: ['b.c'], regexes: ['^a$', '^d$'] },
    ],
    [
      'reads the older form alone',
      { Field: 'host-header', Values: ['a.b'] },
      { field: 'host-header', globs: ['a.b'], regexes: [] },
    ],
    [
      'reads a header in clear',
      { Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'User-Agent', Values: ['curl*'] } },
      { field: 'http-header', name: 'User-Agent', globs: ['curl*'], regexes: [] },
    ],
    [
      'reads sealed header values, each once',
      {
        Field: 'http-header',
        HttpHeaderConfig: {
          HttpHeaderName: 'x-token',
          Values: [sealed('one'), sealed('two'), sealed('one')],
          RegexValues: [sealed('one', 'alb-regex')],
        },
      },
      {
        field: 'http-header',
        name: 'x-token',
        globs: [sealed('one'), sealed('two')],
        regexes: [sealed('one', 'alb-regex')],
      },
    ],
    [
      'reads methods',
      { Field: 'http-request-method', HttpRequestMethodConfig: { Values: ['GET', 'X-MINE'] } },
      { field: 'http-request-method', methods: ['GET', 'X-MINE'] },
    ],
    [
      'reads source addresses',
      {
        Field: 'source-ip',
        SourceIpConfig: { Values: ['192.0.2.0/24', '2001:db8::/32'], IpAddressType: 'ipv4' },
      },
      { field: 'source-ip', cidrs: ['192.0.2.0/24', '2001:db8::/32'] },
    ],
    [
      'reads query pairs, with and without a key',
      {
        Field: 'query-string',
        QueryStringConfig: { Values: [{ Key: 'k', Value: sealed('v') }, { Value: 'w' }] },
      },
      {
        field: 'query-string',
        pairs: [
          { key: 'k', value: sealed('v') },
          { key: null, value: 'w' },
        ],
      },
    ],
  ]
  test.each(cases)('%s', (_, raw, built) => expect(buildCondition(raw)).toEqual(built))

  const strange: readonly (readonly [string, unknown, string])[] = [
    ['is no object', 'x', '(no field)'],
    ['has no field', { Values: ['/'] }, '(no field)'],
    ['has a field that is not known', { Field: 'tls-version', Values: ['1.3'] }, 'tls-version'],
    ['has no values', { Field: 'path-pattern' }, 'path-pattern'],
    ['has an empty list of values', { Field: 'path-pattern', Values: [] }, 'path-pattern'],
    ['has a value that is no text', { Field: 'path-pattern', Values: ['/a', 7] }, 'path-pattern'],
    ['has an empty value', { Field: 'path-pattern', Values: [''] }, 'path-pattern'],
    ['has values that are no list', { Field: 'path-pattern', Values: '/a' }, 'path-pattern'],
    [
      'has a configuration that is no object',
      { Field: 'path-pattern', Values: ['/a'], PathPatternConfig: [] },
      'path-pattern',
    ],
    ['says more than is understood', { Field: 'path-pattern', Values: ['/a'], Negate: true }, 'path-pattern'],
    [
      'says more in its configuration than is understood',
      { Field: 'path-pattern', PathPatternConfig: { Values: ['/a'], Decode: true } },
      'path-pattern',
    ],
    [
      'is of a header without a name',
      { Field: 'http-header', HttpHeaderConfig: { Values: ['a'] } },
      'http-header',
    ],
    [
      'has half a sealed value',
      {
        Field: 'http-header',
        HttpHeaderConfig: { HttpHeaderName: 'x', Values: [{ sealed: 'ab', meets: [] }] },
      },
      'http-header',
    ],
    [
      'has regular expressions where there are none',
      { Field: 'http-request-method', Values: ['GET'], RegexValues: ['G.*'] },
      'http-request-method',
    ],
    [
      'has a query pair without a value',
      { Field: 'query-string', QueryStringConfig: { Values: [{ Key: 'k' }] } },
      'query-string',
    ],
    ['has an own field of objects', { Field: 'constructor', Values: ['a'] }, 'constructor'],
  ]
  test.each(strange)('is unrecognised where it %s', (_, raw, name) =>
    expect(buildCondition(raw)).toEqual({ field: 'unrecognised', name }),
  )
})

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

describe('a listener', () => {
  const listenerWith = (change: Config) => {
    const parts = changed(shop, ofType(types.listener), c => ({ ...c, ...change }))
    return given(onlyBalancer(topologyOf(parts)).listeners)[0]
  }

  test.each([
    [{ Mode: 'off' }, 'off'],
    [{ Mode: 'passthrough' }, 'passthrough'],
    [{ Mode: 'verify', TrustStoreAssociationStatus: 'active' }, 'verify'],
    [{ Mode: 'verify', TrustStoreAssociationStatus: 'removed' }, 'unknown'],
    [{ Mode: 'later' }, 'unknown'],
    [undefined, 'off'],
  ])('with mutual authentication %j asks for client certificates: %s', (MutualAuthentication, mode) =>
    expect(listenerWith({ MutualAuthentication })?.mutualTls).toBe(mode),
  )

  test('has its default certificate first', () => {
    const certificates = changed(shop, ofType(types.listenerCertificates), c => ({
      ...c,
      Certificates: [
        { CertificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/0' },
        ...(c.Certificates as []),
      ],
    }))
    const [listener] = given(onlyBalancer(topologyOf(certificates)).listeners)
    const found = listener && given(listener.certificates)
    expect(found?.map(c => c.known && c.value.domainName)).toEqual(['origin.example.com', false])
  })

  test('on plain HTTP needs no certificates to be known', () =>
    expect(listenerWith({ Protocol: 'HTTP' })?.certificates).toEqual({ known: true, value: [] }))

  test('names a certificate of IAM without knowing it', () => {
    const iam = 'arn:aws:iam::111122223333:server-certificate/old'
    const parts = changed(shop, ofType(types.listenerCertificates), () => ({
      Certificates: [{ CertificateArn: iam }],
    }))
    const plain = changed(parts, ofType(types.listener), c => ({ ...c, Certificates: [] }))
    const [listener] = given(onlyBalancer(topologyOf(plain)).listeners)
    const [certificate] = listener ? given(listener.certificates) : []
    expect(certificate && gapsOf(certificate)).toMatchObject([
      { service: 'iam', code: 'not-read', target: iam },
    ])
  })

  test('that cannot be read hides all listeners', () => {
    const parts = changed(shop, ofType(types.listener), ({ Port: _, ...c }) => c)
    expect(gapsOf(onlyBalancer(topologyOf(parts)).listeners)).toMatchObject([{ code: 'unrecognised' }])
  })

  test('stands by port', () => {
    const second = { ...shop.resources.find(ofType(types.listener)) } as ResourceRecord
    const arn = `${listenerArn()}0`
    const parts = merge(
      {
        ...shop,
        reads: shop.reads.map(r => (r.operation === 'DescribeListeners' ? { ...r, count: 2 } : r)),
      },
      {
        resources: [
          { ...second, arn, config: { ...second.config, ListenerArn: arn, Port: 80, Protocol: 'HTTP' } },
        ],
        reads: [read('DescribeRules', arn, 0)],
      },
    )
    expect(given(onlyBalancer(topologyOf(parts)).listeners).map(l => l.port)).toEqual([80, 443])
  })
})
