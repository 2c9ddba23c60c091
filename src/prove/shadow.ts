/**
 * Whether an earlier rule takes every request that a later one would take, under every reading of the semantics.
 *
 * Each condition of the earlier rule must hold of whatever string a request shows there (`*` for a path, every address
 * for a source), or follow from a condition of the later rule on the same place: whichever form the load balancer
 * compares, it compares the same one with both. A host, method, header or query condition can never hold of everything,
 * nor can `/*`: a request may lack a Host, invent a method, or ask for `*` (U-06).
 */
import { foldCase, type GlobToken, globTokens } from '#base/glob.ts'
import { coversAll, malformedCidrs, subtractCidrs } from '#base/ip-set.ts'
import type { Condition, Rule } from '#topology/model.ts'
import { isSealed, patternId, type Value } from '#topology/sealed.ts'

export const takesAllOf = (earlier: Rule, later: Rule): boolean =>
  earlier.conditions.every(c => holdsOfEverything(c) || later.conditions.some(d => implies(d, c)))

const holdsOfEverything = (condition: Condition): boolean => {
  if (condition.field === 'path-pattern') return condition.globs.some(glob => /^\*+$/.test(glob))
  return condition.field === 'source-ip' && coversAll(condition.cidrs, 4) && coversAll(condition.cidrs, 6)
}

/** Whether `d` meeting a request means that `c` does. */
const implies = (d: Condition, c: Condition): boolean => {
  switch (d.field) {
    case 'host-header':
      return c.field === d.field && patternsImply(d, c, true)
    case 'path-pattern':
      return c.field === d.field && patternsImply(d, c, false)
    case 'http-header':
      return c.field === d.field && foldCase(c.name) === foldCase(d.name) && patternsImply(d, c, true)
    case 'http-request-method':
      return c.field === d.field && d.methods.every(m => c.methods.includes(m))
    case 'source-ip':
      return (
        c.field === d.field &&
        malformedCidrs(d.cidrs).length === 0 &&
        subtractCidrs(d.cidrs, c.cidrs).length === 0
      )
    case 'query-string':
      return (
        c.field === d.field &&
        d.pairs.every(p => c.pairs.some(q => sameKey(p.key, q.key) && sameValue(p.value, q.value)))
      )
    case 'unrecognised':
      return false
  }
}

interface Patterns {
  readonly globs: readonly Value[]
  readonly regexes: readonly Value[]
}

const patternsImply = (d: Patterns, c: Patterns, ignoreCase: boolean): boolean =>
  d.globs.every(glob => c.globs.some(wider => globHolds(wider, glob, ignoreCase))) &&
  d.regexes.every(regex => c.regexes.some(same => sameText(same, regex)))

const globHolds = (wider: Value, glob: Value, ignoreCase: boolean): boolean => {
  if (isSealed(wider) || isSealed(glob)) return sameValue(wider, glob)
  // A backslash may be an escape (U-11).
  if (wider.includes('\\') || glob.includes('\\')) return wider === glob
  const fold = ignoreCase ? foldCase : (text: string) => text
  return covers(globTokens(fold(wider)), globTokens(fold(glob)))
}

/** Reads the narrower glob as a text: its `*` is met by `*` alone, its `?` by either wildcard. Sufficient, not necessary. */
export const covers = (wider: readonly GlobToken[], glob: readonly GlobToken[]): boolean => {
  let reached = starred(wider, new Set([0]))
  for (const token of glob) {
    const next = new Set<number>()
    for (const at of reached) {
      const own = wider[at]
      if (own === '*') next.add(at)
      else if (own !== undefined && oneCovers(own, token)) next.add(at + 1)
    }
    reached = starred(wider, next)
  }
  return reached.has(wider.length)
}

const starred = (tokens: readonly GlobToken[], places: ReadonlySet<number>): ReadonlySet<number> => {
  const all = new Set(places)
  for (const at of all) if (tokens[at] === '*') all.add(at + 1)
  return all
}

const oneCovers = (wider: Exclude<GlobToken, '*'>, token: GlobToken): boolean => {
  if (token === '*') return false
  if (wider === '?') return true
  return token !== '?' && wider.literal === token.literal
}

const sameText = (a: Value, b: Value): boolean =>
  isSealed(a) || isSealed(b) ? isSealed(a) && isSealed(b) && patternId(a) === patternId(b) : a === b

const sameValue = (a: Value, b: Value): boolean => {
  if (isSealed(a) && isSealed(b)) return a.dialect === b.dialect && a.folded === b.folded
  return !isSealed(a) && !isSealed(b) && foldCase(a) === foldCase(b)
}

const sameKey = (a: string | null, b: string | null): boolean =>
  a === null || b === null ? a === b : foldCase(a) === foldCase(b)
