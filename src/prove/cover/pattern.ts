/** Patterns of conditions as bounds: the words they may accept under some reading, and those they accept under every one. */
import { foldCase, type GlobToken, globTokens } from '#base/glob.ts'
import type { Condition } from '#topology/model.ts'
import { isSealed, patternId, type Sealed, type Value } from '#topology/sealed.ts'
import { isRewritten } from '../alb/condition.ts'
import { globMachine, separator } from '../language/glob-machine.ts'
import type { Machine } from '../language/machine.ts'
import { isStrong, pureWildcard } from '../value.ts'

export interface Pattern {
  /** Patterns of one id accept the same words, whatever the reading. */
  readonly id: string
  /** Holds every word that the pattern accepts under any reading; null for a pattern that may accept any word. */
  readonly widest: Machine | null
  /** Holds words that the pattern accepts under every reading; null where none is known. */
  readonly narrowest: Machine | null
  /** What makes the two differ. */
  readonly doubt: 'sealed' | 'expression' | 'escape' | null
}

/** Conditions on text: where it stands, and which patterns are alternatives of it. */
export interface TextCondition {
  readonly place: string
  readonly patterns: readonly Pattern[]
  /** Without the values that nobody can send who holds no secret. */
  readonly sendable: readonly Pattern[]
}

export const hostPlace = 'host'
export const pathPlace = 'path'
export const queryPlace = 'query'
const headerPlace = (name: string): string => `header ${foldCase(name)}`

const read = new WeakMap<Condition, TextCondition>()

/** Null for conditions that are not on text. */
export const textCondition = (condition: Condition): TextCondition | null => {
  const before = read.get(condition)
  if (before !== undefined) return before
  const made = readCondition(condition)
  if (made !== null) read.set(condition, made)
  return made
}

const readCondition = (condition: Condition): TextCondition | null => {
  switch (condition.field) {
    case 'host-header':
      return all(hostPlace, patternsOf(condition, true))
    case 'path-pattern':
      return all(pathPlace, patternsOf(condition, false))
    case 'http-header':
      return headerCondition(condition)
    case 'query-string': {
      const pairs = condition.pairs.map(p => ({ secret: isStrong(p.value), pattern: pairPattern(p) }))
      return {
        place: queryPlace,
        patterns: pairs.map(p => p.pattern),
        sendable: pairs.filter(p => !p.secret).map(p => p.pattern),
      }
    }
    default:
      return null
  }
}

const all = (place: string, patterns: readonly Pattern[]): TextCondition => ({
  place,
  patterns,
  sendable: patterns,
})

/** What the load balancer itself writes into a header is no secret of anybody (U-24). */
const headerCondition = (condition: Extract<Condition, { field: 'http-header' }>): TextCondition => {
  const { globs, regexes, name } = condition
  const known = (v: Value): boolean => isRewritten(name) || !isStrong(v)
  return {
    place: headerPlace(name),
    patterns: patternsOf(condition, true),
    sendable: patternsOf({ globs: globs.filter(known), regexes: regexes.filter(known) }, true),
  }
}

interface Patterns {
  readonly globs: readonly Value[]
  readonly regexes: readonly Value[]
}

const patternsOf = ({ globs, regexes }: Patterns, ignoreCase: boolean): readonly Pattern[] => [
  ...globs.map(glob => (isSealed(glob) ? sealedPattern(glob) : globPattern(glob, ignoreCase))),
  ...regexes.map(regex => (isSealed(regex) ? sealedPattern(regex) : expression(regex))),
]

/** A backslash in front of a wildcard may take its meaning away (U-11). */
const globPattern = (glob: string, ignoreCase: boolean): Pattern => {
  const text = ignoreCase ? foldCase(glob) : glob
  const plain = globTokens(text)
  const escaped = /\\[*?\\]/.test(text)
  const exact = globMachine([plain], { ignoreCase })
  return {
    id: `glob ${text}`,
    widest: escaped ? globMachine([plain, globTokens(text, { escapes: true })], { ignoreCase }) : exact,
    narrowest: escaped ? null : exact,
    doubt: escaped ? 'escape' : null,
  }
}

/** Searched for or compared as a whole (U-01), with or without case (U-02): only the same expression is known to agree. */
const expression = (source: string): Pattern => ({
  id: `regex ${source}`,
  widest: null,
  narrowest: null,
  doubt: 'expression',
})

const sealedPattern = (value: Sealed): Pattern => {
  const wild = pureWildcard(value)
  if (wild !== null) return globPattern(wild, true)
  const literal = value.dialect === 'alb-glob' && value.structure === undefined
  const anyOfLength = Array.from({ length: value.length }, () => '?' as const)
  return {
    id: value.dialect === 'alb-glob' ? `sealed ${value.folded}` : patternId(value),
    widest: literal ? globMachine([anyOfLength]) : null,
    narrowest: null,
    doubt: 'sealed',
  }
}

type Pair = Extract<Condition, { field: 'query-string' }>['pairs'][number]

/** A pair as one text: key, separator, value. A condition without a key is met under any key. */
const pairPattern = ({ key, value }: Pair): Pattern => {
  const clear = isSealed(value) ? pureWildcard(value) : value
  const keys: readonly GlobToken[] = key === null ? ['*'] : globTokens(foldCase(key), { escapes: true })
  const keyId = key === null ? 'any key' : `key ${foldCase(key)}`
  const machine = (tokens: readonly GlobToken[]): Machine =>
    globMachine([[...keys, { literal: separator }, ...tokens]], { ignoreCase: true })
  if (clear !== null) {
    const exact = machine(globTokens(foldCase(clear), { escapes: true }))
    return { id: `${keyId} is ${foldCase(clear)}`, widest: exact, narrowest: exact, doubt: null }
  }
  const id = isSealed(value) ? `${value.dialect} ${value.folded}` : ''
  return { id: `${keyId} is ${id}`, widest: machine(['*']), narrowest: null, doubt: 'sealed' }
}
