/** A three-valued answer together with what keeps it from being yes or no. */
import { and, not, or, type Truth } from '#base/truth.ts'
import type { Reason } from './exposure.ts'
import { type UncertaintyId, uncertain } from './uncertainty.ts'

export interface Reading {
  readonly truth: Truth
  /** Empty unless the truth is unknown. */
  readonly why: readonly Reason[]
}

const yes: Reading = { truth: true, why: [] }
export const no: Reading = { truth: false, why: [] }
export const certain = (truth: boolean): Reading => (truth ? yes : no)
export const unknownBecause = (...why: readonly Reason[]): Reading => ({ truth: 'unknown', why })

const withReasons = (truth: Truth, parts: readonly Reading[]): Reading =>
  truth === 'unknown' ? { truth, why: parts.flatMap(p => p.why) } : certain(truth)

export const allOf = (parts: readonly Reading[]): Reading =>
  withReasons(and(...parts.map(p => p.truth)), parts)
export const anyOf = (parts: readonly Reading[]): Reading =>
  withReasons(or(...parts.map(p => p.truth)), parts)
export const negation = (part: Reading): Reading => withReasons(not(part.truth), [part])

/** What all models of an undocumented behaviour agree on; where they differ, the register entry says why. */
export const agreement = (models: readonly Reading[], id: UncertaintyId): Reading => {
  const [first = no] = models
  if (models.every(m => m.truth === first.truth)) return first
  return unknownBecause(uncertain(id), ...models.flatMap(m => m.why))
}
