/** Holds the certificates of one snapshot against another: which of them are still accepted although the verdict is another. */
import { checkCertificate } from '#prove/check.ts'
import type { Certificate, Vantage, Verdict } from '#prove/exposure.ts'
import { proveLinks } from '#prove/prove.ts'
import type { Snapshot } from '#snapshot/record.ts'
import { buildTopology } from '#topology/build.ts'

export interface Proven {
  readonly link: string
  readonly vantage: Vantage
  readonly verdict: Verdict
  readonly certificate: Certificate
}

const vantages = ['internet', 'tenant', 'inside'] as const

/** Every certificate of a snapshot. */
export const provenOf = (snapshot: Snapshot): readonly Proven[] =>
  proveLinks(buildTopology(snapshot)).flatMap(exposure =>
    vantages.flatMap(vantage => {
      const { verdict, certificate } = exposure[vantage] ?? {}
      return verdict && certificate ? [{ link: exposure.link.id, vantage, verdict, certificate }] : []
    }),
  )

export interface Stale {
  readonly link: string
  readonly vantage: Vantage
  readonly before: Verdict
  readonly now: Verdict
  readonly reasons: string
}

/** Less than `closed` is weaker than `authenticated`, anything else weaker still. */
const stillHolds = (before: Verdict, now: Verdict): boolean =>
  now === before || (before === 'authenticated' && now === 'closed')

/** Empty where every certificate that is accepted has kept its verdict. The prover is asked only where one is accepted. */
export const staleIn = (
  snapshot: Snapshot,
  proven: readonly Proven[],
): { readonly accepted: number; readonly stale: readonly Stale[] } => {
  const topology = buildTopology(snapshot)
  const links = new Map(topology.links.map(link => [link.id, link]))
  const accepted = proven.filter(({ link: id, vantage, certificate }) => {
    const link = links.get(id)
    return link !== undefined && checkCertificate(topology, link, vantage, certificate).length === 0
  })
  if (accepted.length === 0) return { accepted: 0, stale: [] }
  const wanted = new Set(accepted.map(p => p.link))
  const exposures = new Map(
    proveLinks({ ...topology, links: topology.links })
      .filter(e => wanted.has(e.link.id))
      .map(e => [e.link.id, e]),
  )
  const stale = accepted.flatMap(({ link, vantage, verdict: before }) => {
    const now = exposures.get(link)?.[vantage]
    // No verdict of a vantage that the link no longer has.
    if (!now || stillHolds(before, now.verdict)) return []
    const reasons = JSON.stringify(now.reasons.map(r => (r.kind === 'gap' ? r.gap.message : r.message)))
    return [{ link, vantage, before, now: now.verdict, reasons }]
  })
  return { accepted: accepted.length, stale }
}
