/** The certificate of an S3 bucket, checked against its policy, its lists and what overrides them; for checking only. */
import type { AccessPoint, Bucket, BucketCopy, Link } from '#topology/model.ts'
import type { Certificate, Vantage } from '../exposure.ts'
import { accountsIn, delegationOf, delegationsIn, mayBeMultiRegion, speaksOf } from './delegation.ts'
import { type Caller, isFields, letsNobodyIn, listOf } from './policy.ts'

type Target = Extract<Link['target'], { kind: 'bucket' }>

/** What is wrong, a sentence each. */
export const bucketFaults = (
  { bucket, name }: Target,
  { origin }: Pick<Link, 'origin'>,
  vantage: Vantage,
  certificate: Certificate,
): readonly string[] => {
  if (bucket === null) return [`The bucket ${name} is of no account that was read.`]
  if (!bucket.copies.known) return [`Where ${bucket.ref.arn} is copied to was not read.`]
  const copies = bucket.copies.value.filter(copy => mayHold(copy, origin.originPath))
  const own = [bucket, ...copies.flatMap(copy => copy.bucket ?? [])]
  return [
    ...own.flatMap(one => holderFaults(one, vantage, certificate)),
    ...(copies.some(copy => copy.bucket === null) && !certificate.reliesOn.includes('copies-elsewhere')
      ? ['The certificate does not say that it assumes copies-elsewhere.']
      : []),
  ]
}

/** Whether an object below the origin's path may begin as the rule says. */
const mayHold = ({ prefix }: BucketCopy, originPath: string): boolean => {
  const path = `${originPath.replace(/^\/+|\/+$/g, '')}/`.replace(/^\/$/, '')
  const length = Math.min(path.length, prefix.length)
  return path.slice(0, length) === prefix.slice(0, length)
}

const holderFaults = (bucket: Bucket, vantage: Vantage, certificate: Certificate): readonly string[] => {
  const { arn } = bucket.ref
  const points = bucket.accessPoints.known ? bucket.accessPoints.value : []
  return [
    ...[arn, ...points.map(p => p.ref.arn)].flatMap(entry => unclosed(entry, certificate)),
    ...(arn.startsWith('arn:aws:') ? [] : [`${arn} is of another partition.`]),
    ...(listsClose(bucket) ? [] : [`Access control lists of ${arn} or its objects may let strangers in.`]),
    ...policyFaults(bucket, vantage),
  ]
}

const unclosed = (entry: string, { obligations }: Certificate): readonly string[] =>
  ([4, 6] as const).flatMap(family =>
    obligations.some(o => o.kind === 'AUTH' && o.entryPoint === entry && o.family === family)
      ? []
      : [`Nothing closes ${entry} (IPv${family}).`],
  )

const levels = ({ publicAccess }: Bucket) => [publicAccess.bucket, publicAccess.account]

const listsClose = (bucket: Bucket): boolean =>
  (bucket.ownership.known && bucket.ownership.value === 'BucketOwnerEnforced') ||
  levels(bucket).some(level => level.known && level.value?.ignorePublicAcls === true)

/** An object is read by its key, or by the id of a version. */
const reading = ['s3:getobject', 's3:getobjectversion']

const callerAt = (vantage: Vantage): Caller => (vantage === 'internet' ? 'anonymous' : 'stranger')

const policyFaults = (bucket: Bucket, vantage: Vantage): readonly string[] => {
  const { policy, ref } = bucket
  const fault = [`The policy of ${ref.arn} may let strangers in.`]
  if (!policy.known) return fault
  if (policy.value === null) return []
  const { document } = policy.value
  const caller = callerAt(vantage)
  if (letsNobodyIn(document, caller, reading)) return []
  const restricted = levels(bucket).some(level => level.known && level.value?.restrictPublicBuckets === true)
  // Services are admitted all the same.
  if (restricted && isPublic(document) && vantage === 'internet') return []
  return letsNobodyIn(document, caller, reading, s => delegationOf(s) !== null)
    ? delegationFaults(bucket, document, vantage)
    : fault
}

/** What is left to access points, these must keep from strangers. */
const delegationFaults = (bucket: Bucket, document: unknown, vantage: Vantage): readonly string[] => {
  const { ref, accessPoints, multiRegion } = bucket
  const delegations = delegationsIn(document)
  const foreign = delegations.flatMap(accountsIn).filter(account => account !== ref.account)
  return [
    ...foreign.map(account => `Access points of ${account} to ${ref.arn} cannot be listed.`),
    ...(accessPoints.known
      ? accessPoints.value
          .filter(point => delegations.some(d => speaksOf(d, point)))
          .filter(point => !pointCloses(bucket, point, vantage))
          .map(point => `The access point ${point.ref.arn} may let strangers in.`)
      : [`The access points to ${ref.arn} were not read.`]),
    ...(delegations.some(mayBeMultiRegion) && !(multiRegion.known && multiRegion.value.length === 0)
      ? [`A Multi-Region Access Point may lead to ${ref.arn}.`]
      : []),
  ]
}

const pointCloses = (
  bucket: Bucket,
  { networkOrigin, policy, isPublic: counted, publicAccess }: AccessPoint,
  vantage: Vantage,
): boolean => {
  if (networkOrigin === 'VPC') return true
  if (networkOrigin !== 'Internet' || !policy.known) return false
  if (policy.value === null || letsNobodyIn(policy.value.document, callerAt(vantage), reading)) return true
  const restricted = [publicAccess, ...levels(bucket)].some(
    level => level.known && level.value?.restrictPublicBuckets === true,
  )
  return restricted && counted.known && counted.value && vantage === 'internet'
}

const isEveryone = (principal: unknown): boolean =>
  principal === '*' || (isFields(principal) && 'AWS' in principal && listOf(principal.AWS).includes('*'))

/** Conditions that leave everyone in. */
const isOfTransport = (condition: unknown): boolean =>
  isFields(condition) && Object.keys(condition).length === 1 && isFields(condition.Bool)
    ? Object.keys(condition.Bool).every(key => /^aws:securetransport$/i.test(key))
    : false

/** Without any condition a statement for everyone is public for certain, unless some Deny takes most of them out again. */
const isPublic = (document: unknown): boolean => {
  const statements = isFields(document) ? listOf(document.Statement) : []
  return (
    statements.some(
      s => isFields(s) && s.Effect === 'Allow' && isEveryone(s.Principal) && s.Condition === undefined,
    ) &&
    statements.every(
      s =>
        isFields(s) &&
        (s.Effect === 'Allow' ||
          (!('NotPrincipal' in s) && (s.Condition === undefined || isOfTransport(s.Condition)))),
    )
  )
}
