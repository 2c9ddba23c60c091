/** Does any behaviour ask for signed URLs or cookies? */
import { cite, no, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { unreadBehaviors } from './reading/unread-behaviors.ts'

export const asksForSignature = predicate<'distribution' | 'link'>({
  question: 'Does any behaviour ask for signed URLs or cookies?',
  subjects: ['distribution', 'link'],
  ask: (subject, _, { topology }) => {
    const distribution = subject.kind === 'link' ? subject.link.distribution : subject.distribution
    const { behaviors } = subject.kind === 'link' ? subject.link : distribution
    const signed = behaviors.filter(b => b.signed).map(b => b.pathPattern)
    if (signed.length > 0) return yes(cite(distribution.ref, `${signed.join(', ')}: asks for a signature`))
    const gaps = unreadBehaviors(topology, distribution)
    return gaps.length > 0 ? unseen(gaps) : no(cite(distribution.ref, 'no behaviour asks for a signature'))
  },
})
