/** Does the Ingress, or another one of its group, ask for a load balancer that faces the internet? */
import type { BalancerIngress } from '#topology/model.ts'
import { citeObject, no, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { groupMembers } from './reading/balancer-groups.ts'

const schemeOf = ({ params, annotations }: BalancerIngress): string | null =>
  params?.scheme ?? annotations.scheme ?? null

export const ingressInternetFacing = predicate<'balancer-ingress'>({
  question: 'Does the Ingress, or another one of its group, ask for a load balancer that faces the internet?',
  subjects: ['balancer-ingress'],
  ask: ({ ingress, cluster }) => {
    if (ingress.doubt !== null)
      return unseen([], citeObject(ingress, `${ingress.ref.name}: ${ingress.doubt}`))
    // Without a word the controller makes an internal one.
    const saying = groupMembers(ingress, cluster).find(m => schemeOf(m) !== null) ?? ingress
    const scheme = schemeOf(saying) ?? 'internal'
    const said = citeObject(saying, `${saying.ref.name} asks for the scheme ${scheme}`)
    return scheme === 'internet-facing' ? yes(said) : no(said)
  },
})
