/** Policy variables in operands and resources: `${key}`, `${key, 'default'}` and the escapes `${*}`, `${?}`, `${$}`. */
import type { GlobToken } from '#base/glob.ts'
import { isValues, seen, type View } from './context.ts'

export type Resolved =
  | { readonly kind: 'tokens'; readonly tokens: readonly GlobToken[] }
  /** A variable without a value: the operand matches nothing. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'open' }
  | { readonly kind: 'unknown'; readonly why: string }

const variable = /\$\{([^}]*)\}/g
const escapes = ['*', '?', '$']

/** The keys that the text refers to, lower case. */
export const variablesIn = (text: string): readonly string[] =>
  [...text.matchAll(variable)]
    .map(([, inner = '']) => nameIn(inner).toLowerCase())
    .filter(name => !escapes.includes(name))

const nameIn = (inner: string): string => (inner.split(',')[0] ?? '').trim()

const literal = (text: string): readonly GlobToken[] => [...text].map(c => ({ literal: c }))
/** `*` and `?` are wildcards where the comparison knows any; what a variable brings in is always literal. */
const written = (text: string): readonly GlobToken[] =>
  [...text].map(c => (c === '*' || c === '?' ? c : { literal: c }))

/** The same texts are compared over and over while choices are tried. */
const plainTexts = new Map<string, Resolved>()

export const resolve = (text: string, view: View, variables: boolean): Resolved => {
  if (variables && text.includes('${')) return substituted(text, view)
  const before = plainTexts.get(text)
  if (before) return before
  if (plainTexts.size > 10_000) plainTexts.clear()
  const made: Resolved = { kind: 'tokens', tokens: written(text) }
  plainTexts.set(text, made)
  return made
}

const substituted = (text: string, view: View): Resolved => {
  const tokens: GlobToken[] = []
  let end = 0
  for (const match of text.matchAll(variable)) {
    tokens.push(...written(text.slice(end, match.index)))
    end = match.index + match[0].length
    const value = substitute(match[1] ?? '', view)
    if (typeof value !== 'string') return value
    tokens.push(...literal(value))
  }
  return { kind: 'tokens', tokens: [...tokens, ...written(text.slice(end))] }
}

const substitute = (inner: string, view: View): string | Exclude<Resolved, { kind: 'tokens' }> => {
  const name = nameIn(inner)
  if (escapes.includes(name)) return name
  const value = seen(view, name.toLowerCase())
  const otherwise = /,\s*'([^']*)'\s*$/.exec(inner)?.[1]
  if (!isValues(value))
    return 'open' in value
      ? { kind: 'open' }
      : { kind: 'unknown', why: `the value of \${${name}} is not known because ${value.why}` }
  const [only, ...more] = value
  if (more.length > 0) return { kind: 'unknown', why: `\${${name}} has several values` }
  return only ?? otherwise ?? { kind: 'nothing' }
}

/** The text of tokens where wildcards are plain characters. */
export const plainText = (tokens: readonly GlobToken[]): string =>
  tokens.map(t => (typeof t === 'string' ? t : t.literal)).join('')
