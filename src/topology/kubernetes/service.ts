/** Services, and which of them lead to the same pods. */
import type { LocatedResource } from '#snapshot/record.ts'
import { integerAt, listAt, objectAt, textAt } from '../config.ts'
import type { ClusterService } from '../model/cluster.ts'
import { hostnamesOf } from './ingress.ts'
import { objectOf, textsIn } from './object.ts'

export const buildService = (resource: LocatedResource): ClusterService => {
  const { config } = resource
  const selector = textsIn(objectAt(config, 'spec', 'selector'))
  const ports = (listAt(config, 'spec', 'ports') ?? []).map(p => integerAt(p, 'nodePort'))
  const assigned = ports.filter(p => p !== undefined)
  const type = textAt(config, 'spec', 'type') ?? 'ClusterIP'
  const external = (listAt(config, 'spec', 'externalIPs') ?? []).length > 0
  return {
    ...objectOf(resource),
    // Nodes take requests for external addresses, whatever the type is.
    type: type === 'ClusterIP' && external ? 'ClusterIP with externalIPs' : type,
    // One that is a name for another host leads there, whatever its selector says.
    selector: Object.keys(selector).length > 0 && type !== 'ExternalName' ? selector : null,
    nodePorts: assigned.length === ports.length && assigned.length > 0 ? assigned : null,
    hostnames: hostnamesOf(resource),
    keepsClient: textAt(config, 'spec', 'externalTrafficPolicy') === 'Local',
  }
}
