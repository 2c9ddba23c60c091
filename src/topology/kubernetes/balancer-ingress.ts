/** Ingress objects of the AWS Load Balancer Controller, with what their class sets for them. */
import type { LocatedResource } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { objectAt, textAt, textsAt } from '../config.ts'
import type { BalancerIngress } from '../model/cluster.ts'
import { buildIngress } from './ingress.ts'
import { annotationsOf, objectOf, textsIn } from './object.ts'

type Of = (type: string) => readonly LocatedResource[]

const prefix = 'alb.ingress.kubernetes.io/'
const controller = 'ingress.k8s.aws/alb'

export const balancerIngressesOf = (of: Of): readonly BalancerIngress[] =>
  of(types.ingress).flatMap(resource => {
    const { ingress } = buildIngress(resource)
    const ownClass = of(types.ingressClass).find(c => objectOf(c).name === ingress.className)
    const serves = textAt(ownClass?.config, 'spec', 'controller')
    const meant = Object.keys(annotationsOf(resource)).some(key => key.startsWith(prefix))
    if (serves !== undefined)
      return serves === controller ? [built(resource, paramsOf(of, ownClass), null)] : []
    if (ingress.className === 'alb') return [built(resource, undefined, null)]
    return meant ? [built(resource, undefined, 'who serves it was not read, for its class was not')] : []
  })

/** Undefined where the class names none, null where they were not read. */
const paramsOf = (of: Of, ownClass: LocatedResource | undefined): LocatedResource | undefined | null => {
  const name = textAt(ownClass?.config, 'spec', 'parameters', 'name')
  if (name === undefined) return undefined
  return of(types.ingressClassParams).find(p => objectOf(p).name === name) ?? null
}

const built = (
  resource: LocatedResource,
  params: LocatedResource | undefined | null,
  doubt: string | null,
): BalancerIngress => {
  const { ref, place, namespace, name } = objectOf(resource)
  const { ingress } = buildIngress(resource)
  const annotations = annotationsOf(resource)
  const own = Object.keys(annotations).filter(key => key.startsWith(prefix))
  const spec = objectAt(params?.config, 'spec')
  const plain = Object.entries(textsIn(annotations)).flatMap(([key, value]) =>
    key.startsWith(prefix) ? [[key.slice(prefix.length), value] as const] : [],
  )
  const texts = Object.fromEntries(plain)
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
    conditions: own.flatMap(key =>
      key.startsWith(`${prefix}conditions.`) ? [key.slice(prefix.length + 'conditions.'.length)] : [],
    ),
    annotations: texts,
    params:
      spec === undefined
        ? null
        : {
            scheme: textAt(spec, 'scheme') ?? null,
            inboundCidrs: textsAt(spec, 'inboundCIDRs') ?? [],
            prefixLists: textsAt(spec, 'prefixListsIDs') ?? textsAt(spec, 'PrefixListsIDs') ?? [],
            webAcl: textAt(spec, 'wafv2AclArn') ?? textAt(spec, 'wafv2ACLArn') ?? null,
          },
  }
}
