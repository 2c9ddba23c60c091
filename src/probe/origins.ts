/** Which links share an origin: all that lead to the same thing count against one pace and one budget. */
import type { Link } from '#topology/model.ts'
import type { Scope } from './entry.ts'
import { probeableLink } from './probeable.ts'

/** Link id to the name of its origin, for the links that are probed. Links that share any owner share the name. */
export const originsOf = (links: readonly Link[], scope: Scope): ReadonlyMap<string, string> => {
  const parents = new Map<string, string>()
  const rootOf = (owner: string): string => {
    const parent = parents.get(owner)
    return parent === undefined ? owner : rootOf(parent)
  }
  const behind = links.flatMap(link => {
    const probeable = probeableLink(link, scope)
    return probeable.probeable ? [{ link, owners: probeable.entry.owners }] : []
  })
  for (const { owners } of behind)
    for (const owner of owners) {
      const [a, b] = [rootOf(owners[0]), rootOf(owner)]
      if (a !== b) parents.set(b, a)
    }
  return new Map(behind.map(({ link, owners }) => [link.id, rootOf(owners[0])]))
}
