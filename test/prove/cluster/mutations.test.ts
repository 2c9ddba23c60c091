/** A certificate that rests on a cluster falls with every object, setting, snippet and answer that it rests on. */
import { expect, test } from 'vitest'
import type { Snapshot } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { clusterCases } from '../../../fixtures/worlds/cluster/cases.ts'
import { hiddenCases } from '../../../fixtures/worlds/cluster/hidden.ts'
import { routerCases } from '../../../fixtures/worlds/cluster/routers.ts'
import { traefikCases } from '../../../fixtures/worlds/cluster/traefik.ts'
import { snapshotOf } from '../bypass-pipeline.ts'
import { mutationsOf } from '../mutate/mutations.ts'
import { provenOf, staleIn } from '../mutate/stale.ts'
import { type Change, clusterChanges } from './changes.ts'

const all = process.env.MUTATIONS === 'all'
/** Of each world every n-th change; all of them take minutes. */
const most = all ? Number.POSITIVE_INFINITY : 60

/** Of the objects of the cluster: those of the account are changed elsewhere. */
const changesOf = (snapshot: Snapshot): readonly Change[] => [
  ...clusterChanges(snapshot),
  ...mutationsOf(snapshot).filter(m => m.text.startsWith('kubernetes://')),
  ...snapshot.resources
    .filter(r => r.type === types.tags)
    .map(r => ({
      text: `${r.arn} has no tags`,
      make: () => ({
        ...snapshot,
        resources: snapshot.resources.map(o => (o === r ? { ...r, config: { ...r.config, Tags: [] } } : o)),
      }),
    })),
  {
    text: 'no manifest was read',
    make: () => ({ ...snapshot, reads: snapshot.reads.filter(r => r.service !== 'kubernetes') }),
  },
]

test(
  'a certificate of a cluster is refused after every change that gives another verdict',
  async () => {
    const [stale, made] = [[] as string[], { tried: 0, accepted: 0, worlds: 0 }]
    for (const { title, world, manifests, verdict } of [
      ...clusterCases,
      ...routerCases,
      ...traefikCases,
      ...hiddenCases,
    ]) {
      if (verdict !== 'closed') continue
      const snapshot = await snapshotOf(world, manifests)
      const proven = provenOf(snapshot)
      expect(proven.length, title).toBeGreaterThan(0)
      const changes = changesOf(snapshot)
      const step = Math.max(1, Math.ceil(changes.length / most))
      for (const { text, make } of changes.filter((_, i) => i % step === made.worlds % step)) {
        const found = staleIn(make(), proven)
        made.tried++
        made.accepted += found.accepted
        for (const s of found.stale)
          stale.push(`${title}: ${text}: ${s.vantage} was ${s.before}, is ${s.now} ${s.reasons}`)
      }
      made.worlds++
    }
    process.stdout.write(
      `${made.tried} changes of ${made.worlds} clusters; ${made.accepted} certificates rightly accepted\n`,
    )
    expect(stale).toEqual([])
    expect(made.tried).toBeGreaterThan(300)
    expect(made.accepted).toBeGreaterThan(10)
  },
  all ? 1_800_000 : 120_000,
)
