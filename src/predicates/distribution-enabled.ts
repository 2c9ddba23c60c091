/** Does the distribution answer viewers? */
import { cite, no, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'

export const distributionEnabled = predicate<'distribution'>({
  question: 'Is the distribution enabled?',
  subjects: ['distribution'],
  ask: ({ distribution }) => {
    const { ref, id, enabled } = distribution
    return enabled ? yes(cite(ref, `${id} is enabled`)) : no(cite(ref, `${id} is disabled`))
  },
})
