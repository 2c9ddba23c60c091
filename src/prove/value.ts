/**
 * How a value that a request carries meets the pattern of a gate, where either may be sealed.
 *
 * A value is text, or a sealed reference. Of a value that CloudFront sends (dialect `value`) the seal lists the patterns
 * it meets. A sealed pattern used as a value stands for some word that this pattern accepts: that is what a person who
 * holds, or guesses, the token would type.
 *
 * Text that a stranger chose against a sealed pattern: wildcards without any literal are decided exactly, and so is text
 * of an impossible length. Otherwise a strong pattern is taken not to match. As a gate that is the meaning of strong (the
 * stranger would have to guess 100 bits); as an obstacle in front of a way in, the chance that one fixed word happens to
 * meet it is as small, so neither a proof nor a witness can be wrong by more than that. A weak pattern gives `unknown`:
 * the stranger may have hit it, so no proof may rest on a miss and no witness on either answer.
 */
import { matchesGlob } from '#base/glob.ts'
import type { Truth } from '#base/truth.ts'
import { isSealed, patternId, type Sealed, type Value } from '#topology/sealed.ts'

/** Effective bits from which a value counts as a secret that cannot be guessed. */
const strongBits = 100

/** A secret that a stranger neither knows nor guesses. AWS WAF and nginx compare case, so they get the bits that case adds. */
export const isStrong = (pattern: Value): pattern is Sealed =>
  isSealed(pattern) &&
  pattern.public !== true &&
  (comparesCase(pattern) ? pattern.exactBits : pattern.bits) >= strongBits

/** Whether the seal says anything about strength: a pattern that could not be read is neither strong nor weak. */
export const isUnderstood = (pattern: Sealed): boolean => pattern.weakness !== 'not understood'

const comparesCase = ({ dialect }: Sealed): boolean =>
  dialect === 'nginx:=' || dialect === 'nginx:~' || (dialect.startsWith('waf:') && !dialect.includes('+'))

/** The glob of a pattern without a single literal character; null for any other. */
export const pureWildcard = (pattern: Value): string | null => {
  if (!isSealed(pattern)) return /^[*?]+$/.test(pattern) ? pattern : null
  const { structure, dialect } = pattern
  if (dialect !== 'alb-glob' || structure === undefined || structure.length === 0) return null
  return structure.every(s => s === '*' || s === '?') ? structure.join('') : null
}

export interface ValueOptions {
  /** The escapes that query-string conditions document. */
  readonly escapes?: boolean
}

/** Whether the value of a header or query parameter meets an ALB glob (case folded) or a sealed pattern of any dialect. */
export const meetsPattern = (value: Value, pattern: Value, options: ValueOptions = {}): Truth => {
  const wildcard = pureWildcard(pattern)
  if (wildcard !== null && !stretches(value)) return matchesGlob(wildcard, 'x'.repeat(value.length))
  if (isSealed(value)) return isSealed(pattern) ? sealedMeets(value, pattern) : 'unknown'
  if (!isSealed(pattern)) return matchesGlob(pattern, value, { ignoreCase: true, ...options })
  if (cannotFit(value.length, pattern)) return false
  return isStrong(pattern) ? false : 'unknown'
}

/** A sealed regular expression stands for a word of unknown length. */
const stretches = (value: Value): boolean => isSealed(value) && value.dialect === 'alb-regex'

const sealedMeets = (value: Sealed, pattern: Sealed): Truth => {
  const id = patternId(pattern)
  if (patternId(value) === id || value.meets.includes(id)) return true
  if (value.mayMeet.includes(id)) return 'unknown'
  if (pattern.dialect !== 'alb-glob') return value.dialect === 'value' ? false : 'unknown'
  // Equal text is met whatever wildcards it holds: `*` and `?` each accept themselves.
  if (value.dialect !== 'alb-regex' && value.folded === pattern.folded) return true
  if (value.dialect === 'value') return false
  const literals = value.structure === undefined && pattern.structure === undefined
  return literals && value.dialect === 'alb-glob' ? false : 'unknown'
}

/** Whether no text of that length meets the glob; a wildcard may be an escaped character (U-11), so it counts for less. */
const cannotFit = (length: number, pattern: Sealed): boolean => {
  if (pattern.dialect !== 'alb-glob') return false
  if (pattern.structure === undefined) return length !== pattern.length
  const literals = pattern.structure.reduce<number>((sum, s) => sum + (typeof s === 'number' ? s : 0), 0)
  const wildcards = pattern.structure.length
  return length < literals - wildcards
}
