/** The check inside a cluster, done right and with each classic mistake: verdicts, replays and certificates. */
import { describe, expect, test } from 'vitest'
import { checkCertificate } from '#prove/check.ts'
import { proveLinks } from '#prove/prove.ts'
import { replayWitness } from '#prove/replay.ts'
import { checkResult, type ScanResult } from '#scan.ts'
import { buildTopology } from '#topology/build.ts'
import { balancerCases } from '../../../fixtures/worlds/cluster/balancers.ts'
import { clusterCases } from '../../../fixtures/worlds/cluster/cases.ts'
import { hiddenCases } from '../../../fixtures/worlds/cluster/hidden.ts'
import { routerCases } from '../../../fixtures/worlds/cluster/routers.ts'
import { traefikCases } from '../../../fixtures/worlds/cluster/traefik.ts'
import { judged, snapshotOf } from '../bypass-pipeline.ts'
import { isRefusal } from '../claims.ts'

const vantages = ['internet', 'tenant'] as const

/** Of every controller today, and of every check by a snippet. */
const always = ['ingress-controller-supported', 'ingress-token-not-in-clear']

const brokenRules = ({ findings, rules }: ScanResult): readonly string[] => {
  const surface = new Set(rules.filter(r => r.surface === 'kubernetes').map(r => r.id))
  const found = findings.filter(f => f.outcome === 'violated' && surface.has(f.rule)).map(f => f.rule)
  return [...new Set(found)].filter(id => !always.includes(id)).toSorted()
}

describe('a link into a cluster', () => {
  test.each([...clusterCases, ...balancerCases, ...routerCases, ...traefikCases, ...hiddenCases])(
    '$title: $verdict',
    async ({ world, manifests, verdict, violated = [] }) => {
      const snapshot = await snapshotOf(world, manifests)
      const topology = buildTopology(snapshot)
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
      const result = await judged(snapshot)
      expect(result.coverage.faults).toEqual([])
      expect(checkResult(snapshot, result).problems).toEqual([])
      expect(brokenRules(result)).toEqual(violated.toSorted())
    },
  )
})
