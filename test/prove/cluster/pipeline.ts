/** Takes an account and the manifests of its cluster through everything but live origins. */

import type { World } from '#lab/world.ts'
import { arrangeSnapshot } from '#snapshot/arrange.ts'
import type { ResourceRecord, Snapshot } from '#snapshot/record.ts'
import { sealResources } from '#snapshot/seal.ts'
import type { ManifestFile } from '../../../fixtures/worlds/cluster/manifests.ts'
import { recordsOfManifests } from '../../../src/collect/kubernetes/manifests.ts'
import { snapshotOf } from '../bypass-pipeline.ts'

export const withManifests = async (world: World, files: readonly ManifestFile[]): Promise<Snapshot> => {
  const snapshot = await snapshotOf(world)
  const { records, reads, gaps } = recordsOfManifests(files)
  const aws: ResourceRecord[] = world.resources.map(r => ({
    record: 'resource',
    source: { kind: 'dns' },
    ...r,
  }))
  const sealed = sealResources([...aws, ...records], Buffer.alloc(32, 7)).filter(r =>
    r.type.startsWith('Kubernetes::'),
  )
  return arrangeSnapshot(
    snapshot.head,
    [...snapshot.resources.map(({ line: _, ...r }) => r), ...sealed],
    [...snapshot.reads, ...reads],
    [...snapshot.gaps, ...gaps],
  )
}
