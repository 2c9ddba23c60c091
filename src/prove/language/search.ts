/** Finds a shortest word that some machines accept and others refuse, within a budget of steps. */
import type { Machine, State } from './machine.ts'
import type { Universe } from './universe.ts'

/** Steps that may still be taken; a search that finds it spent says nothing about emptiness. */
export interface Budget {
  left: number
}

/** Null where there is none, or the budget is spent. */
export const findWord = (
  universe: Universe,
  all: readonly Machine[],
  none: readonly Machine[],
  budget: Budget,
): string | null => {
  const machines = [universe, ...all, ...none]
  const wanted = 1 + all.length
  const letters = alphabet(universe, machines)
  const isFinal = (states: readonly State[]): boolean =>
    machines.every((m, i) => m.accepts(states[i] ?? 0) === i < wanted)
  const isDead = (states: readonly State[]): boolean =>
    machines.some((m, i) => (i < wanted ? m.dead(states[i] ?? 0) : m.certain(states[i] ?? 0)))
  const start = machines.map(m => m.start)
  const seen = new Set([start.join()])
  let edge: { states: readonly State[]; word: string }[] = [{ states: start, word: '' }]
  while (edge.length > 0) {
    const next: typeof edge = []
    for (const { states, word } of edge) {
      if (isFinal(states)) return word
      for (const letter of letters) {
        budget.left -= machines.length
        if (budget.left <= 0) return null
        const moved = machines.map((m, i) => m.step(states[i] ?? 0, letter))
        const key = moved.join()
        if (seen.has(key)) continue
        seen.add(key)
        if (!isDead(moved)) next.push({ states: moved, word: word + letter })
      }
    }
    edge = next
  }
  return null
}

/** Every letter that some machine tells apart, and one that stands for all others; the readable ones first. */
const alphabet = (universe: Universe, machines: readonly Machine[]): readonly string[] => {
  const named = new Set(machines.flatMap(m => [...m.letters]))
  const other = [...universe.fill].find(c => !named.has(c))
  const readable = [...universe.fill].filter(c => named.has(c) || c === other)
  return [...new Set([...readable, ...named])]
}
