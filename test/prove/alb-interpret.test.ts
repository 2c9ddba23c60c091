import { describe, expect, test } from 'vitest'
import { known } from '#base/known.ts'
import type { Truth } from '#base/truth.ts'
import { meetsCondition } from '#prove/alb/condition.ts'
import { interpretListener } from '#prove/alb/interpret.ts'
import { type AlbRequest, type RequestHeader, splitTarget } from '#prove/alb/request.ts'
import { strengthOf } from '#snapshot/strength.ts'
import type { Condition, Rule } from '#topology/model.ts'
import {
  fixed,
  forward,
  group,
  header,
  headerRegex,
  host,
  listener,
  login,
  method,
  missing,
  otherwise,
  path,
  pathRegex,
  query,
  redirect,
  rule,
  seal,
  sent,
  sourceIp,
  strong,
  token,
  weighted,
} from './build.ts'

interface Said {
  readonly method?: string
  readonly target?: string
  readonly host?: string | null
  readonly headers?: readonly (readonly [string, RequestHeader['value']])[]
  readonly source?: string
  readonly tls?: boolean
}

const request = (said: Said = {}): AlbRequest => ({
  source: said.source ?? '198.51.100.7',
  port: 443,
  tls: said.tls ?? true,
  method: said.method ?? 'GET',
  host: said.host === undefined ? 'www.example.com' : said.host,
  ...splitTarget(said.target ?? '/'),
  headers: (said.headers ?? []).map(([name, value]) => ({ name, value })),
})

const meets = (condition: Condition, said: Said): Truth => meetsCondition(condition, request(said)).truth
const why = (condition: Condition, said: Said): readonly string[] =>
  meetsCondition(condition, request(said)).why.map(r => (r.kind === 'uncertain' ? r.id : r.kind))

const outcome = (rules: readonly Rule[], said: Said = {}) =>
  interpretListener(listener(rules), request(said)).outcome
const ends = (rules: readonly Rule[], said: Said = {}): string => outcome(rules, said).kind
/** What a rule with these conditions does in front of a default 404. */
const takes = (conditions: readonly Condition[], said: Said): string =>
  ends([rule(1, conditions, forward()), otherwise(fixed(404))], said)

describe('conformance vectors: conditions', () => {
  test('vector 1: header names and values compare without case', () => {
    expect(meets(header('X-T', 'AbC'), { headers: [['x-t', 'aBc']] })).toBe(true)
  })
  test('vector 2: a star accepts any tail', () => {
    expect(meets(header('X-T', 'abc*'), { headers: [['X-T', 'abcZZ']] })).toBe(true)
    // Its strength is that of the three characters, so that it is no secret.
    const three = strengthOf('abc*', 'alb-glob')
    expect([three.structure, three.bits < 3 * Math.log2(36)]).toEqual([[3, '*'], true])
  })
  test('vector 3: a question mark stands for exactly one character', () => {
    expect(meets(header('X-T', 'a?c'), { headers: [['X-T', 'ac']] })).toBe(false)
  })
  test('vector 4: an absent header meets nothing, not even a star', () => {
    expect(meets(header('X-T', '*'), {})).toBe(false)
  })
  test('vector 5: two conditions on one header may be met by two occurrences', () => {
    const both = [header('X-T', 's1'), header('X-T', 's2')]
    const headers = [
      ['X-T', 's1'],
      ['X-T', 's2'],
    ] as const
    expect(takes(both, { headers })).toBe('forward')
  })
  test('vector 6: one occurrence with a comma is one value', () => {
    const both = [header('X-T', 's1'), header('X-T', 's2')]
    expect(takes(both, { headers: [['X-T', 's1,s2']] })).toBe('fixed-response')
  })
  test('vector 7: a leading star asks for a label', () => {
    expect(meets(host('*.example.com'), { host: 'example.com' })).toBe(false)
  })
  test('vector 8: host names compare without case', () => {
    expect(meets(host('app.example.com'), { host: 'APP.EXAMPLE.COM' })).toBe(true)
  })
  test('vector 9: a Host with a port may or may not meet a name (U-05)', () => {
    expect(meets(host('app.example.com'), { host: 'app.example.com:8443' })).toBe('unknown')
    expect(why(host('app.example.com'), { host: 'app.example.com:8443' })).toEqual(['U-05'])
  })
  test('vector 10: paths compare with case', () => {
    expect(meets(path('/img/*'), { target: '/IMG/a' })).toBe(false)
  })
  test('vector 11: a path pattern does not cover the folder without its slash', () => {
    expect(meets(path('/img/*'), { target: '/img' })).toBe(false)
  })
  test('vector 12: the query is no part of the path', () => {
    expect(meets(path('/a?c'), { target: '/abc?x=1' })).toBe(true)
  })
  test('vector 13: methods compare with case', () => {
    expect(meets(method('GET'), { method: 'get' })).toBe(false)
  })
  test('vector 14: query keys compare without case', () => {
    expect(meets(query(['v', '1']), { target: '/?V=1' })).toBe(true)
  })
  test('vector 15: a value without a key may stand under any key', () => {
    expect(meets(query([null, 'x*']), { target: '/?k=xy' })).toBe(true)
  })
  test('vector 16: source-ip is the peer, never X-Forwarded-For', () => {
    const said = { source: '1.2.3.4', headers: [['X-Forwarded-For', '10.1.1.1']] as const }
    expect(meets(sourceIp('10.0.0.0/8'), said)).toBe(false)
  })
})

describe('conformance vectors: rules and actions', () => {
  test('vector 17: the rule in front answers although the default forwards', () => {
    const rules = [
      rule(5, [token(strong)], forward()),
      rule(10, [path('/*')], fixed(403)),
      otherwise(forward()),
    ]
    expect(outcome(rules)).toMatchObject({ kind: 'fixed-response', status: 403 })
  })
  test('vector 18: an exempt path forwards', () => {
    const rules = [rule(1, [path('/health')], forward()), otherwise(fixed(403))]
    expect(ends(rules, { target: '/health' })).toBe('forward')
    expect(ends(rules, { target: '/' })).toBe('fixed-response')
  })
  test('vector 22: a login that lets the unauthenticated pass is no login', () => {
    expect(ends([otherwise(login('allow'), forward())])).toBe('forward')
    expect(ends([otherwise(login('deny'), forward())])).toBe('authenticate')
    expect(ends([otherwise(login('authenticate'), forward())])).toBe('authenticate')
    expect(ends([otherwise(login('allow', 'jwt'), forward())])).toBe('authenticate')
  })
  test('vector 31: a redirect does not forward', () => {
    expect(outcome([otherwise(redirect({ host: 'www.example.com' }))])).toMatchObject({ kind: 'redirect' })
  })
  test('vector 32: passthrough mutual TLS asks for no certificate, verify does', () => {
    const rules = [otherwise(forward())]
    const through = listener(rules, { mutualTls: 'passthrough' })
    const verified = listener(rules, { mutualTls: 'verify' })
    expect(interpretListener(through, request()).outcome.kind).toBe('forward')
    expect(interpretListener(verified, request()).outcome).toEqual({
      kind: 'refused',
      because: 'client-certificate',
    })
    const known = { ...request(), clientCertificate: true }
    expect(interpretListener(verified, known).outcome.kind).toBe('forward')
  })
})

describe('the rule walk', () => {
  test('goes by ascending priority whatever the order of the list', () => {
    const rules = [
      otherwise(fixed(404)),
      rule(20, [path('/a*')], fixed(410)),
      rule(3, [path('/*')], forward()),
    ]
    expect(ends(rules, { target: '/a' })).toBe('forward')
  })
  test('names the rule that takes the request', () => {
    const taken = rule(7, [path('/a')], fixed(403))
    const { rule: found } = interpretListener(
      listener([taken, otherwise(forward())]),
      request({ target: '/a' }),
    )
    expect(found).toBe(taken)
  })
  test('an earlier rule that may match makes the outcome unknown', () => {
    const doubtful = rule(1, [host('www.example.com')], fixed(403))
    expect(ends([doubtful, otherwise(forward())], { host: 'www.example.com:8443' })).toBe('unknown')
  })
  test('unless both lead to the same thing', () => {
    const doubtful = rule(1, [host('www.example.com')], fixed(403))
    expect(ends([doubtful, otherwise(fixed(403))], { host: 'www.example.com:8443' })).toBe('fixed-response')
  })
  test('an unknown condition or action makes the outcome unknown', () => {
    const strange = rule(1, [{ field: 'unrecognised', name: 'moon-phase' }], fixed(403))
    expect(ends([strange, otherwise(forward())])).toBe('unknown')
    expect(ends([otherwise({ kind: 'unrecognised', name: 'teleport' })])).toBe('unknown')
  })
  test('rules that were not read leave everything unknown, with the gap', () => {
    const { outcome: found } = interpretListener(
      { ...listener([]), rules: missing('DescribeRules') },
      request(),
    )
    expect(found).toMatchObject({ kind: 'unknown', reasons: [{ kind: 'gap' }] })
  })
  test('plain HTTP to a TLS listener and TRACE are refused', () => {
    expect(ends([otherwise(forward())], { tls: false })).toBe('refused')
    expect(ends([otherwise(forward())], { method: 'TRACE' })).toBe('refused')
  })
  test('groups of weight 0 receive nothing', () => {
    const [blue, green] = [group('blue'), group('green')]
    expect(outcome([otherwise(weighted([blue, 0], [green, 5]))])).toEqual({
      kind: 'forward',
      groups: [known(green)],
    })
    expect(ends([otherwise(weighted([blue, 0]))])).toBe('unknown')
  })
})

describe('what AWS does not document stays unknown', () => {
  test('U-01 and U-02: a regular expression counts only where every model agrees', () => {
    expect(meets(pathRegex('^/api/.*$'), { target: '/api/x' })).toBe(true)
    expect(why(pathRegex('^/api/'), { target: '/api/x' })).toEqual(['U-01'])
    expect(why(pathRegex('^/API/.*$'), { target: '/api/x' })).toContain('U-02')
    expect(meets(pathRegex('^/api/'), { target: '/web' })).toBe(false)
  })
  test('U-03: look-around, back-references and character properties are outside the dialect', () => {
    for (const pattern of ['(?=a)', '(?<!a)b', '(a)\\1', 'a++', '(?>a)', '\\p{L}'])
      expect(why(headerRegex('X-T', pattern), { headers: [['X-T', 'a']] })).toEqual(['U-03'])
  })
  test('U-04: a path that decoding or normalising changes', () => {
    expect(why(path('/admin'), { target: '/%61dmin' })).toEqual(['U-04'])
    expect(why(path('/admin'), { target: '//admin' })).toEqual(['U-04'])
    expect(why(path('/admin'), { target: '/x/../admin' })).toEqual(['U-04'])
    expect(meets(path('/*'), { target: '//admin' })).toBe(true)
  })
  test('U-06: no Host, and targets that are no path', () => {
    expect(why(host('*.example.com'), { host: null })).toEqual(['U-06'])
    expect(why(path('/*'), { target: '*' })).toEqual(['U-06'])
    expect(meets(path('*'), { target: '*' })).toBe(true)
  })
  test('U-11: a backslash before a wildcard of a header value', () => {
    expect(why(header('X-T', 'a\\*'), { headers: [['X-T', 'a\\b']] })).toEqual(['U-11'])
  })
  test('U-12: repeated and encoded query parameters', () => {
    expect(why(query(['v', '1']), { target: '/?v=2&v=1' })).toEqual(['U-12'])
    expect(why(query(['v', 'a b']), { target: '/?v=a%20b' })).toEqual(['U-12'])
    expect(meets(query(['v', 'a\\*']), { target: '/?v=a*' })).toBe(true)
    expect(meets(query(['v', 'a\\*']), { target: '/?v=ab' })).toBe(false)
  })
  test('U-13: bytes outside visible ASCII in a header', () => {
    expect(why(header('X-T', '*'), { headers: [['X-T', 'é']] })).toEqual(['U-13'])
  })
  test('U-24: headers that the load balancer writes itself', () => {
    expect(why(header('X-Forwarded-For', '*'), { headers: [['X-Forwarded-For', '1.2.3.4']] })).toEqual([
      'U-24',
    ])
    expect(meets(header('X-Forwarded-Proto', 'https'), { headers: [['X-Forwarded-Proto', 'https']] })).toBe(
      true,
    )
  })
})

describe('sealed values', () => {
  const gate = seal(strong)
  test('the value CloudFront sends meets the patterns its seal lists, and no other', () => {
    const value = sent(strong, [[strong, gate]])
    expect(meets(header('X-T', gate), { headers: [['X-T', value]] })).toBe(true)
    expect(meets(header('X-T', seal('another')), { headers: [['X-T', value]] })).toBe(false)
    const perhaps = { ...value, meets: [], mayMeet: value.meets }
    expect(meets(header('X-T', gate), { headers: [['X-T', perhaps]] })).toBe('unknown')
  })
  test('text of a stranger never meets a strong pattern, and may meet a weak one', () => {
    expect(meets(header('X-T', gate), { headers: [['X-T', 'guess']] })).toBe(false)
    expect(meets(header('X-T', seal('secret')), { headers: [['X-T', 'guess1']] })).toBe('unknown')
  })
  test('text of an impossible length never meets a pattern, however weak', () => {
    expect(meets(header('X-T', seal('secret')), { headers: [['X-T', 'x']] })).toBe(false)
  })
  test('pure wildcards are decided exactly', () => {
    expect(meets(header('X-T', seal('*')), { headers: [['X-T', 'anything']] })).toBe(true)
    expect(meets(header('X-T', seal('??')), { headers: [['X-T', 'x']] })).toBe(false)
    expect(meets(header('X-T', seal('??')), { headers: [['X-T', 'xy']] })).toBe(true)
  })
  test('a pattern used as a value meets itself and its equals without case', () => {
    expect(meets(header('X-T', seal('prod-*')), { headers: [['X-T', seal('prod-*')]] })).toBe(true)
    expect(meets(header('X-T', seal('TOKEN')), { headers: [['X-T', seal('token')]] })).toBe(true)
    expect(meets(header('X-T', seal('token')), { headers: [['X-T', seal('nekot')]] })).toBe(false)
  })
})
