/** Whether a rule in front takes all that a later rule could take, for checking only. */
import { coversAll, subtractCidrs } from '#base/ip-set.ts'
import type { Condition, Rule } from '#topology/model.ts'
import { isSealed, type Value } from '#topology/sealed.ts'
import { includes } from './glob.ts'
import { sameValue } from './values.ts'

export const isShadowed = (rules: readonly Rule[], rule: Rule): boolean =>
  rules
    .filter(earlier => rank(earlier) < rank(rule))
    .some(earlier => earlier.conditions.every(c => isMet(c, rule.conditions)))

const rank = ({ priority }: Rule): number => (priority === 'default' ? Number.POSITIVE_INFINITY : priority)

const isMet = (wanted: Condition, given: readonly Condition[]): boolean => {
  if (wanted.field === 'path-pattern' && wanted.globs.includes('*')) return true
  if (wanted.field === 'source-ip' && coversAll(wanted.cidrs, 4) && coversAll(wanted.cidrs, 6)) return true
  return given.some(g => follows(g, wanted))
}

const follows = (given: Condition, wanted: Condition): boolean => {
  if (given.field === 'http-request-method' && wanted.field === given.field)
    return given.methods.every(m => wanted.methods.includes(m))
  if (given.field === 'source-ip' && wanted.field === given.field)
    return subtractCidrs(given.cidrs, wanted.cidrs).length === 0
  if (given.field === 'query-string' && wanted.field === given.field)
    return given.pairs.every(p =>
      wanted.pairs.some(
        q => p.key?.toLowerCase() === q.key?.toLowerCase() && sameValue(p.value, q.value, true),
      ),
    )
  if (given.field === 'http-header' && wanted.field === given.field)
    return given.name.toLowerCase() === wanted.name.toLowerCase() && within(given, wanted, true)
  if (given.field === 'host-header' && wanted.field === given.field) return within(given, wanted, true)
  return given.field === 'path-pattern' && wanted.field === given.field && within(given, wanted, false)
}

interface Patterns {
  readonly globs: readonly Value[]
  readonly regexes: readonly Value[]
}

const within = (given: Patterns, wanted: Patterns, folded: boolean): boolean =>
  given.globs.every(g => wanted.globs.some(w => holds(w, g, folded))) &&
  given.regexes.every(g => wanted.regexes.some(w => sameValue(w, g, false)))

const holds = (wide: Value, narrow: Value, folded: boolean): boolean => {
  if (isSealed(wide) || isSealed(narrow)) return sameValue(wide, narrow, true)
  if (wide.includes('\\') || narrow.includes('\\')) return wide === narrow
  return folded ? includes(wide.toLowerCase(), narrow.toLowerCase()) : includes(wide, narrow)
}
