/** Proves a topology and holds every verdict to what it claims: witnesses replay, certificates check. */
import { expect } from 'vitest'
import { checkCertificate } from '#prove/check.ts'
import type { Exposure, LinkExposure, Vantage } from '#prove/exposure.ts'
import { proveLinks } from '#prove/prove.ts'
import { replayWitness } from '#prove/replay.ts'
import type { LoadBalancer, Topology } from '#topology/model.ts'
import { type LinkSpec, linkTo, topologyOf } from './build.ts'

export const proved = (topology: Topology): readonly LinkExposure[] => {
  const all = proveLinks(topology)
  for (const exposure of all) {
    holds(topology, exposure, 'internet', exposure.internet)
    holds(topology, exposure, 'tenant', exposure.tenant)
    if (exposure.inside) holds(topology, exposure, 'inside', exposure.inside)
  }
  return all
}

const holds = (topology: Topology, { link }: LinkExposure, vantage: Vantage, exposure: Exposure): void => {
  const { verdict, witness, certificate, reasons } = exposure
  if (verdict === 'open' || verdict === 'guessable') {
    expect(witness && replayWitness(topology, link, witness)).toEqual({ end: 'backend' })
    expect(certificate).toBeNull()
  }
  if (verdict === 'closed' || verdict === 'authenticated')
    expect(certificate && checkCertificate(topology, link, vantage, certificate)).toEqual([])
  if (verdict === 'authenticated' && witness)
    expect(replayWitness(topology, link, witness)).toEqual({ end: 'login' })
  expect(reasons.length > 0).toBe(verdict === 'unknown')
}

export interface Verdicts {
  readonly internet: Exposure
  readonly tenant: Exposure
  readonly inside: Exposure | null
}

/** Exposure of one link to one load balancer. */
export const exposed = (
  lb: LoadBalancer,
  spec: LinkSpec & { readonly topology?: Partial<Topology>; readonly extra?: readonly LoadBalancer[] } = {},
): Verdicts => {
  const [exposure] = proved(topologyOf([linkTo(lb, spec)], spec.topology, ...(spec.extra ?? [])))
  if (exposure === undefined) throw new Error('no link')
  return exposure
}

export const verdicts = ({ internet, tenant }: Verdicts): readonly [string, string] => [
  internet.verdict,
  tenant.verdict,
]

/** Ids of the uncertainty register and kinds of the other reasons. */
export const whyUnknown = ({ reasons }: Exposure): readonly string[] => [
  ...new Set(reasons.map(r => (r.kind === 'uncertain' ? r.id : r.kind))),
]
