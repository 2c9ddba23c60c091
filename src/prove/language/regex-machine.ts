/** Machines of regular expressions, for the dialect that listener rules share with JavaScript; null outside it. */
import { CharSet, type Concatenation, DFA, type Element, type Expression, JS, NFA, type NoParent } from 'refa'
import type { Machine } from './machine.ts'

export interface RegexModel {
  /** Must match the whole text; otherwise it is searched for. */
  readonly whole: boolean
  readonly ignoreCase: boolean
}

/** More states than this and the expression is left undecided. */
const mostStates = 1000

/** The begin and end of the text, as characters, so that `^` and `$` need no look-around. */
const [begin, end] = [2, 3]
const top = 0xffff
const printable = CharSet.fromRange(top, { min: 0x20, max: 0x7e })

const cache = new Map<string, Machine | null>()

export const regexMachine = (pattern: string, model: RegexModel): Machine | null => {
  const key = `${model.whole} ${model.ignoreCase} ${pattern}`
  const before = cache.get(key)
  if (before !== undefined) return before
  const made = build(pattern, model)
  cache.set(key, made)
  return made
}

const build = (pattern: string, model: RegexModel): Machine | null => {
  try {
    const parser = JS.Parser.fromLiteral({ source: pattern, flags: model.ignoreCase ? 'is' : 's' })
    const { expression } = parser.parse({ assertions: 'parse', backreferences: 'throw' })
    const bounded = withBounds(expression)
    return bounded === null ? null : machineOf(dfaOf(framed(bounded, model.whole)))
  } catch {
    // Not JavaScript's syntax, or too many states.
    return null
  }
}

const dfaOf = (expression: NoParent<Expression>): DFA => {
  const nfa = NFA.fromRegex(expression, { maxCharacter: top }, {}, new NFA.LimitedNodeFactory(mostStates))
  const dfa = DFA.fromFA(nfa, new DFA.LimitedNodeFactory(mostStates))
  dfa.minimize()
  return dfa
}

type Alternatives = readonly NoParent<Concatenation>[]

const one = (characters: CharSet): NoParent<Element> => ({ type: 'CharacterClass', characters })
const sequence = (...elements: NoParent<Element>[]): NoParent<Concatenation> => ({
  type: 'Concatenation',
  elements,
})
const at = (character: number): CharSet => CharSet.fromRange(top, { min: character, max: character })

/** `^` and `$` become the characters of the frame; null where another assertion occurs. */
const withBounds = (node: { readonly alternatives: readonly Concatenation[] }): Alternatives | null => {
  const made = node.alternatives.map(({ elements }) => {
    const parts = elements.map(boundElement)
    const readable = parts.filter(p => p !== null)
    return readable.length === parts.length ? sequence(...readable) : null
  })
  const readable = made.filter(m => m !== null)
  return readable.length === made.length ? readable : null
}

const boundElement = (element: Element): NoParent<Element> | null => {
  switch (element.type) {
    case 'CharacterClass':
      return one(element.characters.intersect(printable))
    case 'Alternation': {
      const alternatives = withBounds(element)
      return alternatives && { type: 'Alternation', alternatives: [...alternatives] }
    }
    case 'Quantifier': {
      const alternatives = withBounds(element)
      const { min, max, lazy } = element
      return alternatives && { type: 'Quantifier', alternatives: [...alternatives], min, max, lazy }
    }
    case 'Assertion': {
      const [only, ...more] = element.alternatives
      const [character] = only?.elements ?? []
      const any = character?.type === 'CharacterClass' && character.characters.isAll
      if (!any || more.length > 0 || !element.negate || only?.elements.length !== 1) return null
      return one(at(element.kind === 'behind' ? begin : end))
    }
    default:
      return null
  }
}

/** The text in its frame: begin, characters, end. */
const framed = (alternatives: Alternatives, whole: boolean): NoParent<Expression> => {
  const around = (characters: CharSet, max: number): NoParent<Element> => ({
    type: 'Quantifier',
    alternatives: [sequence(one(characters))],
    min: 0,
    max,
    lazy: false,
  })
  const before = whole ? around(at(begin), 1) : around(CharSet.all(top), Number.POSITIVE_INFINITY)
  const after = whole ? around(at(end), 1) : around(CharSet.all(top), Number.POSITIVE_INFINITY)
  const body: NoParent<Element> = { type: 'Alternation', alternatives: [...alternatives] }
  return { type: 'Expression', alternatives: [sequence(before, body, after)] }
}

const machineOf = (dfa: DFA): Machine => {
  const nodes = [...dfa.nodes()]
  const numbers = new Map(nodes.map((node, i) => [node, i]))
  const none = -1
  const step = (state: number, code: number): number => {
    const next = nodes[state]?.out.get(code)
    return next === undefined ? none : (numbers.get(next) ?? none)
  }
  const isFinal = (state: number): boolean => {
    const node = nodes[state]
    return node !== undefined && dfa.finals.has(node)
  }
  return {
    start: step(numbers.get(dfa.initial) ?? none, begin),
    letters: lettersOf(nodes),
    step: (state, letter) => step(Number(state), letter.codePointAt(0) ?? 0),
    accepts: state => isFinal(step(Number(state), end)),
    dead: state => state === none,
    certain: () => false,
  }
}

/** One character of every class that some state tells apart: letters and digits where the class has any. */
const lettersOf = (nodes: readonly DFA.Node[]): ReadonlySet<string> => {
  const cuts = new Set([0x20, 0x30, 0x3a, 0x41, 0x5b, 0x61, 0x7b, 0x7f])
  for (const node of nodes) {
    for (const [{ min, max }] of node.out) {
      cuts.add(min)
      cuts.add(max + 1)
    }
  }
  const edges = [...cuts].filter(c => c >= 0x20 && c <= 0x7e).sort((a, b) => a - b)
  return new Set(edges.map(c => String.fromCharCode(c)))
}
