/**
 * Every bypass that configuration decides: the world with the mistake is found out, the world without it is proven. And
 * every certificate of these worlds and of the demo falls with what it rests on: whatever small change of the snapshot
 * gives another verdict, the old certificate is refused. All of more than forty thousand changes take minutes, so that
 * `npm test` tries some of each world; `MUTATIONS=all` tries them all.
 */
import { describe, expect, test } from 'vitest'
import type { World } from '#lab/world.ts'
import { checkCertificate } from '#prove/check.ts'
import type { Exposure, LinkExposure } from '#prove/exposure.ts'
import { proveLinks } from '#prove/prove.ts'
import { replayWitness } from '#prove/replay.ts'
import { checkResult, type ScanResult } from '#scan.ts'
import { buildTopology } from '#topology/build.ts'
import type { Topology } from '#topology/model.ts'
import { bypasses } from '../../fixtures/worlds/bypass/all.ts'
import type { Expectation, RuleOutcome } from '../../fixtures/worlds/bypass/case.ts'
import { demoWorld } from '../../fixtures/worlds/demo.ts'
import { judged, snapshotOf } from './bypass-pipeline.ts'
import { isRefusal } from './claims.ts'
import { mutationsOf } from './mutate/mutations.ts'
import { provenOf, staleIn } from './mutate/stale.ts'

const vantages = ['internet', 'tenant', 'inside'] as const

const appLink = (exposures: readonly LinkExposure[], origin: string): LinkExposure => {
  const found = exposures.find(
    ({ link }) => link.distribution.aliases.includes('app.example.com') && link.origin.id === origin,
  )
  if (!found) throw new Error(`app.example.com has no origin ${origin}.`)
  return found
}

/** Witnesses reach the backend again, certificates hold. */
const holds = (
  topology: Topology,
  { link }: LinkExposure,
  vantage: (typeof vantages)[number],
  e: Exposure,
) => {
  if (e.verdict === 'open' || e.verdict === 'guessable')
    expect(e.witness && replayWitness(topology, link, e.witness)).toEqual({ end: 'backend' })
  expect(e.reasons.filter(isRefusal)).toEqual([])
  if (e.verdict === 'closed' || e.verdict === 'authenticated')
    expect(e.certificate && checkCertificate(topology, link, vantage, e.certificate)).toEqual([])
}

const outcome = (result: ScanResult, rule: string): RuleOutcome => {
  if (!result.rules.some(r => r.id === rule)) throw new Error(`There is no rule ${rule}.`)
  const said = result.findings.filter(f => f.rule === rule).map(f => f.outcome)
  return said.includes('violated') ? 'violated' : said.includes('unknown') ? 'unknown' : 'clear'
}

const uncertainties = (e: LinkExposure): readonly string[] =>
  vantages.flatMap(v => (e[v]?.reasons ?? []).flatMap(r => (r.kind === 'uncertain' ? [r.id] : [])))

const meets = async (world: World, wanted: Expectation, origin = 'app'): Promise<void> => {
  const snapshot = await snapshotOf(world)
  const topology = buildTopology(snapshot)
  const exposures = proveLinks(topology)
  for (const exposure of exposures)
    for (const vantage of vantages) {
      const one = exposure[vantage]
      if (one) holds(topology, exposure, vantage, one)
    }
  const app = appLink(exposures, origin)
  const named = vantages.filter(v => wanted[v] !== undefined)
  const reasons = named.flatMap(v => app[v]?.reasons ?? [])
  expect(Object.fromEntries(named.map(v => [v, app[v]?.verdict])), JSON.stringify(reasons)).toEqual(
    Object.fromEntries(named.map(v => [v, wanted[v]])),
  )
  for (const id of wanted.uncertain ?? []) expect(uncertainties(app)).toContain(id)
  const result = await judged(snapshot)
  expect(checkResult(snapshot, result).problems).toEqual([])
  const rules = Object.keys(wanted.rules ?? {})
  expect(Object.fromEntries(rules.map(id => [id, outcome(result, id)]))).toEqual(wanted.rules ?? {})
}

describe('of every bypass', () => {
  for (const { id, title, wrong, right, expect: wanted, origin } of bypasses) {
    test.concurrent(`${id}: ${title}: is found`, () => meets(wrong, wanted.wrong, origin))
    test.concurrent(`${id}: ${title}: is told from a world without it`, () =>
      meets(right, wanted.right, origin))
  }
})

/** Of each world every n-th change, of the demo fewer: it is large, and holds little that the others lack. */
const all = process.env.MUTATIONS === 'all'
const most = all ? Number.POSITIVE_INFINITY : 25

const worlds: readonly (readonly [string, World])[] = [
  ...bypasses.flatMap(b => [[`${b.id} right`, b.right] as const, [`${b.id} wrong`, b.wrong] as const]),
  ['demo', demoWorld],
]

describe('a certificate', () => {
  test(
    'is refused after every change that gives another verdict',
    async () => {
      const seen = new Set<unknown>()
      const [made, stale] = [{ possible: 0, tried: 0, worlds: 0, accepted: 0 }, [] as string[]]
      for (const [name, world] of worlds) {
        const snapshot = await snapshotOf(world)
        const proven = provenOf(snapshot)
        if (seen.has(snapshot) || proven.length === 0) continue
        seen.add(snapshot)
        const mutations = mutationsOf(snapshot)
        const step = Math.max(1, Math.ceil(mutations.length / most))
        const tried = mutations.filter((_, i) => i % step === made.worlds % step)
        for (const { text, make } of tried) {
          const found = staleIn(make(), proven)
          made.accepted += found.accepted
          for (const s of found.stale)
            stale.push(
              `${name}: ${text}: ${s.vantage} of ${s.link} was ${s.before}, is ${s.now} ${s.reasons}`,
            )
        }
        made.possible += mutations.length
        made.tried += tried.length
        made.worlds += 1
      }
      process.stdout.write(
        `${made.tried} of ${made.possible} changes of ${made.worlds} snapshots; ${made.accepted} certificates rightly accepted after one\n`,
      )
      expect(stale).toEqual([])
      expect(made.tried).toBeGreaterThan(1_000)
    },
    all ? 3_600_000 : 600_000,
  )
})
