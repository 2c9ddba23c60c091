/** All that is worked out once for a topology and shared by its links. */
import type { Gap } from '#base/gap.ts'
import type { Link, LoadBalancer, Rule, TargetGroup, Topology } from '#topology/model.ts'
import { type Attempt, attempt } from './attempt.ts'
import { type Backend, backendOf } from './backend.ts'
import { type Door, type Doors, doorsOf } from './door.ts'
import { type EntryIndex, entryIndex } from './entries.ts'
import type { Entry } from './entry.ts'
import type { Obligation, Vantage, Witness } from './exposure.ts'
import { type Behind, behindOf } from './kubernetes/behind.ts'
import type { Budget } from './language/search.ts'
import { type Spaces, spacesOf } from './network/space.ts'
import { replayWitness } from './replay.ts'
import { gateOf } from './rule-gate.ts'
import { type TargetIndex, targetIndex } from './target-index.ts'
import { targetGroupsOf } from './ways-in.ts'

export interface Prover {
  /** When the topology was observed, in milliseconds since 1970. */
  readonly now: number
  /** Where the packets of each vantage come from. */
  readonly spaces: Spaces
  /** Why there may be load balancers with the same targets that nobody saw, by region. */
  unseenIn(region: string): readonly Gap[]
  readonly index: TargetIndex
  readonly entries: EntryIndex
  doorsOf(entry: Entry, vantage: Vantage): Doors
  gateOf(door: Door, rule: Rule): Obligation | null
  attempt(door: Door, rule: Rule): Attempt
  backendOf(link: Link): Backend
  groupsOf(lb: LoadBalancer): readonly TargetGroup[]
  /** Every ingress controller that some load balancer leads to. */
  readonly behind: readonly Behind[]
  /** Whether the request surely reaches the backend of the link, played again. */
  reaches(link: Link, witness: Witness): boolean
}

/** Steps of language search that one rule may take, and all rules behind one door together. */
const stepsPerRule = 100_000
const stepsPerDoor = 1_000_000

export const proverOf = (topology: Topology): Prover => {
  const spaces = spacesOf(topology)
  const index = targetIndex(topology)
  const hosts = hostsOf(topology)
  const unseen = Map.groupBy(topology.unseenLoadBalancers, gap => gap.region)
  const doors = memo((vantage: Vantage) =>
    memo((entry: Entry) => doorsOf(spaces, index.balancers, entry, vantage)),
  )
  const budgets = memo((_: Door): Budget => ({ left: stepsPerDoor }))
  const gates = memo((door: Door) => memo((rule: Rule) => gateOf(door, rule)))
  const attempts = memo((door: Door) =>
    memo((rule: Rule) => {
      const all = budgets(door)
      const most = Math.min(stepsPerRule, all.left)
      const own = { left: most }
      const tried = attempt(door, rule, hosts.get(door.balancer.ref.arn) ?? [], own)
      all.left -= most - own.left
      return tried
    }),
  )
  const backends = memo((link: Link) => backendOf(link, index.balancers))
  return {
    index,
    now: Date.parse(topology.observedAt),
    spaces,
    unseenIn: region => unseen.get(region) ?? [],
    entries: memoised(entryIndex(topology)),
    doorsOf: (entry, vantage) => doors(vantage)(entry),
    gateOf: (door, rule) => gates(door)(rule),
    attempt: (door, rule) => attempts(door)(rule),
    backendOf: backends,
    groupsOf: memo(targetGroupsOf),
    behind: behindOf(topology, index.balancers),
    reaches: (link, witness) => replayWitness(topology, link, witness).end === 'backend',
  }
}

/** The same entry for the same thing, so that what is worked out for one is kept. */
const memoised = ({ ofBalancer, ofHost }: EntryIndex): EntryIndex => {
  const hosts = new Map<string, readonly Entry[]>()
  return {
    ofBalancer: memo(ofBalancer),
    ofHost: (target, vantages) => {
      const { host, id, port, group } = target
      const key = JSON.stringify([host.ref.arn, host.ids, id, port, group.ref.arn, vantages])
      const entries = hosts.get(key) ?? ofHost(target, vantages)
      hosts.set(key, entries)
      return entries
    },
  }
}

const memo = <K, V>(make: (key: K) => V): ((key: K) => V) => {
  const made = new Map<K, V>()
  return key => {
    const before = made.get(key)
    if (before !== undefined || made.has(key)) return before as V
    const value = make(key)
    made.set(key, value)
    return value
  }
}

/** Names under which the links of a load balancer are known, by its ARN. */
const hostsOf = (topology: Topology): ReadonlyMap<string, readonly string[]> => {
  const hosts = new Map<string, Set<string>>()
  for (const { target, origin, distribution } of topology.links) {
    if (target.kind !== 'load-balancer') continue
    for (const lb of [target.loadBalancer, ...target.others]) {
      const names = hosts.get(lb.ref.arn) ?? new Set()
      for (const name of [origin.domainName, ...distribution.aliases])
        if (!name.includes('*')) names.add(name)
      hosts.set(lb.ref.arn, names)
    }
  }
  return new Map([...hosts].map(([arn, names]) => [arn, [...names]]))
}
