/** How long a certificate is still valid. */
import type { Certificate, Topology } from '#topology/model.ts'

const day = 86_400_000

/** Days from the observation to the end of validity, negative once expired; null where AWS gives no end. */
export const daysLeft = (
  { notAfter }: Certificate,
  { observedAt }: Pick<Topology, 'observedAt'>,
): number | null => {
  const left = notAfter === null ? Number.NaN : (Date.parse(notAfter) - Date.parse(observedAt)) / day
  return Number.isFinite(left) ? left : null
}
