/** Worlds for the rules about the secret header and its value. */
import { known } from '#base/known.ts'
import {
  aBehavior,
  aGap,
  aLoadBalancer,
  aWebAcl,
  aWorld,
  blockUnless,
  forbid,
  forward,
  gated,
  glob,
  headerIs,
  type LinkSpec,
  lost,
  matchHeader,
  patternOf,
  regex,
  rule,
  sent,
  tokenHeader,
  toLoadBalancer,
  unread,
  wafExactly,
} from '../../judge/build.ts'
import type { Cases } from '../test-rule.ts'
import { taking, unreadListeners } from './edge.ts'

const bare = { headers: [] }
const sends = (...names: readonly string[]) => ({
  headers: names.map(name => ({ name: tokenHeader, value: sent(name) })),
})
const weak = { bits: 12, exactBits: 14, length: 7, weakness: 'common word' }
const edgeFunction = [
  aBehavior({
    functions: [{ arn: 'arn:aws:lambda:us-east-1:111122223333:function:sign:1', event: 'origin-request' }],
  }),
]
const internal = toLoadBalancer(aLoadBalancer({ scheme: 'internal' }))
const ungated = { rules: [], otherwise: forward() }
const open = toLoadBalancer(aLoadBalancer({ listeners: [ungated] }))
const external = { kind: 'external', names: ['host.example.net'], addresses: ['198.51.100.1'] } as const

const wafLocked = (rules: Parameters<typeof aWebAcl>[0], extra: Parameters<typeof aWebAcl>[1] = {}) =>
  toLoadBalancer(
    aLoadBalancer({
      listeners: [ungated],
      webAcl: known(aWebAcl(rules, { name: 'origin', scope: 'REGIONAL', ...extra })),
    }),
  )

const groupArn = 'arn:aws:wafv2:eu-west-1:111122223333:regional/rulegroup/token/1'
const groupRule = {
  ...blockUnless(wafExactly('t')),
  action: 'group' as const,
  statement: { RuleGroupReferenceStatement: { ARN: groupArn } },
}

/** Two links to load balancers of their own. */
const two = (first: LinkSpec, second: LinkSpec) =>
  aWorld([
    { id: 'E1FIRST', target: toLoadBalancer(aLoadBalancer({ name: 'first' })), ...first },
    {
      id: 'E2SECOND',
      target: toLoadBalancer(aLoadBalancer({ name: 'second', listeners: [gated('other')] })),
      ...second,
    },
  ])

export const tokenCases: Cases = {
  'origin-header-sent': [
    {
      name: 'no custom header',
      world: aWorld([{ origin: bare, verdict: 'open' }]),
      outcome: 'violated',
      says: 'no custom header',
    },
    {
      name: 'only a setting, which no gate looks at',
      world: aWorld([
        { origin: { headers: [{ name: 'x-env', value: sent('production', weak) }] }, verdict: 'open' },
      ]),
      outcome: 'violated',
    },
    {
      name: 'only a value that everybody knows',
      world: aWorld([
        {
          origin: {
            headers: [
              { name: 'user-agent', value: 'Amazon CloudFront' },
              { name: tokenHeader, value: sent('t', { public: true }) },
            ],
          },
          verdict: 'open',
        },
      ]),
      outcome: 'violated',
    },
    {
      name: 'no custom header for an instance',
      world: aWorld([
        {
          origin: { ...bare, kind: 'ec2' },
          verdict: 'open',
          target: { kind: 'instance', ref: aLoadBalancer().ref, addresses: ['203.0.113.9'], names: [] },
        },
      ]),
      outcome: 'violated',
    },
    {
      name: 'no custom header for a network load balancer',
      world: aWorld([
        {
          origin: { ...bare, kind: 'nlb' },
          verdict: 'open',
          target: toLoadBalancer(aLoadBalancer({ kind: 'network' })),
        },
      ]),
      outcome: 'violated',
    },
    { name: 'a random header', world: aWorld([{ target: open, verdict: 'open' }]), outcome: 'satisfied' },
    {
      name: 'a weak header that a gate compares',
      world: aWorld([
        { origin: { headers: [{ name: tokenHeader, value: sent('t', weak) }] }, verdict: 'guessable' },
      ]),
      outcome: 'satisfied',
    },
    { name: 'closed by other means', world: aWorld([{ origin: bare }]), outcome: 'satisfied' },
    {
      name: 'the target was not found',
      world: aWorld([{ origin: bare, target: lost, verdict: 'unknown' }]),
      outcome: 'unknown',
    },
    {
      name: 'whether it is closed was not decided for want of data',
      world: aWorld([{ origin: bare, verdict: 'unknown' }]),
      outcome: 'unknown',
    },
    {
      name: 'a function at the origin side may add it',
      world: aWorld([{ origin: bare, behaviors: edgeFunction, verdict: 'open' }]),
      outcome: 'unknown',
      says: 'function:sign',
    },
    {
      name: 'a weak header may be compared by rules that were not read',
      world: aWorld([
        {
          origin: { headers: [{ name: tokenHeader, value: sent('t', weak) }] },
          target: unreadListeners,
          verdict: 'unknown',
        },
      ]),
      outcome: 'unknown',
    },
    {
      name: 'an internal load balancer',
      world: aWorld([{ origin: bare, target: internal }]),
      outcome: 'inapplicable',
    },
    {
      name: 'an instance behind a VPC origin',
      world: aWorld([
        {
          origin: { ...bare, kind: 'vpc-origin' },
          target: { kind: 'instance', ref: aLoadBalancer().ref, addresses: [], names: [] },
        },
      ]),
      outcome: 'inapplicable',
    },
    {
      name: "somebody else's host",
      world: aWorld([{ origin: bare, target: external }]),
      outcome: 'inapplicable',
    },
  ],
  'origin-header-enforced': [
    {
      name: 'no rule asks for it',
      world: aWorld([{ target: open, verdict: 'open' }]),
      outcome: 'violated',
      says: tokenHeader,
    },
    {
      name: 'the web ACL only counts',
      world: aWorld([{ target: wafLocked([blockUnless(wafExactly('t'), 'count')]), verdict: 'open' }]),
      outcome: 'violated',
    },
    {
      name: 'the web ACL blocks the right value',
      world: aWorld([
        {
          target: wafLocked([{ ...blockUnless(wafExactly('t')), statement: matchHeader(wafExactly('t')) }]),
          verdict: 'open',
        },
      ]),
      outcome: 'violated',
    },
    {
      name: 'the rule that compares it does not forward',
      world: aWorld([
        {
          target: toLoadBalancer(
            aLoadBalancer({
              listeners: [{ rules: [rule(1, [headerIs(glob('t'))], forbid)], otherwise: forward() }],
            }),
          ),
          verdict: 'open',
        },
      ]),
      outcome: 'violated',
    },
    { name: 'a listener rule asks for it', world: aWorld([{}]), outcome: 'satisfied' },
    {
      name: 'the web ACL asks for it',
      world: aWorld([{ target: wafLocked([blockUnless(wafExactly('t'))]), verdict: 'open' }]),
      outcome: 'satisfied',
    },
    {
      name: 'the web ACL allows it and blocks by default',
      world: aWorld([
        {
          target: wafLocked(
            [{ ...blockUnless(wafExactly('t'), 'allow'), statement: matchHeader(wafExactly('t')) }],
            { defaultAction: 'block' },
          ),
          verdict: 'open',
        },
      ]),
      outcome: 'satisfied',
    },
    {
      name: 'a rule group of the web ACL asks for it',
      world: aWorld([
        {
          target: wafLocked([groupRule], {
            ruleGroups: { [groupArn]: known([blockUnless(wafExactly('t'))]) },
          }),
          verdict: 'open',
        },
      ]),
      outcome: 'satisfied',
    },
    { name: 'closed by other means', world: aWorld([{ target: open }]), outcome: 'satisfied' },
    {
      name: 'the rules were not read',
      world: aWorld([
        { target: toLoadBalancer(aLoadBalancer({ listeners: [{ rules: unread() }] })), verdict: 'unknown' },
      ]),
      outcome: 'unknown',
    },
    {
      name: 'the web ACL was not read',
      world: aWorld([
        {
          target: toLoadBalancer(
            aLoadBalancer({ listeners: [ungated], webAcl: unread('GetWebACLForResource') }),
          ),
          verdict: 'unknown',
        },
      ]),
      outcome: 'unknown',
    },
    {
      name: 'the target was not found',
      world: aWorld([{ target: lost, verdict: 'unknown' }]),
      outcome: 'unknown',
    },
    {
      name: 'no secret is sent',
      world: aWorld([{ origin: bare, verdict: 'open' }]),
      outcome: 'inapplicable',
    },
    { name: 'an internal load balancer', world: aWorld([{ target: internal }]), outcome: 'inapplicable' },
    {
      name: 'a network load balancer',
      world: aWorld([{ target: toLoadBalancer(aLoadBalancer({ kind: 'network' })), verdict: 'open' }]),
      outcome: 'inapplicable',
    },
  ],
  'origin-header-accepted': [
    {
      name: 'the gate wants another value',
      world: aWorld([{ target: taking('next') }]),
      outcome: 'violated',
      says: 'does not accept',
    },
    {
      name: 'the listener in use wants another value',
      world: aWorld([
        {
          target: toLoadBalancer(
            aLoadBalancer({ listeners: [gated('next'), { ...gated('t'), port: 80, protocol: 'HTTP' }] }),
          ),
        },
      ]),
      outcome: 'violated',
    },
    {
      name: 'the web ACL wants another value',
      world: aWorld([{ target: wafLocked([blockUnless(wafExactly('next'))]) }]),
      outcome: 'violated',
    },
    { name: 'the gate takes it', world: aWorld([{}]), outcome: 'satisfied' },
    {
      name: 'the gate takes it beside the next one',
      world: aWorld([{ target: taking('next', 't') }]),
      outcome: 'satisfied',
    },
    {
      name: 'a wildcard takes it',
      world: aWorld([
        {
          origin: { headers: [{ name: tokenHeader, value: sent('t', {}, [patternOf('t*')]) }] },
          target: taking(glob('t*', { structure: [1, '*'] })),
        },
      ]),
      outcome: 'satisfied',
    },
    {
      name: 'another listener wants another value, which CloudFront does not use',
      world: aWorld([
        {
          target: toLoadBalancer(
            aLoadBalancer({ listeners: [gated('t'), { ...gated('next'), port: 80, protocol: 'HTTP' }] }),
          ),
        },
      ]),
      outcome: 'satisfied',
    },
    {
      name: 'whether the expression takes it is not documented',
      world: aWorld([
        {
          origin: {
            headers: [{ name: tokenHeader, value: sent('t', { mayMeet: [patternOf('^t', 'alb-regex')] }) }],
          },
          target: toLoadBalancer(
            aLoadBalancer({
              listeners: [
                {
                  rules: [
                    rule(
                      1,
                      [{ ...headerIs(), regexes: [regex('^t')] } as ReturnType<typeof headerIs>],
                      forward(),
                    ),
                  ],
                },
              ],
            }),
          ),
        },
      ]),
      outcome: 'unknown',
    },
    {
      name: 'a function may change the value',
      world: aWorld([{ target: taking('next'), behaviors: edgeFunction }]),
      outcome: 'unknown',
    },
    {
      name: 'a further listener was not read',
      world: aWorld([
        {
          target: toLoadBalancer(aLoadBalancer({ listeners: [gated('t'), { port: 8443, rules: unread() }] })),
        },
      ]),
      outcome: 'unknown',
    },
    { name: 'the target was not found', world: aWorld([{ target: lost }]), outcome: 'unknown' },
    { name: 'nothing compares it', world: aWorld([{ target: open }]), outcome: 'inapplicable' },
    { name: 'no secret is sent', world: aWorld([{ origin: bare }]), outcome: 'inapplicable' },
  ],
  'origin-header-exact': [
    {
      name: 'a wildcard',
      world: aWorld([{ target: taking(glob('wiki-*', { structure: [5, '*'], bits: 5 })) }]),
      outcome: 'violated',
      says: 'wildcards',
    },
    {
      name: 'a regular expression',
      world: aWorld([
        {
          target: toLoadBalancer(
            aLoadBalancer({
              listeners: [
                {
                  rules: [
                    rule(
                      1,
                      [{ ...headerIs(), regexes: [regex('t.*')] } as ReturnType<typeof headerIs>],
                      forward(),
                    ),
                  ],
                },
              ],
            }),
          ),
        },
      ]),
      outcome: 'violated',
      says: 'regular expression',
    },
    {
      name: 'a part of the value',
      world: aWorld([{ target: wafLocked([blockUnless(wafExactly('t', { dialect: 'waf:CONTAINS' }))]) }]),
      outcome: 'violated',
      says: 'part of the value',
    },
    {
      name: 'a pattern set',
      world: aWorld([
        {
          target: wafLocked([
            {
              ...blockUnless(null),
              statement: {
                NotStatement: {
                  Statement: {
                    RegexPatternSetReferenceStatement: {
                      ARN: 'arn:set',
                      FieldToMatch: { SingleHeader: { Name: tokenHeader } },
                    },
                  },
                },
              },
            },
          ]),
        },
      ]),
      outcome: 'violated',
      says: 'set of regular expressions',
    },
    { name: 'one exact value', world: aWorld([{}]), outcome: 'satisfied' },
    {
      name: 'an exact value in the web ACL, folded',
      world: aWorld([
        { target: wafLocked([blockUnless(wafExactly('t', { dialect: 'waf:EXACTLY+LOWERCASE' }))]) },
      ]),
      outcome: 'satisfied',
    },
    {
      name: 'a further listener was not read',
      world: aWorld([
        {
          target: toLoadBalancer(aLoadBalancer({ listeners: [gated('t'), { port: 8443, rules: unread() }] })),
        },
      ]),
      outcome: 'unknown',
    },
    { name: 'there is no gate', world: aWorld([{ target: open, verdict: 'open' }]), outcome: 'inapplicable' },
  ],
  'token-strong': [
    {
      name: 'a word',
      world: aWorld([{ target: taking(glob('letmein', weak)), verdict: 'guessable' }]),
      outcome: 'violated',
      says: '12 effective bits: common word',
    },
    {
      name: 'a word beside a strong value',
      world: aWorld([{ target: taking('t', glob('changeme', weak)), verdict: 'guessable' }]),
      outcome: 'violated',
    },
    {
      name: 'a public value',
      world: aWorld([{ target: taking(glob('cloudfront', { public: true })), verdict: 'open' }]),
      outcome: 'violated',
      says: 'public',
    },
    {
      name: 'a value that is strong only if case counts, where it does not',
      world: aWorld([
        {
          target: wafLocked([
            blockUnless(wafExactly('t', { dialect: 'waf:EXACTLY+LOWERCASE', bits: 90, exactBits: 110 })),
          ]),
        },
      ]),
      outcome: 'violated',
    },
    { name: 'a random value', world: aWorld([{}]), outcome: 'satisfied' },
    {
      name: 'a value that is strong only if case counts, where it does',
      world: aWorld([{ target: wafLocked([blockUnless(wafExactly('t', { bits: 90, exactBits: 110 }))]) }]),
      outcome: 'satisfied',
    },
    {
      name: 'a weak header beside a strong one in the same rule',
      world: aWorld([
        {
          target: toLoadBalancer(
            aLoadBalancer({
              listeners: [
                {
                  rules: [
                    rule(
                      1,
                      [
                        headerIs(glob('t')),
                        { ...headerIs(glob('production', weak)), name: 'x-env' } as ReturnType<
                          typeof headerIs
                        >,
                      ],
                      forward(),
                    ),
                  ],
                },
              ],
            }),
          ),
        },
      ]),
      outcome: 'satisfied',
    },
    {
      name: 'a pattern that was not understood',
      world: aWorld([{ target: taking(glob('?', { bits: 0, weakness: 'not understood' })) }]),
      outcome: 'unknown',
    },
    {
      name: 'a pattern set that was not read',
      world: aWorld([
        {
          target: wafLocked([
            {
              ...blockUnless(null),
              statement: {
                NotStatement: {
                  Statement: {
                    RegexPatternSetReferenceStatement: {
                      ARN: 'arn:set',
                      FieldToMatch: { SingleHeader: { Name: tokenHeader } },
                    },
                  },
                },
              },
            },
          ]),
        },
      ]),
      outcome: 'unknown',
    },
    { name: 'the listeners were not read', world: aWorld([{ target: unreadListeners }]), outcome: 'unknown' },
    { name: 'there is no gate', world: aWorld([{ target: open, verdict: 'open' }]), outcome: 'inapplicable' },
  ],
  'token-unique': [
    {
      name: 'two backends are sent one token',
      world: two({ origin: sends('t') }, { origin: sends('t') }),
      outcome: 'violated',
      says: 'E1FIRST',
    },
    {
      name: 'a host outside the account is sent it too',
      world: two(
        { origin: sends('t') },
        { origin: { ...sends('t'), domainName: 'host.example.net' }, target: external },
      ),
      outcome: 'violated',
      says: 'host.example.net',
    },
    {
      name: 'a load balancer without a distribution accepts it too',
      world: aWorld([{}], { more: [aLoadBalancer({ name: 'old' })] }),
      outcome: 'violated',
      says: 'old',
    },
    {
      name: 'each backend has its own',
      world: two({ origin: sends('t') }, { origin: sends('other') }),
      outcome: 'satisfied',
    },
    {
      name: 'two distributions share a backend and its token',
      world: aWorld([{ id: 'E1FIRST' }, { id: 'E2SECOND' }]),
      outcome: 'satisfied',
    },
    {
      name: 'a further distribution with the token leads to an unknown target',
      world: aWorld([
        { id: 'E1FIRST' },
        { id: 'E2SECOND', origin: { domainName: 'lost.example.com' }, target: lost },
      ]),
      outcome: 'unknown',
    },
    {
      name: 'the distributions of an account were not read',
      world: aWorld([{}], { gaps: [aGap('ListDistributions')] }),
      outcome: 'unknown',
    },
    {
      name: 'the gates of a further load balancer were not read',
      world: aWorld([{}], { more: [aLoadBalancer({ name: 'old', listeners: unread('DescribeListeners') })] }),
      outcome: 'unknown',
    },
    { name: 'no secret is sent', world: aWorld([{ origin: bare }]), outcome: 'inapplicable' },
  ],
  'token-retired': [
    {
      name: 'the value before the rotation is still accepted',
      world: aWorld([{ target: taking('t', 'before') }]),
      outcome: 'violated',
      says: 'no distribution sends',
    },
    {
      name: 'a listener that nobody uses accepts an old value',
      world: aWorld([
        {
          target: toLoadBalancer(
            aLoadBalancer({ listeners: [gated('t'), { ...gated('before'), port: 80, protocol: 'HTTP' }] }),
          ),
        },
      ]),
      outcome: 'violated',
    },
    {
      name: 'a distribution to another backend sends it',
      world: aWorld([
        { id: 'E1FIRST', target: taking('t', 'other') },
        {
          id: 'E2SECOND',
          origin: sends('other'),
          target: external,
        },
      ]),
      outcome: 'violated',
    },
    { name: 'every value is in use', world: aWorld([{}]), outcome: 'satisfied' },
    {
      name: 'two distributions send one each',
      world: aWorld([
        { id: 'E1FIRST', target: taking('t', 'other') },
        { id: 'E2SECOND', origin: sends('other'), target: taking('t', 'other') },
      ]),
      outcome: 'satisfied',
    },
    {
      name: 'a distribution whose target is not known sends it',
      world: aWorld([
        { id: 'E1FIRST', target: taking('t', 'other') },
        { id: 'E2SECOND', origin: sends('other'), target: lost },
      ]),
      outcome: 'unknown',
    },
    {
      name: 'a function may send it',
      world: aWorld([{ target: taking('t', 'before'), behaviors: edgeFunction }]),
      outcome: 'unknown',
    },
    {
      name: 'the distributions of an account were not read',
      world: aWorld([{ target: taking('t', 'before') }], { gaps: [aGap('ListDistributions')] }),
      outcome: 'unknown',
    },
    {
      name: 'a further listener was not read',
      world: aWorld([
        {
          target: toLoadBalancer(aLoadBalancer({ listeners: [gated('t'), { port: 8443, rules: unread() }] })),
        },
      ]),
      outcome: 'unknown',
    },
    {
      name: 'nothing that is sent is accepted: that is an outage',
      world: aWorld([{ target: taking('next') }]),
      outcome: 'inapplicable',
    },
    { name: 'there is no gate', world: aWorld([{ target: open, verdict: 'open' }]), outcome: 'inapplicable' },
  ],
}
