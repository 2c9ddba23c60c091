/** Where a witness gets through: the resources that it passes, looked up in the graph by the ARNs of its route. */
import type { IngressRule, Listener, LoadBalancer, Ref, Rule, TargetHost, Topology } from '#topology/model.ts'
import type { Witness } from '../exposure.ts'
import { targetGroupsOf } from '../ways-in.ts'

export interface ListenerPlace {
  readonly balancer: LoadBalancer
  readonly listener: Listener
}

export interface Spot {
  readonly topology: Topology
  readonly witness: Witness
  /** The security group rule that admits it; null where none does, or there are no groups. */
  readonly ingress: IngressRule | null
  /** The load balancer or host that the ingress rule protects. */
  readonly entry: Ref | null
  /** Listeners that it passes, outermost first; the last one decides. */
  readonly passed: readonly ListenerPlace[]
  /** The rule that forwards it, and its place; null where the route names none that is known. */
  readonly decided: (ListenerPlace & { readonly rule: Rule }) | null
}

const listenersOf = ({ listeners }: LoadBalancer): readonly Listener[] =>
  listeners.known ? listeners.value : []

const rulesOf = ({ rules }: Listener): readonly Rule[] => (rules.known ? rules.value : [])

/** Listeners of a classic load balancer share one ARN: the port tells them apart. */
const listenerNamed = (topology: Topology, arn: string, port: number): ListenerPlace | null => {
  const all = topology.loadBalancers.flatMap(balancer =>
    listenersOf(balancer)
      .filter(l => l.ref.arn === arn)
      .map(listener => ({ balancer, listener })),
  )
  return all.find(p => p.listener.port === port) ?? all[0] ?? null
}

interface Admitting {
  readonly ref: Ref
  readonly ingress: LoadBalancer['ingress']
}

/** Hosts of targets, and instances that are origins themselves. */
const hostsIn = ({ loadBalancers, links }: Topology): readonly TargetHost[] => [
  ...loadBalancers.flatMap(hostsOf),
  ...links.flatMap(({ target }) =>
    target.kind === 'instance' && target.hosts?.known ? target.hosts.value : [],
  ),
]

export const hostsOf = (lb: LoadBalancer): readonly TargetHost[] =>
  targetGroupsOf(lb).flatMap(({ hosts }) => (hosts.known ? hosts.value : []))

const ingressNamed = (
  topology: Topology,
  arn: string,
): { readonly entry: Ref; readonly ingress: IngressRule } | null => {
  const found = (owners: readonly Admitting[]) => {
    for (const { ref, ingress } of owners) {
      const rule = ingress.known ? ingress.value.find(r => r.ref.arn === arn) : undefined
      if (rule) return { entry: ref, ingress: rule }
    }
    return null
  }
  return found(topology.loadBalancers) ?? found(hostsIn(topology))
}

export const spotOf = (topology: Topology, witness: Witness): Spot => {
  const arnsOf = (kind: string) => witness.route.filter(s => s.kind === kind).map(s => s.arn)
  const [gate] = arnsOf('network')
  const [ruleArn] = arnsOf('rule')
  const passed = arnsOf('listener').flatMap(arn => listenerNamed(topology, arn, witness.port) ?? [])
  const last = passed.at(-1)
  const rule = last && rulesOf(last.listener).find(r => r.ref.arn === ruleArn)
  const admitted = gate === undefined ? null : ingressNamed(topology, gate)
  return {
    topology,
    witness,
    ingress: admitted?.ingress ?? null,
    entry: admitted?.entry ?? null,
    passed,
    decided: last && rule ? { ...last, rule } : null,
  }
}
