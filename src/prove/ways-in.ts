/** All entry points by which the backend of a link may be reached, and what is not known of them. */
import type { Link, LoadBalancer, TargetGroup } from '#topology/model.ts'
import { type Backend, forwardsOf } from './backend.ts'
import type { Entry } from './entry.ts'
import type { Reason, Vantage } from './exposure.ts'
import { type HostTarget, hostTargets } from './host.ts'
import { instanceTargets } from './instance.ts'
import type { Prover } from './prover.ts'
import { distinctReasons, notModelled, unreadReasons } from './uncertainty.ts'

export interface WaysIn {
  /** The origin's own load balancers first, then every other that leads to the same targets. */
  readonly balancers: readonly LoadBalancer[]
  readonly entries: readonly Entry[]
  /** Why there may be more. */
  readonly reasons: readonly Reason[]
  readonly reliesOn: readonly string[]
}

/** Assumption of `inside`: nobody inside connects to the targets themselves. */
const targetsFromInside = 'targets-from-inside'
/** Assumption about what is never read: nothing of another network, and no service but those read, leads to the targets. */
const otherNetworks = 'other-networks'
/** Assumption about registered addresses outside the VPCs that were read: nothing leads to them but what was read. */
const targetsElsewhere = 'targets-elsewhere'

export const waysIn = (prover: Prover, link: Link, backend: Backend, vantage: Vantage): WaysIn => {
  const balancers = balancersOf(prover, link, backend)
  const groups = groupsOf(prover, balancers, backend)
  const outside = vantage !== 'inside'
  const hosts = groups.flatMap(hostTargets).filter(t => isMeant(t, backend))
  const own = link.target.kind === 'instance' ? instanceTargets(link) : []
  return {
    balancers,
    entries: [
      ...own.flatMap(t => prover.entries.ofHost(t, ['internet', 'tenant', 'inside'])),
      ...balancers.flatMap(lb => prover.entries.ofBalancer(lb)),
      ...(outside ? hosts.flatMap(t => prover.entries.ofHost(t, ['internet', 'tenant'])) : []),
    ],
    // Who the machines of targets are that were not read, nobody knows.
    reasons: outside
      ? distinctReasons([
          ...backend.reasons,
          ...groups.flatMap(unreadHosts),
          ...groups.flatMap(otherInvokers),
        ])
      : [],
    reliesOn: outside
      ? [otherNetworks, ...(groups.some(hasTargetsElsewhere) ? [targetsElsewhere] : [])]
      : groups.some(hasMachines)
        ? [targetsFromInside]
        : [],
  }
}

const balancersOf = ({ index }: Prover, { target }: Link, backend: Backend): readonly LoadBalancer[] => {
  const own =
    target.kind === 'load-balancer'
      ? [target.loadBalancer, ...target.others].map(lb => index.balancers.get(lb.ref.arn) ?? lb)
      : []
  return [...new Set([...own, ...index.leadingTo(backend)])]
}

const isMeant = ({ id, port }: HostTarget, { targets, maybe }: Backend): boolean =>
  targets.has(`${id}:${port}`) || maybe.has(`${id}:${port}`)

/** Target groups of which a target may be one of the backend's, each once. */
const groupsOf = (
  prover: Prover,
  balancers: readonly LoadBalancer[],
  { targets, maybe }: Backend,
): readonly TargetGroup[] => {
  const groups = new Map<string, TargetGroup>()
  for (const group of balancers.flatMap(lb => prover.groupsOf(lb))) {
    const ids = group.targets.known ? group.targets.value : []
    if (ids.some(id => targets.has(id) || maybe.has(id))) groups.set(group.ref.arn, group)
  }
  return [...groups.values()]
}

/** Of the listeners that were read, each once. */
export const targetGroupsOf = ({ listeners }: LoadBalancer): readonly TargetGroup[] => {
  const rules = listeners.known ? listeners.value.flatMap(l => (l.rules.known ? l.rules.value : [])) : []
  const groups = rules.flatMap(forwardsOf).flatMap(f => (f.group.known ? [f.group.value] : []))
  return [...new Map(groups.map(g => [g.ref.arn, g])).values()]
}

const unreadHosts = (group: TargetGroup): readonly Reason[] =>
  hasMachines(group) && !group.hosts.known
    ? unreadReasons(group.hosts.gaps, `The machines of target group ${group.name}`)
    : []

/** A function may have URLs of its own, and APIs and other services may invoke it. */
const otherInvokers = ({ targetType, targets, name }: TargetGroup): readonly Reason[] =>
  targetType === 'lambda' && (!targets.known || targets.value.length > 0)
    ? [
        notModelled(
          `Target group ${name} leads to a Lambda function: what else invokes it, such as a function URL, is not followed.`,
        ),
      ]
    : []

const hasMachines = ({ targetType, targets }: TargetGroup): boolean =>
  targetType !== 'alb' && targetType !== 'lambda' && (!targets.known || targets.value.length > 0)

const hasTargetsElsewhere = (group: TargetGroup): boolean =>
  group.targetType === 'ip' &&
  group.targets.known &&
  group.hosts.known &&
  new Set(hostTargets(group).map(t => t.id)).size < group.targets.value.length
