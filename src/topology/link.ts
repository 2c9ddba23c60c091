/** Links: each origin of a distribution with the behaviours that use it and what it leads to. */
import type { BuiltDistribution } from './distribution.ts'
import type { Behavior, Distribution, Link, LoadBalancer } from './model.ts'

/** Behaviours that name the origin, or an origin group that it is a member of. */
const behaviorsOf = (distribution: Distribution, originId: string): readonly Behavior[] => {
  const groups = distribution.originGroups.filter(group => group.members.includes(originId))
  const names = new Set([originId, ...groups.map(group => group.id)])
  return distribution.behaviors.filter(behavior => names.has(behavior.target))
}

/** One link per origin, in the distribution's order. An origin that no behaviour uses has a link too: edge code may choose it. */
export const linksOf = ({ distribution, origins }: BuiltDistribution): readonly Link[] =>
  origins.map(({ origin, target }) => ({
    id: `${distribution.id}/${origin.id}`,
    distribution,
    origin,
    behaviors: behaviorsOf(distribution, origin.id),
    target,
  }))

/** Every load balancer that the link leads to. */
export const loadBalancersOf = ({ target }: Pick<Link, 'target'>): readonly LoadBalancer[] =>
  target.kind === 'load-balancer' ? [target.loadBalancer, ...target.others] : []
