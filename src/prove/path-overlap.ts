/** A path that two behaviours of two distributions both serve. */
import type { Behavior } from '#topology/model.ts'
import { globsMachine } from './language/glob-machine.ts'
import { findWord } from './language/search.ts'
import { plainPaths } from './language/universe.ts'

export type Overlap =
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'none' }
  /** The search was given up. */
  | { readonly kind: 'unknown' }

/** All behaviours of a distribution in order, and the one that is asked about. */
type Place = readonly [all: readonly Behavior[], one: Behavior]

const steps = 50_000

/** A path without a leading slash in the configuration means the one with it. */
const globOf = ({ isDefault, pathPattern }: Behavior): string =>
  isDefault ? '*' : /^[/*?]/.test(pathPattern) ? pathPattern : `/${pathPattern}`

/** CloudFront takes the first behaviour that matches. */
const earlier = ([all, one]: Place): readonly string[] =>
  all.slice(0, Math.max(0, all.indexOf(one))).map(globOf)

const found = new Map<string, Overlap>()
const mostKept = 10_000

/** Exact within plain paths. Paths are compared as viewers ask for them, letter case included. */
export const overlapOf = (a: Place, b: Place): Overlap => {
  const wanted = [globOf(a[1]), globOf(b[1])]
  const taken = [...new Set([...earlier(a), ...earlier(b)])]
  const key = JSON.stringify([wanted, taken])
  const before = found.get(key)
  if (before) return before
  const overlap = search(wanted, taken)
  if (found.size < mostKept) found.set(key, overlap)
  return overlap
}

const search = (wanted: readonly string[], taken: readonly string[]): Overlap => {
  const budget = { left: steps }
  const machines = [...new Set(wanted)].map(glob => globsMachine([glob]))
  const refused = taken.length > 0 ? [globsMachine(taken)] : []
  const path = findWord(plainPaths, machines, refused, budget)
  if (path !== null) return { kind: 'path', path }
  return budget.left > 0 ? { kind: 'none' } : { kind: 'unknown' }
}
