/** Three-valued truth: known to hold, known not to hold, or not known (strong Kleene logic). */

export type Truth = boolean | 'unknown'

export const not = (a: Truth): Truth => (a === 'unknown' ? a : !a)

/** The conjunction; an empty one holds. */
export const and = (...all: readonly Truth[]): Truth =>
  all.includes(false) ? false : all.includes('unknown') ? 'unknown' : true

/** The disjunction; an empty one does not hold. */
export const or = (...any: readonly Truth[]): Truth =>
  any.includes(true) ? true : any.includes('unknown') ? 'unknown' : false
