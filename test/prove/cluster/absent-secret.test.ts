/** A password file that the cluster was asked for: one that is not there shuts the path, one that may not be read leaves it open. */
import { expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { startJournal } from '#collect/journal.ts'
import { readCluster } from '#collect/kubernetes/cluster.ts'
import { type KubernetesOptions, serveKubernetes } from '#lab/kubernetes/api-server.ts'
import type { KubernetesObject } from '#lab/world.ts'
import { proveLinks } from '#prove/prove.ts'
import type { Snapshot } from '#snapshot/record.ts'
import { sealResources } from '#snapshot/seal.ts'
import { buildTopology } from '#topology/build.ts'
import { clusterCases } from '../../../fixtures/worlds/cluster/cases.ts'
import { judged, snapshotOf } from '../bypass-pipeline.ts'

const found = clusterCases.find(c => c.title === 'the Secret is not among the manifests')
const objects = (found?.manifests ?? []).flatMap(({ text }) =>
  parseAllDocuments(text).map(d => d.toJS() as KubernetesObject),
)

/** The account of the case, with its manifests applied to a cluster. */
const scanned = async (options: KubernetesOptions): Promise<Snapshot> => {
  if (found === undefined) throw new Error('There is no such case.')
  const server = await serveKubernetes(objects, options)
  const journal = startJournal()
  await readCluster({ text: server.kubeconfig, file: '/config' }, journal).finally(() => server.close())
  const account = await snapshotOf(found.world)
  const lines = account.resources.length
  const read = sealResources(journal.resources, Buffer.alloc(32, 7))
  return {
    ...account,
    resources: [...account.resources, ...read.map((r, i) => ({ ...r, line: lines + i + 2 }))],
    reads: [...account.reads, ...journal.reads],
    gaps: [...account.gaps, ...journal.gaps],
  }
}

test('a Secret that the cluster does not have shuts out everybody, CloudFront too, and the finding says why', async () => {
  const snapshot = await scanned({})
  const [exposure] = proveLinks(buildTopology(snapshot))
  expect(exposure?.internet.verdict, JSON.stringify(exposure?.internet.reasons)).toBe('closed')
  const { findings } = await judged(snapshot)
  const own = findings.find(f => f.rule === 'ingress-credentials-match')
  expect(own?.outcome).toBe('violated')
  expect(JSON.stringify(own?.evidence)).toContain(
    "shop/shop answers 503 to CloudFront's request for / (annotation auth-secret): the cluster has no Secret of the name",
  )
})

test('a Secret that may not be read is no Secret that is missing', async () => {
  const refuse: KubernetesOptions['refuse'] = call => (call.resource === 'secrets' ? 403 : undefined)
  const [exposure] = proveLinks(buildTopology(await scanned({ refuse })))
  expect(exposure?.internet.verdict).toBe('unknown')
})
