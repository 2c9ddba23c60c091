/** Does the bucket policy name each CloudFront distribution that may read the bucket? */
import { cite, no, ofKnown, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { noBucket } from './reading/bucket.ts'
import { namesDistributions } from './reading/cloudfront-grants.ts'

export const bucketPolicyNamesDistribution = predicate<'link'>({
  question: 'Does the bucket policy name each CloudFront distribution that may read the bucket?',
  subjects: ['link'],
  ask: ({ link: { target, distribution } }) => {
    if (target.kind === 'unknown') return unseen(target.gaps)
    if (target.kind !== 'bucket') return no(cite(distribution.ref, 'the origin is no bucket'))
    const { bucket } = target
    if (bucket === null) return noBucket(target.name, distribution)
    return ofKnown(bucket.policy, policy =>
      policy === null
        ? yes(cite(bucket.ref, `the bucket ${bucket.name} has no policy`))
        : namesDistributions(policy),
    )
  },
})
