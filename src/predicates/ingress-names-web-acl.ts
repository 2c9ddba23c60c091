/** Does the Ingress, or another one of its group, speak of a web ACL? */
import { citeObject, no, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { groupMembers, webAclOf } from './reading/balancer-groups.ts'

export const ingressNamesWebAcl = predicate<'balancer-ingress'>({
  question: 'Does the Ingress, or another one of its group, speak of a web ACL?',
  subjects: ['balancer-ingress'],
  ask: ({ ingress, cluster }) => {
    if (ingress.doubt !== null)
      return unseen([], citeObject(ingress, `${ingress.ref.name}: ${ingress.doubt}`))
    const naming = groupMembers(ingress, cluster).find(member => webAclOf(member) !== null)
    return naming === undefined
      ? no(citeObject(ingress, `nothing in the group of ${ingress.ref.name} speaks of a web ACL`))
      : yes(citeObject(naming, `${naming.ref.name} names the web ACL ${webAclOf(naming)}`))
  },
})
