/** What leads around the check inside a cluster, or leaves it in doubt, never counts as closed. */
import { expect, test } from 'vitest'
import { proveLinks } from '#prove/prove.ts'
import { buildTopology } from '#topology/build.ts'
import { aroundCases } from '../../../fixtures/worlds/cluster/around.ts'
import { snapshotOf } from '../bypass-pipeline.ts'

test.each(aroundCases)('$title: $verdict', async ({ world, manifests, verdict }) => {
  const topology = buildTopology(await snapshotOf(world, manifests))
  const [exposure] = proveLinks(topology)
  expect(exposure?.internet.verdict, JSON.stringify(exposure?.internet.reasons, null, 1)).toBe(verdict)
  expect(exposure?.tenant.verdict).toBe(verdict)
})
