/** Puts other contents into the cluster of a world. */
import type { Cluster } from '#topology/model.ts'
import type { World } from '../../judge/build.ts'

export const withCluster = (world: World, change: (cluster: Cluster) => Partial<Cluster>): World => ({
  ...world,
  topology: { ...world.topology, clusters: world.topology.clusters.map(c => ({ ...c, ...change(c) })) },
})
