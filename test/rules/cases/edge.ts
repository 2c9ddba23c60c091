/** Worlds for the rules about links as a whole. */

import type { Sealed } from '#topology/sealed.ts'
import { aLoadBalancer, aWorld, gated, lost, toLoadBalancer, unread } from '../../judge/build.ts'
import type { Cases } from '../test-rule.ts'

const dangling = { kind: 'dangling', names: ['origin.example.com'], reason: 'no such name' } as const

const uncertain = [
  { kind: 'uncertain', id: 'U-06', message: 'A request without a Host header may pass the rule.' },
] as const

const outside = { kind: 'external', names: ['host.example.net'], addresses: ['198.51.100.1'] } as const

export const edgeCases: Cases = {
  'origin-closed-to-internet': [
    {
      name: 'a host outside AWS was seen to refuse',
      world: aWorld([{ target: outside, verdict: 'unknown', probe: 'blocked', probeCode: 'app-gate' }]),
      outcome: 'satisfied',
    },
    {
      name: 'a host outside AWS was seen to show the page of the edge',
      world: aWorld([{ target: outside, verdict: 'unknown', probe: 'confirmed', probeCode: 'same-page' }]),
      outcome: 'violated',
    },
    {
      name: 'a host outside AWS gave an answer that says nothing',
      world: aWorld([{ target: outside, verdict: 'unknown', probe: 'inconclusive', probeCode: 'different' }]),
      outcome: 'unknown',
    },
    {
      name: 'a host outside AWS that was not asked',
      world: aWorld([{ target: outside, verdict: 'unknown' }]),
      outcome: 'unknown',
    },
    {
      name: 'a load balancer that could not be decided, and refused: what its rules say was not read',
      world: aWorld([{ verdict: 'unknown', probe: 'blocked', probeCode: 'app-gate' }]),
      outcome: 'unknown',
    },
    {
      name: 'a request reaches the origin',
      world: aWorld([{ verdict: 'open' }]),
      outcome: 'violated',
      says: 'GET https://origin.example.com/',
    },
    {
      name: 'a token that can be guessed is the only obstacle',
      world: aWorld([{ verdict: ['guessable', 'closed'] }]),
      outcome: 'violated',
      says: 'guessed',
    },
    {
      name: 'the distribution is disabled and the origin is open',
      world: aWorld([{ verdict: 'open', distribution: { enabled: false } }]),
      outcome: 'violated',
    },
    { name: 'the proof holds', world: aWorld([{}]), outcome: 'satisfied' },
    { name: 'only a login leads in', world: aWorld([{ verdict: 'authenticated' }]), outcome: 'satisfied' },
    { name: 'only tenants get in', world: aWorld([{ verdict: ['closed', 'open'] }]), outcome: 'satisfied' },
    {
      name: 'rules were not read',
      world: aWorld([{ verdict: 'unknown' }]),
      outcome: 'unknown',
      says: 'DescribeRules',
    },
    {
      name: 'AWS does not document it',
      world: aWorld([{ verdict: 'unknown', reasons: uncertain }]),
      outcome: 'unknown',
      says: 'U-06',
    },
    {
      name: 'the target was not found',
      world: aWorld([{ target: lost, verdict: 'unknown' }]),
      outcome: 'unknown',
    },
    { name: 'the link was not proven', world: { ...aWorld([{}]), exposures: [] }, outcome: 'unknown' },
    {
      name: 'the name leads nowhere',
      world: aWorld([{ target: dangling, verdict: 'unknown' }]),
      outcome: 'inapplicable',
    },
  ],
  'origin-closed-to-tenants': [
    {
      name: 'a host outside AWS was seen to refuse',
      world: aWorld([{ target: outside, verdict: 'unknown', probe: 'blocked', probeCode: 'app-gate' }]),
      outcome: 'unknown',
    },
    {
      name: 'a host outside AWS was seen to show the page of the edge',
      world: aWorld([{ target: outside, verdict: 'unknown', probe: 'confirmed', probeCode: 'same-page' }]),
      outcome: 'unknown',
    },
    {
      name: 'a host outside AWS gave an answer that says nothing',
      world: aWorld([{ target: outside, verdict: 'unknown', probe: 'inconclusive', probeCode: 'different' }]),
      outcome: 'unknown',
    },
    {
      name: 'a host outside AWS that was not asked',
      world: aWorld([{ target: outside, verdict: 'unknown' }]),
      outcome: 'unknown',
    },
    {
      name: 'a load balancer that could not be decided, and refused: what its rules say was not read',
      world: aWorld([{ verdict: 'unknown', probe: 'blocked', probeCode: 'app-gate' }]),
      outcome: 'unknown',
    },
    {
      name: 'the security group is all there is',
      world: aWorld([{ verdict: ['closed', 'open'] }]),
      outcome: 'violated',
    },
    {
      name: 'a token that can be guessed is the only obstacle',
      world: aWorld([{ verdict: ['closed', 'guessable'] }]),
      outcome: 'violated',
    },
    { name: 'the proof holds', world: aWorld([{}]), outcome: 'satisfied' },
    { name: 'rules were not read', world: aWorld([{ verdict: ['closed', 'unknown'] }]), outcome: 'unknown' },
    {
      name: 'the name leads nowhere',
      world: aWorld([{ target: dangling, verdict: 'unknown' }]),
      outcome: 'inapplicable',
    },
  ],
  'origin-refuses-direct-requests': [
    {
      name: 'the probe saw the same page',
      world: aWorld([{ verdict: 'open', probe: 'confirmed' }]),
      outcome: 'violated',
      says: 'as the test says',
    },
    {
      name: 'the probe saw the same page, whatever the proof says',
      world: aWorld([{ probe: 'confirmed' }]),
      outcome: 'violated',
    },
    { name: 'the gate answered', world: aWorld([{ probe: 'blocked' }]), outcome: 'satisfied' },
    {
      name: 'neither the probe nor the configuration decides',
      world: aWorld([{ verdict: 'unknown', probe: 'inconclusive' }]),
      outcome: 'unknown',
    },
    {
      name: 'the probe adds nothing to a proof',
      world: aWorld([{ probe: 'inconclusive' }]),
      outcome: 'inapplicable',
    },
    {
      name: 'the probe adds nothing to a witness',
      world: aWorld([{ verdict: 'open', probe: 'inconclusive' }]),
      outcome: 'inapplicable',
    },
    { name: 'nothing was planned', world: aWorld([{}]), outcome: 'inapplicable' },
    { name: 'nothing was sent', world: aWorld([{ probe: 'not-probed' }]), outcome: 'inapplicable' },
  ],
  'origin-exists': [
    {
      name: 'the name leads nowhere',
      world: aWorld([{ target: dangling, verdict: 'unknown' }]),
      outcome: 'violated',
      says: 'no such name',
    },
    { name: 'a load balancer answers', world: aWorld([{}]), outcome: 'satisfied' },
    {
      name: 'somebody else answers',
      world: aWorld([
        { target: { kind: 'external', names: ['host.example.net'], addresses: ['198.51.100.1'] } },
      ]),
      outcome: 'satisfied',
    },
    { name: 'the region was not read', world: aWorld([{ target: lost }]), outcome: 'unknown' },
    {
      name: 'the name of a foreign host was not resolved',
      world: aWorld([{ target: { kind: 'external', names: ['host.example.net'], addresses: [] } }]),
      outcome: 'unknown',
    },
    {
      name: 'it is a service with rules of its own',
      world: aWorld([{ origin: { kind: 's3-rest' }, target: { kind: 'service', names: [] } }]),
      outcome: 'inapplicable',
    },
  ],
}

/** A link to a load balancer whose listeners were not read. */
export const unreadListeners = toLoadBalancer(aLoadBalancer({ listeners: unread('DescribeListeners') }))

/** A link to a load balancer that takes these tokens. */
export const taking = (...values: readonly (string | Sealed)[]) =>
  toLoadBalancer(aLoadBalancer({ listeners: [gated(...values)] }))
