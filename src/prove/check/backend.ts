/** The targets of a link and the load balancers that lead to them, worked out apart from the prover; for checking only. */
import type { Known } from '#base/known.ts'
import type { Link, Listener, LoadBalancer, Rule, TargetGroup, Topology } from '#topology/model.ts'
import { type Ends, leadingTo } from './leads.ts'
import { meantRules, type Served, servedRules } from './served.ts'

export interface CheckedBackend {
  readonly targets: ReadonlySet<string>
  /** Something on the way to the targets was not read, so that any target may be one of them. */
  readonly partly: boolean
}

const ofTopologies = new WeakMap<Topology, ReadonlyMap<string, LoadBalancer>>()

/** One and the same map for one topology: every certificate of an account asks for it. */
export const balancersOf = (topology: Topology): ReadonlyMap<string, LoadBalancer> => {
  const before = ofTopologies.get(topology)
  if (before) return before
  const made = balancersIn(topology)
  ofTopologies.set(topology, made)
  return made
}

const balancersIn = (topology: Topology): ReadonlyMap<string, LoadBalancer> => {
  const ofLinks = topology.links.flatMap(({ target }) =>
    target.kind === 'load-balancer' ? [target.loadBalancer, ...target.others] : [],
  )
  return new Map([...topology.loadBalancers, ...ofLinks].map(lb => [lb.ref.arn, lb]))
}

const ordered = (rules: readonly Rule[]): readonly Rule[] => rules.toSorted((a, b) => place(a) - place(b))
const place = ({ priority }: Rule): number => (priority === 'default' ? 1e9 : priority)

const rulesOf = (l: Listener): readonly Rule[] => (l.rules.known ? ordered(l.rules.value) : [])
const listenersOf = (lb: LoadBalancer): readonly Listener[] => (lb.listeners.known ? lb.listeners.value : [])

export const groupsOf = (
  rule: Rule,
): readonly { readonly group: Known<TargetGroup>; readonly weight: number }[] =>
  rule.actions.flatMap(a => (a.kind === 'forward' ? a.groups : []))

/** Groups that a rule hands requests to; all of them where every weight is 0. */
export const usedGroups = (rule: Rule): readonly Known<TargetGroup>[] => {
  const all = groupsOf(rule)
  const used = all.filter(g => g.weight > 0)
  return (used.length > 0 ? used : all).map(g => g.group)
}

/** Listeners of application load balancers that are targets themselves. */
export const behind = (
  group: Known<TargetGroup>,
  balancers: ReadonlyMap<string, LoadBalancer>,
): readonly { readonly balancer: LoadBalancer; readonly listener: Listener }[] => {
  if (!group.known || group.value.targetType !== 'alb' || !group.value.targets.known) return []
  return group.value.targets.value.flatMap(target => {
    const [, arn = '', port = ''] = /^(.*):(\d+)$/.exec(target) ?? []
    const balancer = balancers.get(arn)
    return balancer
      ? listenersOf(balancer)
          .filter(l => l.port === Number(port))
          .map(listener => ({ balancer, listener }))
      : []
  })
}

/** Names of targets; null where they were not all read. */
export const targetsOf = (
  group: Known<TargetGroup>,
  balancers: ReadonlyMap<string, LoadBalancer>,
): readonly string[] | null => {
  if (!group.known || !group.value.targets.known) return null
  const { targetType, targets, ref } = group.value
  if (targetType === 'alb') return behind(group, balancers).length >= targets.value.length ? [] : null
  const { hosts } = group.value
  const found = hosts.known ? hosts.value.flatMap(h => h.arrivals ?? []) : []
  const places = targets.value.flatMap(name => {
    const [, id = '', port = ''] = /^(.*):(\d+)$/.exec(name) ?? []
    return found.flatMap(a => (a.target === id ? [`at ${a.at}:${port}`] : []))
  })
  return [`group ${ref.arn}`, ...targets.value, ...places]
}

export const backendTargets = (link: Link, balancers: ReadonlyMap<string, LoadBalancer>): CheckedBackend => {
  if (link.target.kind === 'instance') return instanceTargets(link)
  if (link.target.kind !== 'load-balancer') return { targets: new Set(), partly: true }
  const origins = [link.target.loadBalancer, ...link.target.others]
  const ports = portsOf(link)
  const at = origins.flatMap(listenersOf).filter(l => ports.includes(l.port))
  const everything = (listeners: readonly Listener[]) =>
    listeners.map(l => new Map(rulesOf(l).map(r => [r, 'sure' as const])))
  const ways = [
    at.map(l => servedRules(rulesOf(l), link)),
    at.map(l => meantRules(rulesOf(l), link)),
    everything(at.length > 0 ? at : origins.flatMap(listenersOf)),
  ]
  for (const way of ways) {
    const found = gather(way, link, balancers)
    if (found.targets.size > 0 || found.partly) return found
  }
  return { targets: new Set(), partly: false }
}

const instanceTargets = (link: Link): CheckedBackend => {
  if (link.target.kind !== 'instance' || !link.target.hosts?.known)
    return { targets: new Set(), partly: true }
  const ids = link.target.hosts.value.flatMap(h => h.ids)
  return { targets: new Set(portsOf(link).flatMap(p => ids.map(id => `${id}:${p}`))), partly: false }
}

const portsOf = ({ origin, target }: Link): readonly number[] => {
  const said = (target.kind === 'load-balancer' ? target.vpcOrigin : null) ?? origin
  if (said.protocolPolicy === 'http-only') return [said.httpPort]
  return said.protocolPolicy === 'https-only' ? [said.httpsPort] : [said.httpPort, said.httpsPort]
}

const gather = (
  ways: readonly ReadonlyMap<Rule, Served>[],
  link: Link,
  balancers: ReadonlyMap<string, LoadBalancer>,
  depth = 0,
): CheckedBackend => {
  const targets = new Set<string>()
  let partly = false
  for (const [rule, served] of ways.flatMap(w => [...w])) {
    if (served === 'no') continue
    for (const { group } of groupsOf(rule)) {
      const names = targetsOf(group, balancers)
      if (names === null) partly = true
      for (const name of names ?? (group.known ? [`group ${group.value.ref.arn}`] : [])) targets.add(name)
      if (depth > 2) continue
      const inner = gather(
        behind(group, balancers).map(d => servedRules(rulesOf(d.listener), link)),
        link,
        balancers,
        depth + 1,
      )
      for (const name of inner.targets) targets.add(name)
      partly ||= inner.partly
    }
  }
  return { targets, partly }
}

/** Every load balancer that leads, or may lead, to the targets: those in front of them, and those in front of those. */
export const entryPoints = (
  link: Link,
  backend: CheckedBackend,
  balancers: ReadonlyMap<string, LoadBalancer>,
): readonly LoadBalancer[] => {
  const { target } = link
  const own =
    target.kind === 'load-balancer' ? [target.loadBalancer, ...target.others].map(lb => lb.ref.arn) : []
  return leadingTo(balancers, own, backend.targets, lb => endsOf(lb, balancers))
}

export const allGroups = (lb: LoadBalancer): readonly Known<TargetGroup>[] =>
  listenersOf(lb)
    .flatMap(rulesOf)
    .flatMap(groupsOf)
    .map(g => g.group)

const endsOf = (lb: LoadBalancer, balancers: ReadonlyMap<string, LoadBalancer>): Ends => {
  const groups = allGroups(lb)
  const names = groups.map(g => targetsOf(g, balancers))
  const unread = !lb.listeners.known || !lb.listeners.value.every(l => l.rules.known)
  const strange = listenersOf(lb)
    .flatMap(rulesOf)
    .some(r => r.actions.some(a => a.kind === 'unrecognised'))
  return {
    names: names.flatMap(n => n ?? []),
    anywhere: unread || strange || names.includes(null),
    inner: groups.flatMap(g => behind(g, balancers)).map(d => d.balancer.ref.arn),
  }
}
