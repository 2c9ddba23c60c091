/** The routers of Traefik in the order in which they are tried. */
import type { IngressRoute, TraefikRouter } from '#topology/model/traefik.ts'
import type { Seen } from '../nginx/access.ts'
import type { Route, RouteVerdict } from '../routes/route.ts'
import { routeVerdicts } from '../routes/verdicts.ts'
import { gatesOf, type Surroundings } from './gates.ts'
import { expressionOf } from './matchers.ts'

/** `entryPoint`: the one that the load balancer leads to; null where that was not observed, so that each may be it. */
export const traefikVerdicts = (
  objects: readonly IngressRoute[],
  around: Surroundings,
  entryPoint: string | null,
  seen: Seen,
): readonly RouteVerdict[] => routeVerdicts(traefikRoutes(objects, around, entryPoint), seen)

export const traefikRoutes = (
  objects: readonly IngressRoute[],
  around: Surroundings,
  entryPoint: string | null,
): readonly Route[] =>
  objects
    .filter(o => entryPoint === null || o.entryPoints.length === 0 || o.entryPoints.includes(entryPoint))
    .flatMap(o => o.routes.map((router, n) => routeOf(o, router, n, around)))

/** Without a priority of its own a router has the length of its rule for one; the highest comes first. */
const routeOf = (object: IngressRoute, router: TraefikRouter, n: number, around: Surroundings): Route => ({
  ref: object.ref,
  place: object.place,
  name: `router ${n + 1} of ${object.namespace}/${object.name}`,
  rank: -(router.priority || router.match.length),
  tls: object.tls,
  asks: router.doubt ?? expressionOf(router.match, router.syntax),
  gates: gatesOf(router.middlewares, around),
  services: router.services,
  entries: object.entryPoints,
})
