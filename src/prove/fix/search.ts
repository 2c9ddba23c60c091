/**
 * The smallest set of edits that closes a link to given vantages, led by counterexamples.
 *
 * Whatever closes the link must stop the witness at hand, so that it holds at least one edit of something the witness
 * passes. First a way down is taken: an edit for the witness, the next witness, and so on. Where no edit could have stopped
 * two of the witnesses met on the way, no smaller set exists. Else all smaller sets are tried, size by size.
 */
import type { Exposure, Vantage, Verdict, Witness } from '../exposure.ts'
import type { Attempt, Attempts } from './attempts.ts'
import type { Edge, Edit } from './edit.ts'
import { editsAt } from './edits.ts'
import { spotOf } from './spot.ts'

export interface Found {
  readonly attempt: Attempt
  /** Whether no smaller set of edits does it. */
  readonly smallest: boolean
}

/** More changes than this are a new design, not a fix. */
const mostEdits = 8

/** Null where nothing was found within the budget. */
export const searchFix = (attempts: Attempts, goal: readonly Vantage[], edge: Edge): Found | null => {
  const search: Search = { attempts, goal, edge }
  const down = wayDown(search)
  if (down?.apart) return { attempt: down.attempt, smallest: true }
  const largest = (down?.attempt.edits.length ?? mostEdits) - 1
  const { attempt, complete } = breadthFirst(search, largest)
  if (attempt !== null) return { attempt, smallest: true }
  return down && { attempt: needed(search, down.attempt), smallest: complete }
}

interface Search {
  readonly attempts: Attempts
  readonly goal: readonly Vantage[]
  readonly edge: Edge
}

const isShut = (verdict: Verdict | undefined): boolean => verdict === 'closed' || verdict === 'authenticated'

type Standing =
  | { readonly kind: 'closed' }
  /** The first witness against the goal. */
  | { readonly kind: 'open'; readonly witness: Witness }
  /** Undecided, or out of budget: nothing leads on from here. */
  | { readonly kind: 'stuck' }

const standing = ({ goal }: Search, { exposure }: Attempt): Standing => {
  for (const vantage of goal) {
    const found: Exposure | null = exposure(vantage)
    if (isShut(found?.verdict)) continue
    const witness = found?.witness ?? null
    return witness === null ? { kind: 'stuck' } : { kind: 'open', witness }
  }
  return { kind: 'closed' }
}

/** Attempts with one edit more, each of which keeps CloudFront served. */
const nextFrom = (search: Search, attempt: Attempt, witness: Witness): readonly Step[] =>
  editsAt(spotOf(attempt.topology, witness), search.edge).flatMap(edit => {
    if (attempt.edits.some(e => isSame(e, edit))) return []
    const next = search.attempts.with(attempt, edit)
    return next === null ? [] : [{ edit, attempt: next }]
  })

const isSame = (a: Edit, b: Edit): boolean => a.key === b.key || (a.once !== undefined && a.once === b.once)

interface Step {
  readonly edit: Edit
  readonly attempt: Attempt
}

interface Down {
  readonly attempt: Attempt
  /** No edit could have stopped two of the witnesses. */
  readonly apart: boolean
}

/** At each witness the first edit after which another witness, or none, is found. */
const wayDown = (search: Search): Down | null => {
  let attempt = search.attempts.start
  const choices: ReadonlySet<string>[] = []
  for (;;) {
    const now = standing(search, attempt)
    if (now.kind === 'closed')
      return { attempt, apart: areApart(choices) && !attempt.edits.some(e => e.widens) }
    if (now.kind === 'stuck' || attempt.edits.length >= mostEdits) return null
    const steps = nextFrom(search, attempt, now.witness)
    choices.push(new Set(steps.map(s => s.edit.key)))
    const step = steps.find(s => isProgress(search, now.witness, s.attempt))
    if (step === undefined) return null
    attempt = step.attempt
  }
}

const isProgress = (search: Search, witness: Witness, after: Attempt): boolean => {
  const next = standing(search, after)
  return next.kind === 'closed' || (next.kind === 'open' && wayOf(next.witness) !== wayOf(witness))
}

/** Requests that pass the same things are the same obstacle. */
const wayOf = ({ vantage, family, route }: Witness): string =>
  [vantage, family, ...route.map(step => `${step.kind} ${step.arn}`)].join('\n')

const areApart = (choices: readonly ReadonlySet<string>[]): boolean =>
  choices.every((a, i) => choices.slice(i + 1).every(b => [...a].every(key => !b.has(key))))

interface Breadth {
  readonly attempt: Attempt | null
  /** Whether all sets up to the size were tried. */
  readonly complete: boolean
}

const breadthFirst = (search: Search, largest: number): Breadth => {
  let level: readonly Attempt[] = [search.attempts.start]
  for (let size = 1; size <= largest; size++) {
    const next = new Set<Attempt>()
    for (const attempt of level) {
      const now = standing(search, attempt)
      if (now.kind !== 'open') continue
      for (const step of nextFrom(search, attempt, now.witness)) {
        if (standing(search, step.attempt).kind === 'closed') return { attempt: step.attempt, complete: true }
        if (search.attempts.spent()) return { attempt: null, complete: false }
        next.add(step.attempt)
      }
    }
    if (next.size === 0) return { attempt: null, complete: true }
    level = [...next]
  }
  return { attempt: null, complete: true }
}

/** Leaves out every edit that is not needed. */
const needed = (search: Search, attempt: Attempt): Attempt => {
  if (attempt.edits.length < 2) return attempt
  for (const edit of attempt.edits) {
    const fewer = search.attempts.of(attempt.edits.filter(e => e !== edit))
    if (fewer !== null && standing(search, fewer).kind === 'closed') return needed(search, fewer)
  }
  return attempt
}
