/** Proves every link of a topology from every vantage. */
import type { Link, Topology } from '#topology/model.ts'
import type { LinkExposure } from './exposure.ts'
import { exposureOf } from './link.ts'
import { proverOf } from './prover.ts'

/** In the order of the topology's links. Pure: the same topology gives the same exposures. */
export const proveLinks = (topology: Topology): readonly LinkExposure[] => {
  const prover = proverOf(topology)
  return topology.links.map(link => ({
    link,
    internet: exposureOf(prover, link, 'internet'),
    tenant: exposureOf(prover, link, 'tenant'),
    inside: isInternal(link) ? exposureOf(prover, link, 'inside') : null,
  }))
}

const isInternal = ({ target }: Link): boolean =>
  target.kind === 'load-balancer' &&
  [target.loadBalancer, ...target.others].some(lb => lb.scheme === 'internal')
