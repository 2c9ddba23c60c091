import {
  aLoadBalancer,
  aWorld,
  blockUnless,
  forward,
  gated,
  glob,
  headerIs,
  regex,
  rule,
  tokenHeader,
  toLoadBalancer,
  unread,
  wafExactly,
} from '../../judge/build.ts'
import type { Cases } from '../test-rule.ts'
import { taking, unreadListeners } from './edge.ts'

import { open, wafLocked, weak } from './token-parts.ts'

export const valueCases: Cases = {
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
      says: '12 effective bits (fails): common word',
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
}
