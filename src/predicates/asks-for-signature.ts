/** Does any behaviour ask for signed URLs or cookies? */
import { cite, no, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'

export const asksForSignature = predicate<'distribution' | 'link'>({
  question: 'Does any behaviour ask for signed URLs or cookies?',
  subjects: ['distribution', 'link'],
  ask: subject => {
    const { ref, behaviors } =
      subject.kind === 'link'
        ? { ref: subject.link.distribution.ref, behaviors: subject.link.behaviors }
        : { ref: subject.distribution.ref, behaviors: subject.distribution.behaviors }
    const signed = behaviors.filter(b => b.signed).map(b => b.pathPattern)
    return signed.length > 0
      ? yes(cite(ref, `${signed.join(', ')}: asks for a signature`))
      : no(cite(ref, 'no behaviour asks for a signature'))
  },
})
