/** Whether a token is rotated in time, from its age and from what its secret says of its rotation. */
import type { TokenAge } from './age.ts'

export interface RotationSetup {
  readonly enabled: boolean
  /** Milliseconds since 1970; null where none is scheduled. */
  readonly nextAt: number | null
  /** Since when a version waits as AWSPENDING; null where none does. */
  readonly pendingSince: number | null
  /** Length of the rotation window. */
  readonly windowHours: number
}

export type RotationStatus =
  | 'on-time'
  | 'overdue'
  /** Overdue, and nothing would ever rotate it. */
  | 'never'
  | 'failed'
  /** It may be in time or not: nothing bounds the age closely enough. */
  | 'unknown'

export interface RotationQuestion {
  readonly age: TokenAge
  readonly mostDays: number
  /** Null where no rotation is set up; undefined where that was not read. */
  readonly setup: RotationSetup | null | undefined
  readonly now: number
}

const hour = 3_600_000

/** A rotation that should have run by now, or has been half-way for longer than its window, has failed. */
const hasFailed = ({ enabled, nextAt, pendingSince, windowHours }: RotationSetup, now: number): boolean =>
  enabled &&
  ((nextAt !== null && nextAt + windowHours * hour < now) ||
    (pendingSince !== null && now - pendingSince > windowHours * hour))

export const rotationStatus = ({ age, mostDays, setup, now }: RotationQuestion): RotationStatus => {
  if (setup && hasFailed(setup, now)) return 'failed'
  if (age.atLeastDays > mostDays) return setup === null || setup?.enabled === false ? 'never' : 'overdue'
  return age.atMostDays !== null && age.atMostDays <= mostDays ? 'on-time' : 'unknown'
}
