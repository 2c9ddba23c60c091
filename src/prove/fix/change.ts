/** Changes to load balancers, listeners and rules of a graph, which is copied as far as it changes. */
import { type Known, known, mapKnown } from '#base/known.ts'
import type {
  Action,
  IngressRule,
  Link,
  Listener,
  LoadBalancer,
  Rule,
  TargetHost,
  Topology,
} from '#topology/model.ts'
import { inOrder } from '../alb/interpret.ts'
import { hostsOf } from './spot.ts'

/** `change` gives the same object back where it changes nothing. The same load balancer stays the same object everywhere. */
export const changeBalancers = (topology: Topology, change: (lb: LoadBalancer) => LoadBalancer): Topology => {
  const made = new Map<LoadBalancer, LoadBalancer>()
  const changed = (lb: LoadBalancer): LoadBalancer => {
    const result = made.get(lb) ?? change(lb)
    made.set(lb, result)
    return result
  }
  return {
    ...topology,
    loadBalancers: topology.loadBalancers.map(changed),
    links: topology.links.map(link => changeLink(link, changed)),
  }
}

const changeLink = (link: Link, changed: (lb: LoadBalancer) => LoadBalancer): Link => {
  const { target } = link
  if (target.kind !== 'load-balancer') return link
  const loadBalancer = changed(target.loadBalancer)
  const others = target.others.map(changed)
  const same = loadBalancer === target.loadBalancer && others.every((lb, i) => lb === target.others[i])
  return same ? link : { ...link, target: { ...target, loadBalancer, others } }
}

/** A listener by its load balancer and port, of which each load balancer has one. */
export interface At {
  readonly balancer: { readonly ref: { readonly arn: string } }
  readonly listener: { readonly port: number }
}

/** `change` gives null to delete the listener. */
export const changeListener = (
  topology: Topology,
  { balancer, listener: { port } }: At,
  change: (listener: Listener) => Listener | null,
): Topology =>
  changeBalancers(topology, lb => {
    if (lb.ref.arn !== balancer.ref.arn || !lb.listeners.known) return lb
    const listeners = lb.listeners.value.flatMap(l => (l.port === port ? (change(l) ?? []) : [l]))
    return { ...lb, listeners: known(listeners) }
  })

/** Rules stay in order of their priorities. */
export const changeRules = (
  topology: Topology,
  at: At,
  change: (rules: readonly Rule[]) => readonly Rule[],
): Topology =>
  changeListener(topology, at, listener =>
    listener.rules.known ? { ...listener, rules: known(inOrder(change(listener.rules.value))) } : listener,
  )

export const changeRule = (
  topology: Topology,
  at: At & { readonly rule: Rule },
  change: (rule: Rule) => Rule,
): Topology =>
  changeRules(topology, at, rules => rules.map(r => (r.ref.arn === at.rule.ref.arn ? change(r) : r)))

/** A security group rule, wherever it admits somebody: a group may protect several load balancers and hosts. */
export const changeIngress = (
  topology: Topology,
  arn: string,
  change: (rule: IngressRule) => readonly IngressRule[],
): Topology => {
  const rules = (ingress: Known<readonly IngressRule[]>): Known<readonly IngressRule[]> =>
    ingress.known && ingress.value.some(r => r.ref.arn === arn)
      ? known(ingress.value.flatMap(r => (r.ref.arn === arn ? change(r) : [r])))
      : ingress
  const host = (each: TargetHost): TargetHost => {
    const ingress = rules(each.ingress)
    return ingress === each.ingress ? each : { ...each, ingress }
  }
  const changed = changeBalancers(topology, lb => {
    const ingress = rules(lb.ingress)
    const listeners = hostsOf(lb).some(h => host(h) !== h) ? throughHosts(lb.listeners, host) : lb.listeners
    return ingress === lb.ingress && listeners === lb.listeners ? lb : { ...lb, ingress, listeners }
  })
  return { ...changed, links: changed.links.map(link => instanceLink(link, host)) }
}

type ChangeHost = (host: TargetHost) => TargetHost

const throughHosts = (listeners: LoadBalancer['listeners'], host: ChangeHost): LoadBalancer['listeners'] => {
  const action = (each: Action): Action =>
    each.kind === 'forward'
      ? {
          ...each,
          groups: each.groups.map(({ group, weight }) => ({
            weight,
            group: mapKnown(group, g => ({ ...g, hosts: mapKnown(g.hosts, all => all.map(host)) })),
          })),
        }
      : each
  return mapKnown(listeners, all =>
    all.map(l => ({
      ...l,
      rules: mapKnown(l.rules, rules => rules.map(r => ({ ...r, actions: r.actions.map(action) }))),
    })),
  )
}

const instanceLink = (link: Link, host: ChangeHost): Link => {
  const { target } = link
  if (target.kind !== 'instance' || !target.hosts?.known) return link
  const hosts = target.hosts.value.map(host)
  const same = hosts.every((h, i) => target.hosts?.known && h === target.hosts.value[i])
  return same ? link : { ...link, target: { ...target, hosts: known(hosts) } }
}
