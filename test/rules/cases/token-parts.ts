/** What the worlds about the secret header are made of. */
import { known } from '#base/known.ts'
import type { LoadBalancer, Target } from '#topology/model.ts'
import {
  aBehavior,
  aGap,
  aLoadBalancer,
  anEdgeFunction,
  aWebAcl,
  aWorld,
  blockUnless,
  forward,
  gated,
  type LinkSpec,
  sent,
  tokenHeader,
  toLoadBalancer,
  wafExactly,
} from '../../judge/build.ts'

export const bare = { headers: [] }
export const sends = (...names: readonly string[]) => ({
  headers: names.map(name => ({ name: tokenHeader, value: sent(name) })),
})
export const weak = { bits: 12, exactBits: 14, length: 7, weakness: 'common word' }
export const edgeFunction = [
  aBehavior({
    functions: [anEdgeFunction({ event: 'origin-request' })],
  }),
]
export const internal = toLoadBalancer(aLoadBalancer({ scheme: 'internal' }))
export const ungated = { rules: [], otherwise: forward() }
export const open = toLoadBalancer(aLoadBalancer({ listeners: [ungated] }))
export const external = {
  kind: 'external',
  names: ['host.example.net'],
  addresses: ['198.51.100.1'],
} as const

export const wafLocked = (rules: Parameters<typeof aWebAcl>[0], extra: Parameters<typeof aWebAcl>[1] = {}) =>
  toLoadBalancer(
    aLoadBalancer({
      listeners: [ungated],
      webAcl: known(aWebAcl(rules, { name: 'origin', scope: 'REGIONAL', ...extra })),
    }),
  )

export const groupArn = 'arn:aws:wafv2:eu-west-1:111122223333:regional/rulegroup/token/1'
export const groupRule = {
  ...blockUnless(wafExactly('t')),
  action: 'group' as const,
  statement: { RuleGroupReferenceStatement: { ARN: groupArn } },
}

/** Two links to load balancers of their own. */
export const two = (first: LinkSpec, second: LinkSpec) =>
  aWorld([
    { id: 'E1FIRST', target: toLoadBalancer(aLoadBalancer({ name: 'first' })), ...first },
    {
      id: 'E2SECOND',
      target: toLoadBalancer(aLoadBalancer({ name: 'second', listeners: [gated('other')] })),
      ...second,
    },
  ])

/** The name leads to a second load balancer as well. */
export const andAlso = (first: Target, second: LoadBalancer): Target =>
  first.kind === 'load-balancer' ? { ...first, others: [second] } : first

/** The name has a further way, which was not followed. */
export const andSomewhere = (first: Target): Target =>
  first.kind === 'load-balancer' ? { ...first, gaps: [aGap('DescribeLoadBalancers')] } : first
