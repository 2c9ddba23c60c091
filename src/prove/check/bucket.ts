/** The certificate of an S3 bucket, checked against its policy, its lists and what overrides them; for checking only. */
import type { Bucket, Link } from '#topology/model.ts'
import type { Certificate, Vantage } from '../exposure.ts'
import { letsNobodyIn } from './policy.ts'

type Target = Extract<Link['target'], { kind: 'bucket' }>

/** What is wrong, a sentence each. */
export const bucketFaults = (
  { bucket, name }: Target,
  vantage: Vantage,
  { obligations }: Certificate,
): readonly string[] => {
  if (bucket === null) return [`The bucket ${name} is of no account that was read.`]
  const { arn } = bucket.ref
  return [
    ...([4, 6] as const).flatMap(family =>
      obligations.some(o => o.kind === 'AUTH' && o.entryPoint === arn && o.family === family)
        ? []
        : [`Nothing closes ${arn} (IPv${family}).`],
    ),
    ...(arn.startsWith('arn:aws:') ? [] : [`${arn} is of another partition.`]),
    ...(policyCloses(bucket, vantage) ? [] : [`The policy of ${arn} may let strangers in.`]),
    ...(listsClose(bucket) ? [] : [`Access control lists of ${arn} or its objects may let strangers in.`]),
  ]
}

const levels = ({ publicAccess }: Bucket) => [publicAccess.bucket, publicAccess.account]

const listsClose = (bucket: Bucket): boolean =>
  (bucket.ownership.known && bucket.ownership.value === 'BucketOwnerEnforced') ||
  levels(bucket).some(level => level.known && level.value?.ignorePublicAcls === true)

const policyCloses = (bucket: Bucket, vantage: Vantage): boolean => {
  const { policy } = bucket
  if (!policy.known) return false
  if (policy.value === null) return true
  const { document } = policy.value
  if (JSON.stringify(document).toLowerCase().includes('s3:dataaccesspoint')) return false
  const strangers = vantage === 'internet' ? 'anonymous' : 'stranger'
  if (letsNobodyIn(document, strangers, reading)) return true
  const restricted = levels(bucket).some(level => level.known && level.value?.restrictPublicBuckets === true)
  // Services are admitted all the same.
  return restricted && isPublic(document) && vantage === 'internet'
}

/** Reading an object is all that is asked. */
const reading = ['s3:getobject']

type Fields = Readonly<Record<string, unknown>>
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value])
const statementsOf = (document: unknown): readonly unknown[] =>
  isFields(document) && document.Statement !== undefined ? listOf(document.Statement) : []

const isEveryone = (principal: unknown): boolean =>
  principal === '*' || (isFields(principal) && 'AWS' in principal && listOf(principal.AWS).includes('*'))

/** Without any condition a statement for everyone is public for certain. */
const isPublic = (document: unknown): boolean =>
  statementsOf(document).some(
    s => isFields(s) && s.Effect === 'Allow' && isEveryone(s.Principal) && s.Condition === undefined,
  )
