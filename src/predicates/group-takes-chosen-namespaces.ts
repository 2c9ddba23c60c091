/** Are the namespaces whose Ingresses may join the group of the Ingress chosen ones? */
import type { BalancerClass, BalancerController, BalancerIngress, Cluster } from '#topology/model.ts'
import { type Answer, citeObject, every, no, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { groupMembers } from './reading/balancer-groups.ts'

/** Whether an object of any namespace gets into the group by naming the class. */
const byClass = (one: BalancerClass, group: string, named: boolean): Answer => {
  if (one.unread)
    return unseen([], citeObject(one, `the IngressClassParams of class ${one.name} were not read`))
  if (one.group === null && !named)
    return yes(citeObject(one, `objects of class ${one.name} may not name a group`))
  if (one.group !== null && one.group !== group)
    return yes(citeObject(one, `objects of class ${one.name} are in the group ${one.group}`))
  return one.namespaces === 'chosen'
    ? yes(citeObject(one, `class ${one.name} takes objects of chosen namespaces`))
    : no(citeObject(one, `class ${one.name} takes objects of every namespace into the group ${group}`))
}

/** The old annotation leads past every class and what it is told. */
const byAnnotation = (one: BalancerController): Answer =>
  one.takesOldClass && one.takesGroupName
    ? no(
        citeObject(
          one,
          `${one.ref.name} takes objects of every namespace by the annotation kubernetes.io/ingress.class: it runs without --disable-ingress-class-annotation`,
        ),
      )
    : yes(citeObject(one, `${one.ref.name} takes no new object past the classes`))

const unreadController = (ingress: BalancerIngress): Answer =>
  unseen(
    [],
    citeObject(
      ingress,
      'the workload of the AWS Load Balancer Controller was not read, so that it may take the annotation kubernetes.io/ingress.class',
    ),
  )

/** Objects of other namespaces that are in the group already, with their place in the order. */
const strangers = (ingress: BalancerIngress, cluster: Cluster) =>
  groupMembers(ingress, cluster)
    .filter(m => m.namespace !== ingress.namespace)
    .slice(0, 3)
    .map(m =>
      citeObject(m, `${m.ref.name} is in the group, with group.order ${m.annotations['group.order'] ?? '0'}`),
    )

export const groupTakesChosenNamespaces = predicate<'balancer-ingress'>({
  question: 'Are the namespaces whose Ingresses may join the group of the Ingress chosen ones?',
  subjects: ['balancer-ingress'],
  ask: ({ ingress, cluster }) => {
    const { balancerClasses, balancerControllers } = cluster
    const { group } = ingress
    if (group === null) return yes(citeObject(ingress, `${ingress.ref.name} is in no group`))
    const named = balancerControllers.length === 0 || balancerControllers.some(c => c.takesGroupName)
    const said = every([
      yes(citeObject(ingress, `${ingress.ref.name} is in the group ${group}`)),
      ...balancerClasses.map(c => byClass(c, group, named)),
      ...(balancerControllers.length === 0
        ? [unreadController(ingress)]
        : balancerControllers.map(byAnnotation)),
    ])
    const isOpen = said.observed && !said.holds
    return isOpen ? { ...said, evidence: [...said.evidence, ...strangers(ingress, cluster)] } : said
  },
})
