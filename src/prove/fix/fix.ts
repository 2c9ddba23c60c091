/** The smallest fix of every link that is open or guessable, found by proving the link again under edits. */
import type { Link, Topology } from '#topology/model.ts'
import type { LinkExposure, Vantage, Verdict } from '../exposure.ts'
import { type Attempt, attemptsOn, type Variants, variantsOf } from './attempts.ts'
import { edgeOf } from './edge.ts'
import type { Edge, Edit, Fix } from './edit.ts'
import { neighbourhoods } from './neighbourhood.ts'
import { type Found, searchFix } from './search.ts'

/** A fix with the edits themselves, to apply. */
export interface Solution {
  readonly fix: Fix
  readonly edits: readonly Edit[]
}

/** Times that one link is proven again. */
const mostAttempts = 50

const vantages: readonly Vantage[] = ['internet', 'tenant', 'inside']

/** By link id; links that nothing on the list of edits closes have none. Pure. */
export const solveFixes = (
  topology: Topology,
  exposures: readonly LinkExposure[],
): ReadonlyMap<string, Solution> => {
  const edge = edgeOf(topology)
  const around = neighbourhoods(topology, edge)
  const known = new Map(exposures.map(e => [e.link.id, e]))
  const open = exposures.filter(e => openTo(e).length > 0)
  const solutions = new Map<string, Solution>()
  // Links around the same load balancers try the same edits.
  for (const [part, group] of Map.groupBy(open, e => around(e.link))) {
    const variants = variantsOf(part, edge)
    for (const before of group) {
      const solution = solve({ variants, before, edge, known })
      if (solution !== null) solutions.set(before.link.id, solution)
    }
  }
  return solutions
}

export const fixesOf = (topology: Topology, exposures: readonly LinkExposure[]): ReadonlyMap<string, Fix> =>
  new Map([...solveFixes(topology, exposures)].map(([id, { fix }]) => [id, fix]))

interface Case {
  /** Of what of the graph bears on the link. */
  readonly variants: Variants
  readonly before: LinkExposure
  readonly edge: Edge
  /** What was proven of all links before, by id. */
  readonly known: ReadonlyMap<string, LinkExposure>
}

const isOpen = (verdict: Verdict | undefined): boolean => verdict === 'open' || verdict === 'guessable'

/** Other customers first: what stops them usually stops everyone. */
const openTo = (exposure: LinkExposure): readonly Vantage[] =>
  (['tenant', 'internet', 'inside'] as const).filter(v => isOpen(exposure[v]?.verdict))

/** All vantages together, or as many as can be closed: the internet before other customers before the inside. */
const goalsOf = (open: readonly Vantage[]): readonly (readonly Vantage[])[] => {
  if (open.length === 1) return [open]
  const single = vantages.filter(v => open.includes(v)).map(v => [v])
  const pairs = open.length === 3 ? [['tenant', 'internet'] as const] : []
  return [open, ...pairs, ...single]
}

const solve = (problem: Case): Solution | null => {
  const { variants, before, edge } = problem
  const attempts = attemptsOn(variants, before, mostAttempts)
  for (const goal of goalsOf(openTo(before))) {
    const found = searchFix(attempts, goal, edge)
    if (found !== null && isGood(problem, found.attempt)) return solutionOf(problem, found)
  }
  return null
}

const solutionOf = ({ variants, before, edge }: Case, { attempt, smallest }: Found): Solution => {
  const after = (vantage: Vantage): Verdict | undefined => attempt.exposure(vantage)?.verdict
  const open = vantages.filter(v => isOpen(before[v]?.verdict))
  return {
    edits: attempt.edits,
    fix: {
      edits: attempt.edits.map(({ text, commands }) => ({ text, commands })),
      closes: open.filter(v => after(v) === 'closed' || after(v) === 'authenticated'),
      leaves: open.filter(v => isOpen(after(v))),
      smallest,
      ...(isControlled(variants.topology, before.link, edge) ? { undone: true } : {}),
    },
  }
}

const isControlled = ({ loadBalancers }: Topology, { id }: Link, edge: Edge): boolean =>
  loadBalancers.some(lb => lb.controlled && edge.linksTo(lb.ref.arn).some(link => link.id === id))

/** No vantage is worse off, and neither is any other link where an edit may let somebody in. */
const isGood = ({ variants, before, edge, known }: Case, { edits, topology, exposure, prove }: Attempt) => {
  const own = vantages.every(v => badness(exposure(v)?.verdict) <= badness(before[v]?.verdict))
  const others = edits.some(e => e.widens) ? touched(variants.topology, topology, edge) : []
  return (
    own &&
    others.every(({ id }) =>
      vantages.every(v => badness(prove(id, v)?.verdict) <= badness(known.get(id)?.[v]?.verdict)),
    )
  )
}

const touched = (topology: Topology, after: Topology, edge: Edge): readonly Link[] =>
  topology.loadBalancers
    .filter((lb, i) => after.loadBalancers[i] !== lb)
    .flatMap(lb => edge.linksTo(lb.ref.arn))

const order: readonly (Verdict | undefined)[] = [
  undefined,
  'closed',
  'authenticated',
  'unknown',
  'guessable',
  'open',
]

const badness = (verdict: Verdict | undefined): number => order.indexOf(verdict)
