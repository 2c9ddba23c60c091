/** The lists of addresses that stand in front of routers of Traefik. */
import type { AddressSource, ClusterRouter, Middleware, ObjectName } from '#topology/model.ts'

export interface AddressList {
  readonly middleware: Middleware
  readonly of: AddressSource
}

/** Middlewares that some router names, chains followed; none for a Gateway. */
export const addressListsOf = ({ routing }: ClusterRouter): readonly AddressList[] => {
  if (routing.kind !== 'traefik') return []
  const seen = new Set<Middleware>()
  const follow = ({ namespace, name }: ObjectName): void => {
    for (const middleware of routing.middlewares)
      if (middleware.namespace === namespace && middleware.name === name && !seen.has(middleware)) {
        seen.add(middleware)
        if (middleware.does.kind === 'chain') middleware.does.of.forEach(follow)
      }
  }
  routing.objects.flatMap(o => o.routes.flatMap(r => r.middlewares)).forEach(follow)
  return [...seen].flatMap(middleware =>
    middleware.does.kind === 'addresses' ? [{ middleware, of: middleware.does.of }] : [],
  )
}
