/** Nothing is called closed on the prover's word alone: a certificate that the independent check refuses proves nothing. */
import type { Link, Topology } from '#topology/model.ts'
import { checkCertificate } from './check.ts'
import type { Exposure, Vantage } from './exposure.ts'
import { notModelled } from './uncertainty.ts'

/** How the reason begins where the check refuses: a fault of this tool, and never to be seen in its tests. */
export const notConfirmed = 'The proof was not confirmed by the independent check'

export const confirmed = (topology: Topology, link: Link, vantage: Vantage, exposure: Exposure): Exposure => {
  if (exposure.certificate === null) return exposure
  const [fault, ...more] = checkCertificate(topology, link, vantage, exposure.certificate)
  if (fault === undefined) return exposure
  const others = more.length === 0 ? '' : ` (and ${more.length} more)`
  const reasons = [notModelled(`${notConfirmed}: ${fault}${others}`)]
  return { verdict: 'unknown', witness: null, certificate: null, reasons }
}
