/** Everything of Kubernetes that a scan is given: manifests, a cluster, both or neither. */
import type { Journal } from '../journal.ts'
import type { ClusterAccess } from './api.ts'
import { readCluster } from './cluster.ts'
import type { ManifestFile } from './manifests.ts'

export type { ClusterAccess } from './api.ts'
export type { ManifestFile } from './manifests.ts'

/** What is given of Kubernetes. */
export interface KubernetesInput {
  readonly manifests?: readonly ManifestFile[]
  readonly cluster?: ClusterAccess
}

/** Notes in clear, as everything does until it is sealed; throws a UserFault where a kubeconfig cannot be used. */
export const readKubernetes = async (
  journal: Journal,
  { manifests = [], cluster }: KubernetesInput,
): Promise<void> => {
  if (manifests.length > 0) {
    const { recordsOfManifests } = await import('./manifests.ts')
    const { records, reads, gaps } = recordsOfManifests(manifests)
    journal.resources.push(...records)
    journal.reads.push(...reads)
    journal.gaps.push(...gaps)
  }
  if (cluster !== undefined) await readCluster(cluster, journal)
}
