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
  return {
    ...objectOf(resource),
    type: textAt(config, 'spec', 'type') ?? 'ClusterIP',
    selector: Object.keys(selector).length > 0 ? selector : null,
    nodePorts: assigned.length === ports.length && assigned.length > 0 ? assigned : null,
    hostnames: hostnamesOf(resource),
    keepsClient: textAt(config, 'spec', 'externalTrafficPolicy') === 'Local',
  }
}
