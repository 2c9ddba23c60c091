/** Does the Ingress ask for a load balancer that faces the internet? */
import { citeObject, no, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'

export const ingressInternetFacing = predicate<'balancer-ingress'>({
  question: 'Does the Ingress ask for a load balancer that faces the internet?',
  subjects: ['balancer-ingress'],
  ask: ({ ingress }) => {
    if (ingress.doubt !== null)
      return unseen([], citeObject(ingress, `${ingress.ref.name}: ${ingress.doubt}`))
    // The controller's default is an internal one.
    const scheme = ingress.params?.scheme ?? ingress.annotations.scheme ?? 'internal'
    const said = citeObject(ingress, `${ingress.ref.name} asks for the scheme ${scheme}`)
    return scheme === 'internet-facing' ? yes(said) : no(said)
  },
})
