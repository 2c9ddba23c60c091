/** The routes of Traefik or a Gateway, and what each lets strangers do. */
import type { ClusterRouter } from '#topology/model.ts'
import { gatewayRoutes, gatewayVerdicts } from './gateway-api/routes.ts'
import type { Seen } from './nginx/access.ts'
import type { Route, RouteVerdict } from './routes/route.ts'
import { traefikRoutes, traefikVerdicts } from './traefik/routes.ts'

const unseen: Seen = { kind: 'unknown', reason: 'whose address it takes for the client was not observed' }

export const routesIn = ({ routing }: ClusterRouter): readonly Route[] =>
  routing.kind === 'traefik'
    ? traefikRoutes(routing.objects, routing, null)
    : gatewayRoutes(routing.gateway, routing.routes)

export const routeVerdictsIn = ({ routing }: ClusterRouter): readonly RouteVerdict[] =>
  routing.kind === 'traefik'
    ? traefikVerdicts(routing.objects, routing, null, unseen)
    : gatewayVerdicts(routing.gateway, routing.routes, unseen)
