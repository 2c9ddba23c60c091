/** Ingress objects of the AWS Load Balancer Controller, with what their class sets for them. */
import type { LocatedResource } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { asObject, objectAt, textAt, textsAt } from '../config.ts'
import type { BalancerIngress, ListenerCondition } from '../model/cluster.ts'
import { isBalancerClass, paramsOf } from './balancer-classes.ts'
import { buildIngress } from './ingress.ts'
import { annotationsOf, objectOf, textsIn } from './object.ts'

type Of = (type: string) => readonly LocatedResource[]
type Unplaced = Omit<BalancerIngress, 'loadBalancers'>

const prefix = 'alb.ingress.kubernetes.io/'
const unclassed = 'who serves it was not read, for its class was not'

/** Without the load balancers that were made of them. */
export const balancerIngressesOf = (of: Of): readonly Unplaced[] =>
  of(types.ingress).flatMap(resource => {
    const { ingress } = buildIngress(resource)
    const ownClass = of(types.ingressClass).find(c => objectOf(c).name === ingress.className)
    // By the old annotation the controller takes an object past its class, whose parameters then say nothing.
    const old = textAt(annotationsOf(resource), 'kubernetes.io/ingress.class') !== undefined
    if (ownClass !== undefined)
      return isBalancerClass(ownClass)
        ? [built(resource, old ? undefined : paramsOf(of, ownClass), null)]
        : []
    if (ingress.className === 'alb') return [built(resource, undefined, null)]
    const meant = Object.keys(annotationsOf(resource)).some(key => key.startsWith(prefix))
    return meant ? [built(resource, undefined, unclassed)] : []
  })

const built = (
  resource: LocatedResource,
  params: LocatedResource | undefined | null,
  doubt: string | null,
): Unplaced => {
  const { ref, place, namespace, name } = objectOf(resource)
  const { ingress } = buildIngress(resource)
  const annotations = annotationsOf(resource)
  const spec = objectAt(params?.config, 'spec')
  const texts = Object.fromEntries(
    Object.entries(textsIn(annotations)).flatMap(([key, value]) =>
      key.startsWith(prefix) ? [[key.slice(prefix.length), value] as const] : [],
    ),
  )
  return {
    ref,
    place,
    namespace,
    name,
    doubt: doubt ?? (params === null ? 'the IngressClassParams of its class were not read' : null),
    group: textAt(spec, 'group', 'name') ?? texts['group.name'] ?? null,
    services: [...ingress.rules.flatMap(r => r.paths.map(p => p.service)), ingress.defaultBackend].flatMap(
      s => (s === null ? [] : [s.name]),
    ),
    conditions: Object.entries(annotations).flatMap(([key, value]) =>
      key.startsWith(conditionPrefix) ? [conditionOf(key.slice(conditionPrefix.length), value)] : [],
    ),
    annotations: texts,
    params:
      spec === undefined
        ? null
        : {
            scheme: textAt(spec, 'scheme') ?? null,
            inboundCidrs: textsAt(spec, 'inboundCIDRs') ?? [],
            prefixLists: textsAt(spec, 'prefixListsIDs') ?? textsAt(spec, 'PrefixListsIDs') ?? [],
            webAcl: textAt(spec, 'wafv2AclArn') ?? textAt(spec, 'wafv2AclName') ?? null,
          },
  }
}

const conditionPrefix = `${prefix}conditions.`

/** The door parses the annotation; what is no list in JSON is sealed as a whole. */
const conditionOf = (name: string, raw: unknown): ListenerCondition => ({
  name,
  headers: Array.isArray(raw) ? raw.flatMap(headersIn) : null,
})

const headersIn = (one: unknown): readonly string[] => {
  const header = textAt(asObject(one), 'httpHeaderConfig', 'httpHeaderName')
  return header === undefined ? [] : [header.toLowerCase()]
}
