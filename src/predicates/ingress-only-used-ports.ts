/** Do the security groups admit CloudFront and strangers on the ports that CloudFront uses, and on no other? */
import type { IngressRule, Link } from '#topology/model.ts'
import { type Answer, every, no, ofKnown, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { carriesRequests, peersOf, ruleEvidence } from './reading/ingress.ts'
import { connectionOf } from './reading/ports.ts'

interface UsedPorts {
  readonly surely: ReadonlySet<number>
  readonly perhaps: ReadonlySet<number>
}

const usedPorts = (links: readonly Link[]): UsedPorts => {
  const uses = links.map(connectionOf).flatMap(c => [
    { port: c.httpPort, used: c.http },
    { port: c.httpsPort, used: c.https },
  ])
  return {
    surely: new Set(uses.filter(u => u.used === true).map(u => u.port)),
    perhaps: new Set(uses.filter(u => u.used !== false).map(u => u.port)),
  }
}

const within = ({ fromPort, toPort }: IngressRule, ports: ReadonlySet<number>): boolean =>
  [...ports].filter(p => p >= fromPort && p <= toPort).length === toPort - fromPort + 1

const judgeRule = (rule: IngressRule, { surely, perhaps }: UsedPorts): Answer => {
  const peers = peersOf(rule)
  const used = [...surely].sort((a, b) => a - b).join(', ') || 'none'
  const said = ruleEvidence(rule, `; CloudFront uses ${used}`)
  if (peers === 'inside' || !carriesRequests(rule) || within(rule, surely)) return yes(...said)
  if (peers !== 'cloudfront' && peers !== 'others') return unseen(peers.gaps, ...said)
  return within(rule, perhaps) ? unseen([], ...said) : no(...said)
}

export const ingressOnlyUsedPorts = predicate<'load-balancer'>({
  question: 'Do the security groups admit outsiders only on the ports that CloudFront uses?',
  subjects: ['load-balancer'],
  ask: ({ loadBalancer }, _options, facts) => {
    const ports = usedPorts(facts.linksTo(loadBalancer))
    return ofKnown(loadBalancer.ingress, rules => every(rules.map(rule => judgeRule(rule, ports))))
  },
})
