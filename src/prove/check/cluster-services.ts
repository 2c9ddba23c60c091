/** Which objects of a cluster a link may come to, worked out apart from the prover and more widely; for checking only. */
import type { Cluster, ClusterController, ClusterService, Ingress, Link } from '#topology/model.ts'

const servicesOf = ({ namespace, rules, defaultBackend }: Ingress): readonly string[] =>
  [...rules.flatMap(r => r.paths.map(p => p.service)), defaultBackend].flatMap(s =>
    s === null ? [] : [`${namespace}/${s.name}`],
  )

const listIn = (text: string | undefined): readonly string[] =>
  (text ?? '').split(',').flatMap(item => (item.trim() === '' ? [] : [item.trim().toLowerCase()]))

/** A name that nobody wrote takes every host; an expression may. */
const mayTake = (name: string, hosts: readonly string[]): boolean => {
  const own = name.toLowerCase()
  if (own === '' || own.startsWith('~')) return true
  const wild = own.startsWith('*.') ? own.slice(1) : null
  return hosts.some(h => {
    const host = h.toLowerCase()
    return (
      host === own ||
      (wild !== null && host.endsWith(wild)) ||
      (host.startsWith('*.') && own.endsWith(host.slice(1)))
    )
  })
}

const mayServe = (ingress: Ingress, hosts: readonly string[]): readonly string[] => {
  const alias = listIn(ingress.annotations['server-alias']).some(a => mayTake(a, hosts))
  const rules = ingress.rules.filter(r => alias || mayTake(r.host, hosts))
  return servicesOf({ ...ingress, rules })
}

/** Services that requests of the link may come to. */
export const linkServices = (link: Link, { serves }: ClusterController): ReadonlySet<string> => {
  const { origin, distribution, behaviors } = link
  const hosts = [origin.domainName, distribution.domainName, ...distribution.aliases]
  const changed = behaviors.some(b => b.functions.some(f => f.event.endsWith('request')))
  return new Set(serves.flatMap(({ ingress }) => (changed ? servicesOf(ingress) : mayServe(ingress, hosts))))
}

const apart = (a: ClusterService | undefined, b: ClusterService | undefined): boolean => {
  if (!(a?.selector && b?.selector)) return false
  if (a.namespace !== b.namespace) return true
  const others = b.selector
  return Object.entries(a.selector).some(([label, value]) => label in others && others[label] !== value)
}

/** Whether none of the Services leads to a pod of the others. */
export const areApart = (
  { services }: Cluster,
  some: readonly string[],
  others: ReadonlySet<string>,
): boolean => {
  const named = (name: string): ClusterService | undefined => services.find(s => s.ref.name === name)
  return some.every(a => [...others].every(b => a !== b && apart(named(a), named(b))))
}

/** Nothing but the controller's own objects leads to the Services. */
export const leadsNobodyElse = (
  cluster: Cluster,
  at: ClusterController,
  own: ReadonlySet<string>,
): boolean => {
  const served = new Set(at.serves.map(s => s.ingress.ref.arn))
  const quiet = ['ClusterIP', 'ExternalName']
  return (
    cluster.services
      .filter(s => !quiet.includes(s.type) && !at.services.some(mine => mine.ref.arn === s.ref.arn))
      .every(s => areApart(cluster, [s.ref.name], own)) &&
    cluster.ingresses.filter(i => !served.has(i.ref.arn)).every(i => areApart(cluster, servicesOf(i), own)) &&
    cluster.otherRoutes.every(r => areApart(cluster, r.services, own))
  )
}

export { servicesOf }
