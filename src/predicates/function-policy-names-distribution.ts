/** Do the policies of the function name each CloudFront distribution that may invoke it? */
import type { FunctionUrl } from '#topology/model.ts'
import { type Answer, cite, every, no, ofKnown, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { namesDistributions } from './reading/cloudfront-grants.ts'

const namesIts = (url: FunctionUrl): Answer =>
  ofKnown(url.policy, policy =>
    policy === null
      ? yes(cite(url.ref, `${url.ref.name} has no resource policy`))
      : namesDistributions(policy),
  )

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
