import { describe, expect, test } from 'vitest'
import { known } from '#base/known.ts'
import {
  aclRule,
  andStatement,
  bytes,
  notStatement,
  secretHeader,
  single,
  size,
  strong,
  uriPath,
  webAcl,
} from './build.ts'
import { always, decide, gate, right, wrong } from './waf-parts.ts'

describe('conformance vectors', () => {
  test('vector 23: Block Not ByteMatch blocks a request without the header', () => {
    const acl = webAcl('allow', [gate()])
    expect(decide(acl)).toBe('block')
    expect(decide(acl, { headers: wrong })).toBe('block')
    expect(decide(acl, { headers: right })).toBe('allow')
    expect(always(acl)).toBe('block')
  })
  test('vector 24: a size condition beside it lets a missing header pass', () => {
    const acl = webAcl('allow', [
      aclRule(
        'gate',
        'block',
        andStatement(size(single('x-token'), 'GT', 0), notStatement(secretHeader(strong))),
      ),
    ])
    expect(decide(acl)).toBe('allow')
    expect(decide(acl, { headers: wrong })).toBe('block')
    expect(always(acl)).toBe('unknown')
  })
  test('vector 25: an earlier Allow on a path passes', () => {
    const acl = webAcl('allow', [aclRule('api', 'allow', bytes(uriPath, '/api', 'STARTS_WITH')), gate()])
    expect(decide(acl, { target: '/api/x' })).toBe('allow')
    expect(decide(acl, { target: '/web' })).toBe('block')
  })
  test('vector 26: a rule group that is overridden to Count passes', () => {
    const group = { RuleGroupReferenceStatement: { ARN: 'arn:group' } }
    const ruleGroups = { 'arn:group': known([gate()]) }
    expect(
      decide(webAcl('allow', [aclRule('group', 'group', group)], { ruleGroups }), { headers: wrong }),
    ).toBe('block')
    expect(
      decide(webAcl('allow', [aclRule('group', 'count', group)], { ruleGroups }), { headers: wrong }),
    ).toBe('allow')
    const single = {
      RuleGroupReferenceStatement: {
        ARN: 'arn:group',
        RuleActionOverrides: [{ Name: 'gate', ActionToUse: { Count: {} } }],
      },
    }
    expect(
      decide(webAcl('allow', [aclRule('group', 'group', single)], { ruleGroups }), { headers: wrong }),
    ).toBe('allow')
  })
  test('vector 27: a label of a counting rule is seen by later rules', () => {
    const label = { LabelMatchStatement: { Scope: 'LABEL', Key: 'bad' } }
    const acl = webAcl('allow', [
      aclRule('mark', 'count', bytes(uriPath, '/bad'), ['bad']),
      aclRule('act', 'block', label),
    ])
    expect(decide(acl, { target: '/bad' })).toBe('block')
    expect(decide(acl, { target: '/good' })).toBe('allow')
  })
  test('vector 28: CONTAINS_WORD ends a word at anything but letters, digits and underscores', () => {
    const acl = webAcl('allow', [aclRule('word', 'block', bytes(single('x-h'), 'k9', 'CONTAINS_WORD'))])
    expect(decide(acl, { headers: [['X-H', 'x-k9-y']] })).toBe('block')
    expect(decide(acl, { headers: [['X-H', 'xk9y']] })).toBe('allow')
  })
  test('vector 29: without a transformation case counts', () => {
    const acl = (transform: string) =>
      webAcl('allow', [aclRule('exact', 'block', bytes(single('x-h'), 'abc', 'EXACTLY', transform))])
    expect(decide(acl('NONE'), { headers: [['X-H', 'Abc']] })).toBe('allow')
    expect(decide(acl('LOWERCASE'), { headers: [['X-H', 'Abc']] })).toBe('block')
  })
  const forwardedSet = (position = 'FIRST') => ({
    IPSetReferenceStatement: {
      ARN: 'arn:set',
      IPSetForwardedIPConfig: {
        HeaderName: 'X-Forwarded-For',
        Position: position,
        FallbackBehavior: 'NO_MATCH',
      },
    },
  })
  const ipSets = { 'arn:set': known(['203.0.113.0/24']) }
  test('vector 30: a forwarded-address rule is skipped where the header is missing', () => {
    const acl = webAcl('allow', [aclRule('ip', 'block', forwardedSet())], { ipSets })
    expect(decide(acl)).toBe('allow')
    expect(decide(acl, { headers: [['X-Forwarded-For', '203.0.113.9, 10.0.0.1']] })).toBe('block')
  })
  test('vector 30: inside Not that is not documented (U-10)', () => {
    const acl = webAcl('allow', [aclRule('ip', 'block', notStatement(forwardedSet()))], { ipSets })
    expect(decide(acl)).toBe('unknown')
  })
})
