/** Proves a topology, holds every verdict to what it claims, and says what tests ask most. */
import type { Exposure } from '#prove/exposure.ts'
import type { LoadBalancer, Topology } from '#topology/model.ts'
import { type LinkSpec, linkTo, topologyOf } from './build.ts'
import { proved } from './claims.ts'

export { proved }

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
