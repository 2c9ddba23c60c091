/** Why load balancers that share targets with an origin may be missing. */
import type { Gap } from '#base/gap.ts'
import { types } from '#snapshot/resource-types.ts'
import { type Call, call, classicCall } from './calls.ts'
import type { Facts } from './facts.ts'
import { hidden } from './facts.ts'
import { isAt, placesOf } from './places.ts'

/** Lists are kept as far as they matter: that they were answered is all there is to check. */
const unanswered = (facts: Facts, asked: Call): readonly Gap[] =>
  hidden(facts, asked, Number.POSITIVE_INFINITY)

/**
 * The lists of load balancers and target groups, and every target group whose targets could not be read: whether it shares
 * one with an origin is not known. Classic load balancers lead to instances only.
 */
export const unseenLoadBalancersOf = (facts: Facts): readonly Gap[] => {
  const places = placesOf(facts)
  const machines = places.filter(place => facts.byType(types.instance).some(one => isAt(place, one)))
  const targets = facts.snapshot.gaps.filter(
    gap => gap.operation === 'DescribeTargetHealth' && places.some(place => isAt(place, gap)),
  )
  return [
    ...places.flatMap(place => unanswered(facts, call('DescribeLoadBalancers', '*', place))),
    ...places.flatMap(place => unanswered(facts, call('DescribeTargetGroups', '*', place))),
    ...targets,
    ...machines.flatMap(place => unanswered(facts, classicCall('*', place))),
  ]
}
