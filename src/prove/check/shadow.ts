/** Whether a rule in front takes all that a later rule could take, for checking only. */
import { coversAll, subtractCidrs } from '#base/ip-set.ts'
import type { Condition, Rule } from '#topology/model.ts'
import { isSealed, type Value } from '#topology/sealed.ts'

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
      wanted.pairs.some(q => fold(p.key ?? '\0') === fold(q.key ?? '\0') && equal(p.value, q.value, true)),
    )
  if (given.field === 'http-header' && wanted.field === given.field)
    return fold(given.name) === fold(wanted.name) && within(given, wanted, true)
  if (given.field === 'host-header' && wanted.field === given.field) return within(given, wanted, true)
  return given.field === 'path-pattern' && wanted.field === given.field && within(given, wanted, false)
}

interface Patterns {
  readonly globs: readonly Value[]
  readonly regexes: readonly Value[]
}

const within = (given: Patterns, wanted: Patterns, folded: boolean): boolean =>
  given.globs.every(g => wanted.globs.some(w => holds(w, g, folded))) &&
  given.regexes.every(g => wanted.regexes.some(w => equal(w, g, false)))

const fold = (text: string): string => text.toLowerCase()

const equal = (a: Value, b: Value, folded: boolean): boolean => {
  if (isSealed(a) || isSealed(b))
    return (
      isSealed(a) &&
      isSealed(b) &&
      a.dialect === b.dialect &&
      (folded ? a.folded === b.folded : a.sealed === b.sealed)
    )
  return folded ? fold(a) === fold(b) : a === b
}

/** `*` of the wider glob swallows any run of the narrower one's text, wildcards included. */
const holds = (wider: Value, glob: Value, folded: boolean): boolean => {
  if (isSealed(wider) || isSealed(glob)) return equal(wider, glob, true)
  if (wider.includes('\\') || glob.includes('\\')) return wider === glob
  const source = [...(folded ? fold(wider) : wider)]
    .map(c => (c === '*' ? '[^]*' : c === '?' ? '[^*]' : c.replace(/[^\w]/g, '\\$&')))
    .join('')
  return new RegExp(`^${source.replaceAll(/(?:\[\^\]\*)+/g, '[^]*')}$`).test(folded ? fold(glob) : glob)
}
