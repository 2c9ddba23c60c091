/** What a rule itself puts between a stranger and its targets. */
import type { Condition, Rule } from '#topology/model.ts'
import { isSealed, type Sealed, sealedName, type Value } from '#topology/sealed.ts'
import { isStrong } from '../value.ts'
import { isRewritten } from './condition.ts'

/**
 * The condition that no stranger meets: every value it accepts is a strong secret. Conditions know no negation, so a
 * request without the secret can never satisfy a rule that asks for it. Null where the rule has none.
 */
export const secretCondition = (rule: Rule): Condition | null =>
  rule.conditions.find(c => {
    const accepted = acceptedValues(c)
    return accepted.length > 0 && accepted.every(isStrong)
  }) ?? null

/** Values of a header or query condition; none for a header that the load balancer writes itself (U-24). */
const acceptedValues = (condition: Condition): readonly Value[] => {
  if (condition.field === 'query-string') return condition.pairs.map(p => p.value)
  if (condition.field !== 'http-header' || isRewritten(condition.name)) return []
  return [...condition.globs, ...condition.regexes]
}

/** `x-token is sealed:1a2b3c4d (158 bits)`; never a value. */
export const describeSecret = (condition: Condition): string => {
  const values = acceptedValues(condition).filter(isSealed)
  const name = condition.field === 'http-header' ? condition.name : 'a query parameter'
  return `${name} is ${values.map(describeValue).join(' or ')}`
}

const describeValue = (value: Sealed): string => `${sealedName(value)} (${Math.floor(value.bits)} bits)`

/** `forward`: hands requests to targets. `answer`: answers or redirects. `unrecognised`: not known. */
export type Ending = 'forward' | 'answer' | 'unrecognised'

export const endingOf = (rule: Rule): Ending => {
  if (rule.actions.some(a => a.kind === 'unrecognised')) return 'unrecognised'
  if (rule.actions.some(a => a.kind === 'forward')) return 'forward'
  const answers = rule.actions.some(a => a.kind === 'fixed-response' || a.kind === 'redirect')
  return answers ? 'answer' : 'unrecognised'
}
