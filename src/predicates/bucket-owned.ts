/** Is the bucket of one of the accounts that were read? */
import { cite, no, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'

export const bucketOwned = predicate<'link'>({
  question: 'Is the bucket of one of the accounts that were read?',
  subjects: ['link'],
  ask: ({ link: { target, distribution } }) => {
    if (target.kind === 'unknown') return unseen(target.gaps)
    if (target.kind !== 'bucket') return no(cite(distribution.ref, 'the origin is no bucket'))
    return target.bucket
      ? yes(cite(target.bucket.ref, `the bucket ${target.name} is of account ${target.bucket.ref.account}`))
      : no(cite(distribution.ref, `the list of buckets of the accounts read does not have ${target.name}`))
  },
})
