/** Doors of an entry point: its listeners as one address family of a vantage finds them, or why one finds none. */
import { type Family, intersectCidrs } from '#base/ip-set.ts'
import type { Listener, LoadBalancer, Rule } from '#topology/model.ts'
import { inOrder } from './alb/interpret.ts'
import { type Balancers, forwardsOf, innerDoors } from './backend.ts'
import type { Obligation, Reason, Vantage } from './exposure.ts'
import { admission } from './network/admission.ts'
import { exampleSource, type Reach, reach } from './network/reach.ts'
import type { Spaces } from './network/space.ts'
import { gapReasons, notModelled } from './uncertainty.ts'

export interface Door {
  /** What the client connects to. */
  readonly entry: LoadBalancer
  readonly entryListener: Listener
  /** Whose rules decide; another than the entry where a network load balancer stands in front. */
  readonly balancer: LoadBalancer
  readonly listener: Listener
  readonly rules: readonly Rule[]
  readonly vantage: Vantage
  readonly family: Family
  readonly reach: Exclude<Reach, { kind: 'closed' }>
}

/** Everything that one entry point shows to a vantage. */
export interface Doors {
  readonly doors: readonly Door[]
  readonly obligations: readonly Obligation[]
  readonly reasons: readonly Reason[]
  readonly reliesOn: readonly string[]
}

export const doorsOf = (spaces: Spaces, balancers: Balancers, entry: LoadBalancer, vantage: Vantage): Doors =>
  together([4 as const, 6 as const].map(family => doorsOfFamily(spaces, balancers, entry, vantage, family)))

const noDoors: Doors = { doors: [], obligations: [], reasons: [], reliesOn: [] }

const together = (all: readonly Doors[]): Doors => ({
  doors: all.flatMap(d => d.doors),
  obligations: all.flatMap(d => d.obligations),
  reasons: all.flatMap(d => d.reasons),
  reliesOn: all.flatMap(d => d.reliesOn),
})

const doorsOfFamily = (
  spaces: Spaces,
  balancers: Balancers,
  entry: LoadBalancer,
  vantage: Vantage,
  family: Family,
): Doors => {
  const whole = reach(spaces, entry, vantage, family, null)
  if (whole.kind === 'closed') return unreachable(entry, family, null, whole)
  if (entry.kind === 'gateway')
    return because(
      notModelled(`${entry.ref.name} is a gateway load balancer, which is not decided by this version.`),
    )
  if (!entry.listeners.known) return because(...gapReasons(entry.listeners.gaps))
  return together(
    entry.listeners.value.map(listener => doorOf(spaces, balancers, { entry, listener, vantage, family })),
  )
}

const because = (...reasons: readonly Reason[]): Doors => ({ ...noDoors, reasons })

const unreachable = (
  entry: LoadBalancer,
  family: Family,
  listener: string | null,
  closed: Extract<Reach, { kind: 'closed' }>,
): Doors => ({
  ...noDoors,
  obligations: [
    {
      kind: 'NET_UNREACHABLE',
      entryPoint: entry.ref.arn,
      family,
      listener,
      rule: null,
      lines: closed.lines,
      text: closed.text,
    },
  ],
  reliesOn: closed.reliesOn,
})

interface At {
  readonly entry: LoadBalancer
  readonly listener: Listener
  readonly vantage: Vantage
  readonly family: Family
}

const doorOf = (spaces: Spaces, balancers: Balancers, at: At): Doors => {
  const { entry, listener, vantage, family } = at
  const reached = reach(spaces, entry, vantage, family, listener.port)
  if (reached.kind === 'closed') return unreachable(entry, family, listener.ref.arn, reached)
  const outer = behind(at, entry, listener, reached)
  if (entry.kind !== 'network' || !listener.rules.known) return outer
  const inner = listener.rules.value
    .flatMap(forwardsOf)
    .flatMap(({ group }) => innerDoors(group, balancers))
    .map(door => behindFront(spaces, at, door.balancer, door.listener, reached))
  return together([outer, ...inner])
}

/** A listener whose rules are to be judged one by one. */
const behind = (
  { entry, listener: entryListener, vantage, family }: At,
  balancer: LoadBalancer,
  listener: Listener,
  reached: Exclude<Reach, { kind: 'closed' }>,
): Doors => {
  if (listener.mutualTls === 'verify') {
    const text = `${listener.ref.name} of ${balancer.ref.name} admits only clients with a certificate that its trust store accepts.`
    const obligation: Obligation = {
      kind: 'MTLS',
      entryPoint: entry.ref.arn,
      family,
      listener: listener.ref.arn,
      rule: null,
      lines: [listener.ref.line],
      text,
    }
    return { ...noDoors, obligations: [obligation] }
  }
  if (!listener.rules.known) return because(...gapReasons(listener.rules.gaps))
  const rules = inOrder(listener.rules.value)
  if (!rules.some(r => r.priority === 'default'))
    return because(notModelled(`No default rule of ${listener.ref.name} was observed.`))
  return {
    ...noDoors,
    doors: [{ entry, entryListener, balancer, listener, rules, vantage, family, reach: reached }],
  }
}

/**
 * Behind a network load balancer the application load balancer sees the client's address, or a private one: which of the
 * two is a setting that is not read, so that both must agree.
 */
const behindFront = (
  spaces: Spaces,
  at: At,
  balancer: LoadBalancer,
  listener: Listener,
  outer: Exclude<Reach, { kind: 'closed' }>,
): Doors => {
  const { named, cloudFront, groups } = admission(balancer, at.family, listener.port)
  // The load balancer in front speaks IPv4 to its targets, whatever its clients speak.
  const fourth = admission(balancer, 4, listener.port)
  const space = spaces[at.family]
  const outerSure = outer.kind === 'open' ? outer.sources.sure : []
  const outerPossible = outer.kind === 'open' ? outer.sources.possible : outer.possible
  const kept = {
    sure: intersectCidrs(named.sure, outerSure),
    possible: [
      ...intersectCidrs(named.possible, outerPossible),
      ...(cloudFront ? intersectCidrs(space.cloudFront.possible, outerPossible) : []),
    ],
  }
  const own = {
    sure: intersectCidrs(fourth.named.sure, spaces[4].inside.sure).length > 0,
    possible:
      intersectCidrs(fourth.named.possible, spaces[4].inside.possible).length > 0 ||
      intersectCidrs(named.possible, space.inside.possible).length > 0 ||
      groups.length > 0,
  }
  if (kept.possible.length === 0 && !own.possible) {
    const text = `Security groups of ${balancer.ref.name} admit neither the clients of ${at.entry.ref.name} nor the load balancer itself.`
    const lines = [balancer.ref.line, at.entry.ref.line]
    return unreachable(at.entry, at.family, listener.ref.arn, { kind: 'closed', text, lines, reliesOn: [] })
  }
  const example = exampleSource(kept.sure)
  if (example !== null && own.sure && outer.kind === 'open' && !asksForSource(listener))
    return behind(at, balancer, listener, {
      kind: 'open',
      sources: { sure: kept.sure, possible: kept.possible, example },
    })
  const message = `Whether ${at.entry.ref.name} passes on client addresses to ${balancer.ref.name} is not read by this version.`
  const reasons = [
    ...(outer.kind === 'unknown' ? outer.reasons : []),
    ...gapReasons(named.gaps),
    notModelled(message),
  ]
  return behind(at, balancer, listener, { kind: 'unknown', possible: outerPossible, reasons })
}

const asksForSource = (listener: Listener): boolean =>
  listener.rules.known && listener.rules.value.some(r => r.conditions.some(c => c.field === 'source-ip'))
