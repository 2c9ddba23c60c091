/** The words that a place of a request may still hold under some reading, and the plainest of them. */
import { separator } from '../language/glob-machine.ts'
import { accepts, type Machine } from '../language/machine.ts'
import { type Budget, findWord } from '../language/search.ts'
import {
  anyText,
  headerTexts,
  hostNames,
  plainPaths,
  queryPairs,
  type Universe,
} from '../language/universe.ts'
import { hostPlace, type Pattern, pathPlace, queryPlace } from './pattern.ts'

/** One text of a request: each of the required alternatives is met by one of its patterns, none of the others by any. */
export interface Word {
  readonly text: string
  /** The patterns it was chosen by. */
  readonly by: readonly Pattern[]
}

/** `spent`: the budget ran out, so that nothing is known. */
export type Found = Word | 'none' | 'spent'

/** Characters without a meaning stand for all that no pattern names. */
const strange = '\ue000\ue001\ue002\ue003'

/** Any text whatever, since some reading may compare any. */
const everyText: Universe = {
  ...anyText,
  fill: `${anyText.fill.replace(/[A-Z]/g, '')}${strange}`,
  step: () => 0,
}

const everyPair: Universe = {
  fill: everyText.fill,
  start: 0,
  letters: new Set([separator]),
  step: (state, letter) => (letter === separator ? (state === 0 ? 1 : -1) : state),
  accepts: state => state === 1,
  dead: state => state === -1,
  certain: () => false,
}

const plainest = (place: string): Universe => {
  if (place === hostPlace) return hostNames
  if (place === pathPlace) return plainPaths
  return place === queryPlace ? queryPairs : headerTexts
}

/** Whether the word is one that every reading compares alike. */
export const isPlain = (place: string, text: string): boolean => accepts(plainest(place), text)

/** `required`: alternatives, one of each must be met. */
export const wordFor = (
  place: string,
  required: readonly (readonly Pattern[])[],
  forbidden: readonly Pattern[],
  budget: Budget,
): Found => {
  const out = new Set(forbidden.map(p => p.id))
  const none = forbidden.flatMap(p => (p.narrowest === null ? [] : [p.narrowest]))
  let rough: Found = 'none'
  for (const by of choices(required)) {
    if (by.some(p => out.has(p.id))) continue
    const machines = by.flatMap(p => (p.widest === null ? [] : [p.widest]))
    const found = oneOf(place, machines, none, budget)
    if (found === 'spent') return 'spent'
    if (found === null) continue
    const word = { text: found, by }
    if (by.every(p => p.doubt === null) && isPlain(place, found)) return word
    rough = word
  }
  return rough
}

const oneOf = (
  place: string,
  all: readonly Machine[],
  none: readonly Machine[],
  budget: Budget,
): string | null | 'spent' => {
  const any = findWord(place === queryPlace ? everyPair : everyText, all, none, budget)
  if (any === null) return budget.left <= 0 ? 'spent' : null
  return isPlain(place, any) ? any : (findWord(plainest(place), all, none, budget) ?? any)
}

/** One pattern of each list. */
const choices = (lists: readonly (readonly Pattern[])[]): readonly (readonly Pattern[])[] =>
  lists.reduce<readonly (readonly Pattern[])[]>(
    (sofar, list) => sofar.flatMap(chosen => list.map(p => [...chosen, p])),
    [[]],
  )
