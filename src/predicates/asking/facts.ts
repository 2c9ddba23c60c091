/** Everything a predicate may look at: the graph, what was proven and probed, and the joins that rules share. */
import { compareText } from '#base/canonical.ts'
import type { ProbeVerdict } from '#probe/exchange.ts'
import type { LinkExposure } from '#prove/exposure.ts'
import type { Link, LoadBalancer, Topology } from '#topology/model.ts'
import { loadBalancersOf } from '../reading/backends.ts'
import type { Gates } from '../reading/gate-value.ts'
import { readGates } from '../reading/gates.ts'
import { readTokens, type Tokens } from '../reading/tokens.ts'

export interface Facts {
  readonly topology: Topology
  readonly exposureOf: (link: Link) => LinkExposure | null
  readonly probeOf: (link: Link) => ProbeVerdict | null
  /** The links that lead to the load balancer. */
  readonly linksTo: (loadBalancer: LoadBalancer) => readonly Link[]
  /** What the load balancer compares header values with. */
  readonly gatesOf: (loadBalancer: LoadBalancer) => Gates
  /** Who sends and who accepts each secret value of the estate. */
  readonly tokens: () => Tokens
}

const groupLinks = (links: readonly Link[]): ReadonlyMap<string, readonly Link[]> => {
  const groups = new Map<string, Link[]>()
  for (const link of links)
    for (const { ref } of loadBalancersOf(link)) {
      const group = groups.get(ref.arn)
      if (group) group.push(link)
      else groups.set(ref.arn, [link])
    }
  return groups
}

/** Computes each join once, when first asked for. */
const once = <T>(compute: () => T): (() => T) => {
  let held: { readonly value: T } | null = null
  return () => {
    held ??= { value: compute() }
    return held.value
  }
}

export const gatherFacts = (
  topology: Topology,
  exposures: readonly LinkExposure[],
  probes: ReadonlyMap<string, ProbeVerdict>,
): Facts => {
  const exposureById = new Map(exposures.map(e => [e.link.id, e]))
  // In an order of their own, so that which link is named first never depends on the order AWS listed them in.
  const links = topology.links.toSorted((a, b) => compareText(a.id, b.id))
  const groups = groupLinks(links)
  const gates = new Map<string, Gates>()
  const gatesOf = (loadBalancer: LoadBalancer): Gates => {
    const found = gates.get(loadBalancer.ref.arn) ?? readGates(loadBalancer)
    gates.set(loadBalancer.ref.arn, found)
    return found
  }
  return {
    topology,
    exposureOf: link => exposureById.get(link.id) ?? null,
    probeOf: link => probes.get(link.id) ?? null,
    linksTo: loadBalancer => groups.get(loadBalancer.ref.arn) ?? [],
    gatesOf,
    tokens: once(() => readTokens({ ...topology, links }, gatesOf)),
  }
}
