/** Routes of Gateway API and Traefik, and bindings to target groups: whatever Services they name are reached by them as well. */
import type { LocatedResource } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { listAt, objectAt, textAt } from '../config.ts'
import type { OtherRoute } from '../model/cluster.ts'
import type { Ingress } from '../model/kubernetes.ts'
import { mirrorsIn } from './gateway-api.ts'
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
    ...mirrorsIn(rule),
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

/** Annotations of ingress-nginx by which an object leads to Services that none of its paths names. */
export const annotatedRoutesOf = ({ ref, namespace, rules, annotations }: Ingress): readonly OtherRoute[] => {
  const own = new Set(rules.flatMap(r => r.paths.map(p => `${namespace}/${p.service?.name}`)))
  const fallback = annotations['default-backend']?.trim() ?? ''
  const named = [
    ...(fallback === '' ? [] : [`${namespace}/${fallback}`]),
    ...mirrored(annotations['mirror-target'] ?? '', namespace),
  ]
  const services = named.filter(name => !own.has(name))
  return services.length === 0 ? [] : [{ ref, services }]
}

/** What gets a copy of every request, by its name in the cluster; other hosts are none of the cluster's. */
const mirrored = (target: string, namespace: string): readonly string[] => {
  if (target.trim() === '') return []
  const [, host = ''] = /^\s*[a-z]+:\/\/([^/:?]*)/i.exec(target) ?? []
  if (host === '' || /\$|^[\d.[]/.test(host)) return [`${namespace}/${target.trim()} (mirror-target)`]
  const [service = '', space = namespace, ...rest] = host.toLowerCase().split('.')
  return rest.length === 0 || rest[0] === 'svc' ? [`${space}/${service}`] : []
}
