/** Routes of Gateway API and Traefik, and bindings to target groups: whatever Services they name are reached by them as well. */
import type { LocatedResource } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { listAt, objectAt, textAt } from '../config.ts'
import type { OtherRoute } from '../model/cluster.ts'
import { objectOf, serviceName } from './object.ts'

/** Kinds that name Services. */
export const routeTypes = [
  types.httpRoute,
  types.ingressRoute,
  types.grpcRoute,
  types.tlsRoute,
  types.tcpRoute,
  types.ingressRouteTcp,
  types.ingressRouteUdp,
  types.targetGroupBinding,
] as const

export const otherRoutesOf = (resource: LocatedResource): readonly OtherRoute[] => {
  const { config } = resource
  const { ref, namespace } = objectOf(resource)
  const rules = [...(listAt(config, 'spec', 'rules') ?? []), ...(listAt(config, 'spec', 'routes') ?? [])]
  const backends = rules.flatMap(rule => [
    ...(listAt(rule, 'backendRefs') ?? []),
    ...(listAt(rule, 'services') ?? []),
  ])
  const bound = objectAt(config, 'spec', 'serviceRef')
  const services = [...backends, ...(bound === undefined ? [] : [bound])].flatMap(backend =>
    textAt(backend, 'name') === undefined ? [] : [serviceName(backend, namespace)],
  )
  return [{ ref, services: [...new Set(services)] }]
}

/** A middleware that asks a Service for error pages passes the requests that failed on to it. */
export const errorPagesOf = (resource: LocatedResource): readonly OtherRoute[] => {
  const { ref, namespace } = objectOf(resource)
  const service = objectAt(resource.config, 'spec', 'errors', 'service')
  return textAt(service, 'name') === undefined ? [] : [{ ref, services: [serviceName(service, namespace)] }]
}
