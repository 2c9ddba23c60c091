/** One free place of a request: which words it may hold, and the word it holds now. */
import { accepts, type Machine } from './machine.ts'
import { type Budget, findWord } from './search.ts'
import type { Universe } from './universe.ts'

export interface Text {
  readonly universe: Universe
  readonly all: readonly Machine[]
  readonly none: readonly Machine[]
  /** Words to take where they fit, the best first. */
  readonly prefer: readonly string[]
  readonly word: string
}

export interface Narrowing {
  readonly all?: readonly Machine[]
  readonly none?: readonly Machine[]
  readonly prefer?: readonly string[]
}

/** A place that nothing restricts yet; null where even that has no word. */
export const freeText = (universe: Universe, prefer: readonly string[], budget: Budget): Text | null =>
  settled({ universe, all: [], none: [], prefer, word: '' }, budget)

/** Null where no word is left, or the budget is spent. */
export const narrowed = (text: Text, more: Narrowing, budget: Budget): Text | null => {
  const next: Text = {
    ...text,
    all: [...text.all, ...(more.all ?? [])],
    none: [...text.none, ...(more.none ?? [])],
    prefer: [...(more.prefer ?? []), ...text.prefer],
  }
  return fits(next, next.word) ? next : settled(next, budget)
}

const fits = ({ universe, all, none }: Text, word: string): boolean =>
  accepts(universe, word) && all.every(m => accepts(m, word)) && !none.some(m => accepts(m, word))

const settled = (text: Text, budget: Budget): Text | null => {
  const word =
    text.prefer.find(candidate => fits(text, candidate)) ??
    findWord(text.universe, text.all, text.none, budget)
  return word === null ? null : { ...text, word }
}
