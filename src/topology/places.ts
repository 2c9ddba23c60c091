/** Where the load balancers and instances are that other ways could lead to. */
import { compareText } from '#base/canonical.ts'
import { types } from '#snapshot/resource-types.ts'
import type { Place } from './calls.ts'
import type { Facts } from './facts.ts'

/** Account and region of each, once, in order. */
export const placesOf = (facts: Facts): readonly Place[] => {
  const ends = [types.loadBalancer, types.classicLoadBalancer, types.instance].flatMap(facts.byType)
  const places = new Map(
    ends.map(({ account, region }) => [`${account} ${region}`, { account, region }] as const),
  )
  return [...places].toSorted(([a], [b]) => compareText(a, b)).map(([, place]) => place)
}

export const isAt = ({ account, region }: Place, resource: Place): boolean =>
  resource.account === account && resource.region === region
