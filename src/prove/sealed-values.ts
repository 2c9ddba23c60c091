/** The sealed patterns of a load balancer's gates, by the name under which a witness shows them. */
import type { LoadBalancer, Rule, Topology } from '#topology/model.ts'
import { isSealed, type Sealed, sealedName } from '#topology/sealed.ts'

export const sealedValues = (lb: LoadBalancer): ReadonlyMap<string, Sealed> => {
  const rules = lb.listeners.known
    ? lb.listeners.value.flatMap(l => (l.rules.known ? l.rules.value : []))
    : []
  const acl = lb.webAcl.known ? lb.webAcl.value : null
  const found = [...rules.flatMap(inRule), ...inside([acl?.rules, acl?.ruleGroups])]
  // Where the listener and the web ACL share a text, the listener's pattern stands for it.
  return new Map(found.toReversed().map(value => [sealedName(value), value]))
}

/** The sealed texts of every ingress controller and its objects. */
export const clusterValues = ({ clusters }: Topology): ReadonlyMap<string, Sealed> =>
  new Map(
    inside(
      clusters.flatMap(c => [
        ...c.controllers.map(at => at.controller.snippets),
        ...c.ingresses.map(i => i.snippets),
        ...c.routers.map(r => r.routing),
      ]),
    ).map(value => [sealedName(value), value]),
  )

const inRule = (rule: Rule): readonly Sealed[] =>
  rule.conditions.flatMap(c => {
    if (c.field === 'http-header') return [...c.globs, ...c.regexes].filter(isSealed)
    return c.field === 'query-string' ? c.pairs.map(p => p.value).filter(isSealed) : []
  })

const inside = (value: unknown): readonly Sealed[] => {
  if (isSealed(value)) return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(inside)
}
