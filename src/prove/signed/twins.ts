/** Finds objects that need a signature on one way and none on another. */
import type { Budget } from '../language/search.ts'
import { findWord } from '../language/search.ts'
import { globOf, type PathBehavior, type PathWay, starMatters, takenBy } from './behaviors.ts'
import {
  asSeenBy,
  type Encoding,
  encodings,
  type Freedom,
  lettersOf,
  objectOf,
  paths,
  plainOf,
  spelledOf,
} from './spelling.ts'

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
    }
  | { readonly outcome: 'undecided'; readonly because: readonly string[] }

/** Steps for one pair of behaviours under one reading. */
const stepsPerSearch = 2_000_000

const tooLarge = 'the path patterns are too large to compare'

interface Reading {
  readonly encoding: Encoding
  readonly slashFirst: boolean
}

const same: Freedom = { encoded: false, otherCase: false, doubleSlash: false }

/**
 * An object that both ways lead to, if they lead to the same backend; null where there is none. The weaker the assumption
 * that a try makes, the earlier it comes.
 */
export const pathTwin = (
  signed: PathWay,
  unsigned: PathWay,
  naming: Naming,
  steps: number = stepsPerSearch,
): PathTwin | null => {
  const all = readingsFor([...signed.behaviors, ...unsigned.behaviors])
  if (!mayMeet(signed, unsigned, naming, all)) return null
  const tries: readonly { freedom: Freedom; readings: readonly Reading[]; because: readonly string[] }[] = [
    { freedom: same, readings: all, because: [] },
    ...(naming === 'exact'
      ? [{ freedom: { ...same, encoded: true }, readings: all, because: [] }]
      : [{ freedom: { ...same, encoded: true }, readings: all, because: [decodes] }]),
    ...all.map(reading => ({
      freedom: { ...same, encoded: true },
      readings: [reading],
      because: [words(reading, all), ...(naming === 'exact' ? [] : [decodes])],
    })),
    ...(naming === 'exact'
      ? []
      : [
          { freedom: { ...same, otherCase: true }, readings: all, because: [ignoresCase] },
          { freedom: { ...same, doubleSlash: true }, readings: all, because: [mergesSlashes] },
        ]),
  ]
  let spent = false
  for (const { freedom, readings, because } of tries) {
    const budget = { left: steps }
    const word = search(signed, unsigned, freedom, readings, budget)
    spent ||= word === null && budget.left <= 0
    if (word !== null) return found(word, signed, unsigned, because)
  }
  return spent ? { outcome: 'undecided', because: [tooLarge] } : null
}

const decodes = 'the origin decodes percent-encodings before it looks the object up'
const ignoresCase = 'the origin takes letters of either case for the same'
const mergesSlashes = 'the origin takes two slashes for one'
const words = ({ encoding, slashFirst }: Reading, all: readonly Reading[]): string => {
  const star = slashFirst ? ', a slash understood before a leading star' : ', a leading star taken as it is'
  const how = {
    'rfc-3986': 'normalised by RFC 3986, as documented',
    'all-decoded': 'with all percent-encodings decoded',
    'as-sent': 'as it was sent',
  }[encoding]
  return `CloudFront compares the path ${how}${all.length > encodings.length ? star : ''}`
}

const readingsFor = (behaviors: readonly PathBehavior[]): readonly Reading[] => {
  const stars = behaviors.some(starMatters) ? [false, true] : [true]
  return encodings.flatMap(encoding => stars.map(slashFirst => ({ encoding, slashFirst })))
}

/** Under all of the readings at once: first a path that reads well, then any. */
const search = (
  signed: PathWay,
  unsigned: PathWay,
  freedom: Freedom,
  readings: readonly Reading[],
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
  readings: readonly Reading[],
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

const seen = (side: 'plain' | 'spelled', way: PathWay, reading: Reading) => {
  const { all, none } = takenBy(way, reading.slashFirst)
  const view = (machine: (typeof all)[number]) => asSeenBy(side, reading.encoding, way.originPath, machine)
  return { all: all.map(view), none: none.map(view) }
}

const found = (word: string, signed: PathWay, unsigned: PathWay, because: readonly string[]) => ({
  outcome: because.length === 0 ? ('certain' as const) : ('possible' as const),
  because,
  object: objectOf(word),
  signedPath: plainOf(lettersOf(word).slice(signed.originPath.length).join('')),
  unsignedPath: spelledOf(word).slice(unsigned.originPath.length),
})
