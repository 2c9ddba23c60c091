/** Do the policies and the access control list of the bucket let in nobody but CloudFront and its own account? */
import { cite, no, unseen } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { admitsOnlyCloudFront, noBucket } from './reading/bucket.ts'
import { identitiesIn } from './reading/policy-readers.ts'

export const bucketAdmitsOnlyCloudFront = predicate<'link'>({
  question:
    'Do the policies and the access control list of the bucket let in nobody but CloudFront and its own account?',
  subjects: ['link'],
  ask: ({ link: { target, distribution } }, _, { topology }) => {
    if (target.kind === 'unknown') return unseen(target.gaps)
    if (target.kind !== 'bucket') return no(cite(distribution.ref, 'the origin is no bucket'))
    return target.bucket
      ? admitsOnlyCloudFront(target.bucket, identitiesIn(topology))
      : noBucket(target.name, distribution)
  },
})
