/** Doors of an entry point: its listeners as one address family of a vantage finds them, or why one finds none. */
import type { Family } from '#base/ip-set.ts'
import type { Listener, LoadBalancer, Rule } from '#topology/model.ts'
import { inOrder } from './alb/interpret.ts'
import { type Balancers, forwardsOf, innerDoors } from './backend.ts'
import { clientPort, connectTo, type Entry, senderOf } from './entry.ts'
import type { Obligation, Reason, Vantage } from './exposure.ts'
import { type Inner, reachBehind } from './network/front.ts'
import type { Reach } from './network/reach.ts'
import type { Spaces } from './network/space.ts'
import { reachThrough } from './network/ways.ts'
import { notModelled, unreadReasons } from './uncertainty.ts'

export interface Door {
  /** What the client connects to. */
  readonly entry: Entry
  /** DNS name or address, and port, that the client connects to. */
  readonly connect: string
  readonly port: number
  readonly entryListener: Listener
  /** Whose rules decide; another than the entry's where a network load balancer stands in front. */
  readonly balancer: LoadBalancer
  readonly listener: Listener
  readonly rules: readonly Rule[]
  readonly vantage: Vantage
  /** Whose requests come in: `tenant` where CloudFront's servers send them. */
  readonly sender: Vantage
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

/** None for a vantage that cannot use the entry point. */
export const doorsOf = (spaces: Spaces, balancers: Balancers, entry: Entry, vantage: Vantage): Doors =>
  entry.vantages.includes(vantage)
    ? together(
        [4 as const, 6 as const].map(family => doorsOfFamily(spaces, balancers, entry, vantage, family)),
      )
    : noDoors

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
  entry: Entry,
  vantage: Vantage,
  family: Family,
): Doors => {
  const whole = reachThrough(spaces, entry, vantage, family, null)
  if (whole.kind === 'closed')
    return together([unreachable(entry, family, null, whole), byUdp(entry.balancer)])
  const { kind, listeners, ref } = entry.balancer
  if (kind === 'gateway')
    return because(
      notModelled(`${ref.name} is a gateway load balancer, which is not decided by this version.`),
    )
  if (!listeners.known) return because(...unreadReasons(listeners.gaps, `The listeners of ${ref.name}`))
  return together([
    ...listeners.value.map(listener => doorOf(spaces, balancers, { entry, listener, vantage, family })),
    byUdp(entry.balancer),
  ])
}

/** HTTP/3 comes by UDP. Whom the network lets in that way is not decided: the doors are those of TCP. */
const byUdp = ({ ref, listeners, ingress, securityGroupIds }: LoadBalancer): Doors => {
  const listening = listeners.known ? listeners.value.filter(l => /UDP|QUIC/.test(l.protocol)) : []
  const admitted =
    securityGroupIds.length === 0 ||
    !ingress.known ||
    ingress.value.some(r => ['udp', '17', '-1'].includes(r.protocol))
  const [first] = listening
  if (first === undefined || !admitted) return noDoors
  return because(
    notModelled(`${ref.name} listens on ${first.protocol} as well, and who gets in by UDP is not decided.`),
  )
}

const because = (...reasons: readonly Reason[]): Doors => ({ ...noDoors, reasons })

const unreachable = (
  entry: Entry,
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
  readonly entry: Entry
  readonly listener: Listener
  readonly vantage: Vantage
  readonly family: Family
}

const doorOf = (spaces: Spaces, balancers: Balancers, at: At): Doors => {
  const { entry, listener, vantage, family } = at
  const reached = reachThrough(spaces, entry, vantage, family, listener.port)
  if (reached.kind === 'closed') return unreachable(entry, family, listener.ref.arn, reached)
  const outer = behind(at, entry.balancer, listener, reached)
  if (entry.balancer.kind !== 'network' || !listener.rules.known) return outer
  const inner = listener.rules.value
    .flatMap(forwardsOf)
    .flatMap(({ group }) =>
      innerDoors(group, balancers).map(door =>
        group.known ? behindFront(spaces, at, { ...door, group: group.value }, reached) : noDoors,
      ),
    )
  return together([outer, ...inner])
}

const behindFront = (
  spaces: Spaces,
  at: At,
  inner: Inner,
  outer: Exclude<Reach, { kind: 'closed' }>,
): Doors => {
  const reached = reachBehind(spaces, at, inner, outer)
  return reached.kind === 'closed'
    ? unreachable(at.entry, at.family, inner.listener.ref.arn, reached)
    : behind(at, inner.balancer, inner.listener, reached)
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
    return { ...noDoors, obligations: [obligation], reliesOn: ['trust-store'] }
  }
  if (!listener.rules.known)
    return because(...unreadReasons(listener.rules.gaps, `The rules of ${listener.ref.name}`))
  const rules = inOrder(listener.rules.value)
  if (!rules.some(r => r.priority === 'default'))
    return because(notModelled(`No default rule of ${listener.ref.name} was observed.`))
  const door: Door = {
    entry,
    connect: connectTo(entry, family),
    port: clientPort(entry, vantage, entryListener.port),
    entryListener,
    balancer,
    listener,
    rules,
    vantage,
    sender: senderOf(entry, vantage),
    family,
    reach: reached,
  }
  return { ...noDoors, doors: [door] }
}
