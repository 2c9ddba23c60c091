/** Objects that let requests in and are served by nothing that was read, so that no rule judges them. */
import type { Gap } from '#base/gap.ts'
import type { Snapshot } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import type { Cluster, ClusterRouter } from '../model/cluster.ts'
import { routeTypes } from './other-routes.ts'

/** Kinds that a controller serves; what the others let in is not decided whoever serves them. */
const decided: readonly string[] = [types.ingress, types.httpRoute, types.ingressRoute]

const objectsOf = ({ routing }: ClusterRouter): readonly string[] => {
  if (routing.kind === 'traefik') return routing.objects.map(o => o.ref.arn)
  const { namespace, name } = routing.gateway
  return routing.routes
    .filter(r => r.parents.some(p => p.namespace === namespace && p.name === name))
    .map(r => r.ref.arn)
}

const servedIn = ({ controllers, routers, balancerIngresses }: Cluster): readonly string[] => [
  ...controllers.flatMap(c => c.serves.map(s => s.ingress.ref.arn)),
  ...routers.flatMap(objectsOf),
  ...balancerIngresses.map(i => i.ref.arn),
]

/** One gap for each object, with its place. */
export const unserved = (snapshot: Snapshot, clusters: readonly Cluster[]): readonly Gap[] => {
  const served = new Set(clusters.flatMap(servedIn))
  return snapshot.resources
    .filter(({ type, arn }) => [types.ingress, ...routeTypes].some(t => t === type) && !served.has(arn))
    .map(({ type, arn, region, source }) => {
      const [namespace = '', name = ''] = arn.split('/').slice(-2)
      const place = source.kind === 'file' ? ` in ${source.path} line ${source.line}` : ''
      const said = decided.includes(type)
        ? 'is served by no controller that was read: add the manifests of its controller, such as the output of helm template'
        : 'is not judged: whom it lets in is beyond this version'
      return {
        code: 'not-read',
        service: 'kubernetes',
        operation: 'ReadManifests',
        target: arn,
        account: '',
        region,
        action: '',
        message: `${type.replace('Kubernetes::', '')} ${namespace}/${name}${place} ${said}.`,
      }
    })
}
