/** The backend of a link: every target that its origin can deliver a request to, told by target identity. */
import type { Gap } from '#base/gap.ts'
import type { Known } from '#base/known.ts'
import type { Link, Listener, LoadBalancer, Rule, TargetGroup } from '#topology/model.ts'
import { inOrder } from './alb/interpret.ts'
import { edgeReaches, edgeRequests } from './edge-request.ts'
import type { Reason } from './exposure.ts'
import { distinctReasons, gapReasons, notModelled } from './uncertainty.ts'

export interface Backend {
  /** Identities of targets: `id:port`, and `group ` with the ARN for the group itself. */
  readonly targets: ReadonlySet<string>
  /** Targets that would be among them after one edit, or if an edge function chose so. */
  readonly maybe: ReadonlySet<string>
  /** Why there may be more. */
  readonly reasons: readonly Reason[]
}

/** Identities of a group; `gaps` where its targets were not read. */
export const identities = (
  group: Known<TargetGroup>,
): { readonly ids: readonly string[]; readonly gaps: readonly Gap[] } => {
  if (!group.known) return { ids: [], gaps: group.gaps }
  const own = `group ${group.value.ref.arn}`
  const { targets } = group.value
  return targets.known ? { ids: [own, ...targets.value], gaps: [] } : { ids: [own], gaps: targets.gaps }
}

export type Balancers = ReadonlyMap<string, LoadBalancer>

/** `balancers`: every load balancer by ARN, to follow targets that are load balancers themselves. */
export const backendOf = (link: Link, balancers: Balancers): Backend => {
  if (link.target.kind !== 'load-balancer') return { targets: new Set(), maybe: new Set(), reasons: [] }
  const origins = [link.target.loadBalancer, ...link.target.others]
  const ports = originPorts(link)
  const atPorts = origins.flatMap(lb => listenersOf(lb).filter(l => ports.includes(l.port)))
  const exact = collect(
    atPorts.flatMap(l => reachedRules(l, link)),
    balancers,
    link,
  )
  if (exact.targets.size > 0 || exact.reasons.length > 0) return exact
  // CloudFront's own requests reach nothing: then what stands behind the listeners is what the origin is meant to serve.
  const meant = collect(atPorts.flatMap(certainRules), balancers, link)
  if (meant.targets.size > 0 || meant.reasons.length > 0) return meant
  return collect(
    origins.flatMap(lb => listenersOf(lb).flatMap(certainRules)),
    balancers,
    link,
  )
}

const listenersOf = (lb: LoadBalancer): readonly Listener[] => (lb.listeners.known ? lb.listeners.value : [])

/** Ports that CloudFront connects to. */
const originPorts = ({ origin, target }: Link): readonly number[] => {
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

const certainRules = (listener: Listener): readonly Reached[] =>
  rulesOf(listener).map(rule => ({ rule, certain: true }))

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
        const { ids, gaps } = identities(group)
        for (const id of ids) (certain && weight > 0 ? targets : maybe).add(id)
        reasons.push(...gapReasons(gaps))
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
export const innerListeners = (group: Known<TargetGroup>, balancers: Balancers): readonly Listener[] =>
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
export const relationOf = (backend: Backend, groups: readonly Known<TargetGroup>[]): Relation => {
  const read = groups.map(identities)
  const ids = read.flatMap(r => r.ids)
  if (ids.some(id => backend.targets.has(id))) return { kind: 'same' }
  const reasons = [...read.flatMap(r => gapReasons(r.gaps)), ...backend.reasons]
  if (ids.some(id => backend.maybe.has(id)))
    reasons.push(
      notModelled(
        'The targets serve the origin only after a change of weights, or if an edge function so decides.',
      ),
    )
  return reasons.length > 0 ? { kind: 'maybe', reasons } : { kind: 'different' }
}
