import { aGap, aLoadBalancer, aWorld, gated, lost, toLoadBalancer, unread } from '../../judge/build.ts'
import type { Cases } from '../test-rule.ts'
import { taking } from './edge.ts'

import { bare, edgeFunction, external, open, sends, two } from './token-parts.ts'

export const tokenLifeCases: Cases = {
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
      name: 'production shares it with staging',
      world: two(
        { origin: { ...sends('t'), domainName: 'origin.prod.example.com' } },
        { origin: { ...sends('t'), domainName: 'origin-staging.example.com' } },
      ),
      outcome: 'violated',
      says: 'which is of staging by its name',
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
