/** The ways to meet an expression: every choice of matchers that together make it true. */
import type { Expression, Matcher } from './expression.ts'

export interface Literal {
  readonly matcher: Matcher
  readonly positive: boolean
}

export type Term = readonly Literal[]

/** Enough for rules that people write; one with more is not followed. */
const mostTerms = 256

/** Null where there are too many. */
export const termsOf = (expression: Expression): readonly Term[] | null => {
  const terms = expanded(expression, true)
  return terms === null || terms.length > mostTerms ? null : terms
}

const expanded = (expression: Expression, positive: boolean): readonly Term[] | null => {
  switch (expression.kind) {
    case 'matcher':
      return [[{ matcher: expression.matcher, positive }]]
    case 'not':
      return expanded(expression.of, !positive)
    case 'and':
    case 'or':
      return (expression.kind === 'and') === positive
        ? expression.of.reduce<readonly Term[] | null>((sum, e) => crossed(sum, expanded(e, positive)), [[]])
        : expression.of.reduce<readonly Term[] | null>((sum, e) => joined(sum, expanded(e, positive)), [])
  }
}

type Terms = readonly Term[] | null

const joined = (a: Terms, b: Terms): Terms =>
  a === null || b === null || a.length + b.length > mostTerms ? null : [...a, ...b]

const crossed = (a: Terms, b: Terms): Terms =>
  a === null || b === null || a.length * b.length > mostTerms
    ? null
    : a.flatMap(left => b.map(right => [...left, ...right]))
