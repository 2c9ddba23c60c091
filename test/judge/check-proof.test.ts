/** A result is held against its snapshot: whatever is cut out of a certificate or changed in it is noticed. */
import { beforeAll, describe, expect, test } from 'vitest'
import type { ExposureResult } from '#findings/result.ts'
import type { Obligation, ObligationKind } from '#prove/exposure.ts'
import { checkResult, type ScanResult } from '#scan.ts'
import type { Snapshot } from '#snapshot/record.ts'
import { b02 } from '../../fixtures/worlds/bypass/b02.ts'
import { b15 } from '../../fixtures/worlds/bypass/b15.ts'
import { b29 } from '../../fixtures/worlds/bypass/b29.ts'
import { b43 } from '../../fixtures/worlds/bypass/b43.ts'
import { judged, snapshotOf } from '../prove/bypass-pipeline.ts'

interface Proof {
  readonly name: string
  readonly snapshot: Snapshot
  readonly result: ScanResult
}

const proofs: Proof[] = []

beforeAll(async () => {
  for (const { id, right } of [b02, b29, b43]) {
    const snapshot = await snapshotOf(right)
    proofs.push({ name: id, snapshot, result: await judged(snapshot) })
  }
})

const vantages = ['internet', 'tenant'] as const

type Change = (obligations: readonly Obligation[], at: number) => readonly Obligation[]

/** The result with one obligation of one certificate changed, once for each of them. */
const changed = ({ result }: Proof, change: Change): readonly ScanResult[] =>
  result.links.flatMap((link, l) =>
    vantages.flatMap(vantage => {
      const shown = link.exposure[vantage]
      const { certificate } = shown
      return (certificate?.obligations ?? []).map((_, at) => {
        const obligations = change(certificate?.obligations ?? [], at)
        const now: ExposureResult = {
          ...shown,
          certificate: certificate && { ...certificate, obligations },
        }
        return {
          ...result,
          links: result.links.with(l, { ...link, exposure: { ...link.exposure, [vantage]: now } }),
        }
      })
    }),
  )

const set =
  (change: (o: Obligation) => Partial<Obligation>): Change =>
  (obligations, at) =>
    obligations.map((o, i) => (i === at ? { ...o, ...change(o) } : o))

/** Those that hold of nothing in these worlds. */
const wrongKinds: readonly ObligationKind[] = ['AUTH', 'MTLS']

const changes: readonly (readonly [string, Change])[] = [
  ['is deleted', (obligations, at) => obligations.toSpliced(at, 1)],
  ['speaks of the other address family', set(o => ({ family: o.family === 4 ? 6 : 4 }))],
  ['speaks of another entry point', set(o => ({ entryPoint: `${o.entryPoint}0` }))],
  ['speaks of another listener', set(o => ({ listener: `${o.listener}0` }))],
  ['speaks of another rule', set(o => ({ rule: `${o.rule}0` }))],
  ...wrongKinds.map(kind => [`says ${kind}`, set(() => ({ kind }))] as const),
]

describe('a result is no proof of its snapshot', () => {
  test.each(changes)('once an obligation %s', (_, change) => {
    for (const proof of proofs) {
      const all = changed(proof, change)
      expect(all.length).toBeGreaterThan(3)
      for (const result of all)
        expect(checkResult(proof.snapshot, result).problems.length, proof.name).toBeGreaterThan(0)
    }
  })

  test('once a certificate is missing, or a verdict says more than it', () => {
    for (const { snapshot, result } of proofs) {
      const [link] = result.links
      if (!link) throw new Error('The world has no link.')
      const bare = { ...link.exposure.internet, certificate: null }
      const boast = { ...link.exposure.internet, verdict: 'open' as const }
      for (const internet of [bare, boast]) {
        const links = [{ ...link, exposure: { ...link.exposure, internet } }]
        expect(checkResult(snapshot, { ...result, links }).problems.length).toBeGreaterThan(0)
      }
    }
  })

  test('once a certificate keeps silent about what it assumes', () => {
    for (const { snapshot, result } of proofs)
      for (const [l, link] of result.links.entries())
        for (const vantage of vantages) {
          const shown = link.exposure[vantage]
          if (shown.certificate === null) continue
          const now = { ...shown, certificate: { ...shown.certificate, reliesOn: [] } }
          const links = result.links.with(l, { ...link, exposure: { ...link.exposure, [vantage]: now } })
          expect(checkResult(snapshot, { ...result, links }).problems.map(p => p.text)).toEqual([
            'The certificate does not say that it assumes other-networks.',
          ])
        }
  })

  test('once open is called guessable, or the other way round', async () => {
    const swap = { open: 'guessable', guessable: 'open' } as const
    let swapped = 0
    for (const { wrong } of [b02, b15]) {
      const snapshot = await snapshotOf(wrong)
      const result = await judged(snapshot)
      expect(checkResult(snapshot, result).problems).toEqual([])
      for (const [l, link] of result.links.entries()) {
        const { verdict } = link.exposure.internet
        if (verdict !== 'open' && verdict !== 'guessable') continue
        const internet = { ...link.exposure.internet, verdict: swap[verdict] }
        const links = result.links.with(l, { ...link, exposure: { ...link.exposure, internet } })
        expect(checkResult(snapshot, { ...result, links }).problems).toHaveLength(1)
        swapped++
      }
    }
    expect(swapped).toBe(2)
  })

  test('once the snapshot is that of another world', () => {
    for (const { snapshot, name } of proofs)
      for (const other of proofs)
        if (other.name !== name)
          expect(
            checkResult(snapshot, other.result).problems.length,
            `${other.name} for ${name}`,
          ).toBeGreaterThan(0)
  })

  test('and it is one of its own', () => {
    for (const { snapshot, result } of proofs) {
      const { certificates, problems } = checkResult(snapshot, result)
      expect(problems).toEqual([])
      expect(certificates).toBe(2)
    }
  })
})
