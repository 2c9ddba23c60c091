import { describe, expect, test } from 'vitest'
import { types } from '#snapshot/resource-types.ts'
import type { WebAcl } from '#topology/model.ts'
import {
  account,
  type Config,
  changed,
  gapsOf,
  given,
  merge,
  ofType,
  onlyBalancer,
  type Parts,
  region,
  resource,
  topologyOf,
} from './parts.ts'
import { shop } from './shop.ts'

const waf = (kind: string, name: string): string =>
  `arn:aws:wafv2:${region}:${account}:regional/${kind}/${name}/1`
const arn = waf('webacl', 'alb')

const associated = (config: Config, ...more: readonly Parts['resources'][number][]): Parts =>
  merge(
    changed(shop, ofType(types.webAclAssociation), c => ({ ...c, WebACLArn: arn })),
    {
      resources: [
        resource(types.webAcl, arn, {
          Name: 'alb',
          Scope: 'REGIONAL',
          DefaultAction: { Block: {} },
          Rules: [],
          ...config,
        }),
        ...more,
      ],
      reads: [],
    },
  )
const aclOf = (...args: Parameters<typeof associated>) => onlyBalancer(topologyOf(associated(...args))).webAcl
const read = (...args: Parameters<typeof associated>): WebAcl => {
  const acl = given(aclOf(...args))
  if (acl === null) throw new Error('no web ACL')
  return acl
}

const rule = (Priority: unknown, more: Config = {}): Config => ({
  Name: `r${Priority}`,
  Priority,
  Action: { Block: {} },
  Statement: { GeoMatchStatement: { CountryCodes: ['DE'] } },
  ...more,
})

describe('a web ACL', () => {
  test('has its rules by ascending priority', () =>
    expect(read({ Rules: [rule(10), rule(9)] })).toMatchObject({
      ref: { arn },
      name: 'alb',
      scope: 'REGIONAL',
      defaultAction: 'block',
      rules: [
        { name: 'r9', priority: 9, action: 'block', statement: { GeoMatchStatement: {} }, labels: [] },
        { name: 'r10', priority: 10 },
      ],
    }))

  test.each([
    [{ Action: { Allow: {} } }, 'allow'],
    [{ Action: { Count: {} } }, 'count'],
    [{ Action: { Captcha: {} } }, 'captcha'],
    [{ Action: { Challenge: {} } }, 'challenge'],
    [{ Action: { Monetize: {} } }, 'unrecognised'],
    [{ Action: { Allow: {}, Block: {} } }, 'unrecognised'],
    [{ Action: { constructor: {} } }, 'unrecognised'],
    [{ Action: undefined, OverrideAction: { None: {} } }, 'group'],
    [{ Action: undefined, OverrideAction: { Count: {} } }, 'count'],
    [{ OverrideAction: { None: {} } }, 'unrecognised'],
    [{ Action: undefined }, 'unrecognised'],
  ])('rule with %j acts as %s', (more, action) =>
    expect(read({ Rules: [rule(1, more)] }).rules[0]?.action).toBe(action),
  )

  test('has the labels that rules set, or does not know them', () => {
    const rules = read({
      Rules: [rule(1, { RuleLabels: [{ Name: 'seen' }] }), rule(2, { RuleLabels: [{}] })],
    }).rules
    expect(rules.map(r => r.labels)).toEqual([['seen'], undefined])
  })

  test("has Firewall Manager's groups before and after its own rules, whatever their priority", () => {
    const group = (name: string, Priority: number): Config => ({
      Name: name,
      Priority,
      OverrideAction: { None: {} },
      FirewallManagerStatement: { ManagedRuleGroupStatement: { VendorName: 'AWS', Name: 'x' } },
    })
    const acl = read({
      PreProcessFirewallManagerRuleGroups: [group('pre', 50)],
      Rules: [rule(10)],
      PostProcessFirewallManagerRuleGroups: [group('post', 0)],
    })
    expect(acl.rules.map(r => [r.name, r.action])).toEqual([
      ['pre', 'group'],
      ['r10', 'block'],
      ['post', 'group'],
    ])
    expect(acl.rules[0]?.statement).toHaveProperty('ManagedRuleGroupStatement')
  })

  test.each([
    [{ DefaultAction: {} }],
    [{ DefaultAction: { Allow: {}, Block: {} } }],
    [{ DefaultAction: undefined }],
    [{ Rules: undefined }],
    [{ Rules: 'none' }],
    [{ Rules: [rule('soon')] }],
    [{ Rules: [{ ...rule(1), Priority: undefined }] }],
    [{ PreProcessFirewallManagerRuleGroups: [{}] }],
  ])('is not known from %j', config =>
    expect(gapsOf(aclOf(config))).toMatchObject([{ code: 'unrecognised' }]),
  )

  test('knows the sets and groups that statements refer to, also those inside groups', () => {
    const [set, inner, group, regexes] = [
      waf('ipset', 'office'),
      waf('ipset', 'inner'),
      waf('rulegroup', 'own'),
      waf('regexpatternset', 'paths'),
    ]
    const statement = {
      AndStatement: {
        Statements: [
          { NotStatement: { Statement: { IPSetReferenceStatement: { ARN: set } } } },
          { RegexPatternSetReferenceStatement: { ARN: regexes } },
        ],
      },
    }
    const acl = read(
      {
        Rules: [
          rule(1, { Statement: statement }),
          rule(2, {
            Action: undefined,
            OverrideAction: { None: {} },
            Statement: { RuleGroupReferenceStatement: { ARN: group } },
          }),
        ],
      },
      resource(types.ipSet, set, { Addresses: ['198.51.100.0/24', '192.0.2.0/24'] }),
      resource(types.ruleGroup, group, {
        Rules: [rule(1, { Statement: { IPSetReferenceStatement: { ARN: inner } } })],
      }),
      resource(types.regexPatternSet, regexes, { RegularExpressionList: [{ RegexString: '^/a' }] }),
    )
    expect(acl.ipSets?.[set]).toEqual({ known: true, value: ['192.0.2.0/24', '198.51.100.0/24'] })
    expect(acl.ipSets?.[inner]).toMatchObject({
      known: false,
      gaps: [{ operation: 'GetIPSet', target: inner }],
    })
    expect(acl.ruleGroups?.[group]).toMatchObject({ known: true, value: [{ name: 'r1' }] })
    expect(acl.regexSets?.[regexes]).toEqual({ known: true, value: ['^/a'] })
  })

  test('of a network load balancer is none', () => {
    const network = changed(associated({}), ofType(types.loadBalancer), c => ({ ...c, Type: 'network' }))
    expect(onlyBalancer(topologyOf(network)).webAcl).toEqual({ known: true, value: null })
  })
})

test('an association that names no web ACL, or none that can be read, is not "none"', () => {
  for (const WebACLArn of [undefined, '', 7]) {
    const parts = changed(shop, ofType(types.webAclAssociation), c => ({ ...c, WebACLArn }))
    expect(onlyBalancer(topologyOf(parts)).webAcl.known).toBe(false)
  }
})
