/** Does the staging distribution ask as much of viewers as the distribution that sends them there? */
import { compareFronts, frontOf } from '#prove/edge-controls.ts'
import type { ContinuousDeployment, Distribution } from '#topology/model.ts'
import { type Answer, cite, every, no, ofKnown, unseen, yes } from './asking/answer.ts'
import type { Facts } from './asking/facts.ts'
import { predicate } from './asking/predicate.ts'
import { comparedAnswer } from './reading/sisters.ts'

const asStrict = (own: Distribution, staging: Distribution): Answer => {
  const { differences, gaps } = compareFronts(
    frontOf(own, own.behaviors),
    frontOf(staging, staging.behaviors),
  )
  const name = `staging distribution ${staging.id}`
  return comparedAnswer({ ref: staging.ref, name }, differences, gaps, own.ref)
}

const askAll = (own: Distribution, policy: ContinuousDeployment, facts: Facts): Answer =>
  every(
    policy.stagingDomainNames.map(name => {
      const staging = facts.topology.distributions.find(d => d.domainName.toLowerCase() === name)
      if (staging === undefined)
        return unseen(
          facts.topology.gaps.filter(gap => gap.operation === 'ListDistributions'),
          cite(policy.ref, `the staging distribution ${name} was not read`),
        )
      return staging.enabled ? asStrict(own, staging) : yes(cite(staging.ref, `${staging.id} is disabled`))
    }),
  )

export const stagingAsStrict = predicate<'distribution'>({
  question: 'Does its staging distribution ask as much of viewers?',
  subjects: ['distribution'],
  ask: ({ distribution }, _options, facts) =>
    ofKnown(distribution.continuousDeployment, policy =>
      policy === null ? no() : askAll(distribution, policy, facts),
    ),
})
