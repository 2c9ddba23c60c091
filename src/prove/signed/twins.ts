/** Finds objects that need a signature on one way and none on another. */
import {
  type Encoding,
  encodings,
  globOf,
  type PathBehavior,
  type PathReading,
  readingsFor,
  takerOf,
} from '#topology/path-reading.ts'
import type { Budget } from '../language/search.ts'
import { findWord } from '../language/search.ts'
import type { PathWay } from './behaviors.ts'
import { takenBy } from './behaviors.ts'
import { asSeenBy, type Freedom, lettersOf, objectOf, paths, plainOf, spelledOf } from './spelling.ts'

/** What a backend takes for the same object: `exact` decodes once and compares byte for byte, as S3 does. */
export type Naming = 'exact' | 'lenient'

/** One object, and two requests for it. */
export type PathTwin =
  | {
      /** `certain`: under every reading. `possible`: `because` completes "if ...". */
      readonly outcome: 'certain' | 'possible'
      readonly because: readonly string[]
      /** Path of the object at the backend, decoded. */
      readonly object: string
      /** The request that needs a signature. */
      readonly signedPath: string
      /** The request that needs none. */
      readonly unsignedPath: string
      /** The readings of paths under which it is one, where it takes one of them; else none. */
      readonly readings: readonly PathReading[]
    }
  | { readonly outcome: 'undecided'; readonly because: readonly string[] }

/** Steps for one pair of behaviours under one reading. */
const stepsPerSearch = 2_000_000

const tooLarge = 'the path patterns are too large to compare'

const same: Freedom = { encoded: false, otherCase: false, doubleSlash: false }

/**
 * Objects that both ways lead to, if they lead to the same backend: one that is certain where there is any, else one for
 * each assumption that leads to some, so that whoever excludes an assumption is left with the others.
 */
export const pathTwins = (
  signed: PathWay,
  unsigned: PathWay,
  naming: Naming,
  steps: number = stepsPerSearch,
): readonly PathTwin[] => {
  const all = readingsFor([...signed.behaviors, ...unsigned.behaviors])
  if (!mayMeet(signed, unsigned, naming, all)) return []
  let spent = false
  const tried = (
    freedom: Freedom,
    readings: readonly PathReading[],
    because: readonly string[],
  ): readonly Met[] => {
    const budget = { left: steps }
    const word = search(signed, unsigned, freedom, readings, budget)
    spent ||= word === null && budget.left <= 0
    return word === null ? [] : [found(word, signed, unsigned, because)]
  }
  const spelled = { ...same, encoded: true }
  const origin = naming === 'exact' ? [] : [decodes]
  const anyReading = () => {
    const plain = tried(same, all, [])
    return plain.length > 0 ? plain : tried(spelled, all, origin)
  }
  const under = (reading: PathReading) => tried(spelled, [reading], [words([reading], all), ...origin])
  const always = anyReading()
  if (always.length > 0) return always
  const twins = [
    ...byReading(signed, unsigned, all, under).map(met => ({
      ...met,
      because: [words(met.readings, all), ...origin],
    })),
    ...(naming === 'exact'
      ? []
      : [
          ...tried({ ...same, otherCase: true }, all, [ignoresCase]),
          ...tried({ ...same, doubleSlash: true }, all, [mergesSlashes]),
        ]),
  ]
  return spent ? [...twins, { outcome: 'undecided', because: [tooLarge] }] : twins
}

/** For each reading one, unless that of an earlier reading is one under it as well. */
const byReading = (
  signed: PathWay,
  unsigned: PathWay,
  all: readonly PathReading[],
  under: (reading: PathReading) => readonly Met[],
): readonly Met[] => {
  const twins: Met[] = []
  for (const reading of all) {
    if (twins.some(t => t.readings.includes(reading))) continue
    for (const twin of under(reading)) {
      const holds = (r: PathReading) =>
        takerOf(signed.behaviors, twin.signedPath, r) === signed.behavior &&
        takerOf(unsigned.behaviors, twin.unsignedPath, r) === unsigned.behavior
      twins.push({ ...twin, readings: all.filter(r => r === reading || holds(r)) })
    }
  }
  return twins
}

const decodes = 'the origin decodes percent-encodings before it looks the object up'
const ignoresCase = 'the origin takes letters of either case for the same'
const mergesSlashes = 'the origin takes two slashes for one'
const how: Readonly<Record<Encoding, string>> = {
  'rfc-3986': 'normalised by RFC 3986, as documented',
  'all-decoded': 'with all percent-encodings decoded',
  'as-sent': 'as it was sent',
}
const words = (readings: readonly PathReading[], all: readonly PathReading[]): string => {
  const several = all.length > encodings.length
  const said = readings.map(({ encoding, slashFirst }) => {
    const star = slashFirst
      ? ' with a slash understood before a leading star'
      : ' with a leading star as it is'
    return several ? how[encoding] + star : how[encoding]
  })
  return `CloudFront compares the path ${said.join(', or ')}`
}

/** Under all of the readings at once: first a path that reads well, then any. */
const search = (
  signed: PathWay,
  unsigned: PathWay,
  freedom: Freedom,
  readings: readonly PathReading[],
  budget: Budget,
): string | null => {
  const sides = readings.flatMap(reading => [
    seen('plain', signed, reading),
    seen('spelled', unsigned, reading),
  ])
  const all = sides.flatMap(s => s.all)
  const none = sides.flatMap(s => s.none)
  const named = [signed, unsigned].flatMap(({ originPath, behaviors }) => charactersOf(originPath, behaviors))
  return (
    findWord(paths(named, freedom, true), all, none, budget) ??
    findWord(paths(named, freedom, false), all, none, budget)
  )
}

/** Most pairs have nothing in common, even before the behaviours that come first take their share. */
const mayMeet = (
  signed: PathWay,
  unsigned: PathWay,
  naming: Naming,
  readings: readonly PathReading[],
): boolean => {
  const lenient = naming === 'lenient'
  const freedom: Freedom = { encoded: true, otherCase: lenient, doubleSlash: lenient }
  const named = [signed, unsigned].flatMap(({ originPath, behavior }) => charactersOf(originPath, [behavior]))
  return readings.some(reading => {
    const all = [...seen('plain', signed, reading).all, ...seen('spelled', unsigned, reading).all]
    const budget = { left: stepsPerSearch }
    return findWord(paths(named, freedom, false), all, [], budget) !== null || budget.left <= 0
  })
}

const charactersOf = (originPath: string, behaviors: readonly PathBehavior[]): readonly string[] => [
  '%',
  ...originPath,
  ...behaviors.flatMap(b => [...globOf(b, true)].filter(c => c !== '*' && c !== '?')),
]

const seen = (side: 'plain' | 'spelled', way: PathWay, reading: PathReading) => {
  const { all, none } = takenBy(way, reading.slashFirst)
  const view = (machine: (typeof all)[number]) => asSeenBy(side, reading.encoding, way.originPath, machine)
  return { all: all.map(view), none: none.map(view) }
}

type Met = Exclude<PathTwin, { readonly outcome: 'undecided' }>

const found = (word: string, signed: PathWay, unsigned: PathWay, because: readonly string[]): Met => ({
  outcome: because.length === 0 ? 'certain' : 'possible',
  because,
  object: objectOf(word),
  signedPath: plainOf(lettersOf(word).slice(signed.originPath.length).join('')),
  unsignedPath: spelledOf(word).slice(unsigned.originPath.length),
  readings: [],
})
