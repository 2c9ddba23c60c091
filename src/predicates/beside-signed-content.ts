/** Does the distribution ask for signatures elsewhere, while this origin can be asked without one? */
import { cite, no, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { unreadBehaviors } from './reading/unread-behaviors.ts'

export const besideSignedContent = predicate<'link'>({
  question: 'Does the distribution ask for signatures elsewhere, and for none on some way to this origin?',
  subjects: ['link'],
  ask: ({ link: { distribution, behaviors } }, _, { topology }) => {
    const free = behaviors.filter(b => !b.signed).map(b => b.pathPattern)
    const signed = distribution.behaviors.filter(b => b.signed).map(b => b.pathPattern)
    if (free.length > 0 && signed.length > 0) {
      const said = `${signed.join(', ')} of ${distribution.id} asks for a signature, ${free.join(', ')} for none`
      return yes(cite(distribution.ref, said))
    }
    const gaps = unreadBehaviors(topology, distribution)
    return gaps.length > 0 ? unseen(gaps) : no(cite(distribution.ref, 'no cookie is needed or issued here'))
  },
})
