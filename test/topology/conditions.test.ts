import { describe, expect, test } from 'vitest'
import { buildCondition } from '#topology/condition.ts'
import type { Config } from './parts.ts'

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
