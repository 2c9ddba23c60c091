/** Worlds for the rules about sending and asking for the secret header. */
import { known } from '#base/known.ts'
import {
  aLoadBalancer,
  aWorld,
  blockUnless,
  forbid,
  forward,
  glob,
  headerIs,
  lost,
  matchHeader,
  rule,
  sent,
  tokenHeader,
  toLoadBalancer,
  unread,
  wafExactly,
} from '../../judge/build.ts'
import type { Cases } from '../test-rule.ts'
import { unreadListeners } from './edge.ts'

import {
  andAlso,
  andSomewhere,
  bare,
  edgeFunction,
  external,
  groupArn,
  groupRule,
  internal,
  open,
  ungated,
  wafLocked,
  weak,
} from './token-parts.ts'

export const headerCases: Cases = {
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
      name: 'a second load balancer behind the name does not ask for it',
      world: aWorld([
        {
          target: andAlso(toLoadBalancer(), aLoadBalancer({ name: 'second', listeners: [ungated] })),
          verdict: 'open',
        },
      ]),
      outcome: 'violated',
    },
    {
      name: 'the name has a further way that was not followed',
      world: aWorld([{ target: andSomewhere(toLoadBalancer()), verdict: 'unknown' }]),
      outcome: 'unknown',
    },
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
}
