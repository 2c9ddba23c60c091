/** Does the Ingress ask for conditions on its listener rules? */
import { citeObject, no, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'

export const hasListenerConditions = predicate<'balancer-ingress'>({
  question: 'Does the Ingress ask for conditions on its listener rules?',
  subjects: ['balancer-ingress'],
  ask: ({ ingress }) => {
    if (ingress.doubt !== null)
      return unseen([], citeObject(ingress, `${ingress.ref.name}: ${ingress.doubt}`))
    const said = citeObject(ingress, `${ingress.ref.name} has ${ingress.conditions.length} conditions`)
    return ingress.conditions.length > 0 ? yes(said) : no(said)
  },
})
