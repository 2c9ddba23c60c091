/** Do the policies of the function name each CloudFront distribution that may invoke it? */
import type { FunctionUrl } from '#topology/model.ts'
import { type Answer, cite, every, no, ofKnown, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { cloudFrontGrants } from './reading/cloudfront-grants.ts'

const namesIts = (url: FunctionUrl): Answer =>
  ofKnown(url.policy, policy => {
    if (policy === null) return yes(cite(url.ref, `${url.ref.name} has no resource policy`))
    return every(
      cloudFrontGrants(policy.document).map(({ statement, distributions, exact }) => {
        const named = distributions.length > 0 ? distributions.join(', ') : 'no distribution'
        const said = cite(
          policy.ref,
          `${statement} of the ${policy.ref.name} lets CloudFront in for ${named}`,
        )
        return exact ? yes(said) : no(said)
      }),
    )
  })

export const functionPolicyNamesDistribution = predicate<'link'>({
  question: 'Do the policies of the function name each CloudFront distribution that may invoke it?',
  subjects: ['link'],
  ask: ({ link: { target, distribution } }) => {
    if (target.kind === 'unknown') return unseen(target.gaps)
    if (target.kind !== 'function-url') return no(cite(distribution.ref, 'the origin is no function URL'))
    const { url, siblings } = target
    return every([namesIts(url), ofKnown(siblings, all => every(all.map(namesIts)))])
  },
})
