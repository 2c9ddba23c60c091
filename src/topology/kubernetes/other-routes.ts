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
