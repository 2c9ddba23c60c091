/** The buckets that hold what an origin serves: its own, and those that its objects are replicated to. */
import type { Bucket, BucketCopy, Origin } from '#topology/model.ts'
import type { Reason } from '../exposure.ts'
import { gapReasons } from '../uncertainty.ts'
import { prefixOf } from './request.ts'

export interface Holder {
  readonly bucket: Bucket
  /** Keys of the objects that matter begin so. */
  readonly keys: string
  /** Name of the bucket whose objects these are copies of; null for itself. */
  readonly copyOf: string | null
  /** Whether new objects are copied; where none are, some may be left. */
  readonly active: boolean
}

export interface Holders {
  readonly own: readonly Holder[]
  /** Whether accounts that were not read hold copies. */
  readonly elsewhere: boolean
  /** Why there may be more. */
  readonly reasons: readonly Reason[]
}

/** Keys that begin both ways; null where none does. */
const overlap = (a: string, b: string): string | null => {
  if (a.startsWith(b)) return a
  return b.startsWith(a) ? b : null
}

export const holdersOf = (bucket: Bucket, origin: Pick<Origin, 'originPath'>): Holders => {
  const keys = prefixOf(origin)
  const { copies, name } = bucket
  const itself: Holder = { bucket, keys, copyOf: null, active: true }
  if (!copies.known) return { own: [itself], elsewhere: false, reasons: gapReasons(copies.gaps) }
  const served = copies.value.flatMap((copy): readonly (BucketCopy & { readonly keys: string })[] => {
    const shared = overlap(keys, copy.prefix)
    return shared === null ? [] : [{ ...copy, keys: shared }]
  })
  return {
    own: [
      itself,
      ...served.flatMap((copy): readonly Holder[] =>
        copy.bucket === null
          ? []
          : [{ bucket: copy.bucket, keys: copy.keys, copyOf: name, active: copy.active }],
      ),
    ],
    elsewhere: served.some(copy => copy.bucket === null),
    reasons: [],
  }
}
