/** Runs the rewrite phases of a program over values of which some are left open: every way through, with what it asks for. */
import { holds, sameTest, type Test } from './compare.ts'
import { joined, narrowedTo, type Parts, single } from './parts.ts'
import type { Condition, Doubt, Expression, Place, Program, Statement, VariableMap } from './program.ts'

/** Values of the request's own variables; null for a name that nginx does not define. */
export type World = (variable: string) => Parts | null

/** One question to an open place, and the answer that this way needs. */
export interface Atom {
  readonly symbol: string
  readonly test: Test
  readonly answer: boolean
  readonly place: Place
}

export type End =
  | { readonly kind: 'passes' }
  | { readonly kind: 'refused'; readonly status: number; readonly place: Place }
  | { readonly kind: 'unknown'; readonly doubt: Doubt }

export interface Way {
  readonly end: End
  readonly atoms: readonly Atom[]
  /** Why it is not known whether any request goes this way. */
  readonly doubts: readonly Doubt[]
}

interface State {
  readonly variables: ReadonlyMap<string, Parts>
  readonly atoms: readonly Atom[]
  readonly doubts: readonly Doubt[]
  readonly end: End | null
  readonly broke: boolean
}

interface Run {
  readonly world: World
  readonly maps: readonly VariableMap[]
  readonly defined: ReadonlySet<string>
}

/** More ways than this and the program is left undecided. */
const mostWays = 2048

const passes: End = { kind: 'passes' }

/** All ways through the server's statements and then the location's. Null where there are too many. */
export const explore = (program: Program, world: World): readonly Way[] | null => {
  const run: Run = { world, maps: program.maps, defined: definedBy([...program.server, ...program.location]) }
  const start: State = { variables: new Map(), atoms: [], doubts: [], end: null, broke: false }
  let states: readonly State[] | null = [start]
  for (const phase of [program.server, program.location]) {
    // `break` ends the directives of one phase only.
    states =
      states &&
      runAll(
        phase,
        states.map(s => ({ ...s, broke: false })),
        run,
      )
  }
  return states?.map(({ end, atoms, doubts }) => ({ end: end ?? passes, atoms, doubts })) ?? null
}

const definedBy = (statements: readonly Statement[]): ReadonlySet<string> =>
  new Set(
    statements.flatMap(s => {
      if (s.kind === 'if') return [...definedBy(s.body)]
      return s.kind === 'set' || s.kind === 'obscure' ? [s.variable] : []
    }),
  )

const runAll = (
  statements: readonly Statement[],
  from: readonly State[],
  run: Run,
): readonly State[] | null => {
  let states = from
  for (const statement of statements) {
    const next: State[] = []
    for (const state of states) {
      const stepped: readonly State[] | null =
        state.end !== null || state.broke ? [state] : step(statement, state, run)
      if (stepped === null) return null
      next.push(...stepped)
    }
    if (next.length > mostWays) return null
    states = next
  }
  return states
}

const step = (statement: Statement, state: State, run: Run): readonly State[] | null => {
  const { place } = statement
  switch (statement.kind) {
    case 'return':
      return [{ ...state, end: { kind: 'refused', status: statement.status, place } }]
    case 'break':
      return [{ ...state, broke: true }]
    case 'beyond':
      return [{ ...state, end: { kind: 'unknown', doubt: { reason: statement.reason, place } } }]
    case 'obscure': {
      const value: Parts = [{ kind: 'opaque', reason: statement.reason }]
      return [{ ...state, variables: new Map(state.variables).set(statement.variable, value) }]
    }
    case 'set':
      return valued(statement.value, state, run, place).map(([s, value]) => ({
        ...s,
        variables: new Map(s.variables).set(statement.variable, value),
      }))
    case 'rewrite':
      return asked(
        'uri',
        { kind: 'matches', pattern: statement.pattern, ignoreCase: false },
        state,
        run,
        place,
      ).map(([s, matched]) => (matched ? rewritten(s, statement.effect, place) : s))
    case 'if':
      return branched(statement.condition, statement.body, state, run, place)
  }
}

const rewritten = (state: State, then: 'redirect' | 'break' | 'last', place: Place): State => {
  if (then === 'break') return { ...state, broke: true }
  if (then === 'redirect') return { ...state, end: { kind: 'refused', status: 302, place } }
  return {
    ...state,
    end: { kind: 'unknown', doubt: { reason: 'the rewrite leads to another location', place } },
  }
}

const branched = (
  condition: Condition,
  then: readonly Statement[],
  state: State,
  run: Run,
  place: Place,
): readonly State[] | null => {
  const all: State[] = []
  for (const [next, taken] of decided(condition, state, run, place)) {
    const after: readonly State[] | null = taken ? runAll(then, [next], run) : [next]
    if (after === null || all.length > mostWays) return null
    all.push(...after)
  }
  return all
}

type Answered = readonly (readonly [State, boolean])[]

const decided = (condition: Condition, state: State, run: Run, place: Place): Answered => {
  switch (condition.kind) {
    case 'beyond':
      return eitherWay(state, { reason: condition.reason, place })
    case 'bare':
      return asked(condition.variable, { kind: 'blank' }, state, run, place).map(([s, blank]) => [s, !blank])
    case 'match': {
      const { pattern, ignoreCase, negated, variable } = condition
      const answers = asked(variable, { kind: 'matches', pattern, ignoreCase }, state, run, place)
      return answers.map(([s, matched]) => [s, matched !== negated])
    }
    case 'compare': {
      const left = lookedUp(condition.variable, state, run, place)
      const answers = left.flatMap(([s, a]) =>
        valued(condition.value, s, run, place).flatMap(([t, b]) => compared(a, b, t, place)),
      )
      return answers.map(([s, equal]) => [s, equal !== condition.negated])
    }
  }
}

const compared = (a: Parts, b: Parts, state: State, place: Place): Answered => {
  const [left, right] = [single(a), single(b)]
  if (right !== null) return answered(a, { kind: 'equals', value: right, fold: false }, state, place)
  if (left !== null) return answered(b, { kind: 'equals', value: left, fold: false }, state, place)
  if (JSON.stringify(a) === JSON.stringify(b) && a.every(p => p.kind !== 'opaque')) return [[state, true]]
  return eitherWay(state, opaqueReason([...a, ...b], place, 'two values of the request are compared'))
}

const asked = (variable: string, test: Test, state: State, run: Run, place: Place): Answered =>
  lookedUp(variable, state, run, place).flatMap(([s, value]) => answered(value, test, s, place))

type Valued = readonly (readonly [State, Parts])[]

/** The value of an expression; maps on the way may branch. */
const valued = (expression: Expression, state: State, run: Run, place: Place): Valued => {
  let all: Valued = [[state, []]]
  for (const piece of expression) {
    all = all.flatMap(([s, before]) => {
      if (piece.kind === 'text') return [[s, joined(before, [piece])] as const]
      if (piece.kind === 'opaque')
        return [
          [
            s,
            [...before, { kind: 'opaque', reason: 'a captured or mixed value is beyond this version' }],
          ] as const,
        ]
      return lookedUp(piece.name, s, run, place).map(([t, value]) => [t, joined(before, value)] as const)
    })
  }
  return all
}

const lookedUp = (variable: string, state: State, run: Run, place: Place): Valued => {
  const own = state.variables.get(variable)
  if (own !== undefined) return [[state, own]]
  const map = run.maps.find(m => m.variable === variable)
  if (map !== undefined) return mapped(map, state, { ...run, maps: run.maps.filter(m => m !== map) }, place)
  const value = run.world(variable)
  if (value !== null) return [[state, value]]
  if (run.defined.has(variable)) return [[state, [{ kind: 'text', text: '' }]]]
  return [
    [state, [{ kind: 'opaque', reason: `nothing that was read defines the variable $${shown(variable)}` }]],
  ]
}

const shown = (variable: string): string => (/^[a-z0-9_]{1,40}$/.test(variable) ? variable : '?')

/** Whole keys first, in any order, then expressions in order. */
const mapped = (map: VariableMap, state: State, run: Run, place: Place): Valued => {
  const ordered = [...map.entries.filter(e => e.test === '='), ...map.entries.filter(e => e.test !== '=')]
  const found: (readonly [State, Parts])[] = []
  let open: readonly State[] = [state]
  for (const { test, key, value } of ordered) {
    const question: Test =
      test === '='
        ? { kind: 'equals', value: key, fold: true }
        : { kind: 'matches', pattern: key, ignoreCase: test === '~*' }
    const answers = open.flatMap(s => asked(map.source, question, s, run, map.place))
    for (const [s, met] of answers) if (met) found.push(...valued(value, s, run, place))
    open = answers.flatMap(([s, met]) => (met ? [] : [s]))
  }
  return [...found, ...open.flatMap(s => valued(map.otherwise, s, run, place))]
}

const eitherWay = (state: State, doubt: Doubt): Answered =>
  [true, false].map(answer => [{ ...state, doubts: [...state.doubts, doubt] }, answer] as const)

const opaqueReason = (value: Parts, place: Place, otherwise: string): Doubt => {
  const opaque = value.find(p => p.kind === 'opaque')
  return { reason: opaque?.kind === 'opaque' ? opaque.reason : otherwise, place }
}

const answered = (value: Parts, test: Test, state: State, place: Place): Answered => {
  const whole = single(value)
  if (whole !== null) {
    const truth = holds(test, whole)
    if (truth !== 'unknown') return [[state, truth]]
    return eitherWay(state, { reason: 'whether a value meets the comparison is not known', place })
  }
  const narrow = narrowedTo(value, test)
  if (narrow === 'never') return [[state, false]]
  if (narrow === null)
    return eitherWay(state, opaqueReason(value, place, 'a composed value is beyond this version'))
  const before = state.atoms.find(a => a.symbol === narrow.symbol && sameTest(a.test, narrow.test))
  if (before !== undefined) return [[state, before.answer]]
  return [true, false].map(answer => [
    { ...state, atoms: [...state.atoms, { ...narrow, answer, place }] },
    answer,
  ])
}
