/** A truth with the reasons for not knowing it. */
import { and, not, or, type Truth } from '#base/truth.ts'

export interface Judgement {
  readonly truth: Truth
  /** Sentences; empty unless the truth is unknown. Unknown without a reason: choices are still open. */
  readonly reasons: readonly string[]
}

export const sure = (truth: boolean): Judgement => ({ truth, reasons: [] })
export const doubt = (...reasons: readonly string[]): Judgement => ({ truth: 'unknown', reasons })

const joined = (truth: Truth, parts: readonly Judgement[]): Judgement => ({
  truth,
  reasons: truth === 'unknown' ? [...new Set(parts.flatMap(p => p.reasons))] : [],
})

/** Looks at the parts in turn and stops where one does not hold. */
export const allInTurn = (parts: Iterable<Judgement>): Judgement => {
  const seen: Judgement[] = []
  for (const part of parts) {
    if (part.truth === false) return part
    seen.push(part)
  }
  return allOf(seen)
}

export const allOf = (parts: readonly Judgement[]): Judgement =>
  joined(and(...parts.map(p => p.truth)), parts)
export const anyOf = (parts: readonly Judgement[]): Judgement => joined(or(...parts.map(p => p.truth)), parts)
export const notSo = ({ truth, reasons }: Judgement): Judgement => ({ truth: not(truth), reasons })
