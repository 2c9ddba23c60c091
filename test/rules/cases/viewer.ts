/** Worlds for the rules about viewers and the web ACL of the edge. */
import { known } from '#base/known.ts'
import type { Distribution } from '#topology/model.ts'
import { aBehavior, aWebAcl, aWorld, managedRules, unread } from '../../judge/build.ts'
import type { Cases } from '../test-rule.ts'

const edge = (distribution: Partial<Distribution>) => aWorld([{ distribution }])
const acl = (...args: Parameters<typeof aWebAcl>) => edge({ webAcl: known(aWebAcl(...args)) })
const tls = (minimumProtocolVersion: string, more: Partial<Distribution> = {}) =>
  edge({
    viewer: { isDefault: false, minimumProtocolVersion, sslSupportMethod: 'sni-only', certificate: null },
    ...more,
  })
const behaviors = (...policies: readonly string[]) =>
  edge({
    behaviors: policies.map((viewerProtocolPolicy, i) =>
      aBehavior({ viewerProtocolPolicy, pathPattern: i === 0 ? '/api/*' : 'Default (*)' }),
    ),
  })

const groupArn = 'arn:aws:wafv2:us-east-1:111122223333:global/rulegroup/own/1'
const ownGroup = { ...managedRules(), statement: { RuleGroupReferenceStatement: { ARN: groupArn } } }
const blockRule = { name: 'block-bots', priority: 1, action: 'block', statement: {} } as const
const excluding = {
  ...ownGroup,
  statement: {
    RuleGroupReferenceStatement: {
      ARN: groupArn,
      RuleActionOverrides: [{ Name: 'block-bots', ActionToUse: { Count: {} } }],
    },
  },
}

export const viewerCases: Cases = {
  'distribution-waf-attached': [
    {
      name: 'it names none',
      world: edge({ webAcl: known(null) }),
      outcome: 'violated',
      says: 'names no web ACL',
    },
    { name: 'it names one', world: edge({}), outcome: 'satisfied' },
    {
      name: 'the one it names was not read',
      world: edge({ webAcl: unread('GetWebACL') }),
      outcome: 'unknown',
    },
    {
      name: 'the distribution is disabled',
      world: edge({ webAcl: known(null), enabled: false }),
      outcome: 'inapplicable',
    },
  ],
  'distribution-waf-enforcing': [
    {
      name: 'its rule groups only count',
      world: acl([managedRules('count')]),
      outcome: 'violated',
      says: 'count',
    },
    { name: 'it is empty', world: acl([]), outcome: 'violated', says: '0 in its list of rules' },
    { name: 'it only allows', world: acl([{ ...blockRule, action: 'allow' }]), outcome: 'violated' },
    {
      name: 'the rules of its own group are overridden to count',
      world: acl([excluding], { ruleGroups: { [groupArn]: known([blockRule]) } }),
      outcome: 'violated',
    },
    {
      name: 'a managed group acts',
      world: acl([managedRules('count'), managedRules()]),
      outcome: 'satisfied',
    },
    { name: 'a rule blocks', world: acl([blockRule]), outcome: 'satisfied' },
    {
      name: 'a rule of its own group blocks',
      world: acl([ownGroup], { ruleGroups: { [groupArn]: known([blockRule]) } }),
      outcome: 'satisfied',
    },
    { name: 'it blocks by default', world: acl([], { defaultAction: 'block' }), outcome: 'satisfied' },
    {
      name: 'its own group was not read',
      world: acl([ownGroup], { ruleGroups: { [groupArn]: unread('GetRuleGroup') } }),
      outcome: 'unknown',
    },
    {
      name: 'an action of a later time',
      world: acl([{ ...blockRule, action: 'unrecognised' }]),
      outcome: 'unknown',
    },
    { name: 'the web ACL was not read', world: edge({ webAcl: unread('GetWebACL') }), outcome: 'unknown' },
    { name: 'there is none', world: edge({ webAcl: known(null) }), outcome: 'inapplicable' },
    {
      name: 'the distribution is disabled',
      world: edge({ webAcl: known(aWebAcl([])), enabled: false }),
      outcome: 'inapplicable',
    },
  ],
  'viewer-https-required': [
    {
      name: 'a path pattern allows HTTP, the default does not',
      world: behaviors('allow-all', 'redirect-to-https'),
      outcome: 'violated',
      says: '/api/*',
    },
    {
      name: 'all redirect or refuse',
      world: behaviors('https-only', 'redirect-to-https'),
      outcome: 'satisfied',
    },
    { name: 'a policy of a later time', world: behaviors('quic-only', 'https-only'), outcome: 'unknown' },
    {
      name: 'the distribution is disabled',
      world: edge({ enabled: false, behaviors: [aBehavior({ viewerProtocolPolicy: 'allow-all' })] }),
      outcome: 'inapplicable',
    },
  ],
  'viewer-tls-floor': [
    { name: 'TLS 1.0', world: tls('TLSv1'), outcome: 'violated', says: 'TLSv1' },
    { name: 'TLS 1.2 with old ciphers', world: tls('TLSv1.2_2019'), outcome: 'violated' },
    { name: 'TLS 1.2 of 2021', world: tls('TLSv1.2_2021'), outcome: 'satisfied' },
    { name: 'TLS 1.2 of 2025', world: tls('TLSv1.2_2025'), outcome: 'satisfied' },
    { name: 'TLS 1.3', world: tls('TLSv1.3_2025'), outcome: 'satisfied' },
    { name: 'a policy of a later time', world: tls('TLSv1.3_2030'), outcome: 'unknown' },
    {
      name: "CloudFront's own certificate",
      world: edge({
        viewer: {
          isDefault: true,
          minimumProtocolVersion: 'TLSv1',
          sslSupportMethod: 'vip',
          certificate: null,
        },
      }),
      outcome: 'inapplicable',
    },
    {
      name: 'the distribution is disabled',
      world: tls('TLSv1', { enabled: false }),
      outcome: 'inapplicable',
    },
  ],
}
