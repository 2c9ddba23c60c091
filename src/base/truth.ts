/** Three-valued truth: what is known to hold, known not to hold, or not known (strong Kleene logic). */
export type Truth = true | false | 'unknown'
export const not = (a: Truth): Truth => (a === 'unknown' ? a : !a)
export const and = (...all: readonly Truth[]): Truth =>
  all.includes(false) ? false : all.includes('unknown') ? 'unknown' : true
export const or = (...any: readonly Truth[]): Truth => not(and(...any.map(not)))
