/** Is the Ingress the one by which its group is told of, so that what concerns the whole group is said once? */
import { compareText } from '#base/canonical.ts'
import { citeObject, no, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { groupMembers } from './reading/balancer-groups.ts'

export const ingressStandsForGroup = predicate<'balancer-ingress'>({
  question:
    'Is the Ingress the one by which its group is told of, so that what concerns the whole group is said once?',
  subjects: ['balancer-ingress'],
  ask: ({ ingress, cluster }) => {
    const [first = ingress] = groupMembers(ingress, cluster).toSorted((a, b) =>
      compareText(a.ref.name, b.ref.name),
    )
    const said = citeObject(ingress, `${first.ref.name} is the first of ${ingress.group ?? 'no group'}`)
    return first.ref.arn === ingress.ref.arn ? yes(said) : no(said)
  },
})
