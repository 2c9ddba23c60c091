/** Values with variables (`"a$b${c}"`) and conditions of `if`, read as nginx's rewrite module reads them. */
import type { Word } from './words.ts'

/** `capture` is `$1` to `$9`. */
export type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'capture' }

/** Null where nginx refuses the value: a `$` without a name, a `${` without end. Variable names are in lower case. */
export const partsOf = (value: string): readonly Part[] | null => {
  const parts: Part[] = []
  let rest = value
  while (rest !== '') {
    const dollar = rest.indexOf('$')
    if (dollar !== 0) {
      const text = dollar < 0 ? rest : rest.slice(0, dollar)
      parts.push({ kind: 'text', text })
      rest = rest.slice(text.length)
      continue
    }
    const found = /^\$(?:([1-9])|\{([A-Za-z0-9_]+)\}|([A-Za-z0-9_]+))/.exec(rest)
    if (found === null) return null
    const name = found[2] ?? found[3]
    parts.push(name === undefined ? { kind: 'capture' } : { kind: 'variable', name: name.toLowerCase() })
    rest = rest.slice(found[0].length)
  }
  return parts
}

export type RawCondition =
  | { readonly kind: 'bare'; readonly variable: string }
  | {
      readonly kind: 'compare'
      readonly variable: string
      readonly negated: boolean
      readonly operand: Operand
    }
  | {
      readonly kind: 'match'
      readonly variable: string
      readonly negated: boolean
      readonly ignoreCase: boolean
      readonly operand: Operand
    }
  /** `-f`, `-d`, `-e`, `-x`. */
  | { readonly kind: 'file' }
  /** What nginx says of it. */
  | { readonly kind: 'invalid'; readonly text: string }

/** The right side, and where it stands in the source. */
export interface Operand {
  readonly text: string
  readonly line: number
  readonly start: number
  readonly end: number
}

/** Takes the parentheses off: they may stand alone or be part of the first and last word. */
const unwrapped = (args: readonly Word[]): readonly Word[] | null => {
  const [first] = args
  const last = args.at(-1)
  if (!first?.text.startsWith('(') || last === undefined) return null
  const opened: readonly Word[] =
    first.text === '('
      ? args.slice(1)
      : [{ ...first, text: first.text.slice(1), start: first.start + 1 }, ...args.slice(1)]
  const end = opened.at(-1)
  if (!end?.text.endsWith(')')) return null
  if (end.text === ')') return opened.slice(0, -1)
  return [...opened.slice(0, -1), { ...end, text: end.text.slice(0, -1), end: end.end - 1 }]
}

const invalid = (text: string): RawCondition => ({ kind: 'invalid', text })

/** The condition of an `if` directive. */
export const conditionOf = (args: readonly Word[]): RawCondition => {
  const words = unwrapped(args)
  const [left, operator, right, ...more] = words ?? []
  if (left === undefined)
    return invalid('the condition is not one variable, or one comparison, in parentheses')
  if (/^!?-[fdex]$/.test(left.text)) return { kind: 'file' }
  // nginx takes the whole word for the name: `$http_cf-token` names a header that no request can carry.
  if (!left.text.startsWith('$') || left.text.length < 2)
    return invalid('the left side of the condition is not a variable')
  const variable = left.text.slice(1).toLowerCase()
  if (operator === undefined) return { kind: 'bare', variable }
  if (right === undefined || more.length > 0)
    return invalid('the condition is not a variable, an operator and one value')
  const operand = { text: right.text, line: right.line, start: right.start, end: right.end }
  switch (operator.text) {
    case '=':
    case '!=':
      return { kind: 'compare', variable, negated: operator.text === '!=', operand }
    case '~':
    case '~*':
    case '!~':
    case '!~*':
      return {
        kind: 'match',
        variable,
        negated: operator.text.startsWith('!'),
        ignoreCase: operator.text.endsWith('*'),
        operand,
      }
    default:
      return invalid(`nginx has no operator like the one in this condition; it knows = != ~ ~* !~ !~*`)
  }
}
