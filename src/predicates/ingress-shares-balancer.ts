/** Does the Ingress share a load balancer with whoever else names its group? */
import { citeObject, no, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'

export const ingressSharesBalancer = predicate<'balancer-ingress'>({
  question: 'Does the Ingress share a load balancer with whoever else names its group?',
  subjects: ['balancer-ingress'],
  ask: ({ ingress }) => {
    if (ingress.doubt !== null)
      return unseen([], citeObject(ingress, `${ingress.ref.name}: ${ingress.doubt}`))
    return ingress.group === null
      ? no(citeObject(ingress, `${ingress.ref.name} has a load balancer of its own`))
      : yes(citeObject(ingress, `${ingress.ref.name} is in the group ${ingress.group}`))
  },
})
