/** Where secrets are sealed, and what is left in clear. */
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { types } from '#snapshot/resource-types.ts'
import type { Dialect } from '#snapshot/sealed.ts'
import { isSealed } from '#snapshot/sealed.ts'
import { randomText } from './random.ts'
import { resource } from './records.ts'
import {
  byteMatch,
  distribution,
  header,
  query,
  rule,
  sealedIn,
  sealOne,
  singleHeader,
  webAcl,
} from './sealing.ts'

const token = randomText('token', 32)

const dialects = (record: Parameters<typeof sealOne>[0]): readonly Dialect[] =>
  sealedIn(sealOne(record).config).map(s => s.dialect)

test('the value of an origin custom header is sealed in its place and nothing else changes', () => {
  const record = distribution([['X-Origin-Verify', token]])
  const sealed = sealOne(record)
  const [own] = sealedIn(sealed.config)
  expect(own).toMatchObject({
    dialect: 'value',
    length: 32,
    alphabet: 'alphanumeric',
    meets: [],
    mayMeet: [],
  })
  expect(own?.sealed).toMatch(/^[0-9a-f]{32}$/)
  const restored = JSON.parse(JSON.stringify(sealed), (_, v: unknown) => (isSealed(v) ? token : v)) as unknown
  expect(restored).toEqual(record)
})

test('origin headers are found wherever a distribution carries them', () => {
  const items = { Items: [{ HeaderName: 'X-A', HeaderValue: token }] }
  const full = distribution([], {
    DistributionConfig: { Staging: true, Origins: [{ CustomHeaders: items }] },
  })
  expect(dialects(full)).toEqual(['value'])
})

test('header conditions are sealed in the legacy and the new place, as globs and as regular expressions', () => {
  const condition = {
    ...header('X-T', [token, 'a*'], [`^${token}$`]),
    Values: ['legacy-value'],
    RegexValues: ['^old'],
  }
  const sealed = sealOne(rule([condition]))
  expect(sealedIn(sealed.config).map(s => s.dialect)).toEqual([
    'alb-glob',
    'alb-glob',
    'alb-regex',
    'alb-glob',
    'alb-regex',
  ])
  expect(sealed.config).toMatchObject({
    Conditions: [{ Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'X-T' } }],
  })
})

test('host, path, method and address conditions stay in clear', () => {
  const conditions = [
    { Field: 'host-header', Values: ['app.example.com'], HostHeaderConfig: { Values: ['app.example.com'] } },
    { Field: 'path-pattern', PathPatternConfig: { Values: ['/admin/*'], RegexValues: ['^/x'] } },
    { Field: 'http-request-method', HttpRequestMethodConfig: { Values: ['GET'] } },
    { Field: 'source-ip', SourceIpConfig: { Values: ['203.0.113.0/24'] } },
  ]
  expect(sealOne(rule(conditions)).config).toEqual(rule(conditions).config)
})

test('a condition of a kind that is not known is sealed whole, except for its name', () => {
  const sealed = sealOne(rule([{ Field: 'cookie', CookieConfig: { Name: 'sid', Values: [token] } }]))
  expect(JSON.stringify(sealed)).not.toContain(token)
  expect(sealed.config).toMatchObject({ Conditions: [{ Field: 'cookie' }] })
  expect(sealedIn(sealed.config)).toHaveLength(2)
})

test('query values are sealed by the name of their key or by their strength', () => {
  const sealed = (pair: { Key?: string; Value: string }) => dialects(rule([query([pair])])).length === 1
  expect(sealed({ Key: 'access_token', Value: 'x' })).toBe(true)
  expect(sealed({ Key: 'Signature', Value: 'abc' })).toBe(true)
  expect(sealed({ Key: 'v', Value: token })).toBe(true)
  expect(sealed({ Value: token })).toBe(true)
  expect(sealed({ Key: 'v', Value: '1' })).toBe(false)
  expect(sealed({ Key: 'lang', Value: 'de-*' })).toBe(false)
})

test.each([
  ['User-Agent', 'curl/8.0'],
  ['Accept-Language', 'de-DE,de;q=0.9'],
  ['X-Forwarded-Proto', 'https'],
  ['X-Forwarded-Host', 'www.example.com'],
  ['Via', '1.1 proxy.example.com'],
  ['CloudFront-Viewer-Country', 'DE'],
  ['Content-Type', 'application/json'],
  ['Origin', 'https://www.example.com'],
  ['Host', 'www.example.com'],
  ['Referer', 'https://www.example.com/start?x=1'],
])('%s: %s stays in clear as header, condition and web ACL statement', (name, value) => {
  for (const record of [
    distribution([[name, value]]),
    rule([header(name, [value])]),
    webAcl([byteMatch(singleHeader(name), value)]),
  ]) {
    expect(sealOne(record)).toEqual(record)
  }
})

test.each([
  ['Authorization', 'Basic'],
  ['X-Api-Key', 'a'],
  ['Cookie', 'a=b'],
  ['CloudFront-Secret', 'a'],
  ['X-Env', 'prod'],
])('%s is sealed whatever it holds', (name, value) => {
  expect(dialects(distribution([[name, value]]))).toEqual(['value'])
  expect(dialects(rule([header(name.toLowerCase(), [value])]))).toEqual(['alb-glob'])
})

test('a token in a header of everyday traffic is a token', () => {
  expect(dialects(distribution([['Referer', token]]))).toEqual(['value'])
  expect(dialects(rule([header('User-Agent', [`*${token}*`])]))).toEqual(['alb-glob'])
  expect(dialects(webAcl([byteMatch(singleHeader('user-agent'), token)]))).toEqual(['waf:EXACTLY'])
})

test('a value published for everyone says so where it is sealed', () => {
  const [own] = sealedIn(sealOne(distribution([['X-From', 'Amazon CloudFront']])))
  expect(own).toMatchObject({ public: true, bits: 0 })
})

test.each([
  ['a header', singleHeader('x-origin-verify'), true],
  ['a query argument', { SingleQueryArgument: { Name: 'k' } }, true],
  ['all query arguments', { AllQueryArguments: {} }, true],
  ['the query string', { QueryString: {} }, true],
  ['cookies', { Cookies: { MatchScope: 'ALL' } }, true],
  ['headers', { Headers: { MatchScope: 'VALUE' } }, true],
  ['the header order', { HeaderOrder: {} }, true],
  ['the body', { Body: {} }, true],
  ['the JSON body', { JsonBody: {} }, true],
  ['a component that is not known', { SomethingNew: {} }, true],
  ['the path', { UriPath: {} }, false],
  ['the method', { Method: {} }, false],
  ['the fragment', { UriFragment: {} }, false],
  ['the TLS fingerprint', { JA4Fingerprint: {} }, false],
])('a web ACL statement on %s', (_, field, sealed) => {
  const regex = {
    RegexMatchStatement: { RegexString: `^${token}$`, FieldToMatch: field, TextTransformations: [] },
  }
  const found = sealedIn(sealOne(webAcl([byteMatch(field, token), regex])).config).map(s => s.dialect)
  expect(found).toEqual(sealed ? ['waf:EXACTLY', 'waf:REGEX'] : [])
})

test('statements are found at any depth, with their transforms in order of priority', () => {
  const inner = byteMatch(singleHeader('X-T'), token, 'STARTS_WITH', ['NONE'])
  const statement = inner.ByteMatchStatement as Readonly<Record<string, unknown>>
  const shuffled = {
    ByteMatchStatement: {
      ...statement,
      TextTransformations: [
        { Priority: 10, Type: 'LOWERCASE' },
        { Priority: 2, Type: 'URL_DECODE' },
        { Priority: 1, Type: 'NONE' },
      ],
    },
  }
  const deep = {
    NotStatement: {
      Statement: { AndStatement: { Statements: [{ OrStatement: { Statements: [shuffled] } }] } },
    },
  }
  expect(dialects(webAcl([{ RateBasedStatement: { ScopeDownStatement: deep } }]))).toEqual([
    'waf:STARTS_WITH+URL_DECODE+LOWERCASE',
  ])
  expect(dialects(resource(types.ruleGroup, 'arn:rg', { Rules: [{ Statement: deep }] }))).toEqual([
    'waf:STARTS_WITH+URL_DECODE+LOWERCASE',
  ])
})

test('a search string that is still bytes is read as text, sealed or not', () => {
  const bytes = new TextEncoder().encode(token)
  const forms = [bytes, Buffer.from(token).toJSON(), JSON.parse(JSON.stringify(bytes)) as unknown]
  const fingerprints = [token, ...forms].map(
    f => sealedIn(sealOne(webAcl([byteMatch(singleHeader('X-T'), f)])))[0]?.sealed,
  )
  expect(new Set(fingerprints).size).toBe(1)
  expect(fingerprints[0]).toBeDefined()
  const path = sealOne(webAcl([byteMatch({ UriPath: {} }, new TextEncoder().encode('/admin'))]))
  expect(JSON.stringify(path)).toContain('"SearchString":"/admin"')
  const binary = sealOne(webAcl([byteMatch(singleHeader('X-T'), Uint8Array.of(255, 254, 1))]))
  expect(sealedIn(binary)[0]).toMatchObject({ length: 3, alphabet: 'other' })
})

test('sets of expressions and headers that a web ACL adds are sealed, responses stay', () => {
  const set = resource(types.regexPatternSet, 'arn:set', {
    RegularExpressionList: [{ RegexString: `^${token}$` }],
  })
  expect(dialects(set)).toEqual(['waf:REGEX'])
  const acl = webAcl([], {
    DefaultAction: {
      Allow: { CustomRequestHandling: { InsertHeaders: [{ Name: 'x-secret', Value: token }] } },
    },
    CustomResponseBodies: { no: { ContentType: 'TEXT_PLAIN', Content: 'Not here.' } },
  })
  expect(dialects(acl)).toEqual(['value'])
  expect(JSON.stringify(sealOne(acl))).toContain('Not here.')
})

test('the header that leads to a staging distribution is a secret', () => {
  const policy = resource('AWS::CloudFront::ContinuousDeploymentPolicy', 'p', {
    TrafficConfig: { SingleHeaderConfig: { Header: 'aws-cf-cd-x', Value: token }, Type: 'SingleHeader' },
  })
  expect(dialects(policy)).toEqual(['value'])
})

test('a value that is the name of a resource is known to everyone', () => {
  const named = distribution([['X-Distribution', 'EDFDVBD6EXAMPLE']], { Id: 'EDFDVBD6EXAMPLE' })
  const sealed = sealOne(named)
  expect(sealedIn(sealed)[0]).toMatchObject({ weakness: 'name of a resource' })
  expect(sealedIn(sealed)[0]?.bits).toBeLessThanOrEqual(16)
  expect(sealed.config).toMatchObject({ Id: 'EDFDVBD6EXAMPLE' })
})

test.each(['md5', 'sha1', 'sha256'])('a value that is the %s of such a name is as well known', algorithm => {
  const digest = createHash(algorithm).update('edfdvbd6example').digest('hex')
  const [value] = sealedIn(sealOne(distribution([['X-Token', digest]], { Id: 'EDFDVBD6EXAMPLE' })))
  expect(value).toMatchObject({ weakness: 'digest of the name of a resource', bits: 16 })
  const [other] = sealedIn(sealOne(distribution([['X-Token', digest]], { Id: 'E2OTHER' })))
  expect(other?.bits).toBeGreaterThan(100)
})
