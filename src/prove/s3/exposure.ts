/** The exposure of an S3 bucket: whether anybody but the distribution reads the objects that the origin serves. */
import type { Bucket, Origin } from '#topology/model.ts'
import type { Exposure, Obligation, Reason, Vantage, Witness } from '../exposure.ts'
import { distinctReasons, notModelled } from '../uncertainty.ts'
import { pointWays, type Through } from './access-points.ts'
import { type Holder, holdersOf } from './holders.ts'
import type { Opening } from './opening.ts'
import { aclOpening, policyOpening } from './readers.ts'
import {
  anyObject,
  type BucketTarget,
  isBucketDoor,
  isPointDoor,
  listing,
  witnessed,
  witnessOf,
} from './request.ts'

const unknown = (reasons: readonly Reason[]): Exposure => ({
  verdict: 'unknown',
  witness: null,
  certificate: null,
  reasons: distinctReasons(reasons),
})

/** Named where a certificate assumes that other accounts keep the copies that they are sent to themselves. */
const copiesElsewhere = 'copies-elsewhere'

/** One way to the objects of a bucket. */
interface Way {
  readonly entryPoint: string
  readonly by: 'policy' | 'list' | Through | null
  readonly opening: Opening
}

const waysTo = (holder: Holder, vantage: Vantage, now: number): readonly Way[] => {
  const { bucket, keys } = holder
  const { arn: entryPoint } = bucket.ref
  const question = anyObject(bucket, keys, now)
  const ways: readonly Way[] = [
    { entryPoint, by: 'policy', opening: policyOpening(bucket, vantage, question) },
    { entryPoint, by: 'list', opening: aclOpening(bucket, vantage) },
    ...pointWays(bucket, vantage, question).map(({ through, ...way }) => ({ ...way, by: through })),
  ]
  const isClosed = ways.every(({ opening }) => opening.kind === 'closed')
  return isClosed ? [...ways, ...versionsIn(holder, vantage, now)] : ways
}

/** Whoever names a version needs another permission: in a bucket that keeps none, `null` names what is served. */
const versionsIn = ({ bucket, keys }: Holder, vantage: Vantage, now: number): readonly Way[] => {
  const question = anyObject(bucket, keys, now, 's3:GetObjectVersion')
  const openings = [
    policyOpening(bucket, vantage, question),
    ...pointWays(bucket, vantage, question).map(way => way.opening),
  ]
  const reasons = openings.flatMap(opening => {
    if (opening.kind === 'closed') return []
    return opening.kind === 'unknown' ? opening.reasons : [byVersion(bucket, opening.who)]
  })
  return reasons.length === 0
    ? []
    : [{ entryPoint: bucket.ref.arn, by: null, opening: { kind: 'unknown', reasons } }]
}

const byVersion = ({ name }: Bucket, who: string): Reason =>
  notModelled(
    `The policy of ${name} lets ${who} read versions of objects (s3:GetObjectVersion): whether the ids of what is served are known, as null is, is not certain.`,
  )

/** `now`: milliseconds since 1970. Buckets have no inside: they are on the internet. */
export const bucketExposure = (
  target: BucketTarget,
  origin: Origin,
  vantage: Vantage,
  now: number,
): Exposure => {
  const { bucket, name, endpoint } = target
  if (bucket === null)
    return unknown([
      notModelled(
        `The bucket ${name} is of no account that was read: who may read it is for its owner to say.`,
      ),
    ])
  if (!bucket.ref.arn.startsWith('arn:aws:'))
    return unknown([notModelled('Buckets outside the partition aws are not decided by this version.')])
  const { own, elsewhere, reasons } = holdersOf(bucket, origin)
  const found = own.map(holder => ({ holder, ways: waysTo(holder, vantage, now) }))
  for (const { holder, ways } of found) {
    const website = endpoint === 'website' && holder.copyOf === null
    for (const { by, opening } of holder.active ? ways : [])
      if (opening.kind === 'open' && by !== null)
        return opened(witnessOf({ ...holder, by, website }, vantage, opening))
  }
  const doubts = [...reasons, ...found.flatMap(({ holder, ways }) => ways.flatMap(w => doubtsOf(holder, w)))]
  if (doubts.length > 0) return unknown(doubts)
  return {
    verdict: 'closed',
    witness: null,
    certificate: {
      obligations: found.flatMap(({ ways }) => obligationsOf(ways)),
      reliesOn: elsewhere ? [copiesElsewhere] : [],
    },
    reasons: [],
  }
}

const opened = (witness: Witness): Exposure => ({ verdict: 'open', witness, certificate: null, reasons: [] })

const doubtsOf = ({ bucket, copyOf }: Holder, { opening }: Way): readonly Reason[] => {
  if (opening.kind === 'unknown') return opening.reasons
  return opening.kind === 'open'
    ? [
        notModelled(
          `Strangers may read the bucket ${bucket.name}, where copies of objects of ${copyOf} may be left.`,
        ),
      ]
    : []
}

/** One for each entry point and family. */
const obligationsOf = (ways: readonly Way[]): readonly Obligation[] =>
  [...Map.groupBy(ways, w => w.entryPoint)].flatMap(([entryPoint, group]) => {
    const closed = group.flatMap(({ opening }) => (opening.kind === 'closed' ? [opening] : []))
    const lines = [...new Set(closed.flatMap(c => c.lines))].toSorted((a, b) => a - b)
    const text = closed.map(c => c.text).join(' ')
    return ([4, 6] as const).map(
      (family): Obligation => ({ kind: 'AUTH', entryPoint, listener: null, rule: null, lines, family, text }),
    )
  })

/** Plays a witness again: why it is not answered, or null where it is. */
export const stoppedAtBucket = (
  target: BucketTarget,
  origin: Origin,
  witness: Witness,
  now: number,
): string | null => {
  const { bucket, name, endpoint } = target
  const own = bucket === null ? [] : holdersOf(bucket, origin).own.filter(h => h.active)
  const openings = own.flatMap(({ bucket: holder, copyOf }) => {
    const site = (copyOf === null && endpoint === 'website') || (holder.website.known && holder.website.value)
    return openingsAt(holder, witness, now, site)
  })
  if (openings.length === 0) return `${witness.connect} is no endpoint of the bucket ${name}`
  const open = openings.some(o => o.kind === 'open')
  return open ? null : `the bucket is ${openings[0]?.kind}`
}

/** What the door that the witness connects to says; none where it is no door of the bucket. */
const openingsAt = (bucket: Bucket, witness: Witness, now: number, site: boolean): readonly Opening[] => {
  const question = witnessed(bucket, witness, now)
  if (isBucketDoor(bucket, witness, site))
    return [
      witness.path === listing
        ? aclOpening(bucket, witness.vantage)
        : policyOpening(bucket, witness.vantage, question),
    ]
  const { region } = bucket.ref
  return pointWays(bucket, witness.vantage, question).flatMap(({ through, opening }) =>
    through !== null && isPointDoor(through, region, witness) ? [opening] : [],
  )
}
