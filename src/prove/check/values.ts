/** What a seal says, read plainly; for checking only. */
import { isSealed, patternId, type Sealed, type Value } from '#topology/sealed.ts'
import { overlap } from './glob.ts'

/** From this many bits on a value is a secret. */
const strongBits = 100

export const isSecret = (value: Value): value is Sealed =>
  isSealed(value) && value.public !== true && value.bits >= strongBits

/** Where case counts, as AWS WAF compares without a transformation. */
export const isSearchSecret = (value: unknown): boolean => {
  if (!isSealed(value) || value.public === true) return false
  const exact = value.dialect.startsWith('waf:') && !value.dialect.includes('+')
  return (exact ? value.exactBits : value.bits) >= strongBits
}

/** Whether a value that CloudFront sends meets a glob: `maybe` where the seal leaves it open. */
export const sentMeets = (sent: Value, pattern: Value): 'yes' | 'no' | 'maybe' => {
  if (!isSealed(sent) && !isSealed(pattern))
    return overlap(sent.toLowerCase(), pattern.toLowerCase()) ? 'yes' : 'no'
  const wild = wildcards(pattern)
  if (wild !== null) return overlap('x'.repeat(sent.length), wild) ? 'yes' : 'no'
  if (!isSealed(sent)) return isSealed(pattern) && isSecret(pattern) ? 'no' : 'maybe'
  if (!isSealed(pattern)) return 'maybe'
  if (sent.meets.includes(patternId(pattern))) return 'yes'
  if (sent.mayMeet.includes(patternId(pattern))) return 'maybe'
  return pattern.dialect === 'alb-glob' && sent.folded === pattern.folded ? 'yes' : 'no'
}

const wildcards = (pattern: Value): string | null => {
  if (!isSealed(pattern)) return /^[*?]+$/.test(pattern) ? pattern : null
  const all = pattern.structure?.every(s => s === '*' || s === '?') ?? false
  return all && pattern.structure && pattern.structure.length > 0 ? pattern.structure.join('') : null
}
