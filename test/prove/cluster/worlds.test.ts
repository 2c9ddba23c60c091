/** The check inside a cluster, done right and with each classic mistake: verdicts, replays and certificates. */
import { describe, expect, test } from 'vitest'
import { checkCertificate } from '#prove/check.ts'
import { proveLinks } from '#prove/prove.ts'
import { replayWitness } from '#prove/replay.ts'
import { buildTopology } from '#topology/build.ts'
import { clusterCases } from '../../../fixtures/worlds/cluster/cases.ts'
import { routerCases } from '../../../fixtures/worlds/cluster/routers.ts'
import { snapshotOf } from '../bypass-pipeline.ts'
import { isRefusal } from '../claims.ts'

const vantages = ['internet', 'tenant'] as const

describe('a link into a cluster', () => {
  test.each([...clusterCases, ...routerCases])('$title: $verdict', async ({ world, manifests, verdict }) => {
    const topology = buildTopology(await snapshotOf(world, manifests))
    const [exposure] = proveLinks(topology)
    if (exposure === undefined) throw new Error('The world has no link.')
    const { link } = exposure
    for (const vantage of vantages) {
      const one = exposure[vantage]
      expect(one.verdict, JSON.stringify(one.reasons, null, 1)).toBe(verdict)
      expect(one.reasons.filter(isRefusal)).toEqual([])
      if (one.witness) expect(replayWitness(topology, link, one.witness)).toEqual({ end: 'backend' })
      if (one.certificate) expect(checkCertificate(topology, link, vantage, one.certificate)).toEqual([])
    }
  })
})
