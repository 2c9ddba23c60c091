/** Parses the rule language of Traefik's routers, as its documentation of version 3 gives it (version 2 differs in matchers only). */

export interface Matcher {
  readonly kind: 'matcher'
  /** As written: `Header`, `PathPrefix`. */
  readonly name: string
  readonly args: readonly Argument[]
}

export interface Argument {
  readonly text: string
  /** Place in the rule, quotes included: `[start, end)`. */
  readonly start: number
  readonly end: number
}

export type Rule =
  | Matcher
  | { readonly kind: 'and' | 'or'; readonly of: readonly Rule[] }
  | { readonly kind: 'not'; readonly of: Rule }

export type ParsedRule =
  | { readonly ok: true; readonly rule: Rule }
  /** What is wrong, to follow "because". */
  | { readonly ok: false; readonly problem: string }

type Token =
  | { readonly kind: 'name' | 'mark'; readonly text: string }
  | ({ readonly kind: 'string' } & Argument)

const lexeme = /\s*(?:([A-Za-z]+)|(`[^`]*`|"(?:[^"\\]|\\.)*")|(&&|\|\||[!(),]))/y

const tokensOf = (text: string): readonly Token[] | string => {
  const tokens: Token[] = []
  lexeme.lastIndex = 0
  while (text.slice(lexeme.lastIndex).trim() !== '') {
    const at = lexeme.lastIndex
    const found = lexeme.exec(text)
    if (found === null) return `it cannot be read from character ${at + 1} on`
    const [, name, quoted, mark] = found
    const end = lexeme.lastIndex
    if (name !== undefined) tokens.push({ kind: 'name', text: name })
    else if (mark !== undefined) tokens.push({ kind: 'mark', text: mark })
    else if (quoted !== undefined) {
      const inner = unquoted(quoted)
      if (inner === null)
        return `the text at character ${end - quoted.length + 1} has an escape that is not read`
      tokens.push({ kind: 'string', text: inner, start: end - quoted.length, end })
    }
  }
  return tokens
}

/** A literal of Go: raw between backticks, escaped between double quotes. */
const unquoted = (quoted: string): string | null => {
  const inner = quoted.slice(1, -1)
  if (quoted.startsWith('`')) return inner
  return /\\[^"\\]/.test(inner.replaceAll('\\\\', '')) ? null : inner.replace(/\\(["\\])/g, '$1')
}

interface Reader {
  readonly tokens: readonly Token[]
  at: number
  depth: number
}

class Unreadable extends Error {}

/** A whole rule. Nothing else may follow it. */
export const parseRule = (text: string): ParsedRule => {
  const tokens = tokensOf(text)
  if (typeof tokens === 'string') return { ok: false, problem: tokens }
  const reader: Reader = { tokens, at: 0, depth: 0 }
  try {
    const rule = either(reader)
    if (reader.at < tokens.length) throw new Unreadable(`${spoken(tokens[reader.at])} is not expected`)
    return { ok: true, rule }
  } catch (thrown) {
    if (thrown instanceof Unreadable) return { ok: false, problem: thrown.message }
    throw thrown
  }
}

const spoken = (token: Token | undefined): string => (token === undefined ? 'its end' : `"${token.text}"`)

const isMark = (token: Token | undefined, text: string): boolean =>
  token?.kind === 'mark' && token.text === text

const series =
  (kind: 'and' | 'or', mark: string, inner: (reader: Reader) => Rule) =>
  (reader: Reader): Rule => {
    const first = inner(reader)
    const of = [first]
    while (isMark(reader.tokens[reader.at], mark)) {
      reader.at += 1
      of.push(inner(reader))
    }
    return of.length === 1 ? first : { kind, of }
  }

/** Deeper than anybody writes; without a limit a crafted rule would fill the stack. */
const deepest = 100

const one = (reader: Reader): Rule => {
  if (reader.depth >= deepest) throw new Unreadable('it is nested too deeply')
  reader.depth += 1
  const rule = plain(reader)
  reader.depth -= 1
  return rule
}

const plain = (reader: Reader): Rule => {
  const token = reader.tokens[reader.at]
  if (isMark(token, '!')) {
    reader.at += 1
    return { kind: 'not', of: one(reader) }
  }
  if (isMark(token, '(')) {
    reader.at += 1
    const rule = either(reader)
    expect(reader, ')')
    return rule
  }
  if (token?.kind !== 'name') throw new Unreadable(`${spoken(token)} stands where a matcher is expected`)
  reader.at += 1
  expect(reader, '(')
  return { kind: 'matcher', name: token.text, args: argumentsOf(reader) }
}

const both = series('and', '&&', one)
const either: (reader: Reader) => Rule = series('or', '||', both)

const expect = (reader: Reader, mark: string): void => {
  const token = reader.tokens[reader.at]
  if (!isMark(token, mark)) throw new Unreadable(`${spoken(token)} stands where "${mark}" is expected`)
  reader.at += 1
}

const argumentsOf = (reader: Reader): readonly Argument[] => {
  const args: Argument[] = []
  for (;;) {
    const token = reader.tokens[reader.at]
    if (token?.kind !== 'string') throw new Unreadable(`${spoken(token)} stands where a text is expected`)
    args.push({ text: token.text, start: token.start, end: token.end })
    reader.at += 1
    if (!isMark(reader.tokens[reader.at], ',')) break
    reader.at += 1
  }
  expect(reader, ')')
  return args
}
