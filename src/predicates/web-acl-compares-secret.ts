/** Is the lock meant to be in the load balancer's web ACL? */
import { cite, no, ofKnown, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { comparesSecretHeader } from './reading/web-acl-gates.ts'
import { actingRules } from './reading/web-acl-rules.ts'

export const webAclComparesSecret = predicate<'load-balancer'>({
  question: "Does a rule of the load balancer's web ACL look at a secret header, enforced or only counted?",
  subjects: ['load-balancer'],
  ask: ({ loadBalancer }) =>
    ofKnown(loadBalancer.webAcl, acl => {
      if (acl === null) return no(cite(loadBalancer.ref, 'it has no web ACL'))
      if (comparesSecretHeader(acl)) return yes(cite(acl.ref, `web ACL ${acl.name} looks at a secret header`))
      const { unread, gaps } = actingRules(acl)
      return unread.length > 0
        ? unseen(gaps, cite(acl.ref, `the rule groups of ${unread.join(', ')} were not read`))
        : no(cite(acl.ref, `web ACL ${acl.name} looks at no secret header`))
    }),
})
