/** Which readings of paths CloudFront was seen not to have. */
import type { Spelling } from '#probe/exchange.ts'
import type { Link } from '#topology/model.ts'
import { type PathReading, passesUnsigned, readingsFor } from '#topology/path-reading.ts'

/**
 * For a reading the exchange that excludes it: a path that it takes to an unsigned behaviour was refused for want of a
 * signature, or one that it takes to a signed behaviour was passed on. Where nothing is left, CloudFront does something that
 * is not modelled, and none counts as excluded.
 */
export const excludedReadings = (
  { distribution: { behaviors } }: Link,
  spellings: readonly Spelling[],
): ((reading: PathReading) => Spelling | null) => {
  const against = (reading: PathReading): Spelling | null =>
    spellings.find(
      ({ path, answer }) => passesUnsigned(behaviors, path, reading) === (answer === 'refused'),
    ) ?? null
  const some = readingsFor(behaviors).some(reading => against(reading) === null)
  return reading => (some ? against(reading) : null)
}
