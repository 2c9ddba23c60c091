/** What stands in front of the routes of an API: resource policy, web ACL, private endpoint; and what was not read. */
import { describe, expect, test } from 'vitest'
import { known } from '#base/known.ts'
import { aWebAcl, blockUnless, managedRules, unread, wafExactly } from '../../judge/build.ts'
import { randomSealed } from '../s3/sealed.ts'
import { anApi, aRoute, aStage, exposureOf, policyOf, verdicts } from './build.ts'

const changed = (at: string | null) => known({ at, since: '2026-03-03T00:00:00.000Z' })
const byLambda = aRoute({ authorization: 'lambda', authorizerId: 'auth01' })
const cloudFrontRange = { IpAddress: { 'aws:SourceIp': ['13.124.199.0/24'] } }
const secretReferer = { StringEquals: { 'aws:Referer': randomSealed(120) } }

describe('a resource policy', () => {
  test.each<[string, readonly object[], string]>([
    ['for everyone', [{}], 'open open'],
    ["for CloudFront's addresses (B81)", [{ Condition: cloudFrontRange }], 'closed open'],
    [
      'for everyone but others',
      [{}, { Effect: 'Deny', Condition: { NotIpAddress: { 'aws:SourceIp': '13.124.199.0/24' } } }],
      'closed open',
    ],
    ['for an office', [{ Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } }], 'open closed'],
    [
      'for a private network',
      [{ Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }],
      'closed closed',
    ],
    ['for a secret referrer', [{ Condition: secretReferer }], 'closed closed'],
    [
      'against all without the secret',
      [{}, { Effect: 'Deny', Condition: { StringNotEquals: { 'aws:Referer': randomSealed(120) } } }],
      'closed closed',
    ],
    ['for a user agent', [{ Condition: { StringLike: { 'aws:UserAgent': '*Partner*' } } }], 'open open'],
    [
      'for a VPC endpoint',
      [{ Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-0123456789abcdef0' } } }],
      'closed closed',
    ],
    ['for a role', [{ Principal: { AWS: 'arn:aws:iam::111122223333:role/app' } }], 'closed closed'],
    ['for another route', [{ Resource: 'execute-api:/prod/GET/health' }], 'closed closed'],
    ['for another stage', [{ Resource: 'execute-api:/dev/*' }], 'closed closed'],
    ['for this route among others', [{ Resource: 'execute-api:/prod/GET/ord*' }], 'open open'],
    [
      'in words that are not known',
      [{ Condition: { Unheard: { 'aws:SourceIp': '10.0.0.0/8' } } }],
      'unknown unknown',
    ],
  ])('%s', (_, statements, wanted) => {
    expect(verdicts(anApi({ policy: policyOf(...statements) }))).toBe(wanted)
  })

  test('shows the address and the header that it asks for', () => {
    const { witness } = exposureOf(anApi({ policy: policyOf({ Condition: cloudFrontRange }) }), 'tenant')
    expect(witness?.source).toMatch(/^13\.124\.199\./)
    const agent = { StringLike: { 'aws:UserAgent': '*Partner*' } }
    const headers = exposureOf(anApi({ policy: policyOf({ Condition: agent }) }), 'internet').witness?.headers
    expect(headers).toEqual([['user-agent', 'Partner']])
  })

  test('closes only where it was deployed', () => {
    const policy = policyOf({ Condition: secretReferer })
    for (const more of [
      { changed: changed('2026-05-25T00:00:00.000Z') },
      { changed: unread('LookupEvents') },
    ])
      expect(verdicts(anApi({ policy, ...more }))).toBe('unknown unknown')
  })

  test('is not known where it was not read', () => {
    expect(verdicts(anApi({ policy: unread('GetRestApis') }))).toBe('unknown unknown')
  })

  test('lets every account sign where it is for everyone', () => {
    const stage = aStage({}, aRoute({ authorization: 'iam' }))
    expect(verdicts(anApi({ policy: policyOf({}) }, stage))).toBe('authenticated open')
    expect(verdicts(anApi({ policy: policyOf({ Principal: { AWS: '111122223333' } }) }, stage))).toBe(
      'authenticated authenticated',
    )
  })
})

describe('the web ACL of a stage', () => {
  const acl = (...rules: Parameters<typeof aWebAcl>[0]) => known(aWebAcl(rules, { scope: 'REGIONAL' }))

  test('closes where it asks for the secret', () => {
    expect(verdicts(anApi({}, aStage({ webAcl: acl(blockUnless(wafExactly('token'))) })))).toBe(
      'closed closed',
    )
  })

  test('closes nothing where it only counts, and is undecided where its rules are not published', () => {
    expect(verdicts(anApi({}, aStage({ webAcl: acl(blockUnless(wafExactly('token'), 'count')) })))).toBe(
      'open open',
    )
    expect(verdicts(anApi({}, aStage({ webAcl: acl(managedRules()) })))).toBe('unknown unknown')
  })

  test('is not known where it was not read', () => {
    expect(verdicts(anApi({}, aStage({ webAcl: unread('GetWebACL') })))).toBe('unknown unknown')
  })
})

describe('what was not read', () => {
  test.each<[string, Parameters<typeof anApi>]>([
    ['the stages', [{ stages: unread('GetStages') }]],
    ['the routes', [{}, aStage({ routes: unread('GetResources') })]],
    ['the authorizers', [{ authorizers: unread('GetAuthorizers') }, aStage({}, byLambda)]],
    ['the kind of endpoint', [{ endpointType: 'unrecognised' }]],
  ])('leaves the verdict unknown: %s', (_, made) => {
    expect(verdicts(anApi(...made))).toBe('unknown unknown')
  })

  test('a stage that is not there, and WebSocket routes', () => {
    expect(verdicts(anApi(), { stage: 'gone' })).toBe('unknown unknown')
  })
})

describe('an edge-optimized or private API', () => {
  test('of AWS edge is reached past the distribution (B86)', () => {
    expect(verdicts(anApi({ endpointType: 'EDGE' }))).toBe('open open')
  })

  test.each<[string, readonly object[] | null, string]>([
    ['for everyone (B87)', [{}], 'open'],
    [
      'for an endpoint',
      [{ Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-0123456789abcdef0' } } }],
      'closed',
    ],
    [
      'against other endpoints',
      [
        {},
        { Effect: 'Deny', Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-0123456789abcdef0' } } },
      ],
      'closed',
    ],
    ['none', null, 'closed'],
  ])('is there for anybody with a VPC endpoint, by its policy: %s', (_, statements, wanted) => {
    const policy = statements === null ? known(null) : policyOf(...statements)
    const api = anApi({ endpointType: 'PRIVATE', policy })
    expect([verdicts(api), exposureOf(api, 'inside').verdict]).toEqual(['closed closed', wanted])
  })
})
