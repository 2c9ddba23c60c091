/** Which load balancers lead to a target, worked out once for a set of them; for checking only. */
import type { LoadBalancer } from '#topology/model.ts'

export type Balancers = ReadonlyMap<string, LoadBalancer>

/** What one load balancer leads to. */
export interface Ends {
  /** Names of targets. */
  readonly names: readonly string[]
  /** Too little of it was read: it may lead to any target. */
  readonly anywhere: boolean
  /** ARNs of load balancers that are targets themselves. */
  readonly inner: readonly string[]
}

interface Leads {
  readonly to: ReadonlyMap<string, readonly LoadBalancer[]>
  readonly anywhere: readonly LoadBalancer[]
  readonly inFrontOf: ReadonlyMap<string, readonly LoadBalancer[]>
}

/** By the set itself, which never changes: every link of an account asks about the same one. */
const known = new WeakMap<Balancers, Leads>()

const leadsOf = (balancers: Balancers, endsOf: (lb: LoadBalancer) => Ends): Leads => {
  const before = known.get(balancers)
  if (before) return before
  const ends = [...balancers.values()].map(lb => ({ lb, ...endsOf(lb) }))
  const by = (texts: (e: (typeof ends)[number]) => readonly string[]) => {
    const found = new Map<string, LoadBalancer[]>()
    for (const end of ends)
      for (const text of new Set(texts(end))) {
        const list = found.get(text)
        if (list) list.push(end.lb)
        else found.set(text, [end.lb])
      }
    return found
  }
  const made = {
    to: by(e => e.names),
    anywhere: ends.filter(e => e.anywhere).map(e => e.lb),
    inFrontOf: by(e => e.inner),
  }
  known.set(balancers, made)
  return made
}

/** Those of the ARNs, those that lead or may lead to a target, and those in front of any of these; each once. */
export const leadingTo = (
  balancers: Balancers,
  own: readonly string[],
  targets: ReadonlySet<string>,
  endsOf: (lb: LoadBalancer) => Ends,
): readonly LoadBalancer[] => {
  const { to, anywhere, inFrontOf } = leadsOf(balancers, endsOf)
  const found = new Set([
    ...own.flatMap(arn => balancers.get(arn) ?? []),
    ...[...targets].flatMap(name => to.get(name) ?? []),
    ...anywhere,
  ])
  const fronts = [...found].flatMap(lb => inFrontOf.get(lb.ref.arn) ?? [])
  return [...new Set([...found, ...fronts])]
}
