/** Do the security groups admit only CloudFront (and hosts of the inside) on listener ports? */

import type { Known } from '#base/known.ts'
import type { IngressRule, Listener } from '#topology/model.ts'
import { type Answer, cite, every, no, ofKnown, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { listenerName } from './reading/gates.ts'
import { admitsEveryone, carriesRequests, peersOf, ruleEvidence } from './reading/ingress.ts'

const admittedListener = (rule: IngressRule, listeners: readonly Listener[]): Listener | undefined =>
  listeners.find(l => l.port >= rule.fromPort && l.port <= rule.toPort)

const judgeRule = (
  rule: IngressRule,
  listeners: Known<readonly Listener[]>,
  allow: readonly string[],
): Answer => {
  const peers = peersOf(rule, allow)
  const said = ruleEvidence(rule)
  if (peers === 'cloudfront' || peers === 'inside' || !carriesRequests(rule)) return yes(...said)
  return ofKnown(listeners, known => {
    const listener = admittedListener(rule, known)
    if (!listener) return yes(...said)
    if (peers !== 'others') return unseen(peers.gaps, ...said)
    return no(...said, cite(listener.ref, `listener ${listenerName(listener)} is on an admitted port`))
  })
}

export const ingressOnlyCloudfront = predicate<'load-balancer', { readonly allow: readonly string[] }>({
  question: 'Do the security groups admit only CloudFront and the inside on listener ports?',
  subjects: ['load-balancer'],
  options: {
    allow: {
      description: 'further CIDRs that may connect, such as an office or a monitoring service',
      type: 'array',
      items: { type: 'string' },
      default: [],
    },
  },
  ask: ({ loadBalancer }, { allow }) => {
    if (admitsEveryone(loadBalancer))
      return no(cite(loadBalancer.ref, `${loadBalancer.ref.name} has no security group and admits everyone`))
    return ofKnown(loadBalancer.ingress, rules =>
      every(rules.map(rule => judgeRule(rule, loadBalancer.listeners, allow))),
    )
  },
})
