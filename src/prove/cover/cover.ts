/**
 * Whether earlier rules together take every request that a rule could take from somebody who holds no secret, whatever
 * reading of the semantics is the right one.
 *
 * A reading decides which texts the load balancer compares: raw or decoded paths, Hosts with or without their port. So
 * every text at all is allowed for in every place; a Host may be missing; methods have no end. What is left to the rule
 * are the requests that break one condition of each earlier rule. The search keeps one example of what is left; the first
 * earlier rule that would take it is split into its conditions, and each of them is broken in turn. Where nothing is left
 * on any branch, the rules that were split take everything.
 */
import { exampleAddress, intersectCidrs, subtractCidrs } from '#base/ip-set.ts'
import type { Condition, Rule } from '#topology/model.ts'
import { accepts } from '../language/machine.ts'
import type { Budget } from '../language/search.ts'
import { hostPlace, type Pattern, pathPlace, type TextCondition, textCondition } from './pattern.ts'
import { type Found, type Word, wordFor } from './words.ts'

/** What is left to a rule, as an example. */
export interface Remainder {
  /** Words by place; headers and query hold one for each condition that asks for one. A host without a word is missing. */
  readonly words: ReadonlyMap<string, readonly Word[]>
  /** Null for one that no rule names. */
  readonly method: string | null
}

export type Cover =
  /** Nothing is left; `by` are the rules that take it, in the order in which the argument uses them. */
  | { readonly kind: 'covered'; readonly by: readonly Rule[] }
  | { readonly kind: 'left'; readonly remainder: Remainder }
  /** The budget ran out, so that nothing is known. */
  | { readonly kind: 'spent' }

export interface CoverProblem {
  readonly rule: Rule
  /** Rules that are tried before it, in order. */
  readonly earlier: readonly Rule[]
  /** CIDRs that requests may come from. */
  readonly sources: readonly string[]
  /** Methods that the listener answers itself. */
  readonly refused: readonly string[]
  readonly budget: Budget
}

/** Examples that are looked at for one rule at the most. */
const mostExamples = 2000

export const coverOf = (problem: CoverProblem): Cover => {
  const start = startOf(problem)
  const search: Search = { problem, asks: start.asks, left: mostExamples, by: new Set(), known: new Map() }
  const outcome = start.state === null ? 'covered' : descend(search, start.state)
  if (outcome === 'covered') return { kind: 'covered', by: [...search.by] }
  return outcome === 'spent' ? { kind: 'spent' } : { kind: 'left', remainder: outcome }
}

/** What the rule asks for in each place: texts that must be there, each of one of the alternatives. */
type Asks = ReadonlyMap<string, readonly (readonly Pattern[])[]>

interface Search {
  readonly problem: CoverProblem
  readonly asks: Asks
  left: number
  readonly by: Set<Rule>
  readonly known: Map<string, Found>
}

interface State extends Remainder {
  /** Patterns that the texts of a place must not meet. */
  readonly forbidden: ReadonlyMap<string, readonly Pattern[]>
  /** Null while no condition of the rule names methods: then there is always another. */
  readonly methods: readonly string[] | null
  readonly sources: readonly string[]
}

const startOf = (problem: CoverProblem): { asks: Asks; state: State | 'spent' | null } => {
  const { rule, sources, refused, budget } = problem
  const asks = new Map<string, (readonly Pattern[])[]>([
    [pathPlace, []],
    [hostPlace, []],
  ])
  for (const { place, sendable } of rule.conditions.map(textCondition).filter(c => c !== null))
    asks.set(place, [...(asks.get(place) ?? []), sendable])
  const words = new Map<string, readonly Word[]>()
  for (const [place, required] of asks) {
    const found = wordsFor(place, required, [], budget)
    if (found === 'spent') return { asks, state: 'spent' }
    if (found === 'none') return { asks, state: null }
    words.set(place, found)
  }
  const methods = methodsOf(rule.conditions, refused)
  const from = rule.conditions.reduce<readonly string[]>(
    (left, c) => (c.field === 'source-ip' ? intersectCidrs(left, c.cidrs) : left),
    sources,
  )
  if (methods?.length === 0 || from.length === 0) return { asks, state: null }
  return {
    asks,
    state: { words, method: methods?.[0] ?? null, forbidden: new Map(), methods, sources: from },
  }
}

const methodsOf = (
  conditions: readonly Condition[],
  refused: readonly string[],
): readonly string[] | null => {
  const lists = conditions.flatMap(c => (c.field === 'http-request-method' ? [c.methods] : []))
  const [first, ...more] = lists
  if (first === undefined) return null
  return first.filter(m => !refused.includes(m) && more.every(list => list.includes(m)))
}

/** A host or path is one text, which meets everything; each condition on headers and query may have a text of its own. */
const isOneText = (place: string): boolean => place === hostPlace || place === pathPlace

const wordsFor = (
  place: string,
  required: readonly (readonly Pattern[])[],
  forbidden: readonly Pattern[],
  budget: Budget,
): readonly Word[] | 'none' | 'spent' => {
  const groups = isOneText(place) ? [required] : required.map(r => [r])
  const words: Word[] = []
  for (const group of groups) {
    const found = wordFor(place, group, forbidden, budget)
    if (found === 'none' || found === 'spent') return found
    words.push(found)
  }
  return words
}

const descend = (search: Search, state: State | 'spent'): 'covered' | 'spent' | Remainder => {
  const { problem } = search
  problem.budget.left -= problem.earlier.length
  if (state === 'spent' || --search.left < 0 || problem.budget.left <= 0) return 'spent'
  const blocker = problem.earlier.find(rule => rule.conditions.every(c => holds(state, c)))
  if (blocker === undefined) return { words: state.words, method: state.method }
  search.by.add(blocker)
  let spent = false
  for (const condition of blocker.conditions) {
    const next = breaking(search, state, condition)
    if (next === null) continue
    const outcome = descend(search, next)
    if (outcome === 'spent') spent = true
    else if (outcome !== 'covered') return outcome
  }
  return spent ? 'spent' : 'covered'
}

/** Whether the example meets the condition under every reading. */
const holds = (state: State, condition: Condition): boolean => {
  const text = textCondition(condition)
  if (text !== null) return (state.words.get(text.place) ?? []).some(word => meets(word, text))
  switch (condition.field) {
    case 'http-request-method':
      return state.method !== null && condition.methods.includes(state.method)
    case 'source-ip':
      return isInside(state.sources, condition.cidrs)
    default:
      return false
  }
}

const meets = (word: Word, { patterns }: TextCondition): boolean =>
  patterns.some(
    p => word.by.some(b => b.id === p.id) || (p.narrowest !== null && accepts(p.narrowest, word.text)),
  )

const isInside = (sources: readonly string[], cidrs: readonly string[]): boolean => {
  const example = exampleAddress(sources)
  return example === null
    ? subtractCidrs(sources, cidrs).length === 0
    : subtractCidrs([example], cidrs).length === 0
}

/** The same with the condition broken; null where nothing is left. */
const breaking = (search: Search, state: State, condition: Condition): State | 'spent' | null => {
  const text = textCondition(condition)
  if (text !== null) return withoutText(search, state, text)
  if (condition.field === 'source-ip') {
    const sources = subtractCidrs(state.sources, condition.cidrs)
    return sources.length > 0 ? { ...state, sources } : null
  }
  if (condition.field !== 'http-request-method' || state.methods === null) return null
  const methods = state.methods.filter(m => !condition.methods.includes(m))
  return methods.length > 0 ? { ...state, methods, method: methods[0] ?? null } : null
}

const withoutText = (
  { problem, asks, known }: Search,
  state: State,
  { place, patterns }: TextCondition,
): State | 'spent' | null => {
  const forbidden = [...(state.forbidden.get(place) ?? []), ...patterns]
  const words: Word[] = []
  const required = asks.get(place) ?? []
  const groups = isOneText(place) ? [required] : required.map(r => [r])
  for (const [i, group] of groups.entries()) {
    const key = JSON.stringify([place, i, [...new Set(forbidden.map(p => p.id))].sort()])
    const found = known.get(key) ?? wordFor(place, group, forbidden, problem.budget)
    known.set(key, found)
    if (found === 'spent') return 'spent'
    if (found === 'none') {
      // Whoever is not asked for a Host need not send one; then no Host is met.
      if (place !== hostPlace || required.length > 0) return null
      return { ...state, words: new Map(state.words).set(place, []) }
    }
    words.push(found)
  }
  return {
    ...state,
    forbidden: new Map(state.forbidden).set(place, forbidden),
    words: new Map(state.words).set(place, words),
  }
}
