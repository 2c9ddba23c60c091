/** The backend of a link: every target that its origin can deliver a request to, told by target identity. */
import type { Known } from '#base/known.ts'
import type { Link, Listener, LoadBalancer, Rule, TargetGroup } from '#topology/model.ts'
import { inOrder } from './alb/interpret.ts'
import { edgeReaches, edgeRequests, isMeantFor } from './edge-request.ts'
import type { Reason } from './exposure.ts'
import { instanceTargets } from './instance.ts'
import { distinctReasons, notModelled, unreadReasons } from './uncertainty.ts'

export interface Backend {
  /** Identities of targets: `id:port`, and `group ` with the ARN for the group itself. */
  readonly targets: ReadonlySet<string>
  /** Targets that would be among them after one edit, or if an edge function chose so. */
  readonly maybe: ReadonlySet<string>
  /** Why there may be more. */
  readonly reasons: readonly Reason[]
}

export type Balancers = ReadonlyMap<string, LoadBalancer>

export interface Identities {
  readonly ids: readonly string[]
  /** Why there may be more. */
  readonly reasons: readonly Reason[]
}

/** What a group leads to. A load balancer among its targets has none of its own: the rules behind it are judged instead. */
export const identities = (group: Known<TargetGroup>, balancers: Balancers): Identities => {
  if (!group.known) return { ids: [], reasons: unreadReasons(group.gaps, 'A target group') }
  const { targets, targetType, name, ref } = group.value
  if (!targets.known)
    return {
      ids: targetType === 'alb' ? [] : [`group ${ref.arn}`],
      reasons: unreadReasons(targets.gaps, `The targets of ${name}`),
    }
  if (targetType !== 'alb')
    return {
      ids: [`group ${ref.arn}`, ...targets.value, ...placesOf(group.value, targets.value)],
      reasons: [],
    }
  const followed = innerDoors(group, balancers).length >= targets.value.length
  const message = `Target group ${name} leads to a load balancer whose listeners were not read.`
  return { ids: [], reasons: followed ? [] : [notModelled(message)] }
}

/** The places that targets are: an instance may be registered by its id in one group and by its address in another. */
const placesOf = ({ hosts }: TargetGroup, targets: readonly string[]): readonly string[] => {
  const arrivals = hosts.known ? hosts.value.flatMap(h => h.arrivals ?? []) : []
  const byTarget = Map.groupBy(arrivals, a => a.target)
  return targets.flatMap(target => {
    const colon = target.lastIndexOf(':')
    const there = byTarget.get(target.slice(0, colon)) ?? []
    return there.map(({ at }) => `at ${at}${target.slice(colon)}`)
  })
}

/** `balancers`: every load balancer by ARN, to follow targets that are load balancers themselves. */
export const backendOf = (link: Link, balancers: Balancers): Backend => {
  if (link.target.kind === 'instance') return instanceBackend(link)
  if (link.target.kind !== 'load-balancer') return { targets: new Set(), maybe: new Set(), reasons: [] }
  const origins = [link.target.loadBalancer, ...link.target.others]
  const ports = originPorts(link)
  const atPorts = origins.flatMap(lb => listenersOf(lb).filter(l => ports.includes(l.port)))
  const ways = [
    () => atPorts.flatMap(l => reachedRules(l, link)),
    // CloudFront's own requests reach nothing. Then it is what the rules for its header lead to, whatever the value is ...
    () => atPorts.flatMap(l => meantRules(l, link)),
    // ... else what stands behind the listeners: for sure where CloudFront connects to a port that has none.
    () =>
      (atPorts.length > 0 ? atPorts : origins.flatMap(listenersOf)).flatMap(l =>
        allRules(l, atPorts.length === 0),
      ),
  ]
  for (const way of ways) {
    const found = collect(way(), balancers, link)
    if (found.targets.size + found.maybe.size + found.reasons.length > 0) return found
  }
  return { targets: new Set(), maybe: new Set(), reasons: [] }
}

/** Whether a request of CloudFront's own gets past the load balancers' rules, or may; other targets are not asked. */
export const isServed = (link: Link): boolean => {
  if (link.target.kind !== 'load-balancer') return true
  const origins = [link.target.loadBalancer, ...link.target.others]
  if (!origins.every(lb => lb.listeners.known && lb.listeners.value.every(l => l.rules.known))) return true
  const ports = originPorts(link)
  const listeners = origins.flatMap(listenersOf).filter(l => ports.includes(l.port))
  return listeners.some(l => reachedRules(l, link).some(r => mayForward(r.rule)))
}

const mayForward = ({ actions }: Rule): boolean =>
  actions.some(a => a.kind === 'forward' || a.kind === 'unrecognised')

const instanceBackend = (link: Link): Backend => {
  const ids = instanceTargets(link).flatMap(({ host, port }) => host.ids.map(id => `${id}:${port}`))
  return { targets: new Set(ids), maybe: new Set(), reasons: [] }
}

const listenersOf = (lb: LoadBalancer): readonly Listener[] => (lb.listeners.known ? lb.listeners.value : [])

/** Ports that CloudFront connects to. */
export const originPorts = ({ origin, target }: Link): readonly number[] => {
  const vpc = target.kind === 'load-balancer' ? target.vpcOrigin : null
  const { httpPort, httpsPort } = vpc ?? origin
  switch (vpc?.protocolPolicy ?? origin.protocolPolicy) {
    case 'http-only':
      return [httpPort]
    case 'https-only':
      return [httpsPort]
    default:
      return [httpPort, httpsPort]
  }
}

interface Reached {
  readonly rule: Rule
  /** Whether CloudFront delivers there for sure, or only if an edge function changes the request. */
  readonly certain: boolean
}

const rulesOf = (listener: Listener): readonly Rule[] =>
  listener.rules.known ? inOrder(listener.rules.value) : []

const allRules = (listener: Listener, certain: boolean): readonly Reached[] =>
  rulesOf(listener).map(rule => ({ rule, certain }))

const meantRules = (listener: Listener, link: Link): readonly Reached[] => {
  const requests = edgeRequests(link)
  return rulesOf(listener)
    .map(rule => ({ rule, meant: isMeantFor(rule, requests) }))
    .flatMap(({ rule, meant }) => (meant === false ? [] : [{ rule, certain: meant === true }]))
}

const reachedRules = (listener: Listener, link: Link): readonly Reached[] => {
  const requests = edgeRequests(link)
  const reached: Reached[] = []
  for (const rule of rulesOf(listener)) {
    const { can, must } = edgeReaches(rule, requests)
    if (can !== false) reached.push({ rule, certain: can === true })
    if (must) break
  }
  return reached
}

const collect = (reached: readonly Reached[], balancers: Balancers, link: Link): Backend => {
  const targets = new Set<string>()
  const maybe = new Set<string>()
  const reasons: Reason[] = []
  const visit = (all: readonly Reached[], depth: number): void => {
    for (const { rule, certain } of all) {
      for (const { group, weight } of forwardsOf(rule)) {
        const { ids, reasons: why } = identities(group, balancers)
        for (const id of ids) (certain && weight > 0 ? targets : maybe).add(id)
        reasons.push(...why)
        if (depth < 2)
          for (const listener of innerListeners(group, balancers))
            visit(innerRules(listener, link, certain), depth + 1)
      }
    }
  }
  visit(reached, 0)
  return { targets, maybe, reasons: distinctReasons(reasons) }
}

const innerRules = (listener: Listener, link: Link, certain: boolean): readonly Reached[] =>
  reachedRules(listener, link).map(r => ({ rule: r.rule, certain: r.certain && certain }))

export const forwardsOf = (
  rule: Rule,
): readonly { readonly group: Known<TargetGroup>; readonly weight: number }[] =>
  rule.actions.flatMap(a => (a.kind === 'forward' ? a.groups : []))

/** Listeners of the application load balancers that a group of a network load balancer leads to. */
const innerListeners = (group: Known<TargetGroup>, balancers: Balancers): readonly Listener[] =>
  innerDoors(group, balancers).map(door => door.listener)

export const innerDoors = (
  group: Known<TargetGroup>,
  balancers: Balancers,
): readonly { readonly balancer: LoadBalancer; readonly listener: Listener }[] => {
  if (!group.known || group.value.targetType !== 'alb' || !group.value.targets.known) return []
  return group.value.targets.value.flatMap(target => {
    const colon = target.lastIndexOf(':')
    const balancer = balancers.get(target.slice(0, colon))
    const port = Number(target.slice(colon + 1))
    if (balancer === undefined) return []
    return listenersOf(balancer)
      .filter(l => l.port === port)
      .map(listener => ({ balancer, listener }))
  })
}

export type Relation =
  | { readonly kind: 'same' }
  | { readonly kind: 'different' }
  | { readonly kind: 'maybe'; readonly reasons: readonly Reason[] }

/** Whether any of the groups holds a target of the backend. */
export const relationOf = (
  backend: Backend,
  groups: readonly Known<TargetGroup>[],
  balancers: Balancers,
): Relation => {
  const read = groups.map(g => identities(g, balancers))
  const ids = read.flatMap(r => r.ids)
  if (ids.some(id => backend.targets.has(id))) return { kind: 'same' }
  const reasons = [...read.flatMap(r => r.reasons), ...backend.reasons]
  if (ids.some(id => backend.maybe.has(id)))
    reasons.push(
      notModelled(
        'That the origin is served by these targets is not certain: CloudFront reaches them after a change of weights, by an edge function, or not at all.',
      ),
    )
  return reasons.length > 0 ? { kind: 'maybe', reasons } : { kind: 'different' }
}
