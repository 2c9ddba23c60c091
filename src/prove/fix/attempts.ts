/** Proving links again under sets of edits: each set is applied once, and no link asks for more of them than its budget. */
import type { Topology } from '#topology/model.ts'
import type { Exposure, LinkExposure, Vantage } from '../exposure.ts'
import { type ProveOne, proverOfLinks } from '../prove.ts'
import type { Edge, Edit } from './edit.ts'
import { type Estate, estateOf, servesAlike } from './served.ts'

/** A graph after a set of edits that keeps CloudFront served, shared by all links that try it. */
interface Variant {
  readonly edits: readonly Edit[]
  readonly topology: Topology
  readonly prove: ProveOne
}

/** Variants of one graph. */
export interface Variants {
  readonly topology: Topology
  /** Null where CloudFront would not be served as before. `from` is the graph after all edits but the last. */
  readonly of: (edits: readonly Edit[], from: Topology | null) => Variant | null
}

export const variantsOf = (topology: Topology, edge: Edge): Variants => {
  const base = estateOf(topology)
  const made = new Map<string, Variant | null>()
  return {
    topology,
    of: (edits, from) => {
      const key = keyOf(edits)
      const known = made.get(key)
      if (known !== undefined) return known
      const variant = make(base, edits, from, edge)
      made.set(key, variant)
      return variant
    },
  }
}

const keyOf = (edits: readonly Edit[]): string =>
  edits
    .map(e => e.key)
    .toSorted()
    .join('\n')

const make = (base: Estate, edits: readonly Edit[], from: Topology | null, edge: Edge): Variant | null => {
  const last = edits.at(-1)
  const topology = from && last ? last.apply(from) : edits.reduce((t, e) => e.apply(t), base.topology)
  if (!servesAlike(base, estateOf(topology), edge)) return null
  let prover: ProveOne | null = null
  return {
    edits,
    topology,
    prove: (id, vantage) => {
      prover ??= proverOfLinks(topology)
      return prover(id, vantage)
    },
  }
}

/** The graph after a set of edits, as one link sees it. */
export interface Attempt {
  readonly edits: readonly Edit[]
  readonly topology: Topology
  /** Null where the budget is spent. */
  readonly exposure: (vantage: Vantage) => Exposure | null
  /** Of any link. */
  readonly prove: ProveOne
}

export interface Attempts {
  readonly start: Attempt
  /** The same as `attempt` with one edit more; null where CloudFront would not be served as before. */
  readonly with: (attempt: Attempt, edit: Edit) => Attempt | null
  readonly of: (edits: readonly Edit[]) => Attempt | null
  readonly spent: () => boolean
}

/** `most`: how often the link is proven again; its vantages in one graph count as one. */
export const attemptsOn = (variants: Variants, before: LinkExposure, most: number): Attempts => {
  const made = new Map<Variant, Attempt>()
  let left = most
  const start: Attempt = {
    edits: [],
    topology: variants.topology,
    exposure: vantage => before[vantage],
    prove: (_, vantage) => before[vantage],
  }
  const attemptAt = (variant: Variant): Attempt => {
    const known = new Map<Vantage, Exposure | null>()
    const exposure: Attempt['exposure'] = vantage => {
      const proven = known.get(vantage)
      if (proven !== undefined) return proven
      if (known.size === 0) {
        if (left <= 0) return null
        left--
      }
      const found = variant.prove(before.link.id, vantage)
      known.set(vantage, found)
      return found
    }
    return { edits: variant.edits, topology: variant.topology, exposure, prove: variant.prove }
  }
  const of = (edits: readonly Edit[], from: Topology | null): Attempt | null => {
    if (edits.length === 0) return start
    const variant = variants.of(edits, from)
    if (variant === null) return null
    const attempt = made.get(variant) ?? attemptAt(variant)
    made.set(variant, attempt)
    return attempt
  }
  return {
    start,
    with: (attempt, edit) => of([...attempt.edits, edit], attempt.topology),
    of: edits => of(edits, null),
    spent: () => left <= 0,
  }
}
