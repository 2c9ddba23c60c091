/** Which links share an origin: all that lead to the same load balancers count against one pace and one budget. */
import type { Link } from '#topology/model.ts'
import { probeableLink } from './entry.ts'

/** Link id to the name of its origin, for the links that are probed. Links that share any load balancer share the name. */
export const originsOf = (links: readonly Link[]): ReadonlyMap<string, string> => {
  const parents = new Map<string, string>()
  const rootOf = (arn: string): string => {
    const parent = parents.get(arn)
    return parent === undefined ? arn : rootOf(parent)
  }
  const behind = links.flatMap(link => {
    const probeable = probeableLink(link)
    return probeable.probeable ? [{ link, arns: probeable.loadBalancers.map(lb => lb.ref.arn) }] : []
  })
  for (const { arns } of behind)
    for (const arn of arns) {
      const [a, b] = [rootOf(arns[0] ?? arn), rootOf(arn)]
      if (a !== b) parents.set(b, a)
    }
  return new Map(behind.map(({ link, arns }) => [link.id, rootOf(arns[0] ?? '')]))
}
