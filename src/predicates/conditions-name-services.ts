/** Does every `conditions.<name>` of the Ingress name one of its Services, so that it is rendered at all? */
import { citeObject, every, no, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'

export const conditionsNameServices = predicate<'balancer-ingress'>({
  question: 'Does every condition of the Ingress name one of its Services, so that it is rendered at all?',
  subjects: ['balancer-ingress'],
  ask: ({ ingress }) =>
    every(
      ingress.conditions.map(name => {
        const named = ingress.services.includes(name)
        const text = named
          ? `conditions.${name} of ${ingress.ref.name} is for its Service ${name}`
          : `conditions.${name} of ${ingress.ref.name} names none of its Services (${ingress.services.join(', ') || 'none'}), so that no rule gets it`
        return named ? yes(citeObject(ingress, text)) : no(citeObject(ingress, text))
      }),
    ),
})
