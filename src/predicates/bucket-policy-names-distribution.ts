/** Do the policies of the bucket and its access points name each CloudFront distribution that may read the bucket? */
import type { Known } from '#base/known.ts'
import type { Bucket, Ref, ResourcePolicy } from '#topology/model.ts'
import { type Answer, cite, every, no, ofKnown, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { noBucket } from './reading/bucket.ts'
import { namesDistributions } from './reading/cloudfront-grants.ts'
import { askedOfPoints } from './reading/policy-readers.ts'

export const bucketPolicyNamesDistribution = predicate<'link'>({
  question:
    'Do the policies of the bucket and its access points name each CloudFront distribution that may read the bucket?',
  subjects: ['link'],
  ask: ({ link: { target, distribution } }) => {
    if (target.kind === 'unknown') return unseen(target.gaps)
    if (target.kind !== 'bucket') return no(cite(distribution.ref, 'the origin is no bucket'))
    const { bucket } = target
    if (bucket === null) return noBucket(target.name, distribution)
    return every([named(bucket.policy, bucket.ref), pointsName(bucket)])
  },
})

const named = (found: Known<ResourcePolicy | null>, of: Ref): Answer =>
  ofKnown(found, policy =>
    policy === null ? yes(cite(of, `${of.name} has no policy`)) : namesDistributions(policy),
  )

const pointsName = (bucket: Bucket): Answer =>
  askedOfPoints(bucket, points => every(points.map(point => named(point.policy, point.ref))))
