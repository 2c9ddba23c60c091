import {
  aLoadBalancer,
  aWorld,
  blockUnless,
  forward,
  gated,
  glob,
  headerIs,
  lost,
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
import { taking } from './edge.ts'

import { andAlso, andSomewhere, bare, edgeFunction, open, wafLocked } from './token-parts.ts'

export const acceptedCases: Cases = {
  'origin-header-accepted': [
    {
      name: 'a second load balancer behind the name wants another value',
      world: aWorld([
        { target: andAlso(toLoadBalancer(), aLoadBalancer({ name: 'second', listeners: [gated('next')] })) },
      ]),
      outcome: 'violated',
    },
    {
      name: 'the name has a further way that was not followed',
      world: aWorld([{ target: andSomewhere(toLoadBalancer()) }]),
      outcome: 'unknown',
    },
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
}
