/** Does every Ingress of the group leave the web ACL of their load balancer alone, or name the same one? */
import { citeObject, no, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { groupMembers, webAclOf } from './reading/balancer-groups.ts'

export const ingressKeepsWebAcl = predicate<'balancer-ingress'>({
  question:
    'Does every Ingress of the group leave the web ACL of their load balancer alone, or name the same one?',
  subjects: ['balancer-ingress'],
  ask: ({ ingress, cluster }) => {
    const own = webAclOf(ingress)
    if (own === 'none')
      return no(citeObject(ingress, `${ingress.ref.name} takes the web ACL off its load balancer`))
    const other = groupMembers(ingress, cluster).find(member => {
      const named = webAclOf(member)
      return own !== null && named !== null && named !== own
    })
    return other === undefined
      ? yes(citeObject(ingress, `${ingress.ref.name} keeps the web ACL of its load balancer`))
      : no(
          citeObject(ingress, `${ingress.ref.name} names the web ACL ${own}`),
          citeObject(other, `${other.ref.name} of the same group names ${webAclOf(other)}`),
        )
  },
})
