/** Are viewers of the distribution sent to a staging distribution? */
import { cite, no, ofKnown, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'

export const stagingInUse = predicate<'distribution'>({
  question: 'Does a continuous deployment policy in force send viewers to a staging distribution?',
  subjects: ['distribution'],
  ask: ({ distribution: { continuousDeployment, ref, id } }) =>
    ofKnown(continuousDeployment, policy => {
      if (policy === null) return no(cite(ref, `${id} names no continuous deployment policy`))
      return policy.enabled && policy.stagingDomainNames.length > 0
        ? yes(cite(policy.ref, `${id} sends viewers to ${policy.stagingDomainNames.join(', ')}`))
        : no(cite(policy.ref, `the continuous deployment policy of ${id} is not in force`))
    }),
})
