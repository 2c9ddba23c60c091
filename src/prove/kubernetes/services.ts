/** Which Services lead to the same pods. */
import { or, type Truth } from '#base/truth.ts'
import type { Cluster, ClusterService } from '#topology/model.ts'

/** `namespace/name`. */
export type ServiceName = string

const contradict = (a: ClusterService, b: ClusterService): boolean =>
  Object.entries(a.selector ?? {}).some(([key, value]) => (b.selector?.[key] ?? value) !== value)

const alike = (a: ClusterService, b: ClusterService): boolean =>
  JSON.stringify(Object.entries(a.selector ?? {}).toSorted()) ===
  JSON.stringify(Object.entries(b.selector ?? {}).toSorted())

/** Pods are of one namespace. A Service without a selector leads wherever somebody says. */
const sameService = ({ services }: Cluster, a: ServiceName, b: ServiceName): Truth => {
  if (a === b) return true
  const [one, other] = [a, b].map(name => services.find(s => s.ref.name === name))
  if (!(one?.selector && other?.selector)) return 'unknown'
  if (one.namespace !== other.namespace) return false
  if (alike(one, other)) return true
  return contradict(one, other) ? false : 'unknown'
}

/** Whether any of the first leads to the pods of any of the others. */
export const meetsAny = (
  cluster: Cluster,
  services: readonly ServiceName[],
  others: ReadonlySet<ServiceName>,
): Truth => or(...services.flatMap(a => [...others].map(b => sameService(cluster, a, b))))
