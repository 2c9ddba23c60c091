import { describe, expect, test } from 'vitest'
import { known } from '#base/known.ts'
import type { WebAcl } from '#topology/model.ts'
import {
  aclRule,
  alb,
  andStatement,
  bytes,
  fixed,
  forward,
  listener,
  managed,
  missing,
  notStatement,
  otherwise,
  path,
  rule,
  secretHeader,
  sent,
  single,
  size,
  strong,
  uriPath,
  webAcl,
} from './build.ts'
import { exposed, verdicts, whyUnknown } from './sound.ts'
import { gate } from './waf-parts.ts'

describe('web ACLs in front of a load balancer', () => {
  const behind = (acl: WebAcl, more: Parameters<typeof alb>[1] = {}) =>
    alb([listener([otherwise(forward())])], { webAcl: known(acl), ...more })
  const spec = { headers: [{ name: 'X-Token', value: sent(strong) }] }

  test('a header that the web ACL enforces closes the link', () => {
    const exposure = exposed(behind(webAcl('allow', [gate(), aclRule('common', 'group', managed())])), spec)
    expect(verdicts(exposure)).toEqual(['closed', 'closed'])
    expect(exposure.internet.certificate?.obligations.map(o => o.kind)).toContain('WAF_BLOCKS')
  })
  test('so does an Allow for the secret in front of a blocking default', () => {
    const acl = webAcl('block', [aclRule('token', 'allow', secretHeader(strong))])
    expect(exposed(behind(acl), spec).internet.verdict).toBe('closed')
  })
  test('B30: a gate that only counts is open', () => {
    const acl = webAcl('allow', [aclRule('gate', 'count', notStatement(secretHeader(strong)))])
    expect(exposed(behind(acl), spec).internet.verdict).toBe('open')
  })
  test('B31: an Allow in front of the gate is found and used', () => {
    const acl = webAcl('allow', [aclRule('api', 'allow', bytes(uriPath, '/api', 'STARTS_WITH')), gate()])
    expect(exposed(behind(acl), spec).internet.witness?.path).toBe('/api')
  })
  test('B31: one for a header that everybody can send is guessable', () => {
    const acl = webAcl('allow', [
      aclRule('bots', 'allow', bytes(single('user-agent'), 'Bot', 'CONTAINS')),
      gate(),
    ])
    const { internet } = exposed(behind(acl), spec)
    expect(internet.verdict).toBe('guessable')
    expect(internet.witness?.headers).toEqual([['user-agent', 'Bot']])
  })
  test('B32: a gate that a missing header passes is open', () => {
    const acl = webAcl('allow', [
      aclRule(
        'gate',
        'block',
        andStatement(size(single('x-token'), 'GT', 0), notStatement(secretHeader(strong))),
      ),
    ])
    expect(exposed(behind(acl), spec).internet.verdict).toBe('open')
  })
  test('B33: a short search string is guessable', () => {
    const { internet } = exposed(behind(webAcl('allow', [gate('abc')])), spec)
    expect(internet.verdict).toBe('guessable')
    expect(internet.witness?.headers[0]?.[1]).toMatch(/^\$\{sealed:[0-9a-f]{8}\}$/)
  })
  test('B35: a gate for one host or path leaves the others', () => {
    const scoped = (field: object, text: string) =>
      webAcl('allow', [
        aclRule(
          'gate',
          'block',
          andStatement(bytes({ ...field }, text, 'STARTS_WITH'), notStatement(secretHeader(strong))),
        ),
      ])
    expect(exposed(behind(scoped(uriPath, '/')), spec).internet.verdict).not.toBe('closed')
    const host = exposed(behind(scoped(single('host'), 'site')), spec).internet
    expect(host.verdict).toBe('open')
    expect(host.witness?.host).not.toMatch(/^site/)
  })
  test('B37: an IP set that believes X-Forwarded-For is met by typing an address', () => {
    const statement = {
      IPSetReferenceStatement: {
        ARN: 'arn:set',
        IPSetForwardedIPConfig: { HeaderName: 'X-Office', Position: 'FIRST', FallbackBehavior: 'NO_MATCH' },
      },
    }
    const acl = webAcl('block', [aclRule('office', 'allow', statement)], {
      ipSets: { 'arn:set': known(['203.0.113.7/32']) },
    })
    const { internet } = exposed(behind(acl), spec)
    expect(internet.verdict).toBe('guessable')
    expect(internet.witness?.headers).toEqual([['X-Office', '203.0.113.7']])
  })
  test('B38: a gate that fails open is no proof, nor is one whose attributes were not read', () => {
    const acl = webAcl('allow', [gate()])
    expect(
      exposed(behind(acl, { attributes: known({ 'waf.fail_open.enabled': 'true' }) })).internet.verdict,
    ).toBe('unknown')
    expect(
      whyUnknown(exposed(behind(acl, { attributes: missing('DescribeLoadBalancerAttributes') })).internet),
    ).toEqual(['gap'])
  })
  test('a managed group that may block keeps an open listener from a witness, and proves nothing', () => {
    expect(exposed(behind(webAcl('allow', [aclRule('common', 'group', managed())]))).internet.verdict).toBe(
      'unknown',
    )
  })
  test('a web ACL that was not read is unknown', () => {
    const lb = alb([listener([otherwise(forward())])], { webAcl: missing('GetWebACLForResource') })
    expect(whyUnknown(exposed(lb).internet)).toEqual(['gap'])
  })
  test('B36: a rule that rewrites is judged before and after (U-07)', () => {
    const rewriting = { ...rule(1, [path('/old/*')], forward()), transforms: true }
    const lb = (acl: WebAcl) => alb([listener([rewriting, otherwise(fixed(403))])], { webAcl: known(acl) })
    const onPath = webAcl('allow', [aclRule('path', 'block', bytes(uriPath, '/new', 'STARTS_WITH'))])
    expect(whyUnknown(exposed(lb(onPath)).internet)).toContain('U-07')
    expect(exposed(lb(webAcl('allow', [gate()]))).internet.verdict).toBe('closed')
  })
})
