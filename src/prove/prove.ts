/** Proves every link of a topology from every vantage. */
import type { Link, Topology } from '#topology/model.ts'
import { confirmed } from './confirmed.ts'
import type { Exposure, LinkExposure, Vantage } from './exposure.ts'
import { exposureOf } from './link.ts'
import { proverOf } from './prover.ts'
import { sisterFinder } from './sisters.ts'

/** In the order of the topology's links. Pure: the same topology gives the same exposures. */
export const proveLinks = (topology: Topology): readonly LinkExposure[] => {
  const prover = proverOf(topology)
  const sistersOf = sisterFinder(topology, prover)
  const prove = (link: Link, vantage: Vantage): Exposure =>
    confirmed(topology, link, vantage, exposureOf(prover, link, vantage))
  return topology.links.map(link => ({
    link,
    internet: prove(link, 'internet'),
    tenant: prove(link, 'tenant'),
    inside: isInternal(link) ? prove(link, 'inside') : null,
    sisters: sistersOf(link),
  }))
}

/** One link from one vantage; null for a vantage that it is not judged from, and for a link that is not there. */
export type ProveOne = (id: string, vantage: Vantage) => Exposure | null

/** Proves links one by one as they are asked for. Everything else in the topology is taken into account. */
export const proverOfLinks = (topology: Topology): ProveOne => {
  const links = new Map(topology.links.map(l => [l.id, l]))
  const prover = proverOf(topology)
  return (id, vantage) => {
    const link = links.get(id)
    if (link === undefined || (vantage === 'inside' && !isInternal(link))) return null
    return confirmed(topology, link, vantage, exposureOf(prover, link, vantage))
  }
}

const isInternal = ({ target }: Link): boolean => {
  if (target.kind === 'instance')
    return target.hosts?.known === true && target.hosts.value.every(h => h.publicAddresses.length === 0)
  if (target.kind === 'api') return target.api.endpointType === 'PRIVATE'
  return (
    target.kind === 'load-balancer' &&
    [target.loadBalancer, ...target.others].some(lb => lb.scheme === 'internal')
  )
}
