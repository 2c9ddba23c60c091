/** The exposure of an S3 bucket: whether anybody but the distribution reads the objects that the origin serves. */
import type { Origin } from '#topology/model.ts'
import type { Exposure, Obligation, Reason, Vantage, Witness } from '../exposure.ts'
import { distinctReasons, notModelled } from '../uncertainty.ts'
import { aclOpening, policyOpening } from './readers.ts'
import { anyObject, type BucketTarget, listing, witnessed, witnessOf } from './request.ts'

const unknown = (reasons: readonly Reason[]): Exposure => ({
  verdict: 'unknown',
  witness: null,
  certificate: null,
  reasons: distinctReasons(reasons),
})

/** `now`: milliseconds since 1970. Buckets have no inside: they are on the internet. */
export const bucketExposure = (
  target: BucketTarget,
  origin: Origin,
  vantage: Vantage,
  now: number,
): Exposure => {
  const { bucket, name } = target
  if (bucket === null)
    return unknown([
      notModelled(
        `The bucket ${name} is of no account that was read: who may read it is for its owner to say.`,
      ),
    ])
  if (!bucket.ref.arn.startsWith('arn:aws:'))
    return unknown([notModelled('Buckets outside the partition aws are not decided by this version.')])
  const byPolicy = policyOpening(bucket, vantage, anyObject(bucket, origin, now))
  if (byPolicy.kind === 'open') return opened(witnessOf(target, bucket, origin, vantage, byPolicy, 'policy'))
  const byList = aclOpening(bucket, vantage)
  if (byList.kind === 'open') return opened(witnessOf(target, bucket, origin, vantage, byList, 'list'))
  const reasons = [byPolicy, byList].flatMap(o => (o.kind === 'unknown' ? o.reasons : []))
  if (byPolicy.kind === 'unknown' || byList.kind === 'unknown') return unknown(reasons)
  const lines = [...new Set([...byPolicy.lines, ...byList.lines])].toSorted((a, b) => a - b)
  const closing = { kind: 'AUTH', entryPoint: bucket.ref.arn, listener: null, rule: null, lines } as const
  const text = `${byPolicy.text} ${byList.text}`
  const obligations = ([4, 6] as const).map((family): Obligation => ({ ...closing, family, text }))
  return { verdict: 'closed', witness: null, certificate: { obligations, reliesOn: [] }, reasons: [] }
}

const opened = (witness: Witness): Exposure => ({ verdict: 'open', witness, certificate: null, reasons: [] })

/** Plays a witness again: why it is not answered, or null where it is. */
export const stoppedAtBucket = (target: BucketTarget, witness: Witness, now: number): string | null => {
  const { bucket, name } = target
  const question = witnessed(target, witness, now)
  if (bucket === null || question === null) return `${witness.connect} is no endpoint of the bucket ${name}`
  const { kind } =
    witness.path === listing
      ? aclOpening(bucket, witness.vantage)
      : policyOpening(bucket, witness.vantage, question)
  return kind === 'open' ? null : `the bucket is ${kind}`
}
