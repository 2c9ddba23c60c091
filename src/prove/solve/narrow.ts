/** Makes a request under construction meet a condition, or keeps it from meeting one; every way there is. */
import { foldCase, type GlobToken, globTokens } from '#base/glob.ts'
import { intersectCidrs, subtractCidrs } from '#base/ip-set.ts'
import type { Condition } from '#topology/model.ts'
import { isSealed, type Value } from '#topology/sealed.ts'
import { filledGlob, globMachine, literalTokens, separator } from '../language/glob-machine.ts'
import type { Machine } from '../language/machine.ts'
import { regexMachine } from '../language/regex-machine.ts'
import type { Budget } from '../language/search.ts'
import { freeText, type Narrowing, narrowed, type Text } from '../language/text.ts'
import { headerTexts, queryPairs } from '../language/universe.ts'
import { isStrong, isUnderstood, pureWildcard } from '../value.ts'
import type { HeaderSlot, QuerySlot, State } from './state.ts'

type Of<F extends Condition['field']> = Extract<Condition, { field: F }>

const present = <T>(values: readonly (T | null)[]): readonly T[] => values.filter(v => v !== null)

/** Ways to meet the condition without a strong secret, the simplest first. */
export const requireCondition = (state: State, condition: Condition, budget: Budget): readonly State[] => {
  switch (condition.field) {
    case 'host-header':
      return present(positive(condition, true).map(n => withHost(state, narrowed(state.host, n, budget))))
    case 'path-pattern':
      return present(positive(condition, false).map(n => withPath(state, narrowed(state.path, n, budget))))
    case 'http-request-method':
      return withMethods(state, methods(state, condition.methods))
    case 'source-ip':
      return requireSource(state, condition.cidrs)
    case 'http-header':
      return requireHeader(state, condition, budget)
    case 'query-string':
      return requireQuery(state, condition, budget)
    case 'unrecognised':
      return []
  }
}

/** The way to keep the request from meeting the condition; none where no word is left. Sealed patterns are not avoided. */
export const avoidCondition = (state: State, condition: Condition, budget: Budget): readonly State[] => {
  switch (condition.field) {
    case 'host-header':
      return present([without(condition, true, n => withHost(state, narrowed(state.host, n, budget)))])
    case 'path-pattern':
      return present([without(condition, false, n => withPath(state, narrowed(state.path, n, budget)))])
    case 'http-request-method':
      return withMethods(
        state,
        state.methods.filter(m => !condition.methods.includes(m)),
      )
    case 'source-ip':
      return withSources(state, subtractCidrs(state.sources, condition.cidrs), null)
    case 'http-header':
      return present([avoidHeader(state, condition, budget)])
    case 'query-string':
      return present([avoidQuery(state, condition, budget)])
    case 'unrecognised':
      return []
  }
}

const withHost = (state: State, host: Text | null): State | null => host && { ...state, host }
const withPath = (state: State, path: Text | null): State | null => path && { ...state, path }

const methods = (state: State, wanted: readonly string[]): readonly string[] => {
  const known = state.methods.filter(m => wanted.includes(m))
  // A method of the rule's own invention may be sent as well as any other, save the one the load balancer refuses.
  const custom = wanted.filter(m => !state.methods.includes(m) && m !== 'TRACE' && m !== 'CONNECT')
  return state.methods.includes('PROPFIND') ? [...known, ...custom] : known
}

const withMethods = (state: State, left: readonly string[]): readonly State[] =>
  left.length > 0 ? [{ ...state, methods: left }] : []

const requireSource = (state: State, cidrs: readonly string[]): readonly State[] => {
  const all = ['0.0.0.0/0', '::/0'].every(a => cidrs.includes(a))
  return withSources(state, intersectCidrs(state.sources, cidrs), all ? state.symbol : null)
}

const withSources = (state: State, sources: readonly string[], symbol: string | null): readonly State[] =>
  sources.length > 0 || symbol !== null ? [{ ...state, sources, symbol }] : []

interface Patterns {
  readonly globs: readonly Value[]
  readonly regexes: readonly Value[]
}

const plain = (values: readonly Value[]): readonly string[] => values.filter(v => typeof v === 'string')

/** Globs as one language, each expression as one: the smallest of its models, which the others hold. */
const positive = ({ globs, regexes }: Patterns, ignoreCase: boolean): readonly Narrowing[] => {
  const tokens = plain(globs).map(g => globTokens(g))
  const made = plain(regexes).map(r => regexMachine(r, { whole: true, ignoreCase: false }))
  const words = tokens.flatMap(t => [filledGlob(t, ''), filledGlob(t, 'x')])
  const prefer = ignoreCase ? words.flatMap(w => [foldCase(w), w]) : words
  return [
    ...(tokens.length > 0 ? [{ all: [globMachine(tokens, { ignoreCase })], prefer }] : []),
    ...present(made).map(machine => ({ all: [machine] })),
  ]
}

/** Every glob, and the largest model of every expression. */
const negative = ({ globs, regexes }: Patterns, ignoreCase: boolean): readonly Machine[] => {
  const tokens = plain(globs).map(g => globTokens(g))
  const made = plain(regexes).map(r => regexMachine(r, { whole: false, ignoreCase: true }))
  return [...(tokens.length > 0 ? [globMachine(tokens, { ignoreCase })] : []), ...present(made)]
}

const without = (
  patterns: Patterns,
  ignoreCase: boolean,
  narrow: (narrowing: Narrowing) => State | null,
): State | null => narrow({ none: negative(patterns, ignoreCase) })

// ---- Headers: every occurrence is looked at, one that meets is enough ----

/** A text that the header may be given: in an occurrence that is there already, or in one of its own. */
export const withHeaderText = (
  state: State,
  name: string,
  narrowing: Narrowing,
  budget: Budget,
): readonly State[] => {
  const shared = state.headers.map((slot, i) => {
    if (!isNamed(slot, name) || !('text' in slot.filling)) return null
    const text = narrowed(slot.filling.text, narrowing, budget)
    return text && { ...state, headers: state.headers.with(i, { ...slot, filling: { text } }) }
  })
  const fresh = freeText(headerTexts, narrowing.prefer ?? [], budget)
  const own = fresh && narrowed(fresh, narrowing, budget)
  const alone = own && { ...state, headers: [...state.headers, { name, filling: { text: own } }] }
  return present([...shared, alone])
}

/** A sealed value that somebody would have to guess. */
export const withSealedHeader = (state: State, name: string, sealed: Value): State => ({
  ...state,
  headers: [...state.headers, { name, filling: { sealed } }],
})

/** Keeps every occurrence of the header away from the machines' words. */
export const withoutHeaderText = (
  state: State,
  name: string,
  none: readonly Machine[],
  budget: Budget,
): State | null => {
  const headers = state.headers.map(slot => {
    if (!isNamed(slot, name) || !('text' in slot.filling)) return slot
    const text = narrowed(slot.filling.text, { none }, budget)
    return text && { ...slot, filling: { text } }
  })
  const left = present(headers)
  return left.length === headers.length ? { ...state, headers: left } : null
}

const isNamed = (slot: HeaderSlot, name: string): boolean => foldCase(slot.name) === foldCase(name)

const requireHeader = (state: State, condition: Of<'http-header'>, budget: Budget): readonly State[] => {
  const sealed = [...condition.globs, ...condition.regexes].filter(isSealed)
  const wild = sealed.map(pureWildcard).filter(w => w !== null)
  const clear = positive({ globs: [...condition.globs, ...wild], regexes: condition.regexes }, true)
  const guesses = sealed.filter(s => pureWildcard(s) === null && !isStrong(s) && isUnderstood(s))
  return [
    ...clear.flatMap(n => withHeaderText(state, condition.name, n, budget)),
    ...guesses.map(s => withSealedHeader(state, condition.name, s)),
  ]
}

const avoidHeader = (state: State, condition: Of<'http-header'>, budget: Budget): State | null =>
  withoutHeaderText(state, condition.name, negative(condition, true), budget)

// ---- Query: any parameter that meets is enough ----

type Pair = Of<'query-string'>['pairs'][number]

const requireQuery = (state: State, condition: Of<'query-string'>, budget: Budget): readonly State[] =>
  condition.pairs.flatMap(pair => requirePair(state, pair, budget))

const requirePair = (state: State, { key, value }: Pair, budget: Budget): readonly State[] => {
  const clear = isSealed(value) ? pureWildcard(value) : value
  if (clear !== null) return withPair(state, { key, value: clear }, budget)
  if (!isSealed(value) || isStrong(value) || !isUnderstood(value)) return []
  const used = state.query.map(slotKey)
  const name = fillers.map(f => filledGlob(keyTokens(key, f), f)).find(n => !used.includes(n)) ?? 'x'
  return [{ ...state, query: [...state.query, { text: null, key: name, sealed: value }] }]
}

/** Single letters to write where any key will do. */
const fillers = ['x', 'y', 'z', 'w', 'v']

const slotKey = ({ text, key }: QuerySlot): string => foldCase(text?.word.split(separator)[0] ?? key)

/** Parameters of one key are read in ways that nobody documents (U-12), so that every parameter gets a key of its own. */
const narrowedApart = (
  text: Text,
  narrowing: Narrowing,
  others: readonly QuerySlot[],
  budget: Budget,
): Text | null => {
  const taken = others.map(slot => [...literalTokens(slotKey(slot)), { literal: separator }, '*' as const])
  const apart = taken.length > 0 ? [globMachine(taken, { ignoreCase: true })] : []
  const none = [...(narrowing.none ?? []), ...apart]
  return narrowed(text, { ...narrowing, none }, budget) ?? narrowed(text, narrowing, budget)
}

const withPair = (state: State, pair: Pair & { value: string }, budget: Budget): readonly State[] => {
  const tokens = pairTokens(pair)
  const narrowing = {
    all: [globMachine([tokens], { ignoreCase: true })],
    prefer: [filledGlob(tokens, ''), filledGlob(tokens, 'x')],
  }
  const shared = state.query.map((slot, i) => {
    const others = state.query.toSpliced(i, 1)
    const text = slot.text && narrowedApart(slot.text, narrowing, others, budget)
    return text && { ...state, query: state.query.with(i, { ...slot, text }) }
  })
  const fresh = freeText(queryPairs, narrowing.prefer, budget)
  const own = fresh && narrowedApart(fresh, narrowing, state.query, budget)
  const slot: QuerySlot | null = own && { text: own, key: '', sealed: null }
  return present([...shared, slot && { ...state, query: [...state.query, slot] }])
}

const keyTokens = (key: string | null, filler: string): readonly GlobToken[] =>
  key === null ? literalTokens(filler) : globTokens(key, { escapes: true })

const pairTokens = ({ key, value }: Pair & { value: string }): readonly GlobToken[] => [
  ...(key === null ? ['*' as const] : globTokens(key, { escapes: true })),
  { literal: separator },
  ...globTokens(value, { escapes: true }),
]

const avoidQuery = (state: State, condition: Of<'query-string'>, budget: Budget): State | null => {
  const tokens = condition.pairs.flatMap(({ key, value }) =>
    isSealed(value) ? [] : [pairTokens({ key, value })],
  )
  if (tokens.length === 0) return state
  const machine = globMachine(tokens, { ignoreCase: true })
  let query = state.query
  for (const [i, slot] of state.query.entries()) {
    if (slot.text === null) continue
    const text = narrowedApart(slot.text, { none: [machine] }, query.toSpliced(i, 1), budget)
    if (text === null) return null
    query = query.with(i, { ...slot, text })
  }
  return { ...state, query }
}
