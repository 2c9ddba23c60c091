/** What the predicates about buckets share: whom a bucket lets in beside CloudFront and its own account. */
import type { Bucket, Distribution } from '#topology/model.ts'
import { type Answer, cite, every, no, ofKnown, some, unseen, yes } from '../asking/answer.ts'
import { askedOfPoints, policyAdmitsOnlyCloudFront } from './policy-readers.ts'

/** Of a bucket that is of no account that was read nothing is known. */
export const noBucket = (name: string, { ref }: Distribution): Answer =>
  unseen([], cite(ref, `the bucket ${name} is of no account that was read`))

const listsAreOff = ({ ownership, publicAccess, ref, name }: Bucket): Answer =>
  some([
    ofKnown(ownership, set => {
      const said = cite(ref, `the bucket ${name} has the ownership setting ${set ?? 'of none'}`)
      return set === 'BucketOwnerEnforced' ? yes(said) : no(said)
    }),
    ...[publicAccess.bucket, publicAccess.account].map(level =>
      ofKnown(level, block => {
        const how = block?.ignorePublicAcls ? 'ignored' : 'not ignored'
        const said = cite(block?.ref ?? ref, `public access control lists of ${name} are ${how}`)
        return block?.ignorePublicAcls ? yes(said) : no(said)
      }),
    ),
  ])

/** Whether the bucket's own list has nobody but named accounts; lists that do not count are not asked. */
const listNamesAll = ({ grants, ref, name }: Bucket): Answer =>
  ofKnown(grants, all =>
    every(
      all
        .filter(g => g.to !== 'named')
        .map(g =>
          no(
            cite(
              ref,
              `the access control list of ${name} grants ${g.permission} to ${g.to === 'everyone' ? 'everyone' : 'any AWS account'}`,
            ),
          ),
        ),
    ),
  )

/** `identities`: ids of the origin access identities in use. */
export const admitsOnlyCloudFront = (bucket: Bucket, identities: ReadonlySet<string>): Answer =>
  every([
    policyAdmitsOnlyCloudFront(bucket.policy, bucket.ref, identities),
    pointsAdmitOnlyCloudFront(bucket, identities),
    some([listsAreOff(bucket), listNamesAll(bucket)]),
  ])

const pointsAdmitOnlyCloudFront = (bucket: Bucket, identities: ReadonlySet<string>): Answer =>
  askedOfPoints(bucket, points =>
    every(
      points
        .filter(point => point.networkOrigin !== 'VPC')
        .map(point => policyAdmitsOnlyCloudFront(point.policy, point.ref, identities)),
    ),
  )
