/** What the predicates about buckets share: whom a bucket lets in beside CloudFront and its own account. */
import type { Bucket, Distribution } from '#topology/model.ts'
import { type Answer, cite, every, no, ofKnown, some, unseen, yes } from '../asking/answer.ts'

/** Of a bucket that is of no account that was read nothing is known. */
export const noBucket = (name: string, { ref }: Distribution): Answer =>
  unseen([], cite(ref, `the bucket ${name} is of no account that was read`))

type Fields = Readonly<Record<string, unknown>>
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const listOf = (value: unknown): readonly unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value]

/** CloudFront itself, or an origin access identity, which is a user of CloudFront's own account. */
const isCloudFront = (kind: string, value: unknown): boolean =>
  (kind === 'Service' && value === 'cloudfront.amazonaws.com') ||
  (kind === 'AWS' &&
    typeof value === 'string' &&
    /^arn:[\w-]+:iam::cloudfront:user\/CloudFront Origin Access Identity [A-Z0-9]+$/.test(value))

const isOwn = (kind: string, value: unknown, account: string): boolean =>
  kind === 'AWS' &&
  typeof value === 'string' &&
  (value === account || new RegExp(`^arn:[\\w-]+:(?:iam|sts)::${account}:[^*?]+$`).test(value))

/** Who is let in by an Allow statement beside CloudFront and the account of the bucket, in words. */
const others = (statement: Fields, account: string): readonly string[] => {
  if ('NotPrincipal' in statement) return ['everyone but some']
  const { Principal: principal } = statement
  if (!isFields(principal)) return [principal === '*' ? 'everyone' : 'principals that cannot be read']
  return Object.entries(principal).flatMap(([kind, values]) =>
    listOf(values)
      .filter(value => !isCloudFront(kind, value) && !isOwn(kind, value, account))
      .map(value => (kind === 'AWS' && value === '*' ? 'everyone' : `${kind} ${String(value)}`)),
  )
}

const policyAdmitsOnlyCloudFront = (bucket: Bucket): Answer =>
  ofKnown(bucket.policy, policy => {
    if (policy === null) return yes(cite(bucket.ref, `the bucket ${bucket.name} has no policy`))
    const { document, ref } = policy
    if (!isFields(document)) return unseen([], cite(ref, `the ${ref.name} cannot be read`))
    return every(
      listOf(document.Statement).map((statement, i) => {
        const name = `${String((isFields(statement) && statement.Sid) || `statement ${i + 1}`)} of the ${ref.name}`
        if (!isFields(statement)) return unseen([], cite(ref, `${name} cannot be read`))
        if (statement.Effect === 'Deny') return yes(cite(ref, `${name} denies`))
        const found = others(statement, bucket.ref.account)
        return found.length > 0
          ? no(cite(ref, `${name} lets ${found.join(', ')} in`))
          : yes(cite(ref, `${name} lets in CloudFront and the account of the bucket alone`))
      }),
    )
  })

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

export const admitsOnlyCloudFront = (bucket: Bucket): Answer =>
  every([policyAdmitsOnlyCloudFront(bucket), some([listsAreOff(bucket), listNamesAll(bucket)])])
