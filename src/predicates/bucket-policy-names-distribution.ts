/** Does the bucket policy name each CloudFront distribution that may read the bucket? */
import { cite, every, no, ofKnown, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { noBucket } from './reading/bucket.ts'
import { cloudFrontGrants } from './reading/cloudfront-grants.ts'

export const bucketPolicyNamesDistribution = predicate<'link'>({
  question: 'Does the bucket policy name each CloudFront distribution that may read the bucket?',
  subjects: ['link'],
  ask: ({ link: { target, distribution } }) => {
    if (target.kind === 'unknown') return unseen(target.gaps)
    if (target.kind !== 'bucket') return no(cite(distribution.ref, 'the origin is no bucket'))
    const { bucket } = target
    if (bucket === null) return noBucket(target.name, distribution)
    return ofKnown(bucket.policy, policy => {
      if (policy === null) return yes(cite(bucket.ref, `the bucket ${bucket.name} has no policy`))
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
  },
})
