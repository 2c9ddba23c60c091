/** Routes of Gateway API and Traefik: whatever Services they name are reached by them as well. */
import type { LocatedResource } from '#snapshot/record.ts'
import { listAt, textAt } from '../config.ts'
import type { OtherRoute } from '../model/cluster.ts'
import { objectOf } from './object.ts'

export const otherRoutesOf = (resource: LocatedResource): readonly OtherRoute[] => {
  const { ref, namespace } = objectOf(resource)
  const rules = [
    ...(listAt(resource.config, 'spec', 'rules') ?? []),
    ...(listAt(resource.config, 'spec', 'routes') ?? []),
  ]
  const backends = rules.flatMap(rule => [
    ...(listAt(rule, 'backendRefs') ?? []),
    ...(listAt(rule, 'services') ?? []),
  ])
  const services = backends.flatMap(backend => {
    const name = textAt(backend, 'name')
    return name === undefined ? [] : [`${textAt(backend, 'namespace') ?? namespace}/${name}`]
  })
  return [{ ref, services: [...new Set(services)] }]
}
