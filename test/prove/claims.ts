/** What every exposure claims, held against the topology: witnesses replay, certificates check. */
import assert from 'node:assert/strict'
import { checkCertificate } from '#prove/check.ts'
import { notConfirmed } from '#prove/confirmed.ts'
import type { Exposure, LinkExposure, Reason, Vantage } from '#prove/exposure.ts'
import { proveLinks } from '#prove/prove.ts'
import { replayWitness } from '#prove/replay.ts'
import type { Topology } from '#topology/model.ts'

/** Proves a topology and holds every verdict to what it claims. Throws where one does not hold. */
export const proved = (topology: Topology): readonly LinkExposure[] => {
  const all = proveLinks(topology)
  for (const exposure of all) {
    holds(topology, exposure, 'internet', exposure.internet)
    holds(topology, exposure, 'tenant', exposure.tenant)
    if (exposure.inside) holds(topology, exposure, 'inside', exposure.inside)
  }
  return all
}

/** The prover made a certificate that the check does not take: unknown to a user, a fault here. */
export const isRefusal = (reason: Reason): boolean =>
  reason.kind === 'not-modelled' && reason.message.startsWith(notConfirmed)

const holds = (topology: Topology, { link }: LinkExposure, vantage: Vantage, exposure: Exposure): void => {
  const { verdict, witness, certificate, reasons } = exposure
  if (verdict === 'open' || verdict === 'guessable') {
    assert.deepEqual(witness && replayWitness(topology, link, witness), { end: 'backend' })
    assert.equal(certificate, null)
  }
  if (verdict === 'closed' || verdict === 'authenticated')
    assert.deepEqual(certificate && checkCertificate(topology, link, vantage, certificate), [])
  if (verdict === 'authenticated' && witness)
    assert.deepEqual(replayWitness(topology, link, witness), { end: 'login' })
  assert.equal(reasons.length > 0, verdict === 'unknown')
  assert.deepEqual(reasons.filter(isRefusal), [])
}
