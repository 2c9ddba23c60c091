/** Does the distribution answer viewers? */
import { cite, no, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'

export const distributionEnabled = predicate<'distribution' | 'link'>({
  question: 'Is the distribution enabled?',
  subjects: ['distribution', 'link'],
  ask: subject => {
    const { ref, id, enabled } = subject.kind === 'link' ? subject.link.distribution : subject.distribution
    return enabled ? yes(cite(ref, `${id} is enabled`)) : no(cite(ref, `${id} is disabled`))
  },
})
