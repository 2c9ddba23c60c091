/** Is the distribution one that others send viewers to for trying it out? */
import { cite, no, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'

export const distributionIsStaging = predicate<'distribution' | 'link'>({
  question: 'Is it a staging distribution?',
  subjects: ['distribution', 'link'],
  ask: subject => {
    const { ref, id, staging } = subject.kind === 'link' ? subject.link.distribution : subject.distribution
    return staging
      ? yes(cite(ref, `${id} is a staging distribution`))
      : no(cite(ref, `${id} is no staging distribution`))
  },
})
