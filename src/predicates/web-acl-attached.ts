/** Is a web ACL attached to the distribution? */
import { cite, no, ofKnown, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'

export const webAclAttached = predicate<'distribution'>({
  question: 'Is a web ACL attached to the distribution?',
  subjects: ['distribution'],
  ask: ({ distribution: { webAcl, ref, id } }) =>
    ofKnown(webAcl, acl =>
      acl ? yes(cite(acl.ref, `web ACL ${acl.name}`)) : no(cite(ref, `distribution ${id} names no web ACL`)),
    ),
})
