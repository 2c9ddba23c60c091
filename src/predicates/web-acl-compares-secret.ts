/** Is the lock meant to be in the load balancer's web ACL? */
import { cite, no, ofKnown, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { comparesSecretHeader } from './reading/web-acl-gates.ts'

export const webAclComparesSecret = predicate<'load-balancer'>({
  question: "Does a rule of the load balancer's web ACL look at a secret header, enforced or only counted?",
  subjects: ['load-balancer'],
  ask: ({ loadBalancer }) =>
    ofKnown(loadBalancer.webAcl, acl =>
      acl !== null && comparesSecretHeader(acl)
        ? yes(cite(acl.ref, `web ACL ${acl.name} looks at a secret header`))
        : no(cite(loadBalancer.ref, 'no web ACL in front of it looks at a secret header')),
    ),
})
