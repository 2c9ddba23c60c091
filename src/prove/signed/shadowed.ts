/** Finds paths that a signed pattern names and an unsigned behaviour takes, because its pattern comes first. */
import { globOf, type PathBehavior } from '#topology/path-reading.ts'
import { globsMachine } from '../language/glob-machine.ts'
import { findWord } from '../language/search.ts'
import { plainPaths } from '../language/universe.ts'
import type { PathWay } from './behaviors.ts'

export type Shadowed =
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'none' }
  /** The search was given up. */
  | { readonly kind: 'unknown' }

const stepsPerSearch = 200_000

const none: Shadowed = { kind: 'none' }

/**
 * A path of both patterns that `free` takes. A pattern that lies wholly inside the signed one is an exception that
 * somebody made, not an oversight: it shadows nothing.
 */
export const shadowed = (signed: PathBehavior, { behaviors, behavior: free }: PathWay): Shadowed => {
  const place = behaviors.indexOf(free)
  if (behaviors.indexOf(signed) < place || free.isDefault) return none
  const outside = search([free], [signed])
  if (outside.kind !== 'path') return outside
  return search([signed, free], behaviors.slice(0, place))
}

const search = (all: readonly PathBehavior[], no: readonly PathBehavior[]): Shadowed => {
  const budget = { left: stepsPerSearch }
  const machine = (of: readonly PathBehavior[]) => globsMachine(of.map(b => globOf(b, true)))
  const path = findWord(
    plainPaths,
    all.map(b => machine([b])),
    no.length > 0 ? [machine(no)] : [],
    budget,
  )
  if (path !== null) return { kind: 'path', path }
  return budget.left > 0 ? none : { kind: 'unknown' }
}
