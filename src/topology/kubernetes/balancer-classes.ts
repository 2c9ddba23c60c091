/** By which classes, and under which arguments, the AWS Load Balancer Controller takes objects into a group. */
import type { LocatedResource } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { listAt, objectAt, textAt } from '../config.ts'
import type { BalancerClass, BalancerController } from '../model/cluster.ts'
import { objectOf } from './object.ts'

type Of = (type: string) => readonly LocatedResource[]

export const isBalancerClass = (ownClass: LocatedResource): boolean =>
  textAt(ownClass.config, 'spec', 'controller') === 'ingress.k8s.aws/alb'

/** Undefined where the class names none, null where they were not read. */
export const paramsOf = (of: Of, ownClass: LocatedResource): LocatedResource | undefined | null => {
  const name = textAt(ownClass.config, 'spec', 'parameters', 'name')
  if (name === undefined) return undefined
  return of(types.ingressClassParams).find(p => objectOf(p).name === name) ?? null
}

export const balancerClassesOf = (of: Of): readonly BalancerClass[] =>
  of(types.ingressClass)
    .filter(isBalancerClass)
    .map(ownClass => {
      const { ref, place, name } = objectOf(ownClass)
      const params = paramsOf(of, ownClass)
      const spec = objectAt(params?.config, 'spec')
      return {
        ref,
        place,
        name,
        group: textAt(spec, 'group', 'name') ?? null,
        namespaces: selects(spec?.namespaceSelector) ? 'chosen' : 'every',
        unread: params === null,
      }
    })

/** A selector that asks for nothing selects everything (LabelSelector, Kubernetes meta/v1). */
const selects = (selector: unknown): boolean =>
  Object.keys(objectAt(selector, 'matchLabels') ?? {}).length > 0 ||
  (listAt(selector, 'matchExpressions') ?? []).length > 0

const image = /(?:^|\/)aws-load-balancer-controller(?:[:@]|$)/

export const balancerControllersOf = (of: Of): readonly BalancerController[] =>
  of(types.workload).flatMap(workload => {
    const containers = listAt(workload.config, 'spec', 'template', 'spec', 'containers') ?? []
    const own = containers.find(c => image.test(textAt(c, 'image') ?? ''))
    if (own === undefined) return []
    const args = [...(listAt(own, 'command') ?? []), ...(listAt(own, 'args') ?? [])]
    const isOn = (flag: string): boolean => args.includes(flag) || args.includes(`${flag}=true`)
    const { ref, place } = objectOf(workload)
    return [
      {
        ref,
        place,
        takesOldClass: !isOn('--disable-ingress-class-annotation'),
        takesGroupName: !isOn('--disable-ingress-group-name-annotation'),
      },
    ]
  })
