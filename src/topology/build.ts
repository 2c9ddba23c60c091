/** Builds the topology of a snapshot: distributions, what stands behind each of their origins, and what is not known. */
import type { Gap } from '#base/gap.ts'
import { arrangeGaps } from '#snapshot/arrange.ts'
import type { Snapshot } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { acceleratorsOf } from './accelerator.ts'
import { call } from './calls.ts'
import { buildDistribution } from './distribution.ts'
import { endpointServicesOf } from './endpoint-service.ts'
import { type Estate, estateOf } from './estate.ts'
import { type Facts, factsOf, hidden } from './facts.ts'
import { clustersOf } from './kubernetes/clusters.ts'
import { tokenLifeOf } from './life/life.ts'
import { linksOf, loadBalancersOf } from './link.ts'
import type { Link, LoadBalancer, Topology } from './model.ts'
import { plaintextOf } from './plaintext.ts'
import { buildPrefixList } from './prefix-list.ts'
import { keyGroupsOf, signingKeysOf } from './signing-key.ts'
import { unseenLoadBalancersOf } from './unseen-load-balancers.ts'
import { vpcLinksOf } from './vpc-link.ts'

/** Gaps of each account whose distributions were not all listed. */
const unlistedDistributions = (facts: Facts): readonly Gap[] => {
  const found = facts.byType(types.distribution)
  return facts.snapshot.head.accounts.flatMap(account =>
    hidden(
      facts,
      call('ListDistributions', '*', { account }),
      found.filter(d => d.account === account).length,
    ),
  )
}

/** Load balancers whose listeners were asked for: those behind links first, then the others by ARN. */
const deepLoadBalancers = (estate: Estate, links: readonly Link[]): readonly LoadBalancer[] => {
  const { facts } = estate
  const asked = [
    ...facts.byType(types.loadBalancer).filter(resource => {
      const listeners = call('DescribeListeners', resource.arn, resource)
      return facts.wasRead(listeners) || facts.gapsFor(listeners).some(gap => gap.target === resource.arn)
    }),
    ...facts.byType(types.classicLoadBalancer),
  ]
  const beside = asked.map(estate.loadBalancer).flatMap(found => (found.known ? [found.value] : []))
  return [...new Set([...links.flatMap(loadBalancersOf), ...beside])]
}

/**
 * The topology of `snapshot`. Total: a configuration that cannot be read becomes a gap, and what was not read is
 * unobserved, never empty.
 */
export const buildTopology = (snapshot: Snapshot): Topology => {
  const facts = factsOf(snapshot)
  const estate = estateOf(facts)
  const built = facts.byType(types.distribution).map(resource => buildDistribution(estate, resource))
  const links = built.flatMap(linksOf)
  const keyGroups = keyGroupsOf(facts)
  const plaintext = plaintextOf(facts)
  const loadBalancers = deepLoadBalancers(estate, links)
  return {
    observedAt: snapshot.head.observedAt,
    accounts: snapshot.head.accounts,
    regions: snapshot.head.regions,
    distributions: built.map(b => b.distribution),
    links,
    loadBalancers,
    prefixLists: facts.byType(types.prefixList).map(resource => buildPrefixList(facts, resource)),
    unseenLoadBalancers: unseenLoadBalancersOf(facts),
    accelerators: acceleratorsOf(facts),
    vpcLinks: vpcLinksOf(estate),
    endpointServices: endpointServicesOf(facts),
    signingKeys: signingKeysOf(facts, keyGroups),
    keyGroups,
    life: tokenLifeOf(facts),
    ...(plaintext && { plaintext }),
    clusters: clustersOf(facts, loadBalancers),
    gaps: arrangeGaps([...snapshot.gaps, ...unlistedDistributions(facts), ...built.flatMap(b => b.gaps)]),
  }
}
