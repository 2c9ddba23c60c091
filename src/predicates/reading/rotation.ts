/** What drives the rotation of a value, and how it went. */
import type { Gap } from '#base/gap.ts'
import type { RotationSetup } from '#prove/token/rotation-status.ts'
import type { NamingFunction, Schedule, StoredSecret, TokenLife } from '#topology/model.ts'
import type { Origins } from './token-stores.ts'

/** Of a rotation schedule that sets no other. */
const windowHours = 24

const timeOf = (text: string | null): number | null => {
  const at = Date.parse(text ?? '')
  return Number.isNaN(at) ? null : at
}

/** Null where the secret has no rotation; undefined where its versions were not read. */
export const setupOf = (secret: StoredSecret): RotationSetup | null | undefined => {
  if (!secret.rotationEnabled) return null
  if (!secret.versions.known) return undefined
  // Without a value in it, a version that waits is left over from one that was made current.
  const pending = secret.versions.value.find(
    v => v.stages.includes('AWSPENDING') && !v.stages.includes('AWSCURRENT'),
  )
  return {
    enabled: true,
    nextAt: timeOf(secret.nextRotation),
    pendingSince: timeOf(pending?.created ?? null),
    windowHours,
  }
}

export interface Drive {
  /** Secrets that Secrets Manager rotates. */
  readonly secrets: readonly StoredSecret[]
  /** Schedules that run a function which names the distribution, disabled ones included. */
  readonly schedules: readonly Schedule[]
  /** The functions that any of them runs. */
  readonly functions: readonly NamingFunction[]
  /** Why there may be more. */
  readonly gaps: readonly Gap[]
}

const runs = (schedule: Schedule, functions: readonly NamingFunction[]): boolean =>
  schedule.functionArns.known &&
  functions.some(f => schedule.functionArns.known && schedule.functionArns.value.includes(f.functionArn))

export const driveOf = ({ stores, functions, gaps }: Origins, life: TokenLife): Drive => {
  const secrets = stores.flatMap(s => (s.kind === 'secret' && s.secret.rotationEnabled ? [s.secret] : []))
  const schedules = life.schedules.items.filter(s => runs(s, functions))
  const unread = life.schedules.items.flatMap(s => (s.functionArns.known ? [] : s.functionArns.gaps))
  const rotating = new Set(secrets.map(s => s.rotationFunctionArn))
  return {
    secrets,
    schedules,
    functions: functions.filter(f => rotating.has(f.functionArn) || schedules.some(s => runs(s, [f]))),
    gaps: [...gaps, ...life.schedules.gaps, ...unread],
  }
}
