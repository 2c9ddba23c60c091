/** Does the Ingress leave its load balancer the web ACL that it and the rest of its group name? */
import type { BalancerIngress, LoadBalancer } from '#topology/model.ts'
import { type Answer, cite, citeObject, every, no, ofKnown, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { groupMembers, isNamed, madeOf, webAclOf } from './reading/balancer-groups.ts'

/** What AWS says is in front of the load balancer. */
const associated = (ingress: BalancerIngress, named: string, lb: LoadBalancer): Answer =>
  ofKnown(lb.webAcl, acl => {
    if (acl !== null && isNamed(named, acl))
      return yes(cite(acl.ref, `load balancer ${lb.ref.name} has the web ACL ${acl.name}`))
    const instead = acl === null ? 'none' : `the web ACL ${acl.name}`
    return no(
      citeObject(ingress, `${ingress.ref.name} names the web ACL ${named}`),
      cite(acl?.ref ?? lb.ref, `load balancer ${lb.ref.name} has ${instead}`),
    )
  })

export const ingressKeepsWebAcl = predicate<'balancer-ingress'>({
  question: 'Does the Ingress leave its load balancer the web ACL that it and the rest of its group name?',
  subjects: ['balancer-ingress'],
  ask: ({ ingress, cluster }, _, { topology }) => {
    const own = webAclOf(ingress)
    if (own === null) return yes(citeObject(ingress, `${ingress.ref.name} says nothing of a web ACL`))
    if (own === 'none')
      return no(citeObject(ingress, `${ingress.ref.name} takes the web ACL off its load balancer`))
    const named = groupMembers(ingress, cluster).flatMap(member => {
      const acl = webAclOf(member)
      return acl === null || acl === own ? [] : [{ member, acl }]
    })
    // Who takes it off is told of; the others of the group are not to blame for what the load balancer has then.
    const taker = named.find(n => n.acl === 'none')?.member
    if (taker !== undefined)
      return yes(citeObject(taker, `${taker.ref.name} of the same group takes the web ACL off`))
    const other = named[0]?.member
    if (other !== undefined)
      return no(
        citeObject(ingress, `${ingress.ref.name} names the web ACL ${own}`),
        citeObject(other, `${other.ref.name} of the same group names ${webAclOf(other)}`),
      )
    const said = yes(citeObject(ingress, `${ingress.ref.name} names the web ACL ${own}`))
    return every([said, ...madeOf(ingress, topology).map(lb => associated(ingress, own, lb))])
  },
})
