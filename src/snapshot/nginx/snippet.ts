/**
 * A piece of nginx configuration with its secrets taken out.
 *
 * Each secret literal is replaced by a mark `⟦n⟧`, and the value that it stood for is the n-th of `values`. Comments are
 * dropped, for a token in a comment is a token too. Lines stay where they were.
 */
import { isSecretHeader } from '../seal/header-names.ts'
import type { Dialect } from '../sealed.ts'
import { conditionOf, type Operand, partsOf } from './expression.ts'
import { type Directive, type Problem, parseNginx } from './parse.ts'
import { taintedVariables } from './taint.ts'
import { type Word, wordsOf } from './words.ts'

export interface Snippet<V = unknown> {
  readonly text: string
  /** What the marks stand for. */
  readonly values: readonly V[]
  /** Found in the original text: lines are 1-based within the snippet. */
  readonly problems: readonly Problem[]
}

/** A literal that must be sealed. */
export interface SnippetSecret {
  readonly raw: string
  readonly dialect: Dialect
  /** The header it is compared with, or sent in, lower case with dashes; `*` where the snippet does not say. */
  readonly header: string
  /** Place in the text, quotes included: `[start, end)`. */
  readonly start: number
  readonly end: number
}

/** A mark that `snippetSecrets` never leaves in a text by chance. */
const markOf = (n: number): string => `⟦${n}⟧`

/** The literals of a snippet that must not leave the door in clear, in order. A text that nginx cannot read is one secret. */
export const snippetSecrets = (text: string): readonly SnippetSecret[] => {
  const { directives, problems } = parseNginx(text)
  if (problems.some(p => p.kind === 'syntax'))
    return [{ raw: text, dialect: 'value', header: '*', start: 0, end: text.length }]
  const tainted = taintedVariables(directives)
  const compared = inside(directives, name => tainted.has(name))
  const others = apartFrom(compared, everyWord(directives)).filter(word => looksLikeToken(word.text))
  return byPlace([...compared, ...others.flatMap(word => sealed(word, 'value', '*'))])
}

/** The words that overlap none of the secrets. */
const apartFrom = (secrets: readonly SnippetSecret[], words: readonly Word[]): readonly Word[] => {
  const placed = byPlace(secrets)
  let at = 0
  return byPlace(words).filter(word => {
    while ((placed[at]?.end ?? word.end) <= word.start) at++
    return (placed[at]?.start ?? word.end) >= word.end
  })
}

const byPlace = <P extends { readonly start: number }>(all: readonly P[]): readonly P[] =>
  all.toSorted((a, b) => a.start - b.start)

/** Wherever it stands, a word that looks like a token is not let out; names of directives are letters. */
const everyWord = (directives: readonly Directive[]): readonly Word[] =>
  directives.flatMap(d => [
    ...(/^[a-z]+(?:_[a-z]+\d?)*$/.test(d.name) ? [] : [d.word]),
    ...d.args,
    ...(d.block === null ? [] : everyWord(d.block)),
  ])

/** The snippet with each secret replaced by what `visit` gives for it. */
export const sealSnippet = <V>(source: string, visit: (secret: SnippetSecret) => V): Snippet<V> => {
  const text = source.replaceAll(/[⟦⟧]/g, '?')
  const secrets = snippetSecrets(text)
  const { problems } = parseNginx(text)
  const values = secrets.map(visit)
  if (problems.some(p => p.kind === 'syntax')) return { text: markOf(0), values, problems }
  return { text: withoutComments(replaced(text, secrets)), values, problems }
}

const replaced = (text: string, secrets: readonly SnippetSecret[]): string => {
  let [made, at] = ['', 0]
  for (const [i, { start, end, raw }] of secrets.entries()) {
    // A value that spans lines keeps its line breaks behind the mark, where they are blanks.
    const breaks = '\n'.repeat(raw.split('\n').length - 1)
    made += `${text.slice(at, start)}"${markOf(i)}"${breaks}`
    at = end
    // A closing quote must be followed by a blank or a mark of the syntax.
    if (!/^[\s;{)]/.test(text.slice(at))) made += ' '
  }
  return made + text.slice(at)
}

/** Only what stands between words can be a comment. */
const withoutComments = (text: string): string => {
  let [made, at] = ['', 0]
  const keep = (to: number): void => {
    made += text.slice(at, to).replace(/#[^\n]*/g, '')
    at = to
  }
  for (const lexeme of wordsOf(text)) {
    if (lexeme.kind !== 'word') continue
    keep(lexeme.word.start)
    made += text.slice(lexeme.word.start, lexeme.word.end)
    at = lexeme.word.end
  }
  keep(text.length)
  return made
}

type Tainted = (variable: string) => boolean

const inside = (directives: readonly Directive[], tainted: Tainted): readonly SnippetSecret[] =>
  directives.flatMap(d => [...own(d, tainted), ...blockOf(d, tainted)])

const blockOf = (d: Directive, tainted: Tainted): readonly SnippetSecret[] => {
  if (d.block === null) return []
  // A program in Lua is not read: all of it stays here.
  if (d.name.endsWith('_by_lua_block')) return d.block.flatMap(({ word }) => sealed(word, 'value', '*'))
  return d.name === 'map' ? mapSecrets(d, tainted) : inside(d.block, tainted)
}

const own = (d: Directive, tainted: Tainted): readonly SnippetSecret[] => {
  if (d.name === 'if') return ifSecrets(d, tainted)
  const [first, second] = d.args
  if (d.name === 'set' && first !== undefined && second !== undefined) {
    const secret = tainted(nameIn(first)) ? !isTrivial(second.text) : looksLikeToken(second.text)
    return secret ? sealed(second, 'nginx:=', '*') : []
  }
  if (/^(?:proxy|grpc|uwsgi|scgi)_set_header$|^add_header$/.test(d.name) && first && second) {
    const header = first.text.toLowerCase()
    const spoken = isSecretHeader(header, second.text) && !isTrivial(second.text) && hasLiteral(second.text)
    return spoken ? sealed(second, 'value', header) : []
  }
  return []
}

const nameIn = (word: Word): string => word.text.replace(/^\$/, '').toLowerCase()

const ifSecrets = (d: Directive, tainted: Tainted): readonly SnippetSecret[] => {
  const condition = conditionOf(d.args)
  // What nginx refuses may still be meant as a comparison.
  if (condition.kind === 'invalid') return d.args.filter(isValue).flatMap(word => sealed(word, 'value', '*'))
  if (condition.kind !== 'compare' && condition.kind !== 'match') return []
  const { operand, variable } = condition
  const header = headerOf(variable)
  const secret = header === null ? tainted(variable) : isSecretHeader(header, operand.text)
  if (!(secret || looksLikeToken(operand.text)) || isTrivial(operand.text)) return []
  if (condition.kind === 'compare') return sealed(operand, 'nginx:=', header ?? '*')
  if (saysNothing(operand.text)) return []
  return sealed(operand, condition.ignoreCase ? 'nginx:~*' : 'nginx:~', header ?? '*')
}

/** No variable, operator or parenthesis. */
const isValue = ({ text }: Word): boolean =>
  !/^\(?!?\$[A-Za-z0-9_-]+\)?$|^[()=!~*]*$/.test(text) && !isTrivial(text)

/** `map $source $variable { key value; }`: the keys are compared with the source, the values with whatever asks. */
const mapSecrets = (d: Directive, tainted: Tainted): readonly SnippetSecret[] => [
  ...mapKeys(d, tainted),
  ...(d.block ?? []).flatMap(({ args: [result] }) => {
    if (result === undefined || isTrivial(result.text)) return []
    const secret = looksLikeToken(result.text) || tainted(nameIn(d.args[1] ?? result))
    return secret ? sealed(result, 'nginx:=', '*') : []
  }),
]

const mapKeys = (d: Directive, tainted: Tainted): readonly SnippetSecret[] => {
  const variable = nameIn(d.args[0] ?? { text: '', line: 0, start: 0, end: 0 })
  const header = headerOf(variable)
  return (d.block ?? []).flatMap(entry => {
    const key = entry.word
    if (/^(?:default|hostnames|volatile|include)$/.test(key.text)) return []
    const pattern = key.text.replace(/^~\*?/, '')
    const dialect = keyDialect(key.text)
    const secret = header === null ? tainted(variable) : isSecretHeader(header, pattern)
    if (!(secret || looksLikeToken(pattern)) || isTrivial(pattern)) return []
    if (dialect !== 'nginx:=' && saysNothing(pattern)) return []
    return sealed({ ...key, text: pattern }, dialect, header ?? '*')
  })
}

const keyDialect = (key: string): Dialect =>
  key.startsWith('~*') ? 'nginx:~*' : key.startsWith('~') ? 'nginx:~' : 'nginx:='

/** A literal without variables is one secret; between variables its parts are, and then the whole word is unreadable. */
const sealed = (word: Operand, dialect: Dialect, header: string): readonly SnippetSecret[] => {
  const literal = dialect.startsWith('nginx:~') || (partsOf(word.text) ?? []).every(p => p.kind === 'text')
  const { start, end } = word
  return [{ raw: word.text, dialect: literal ? dialect : 'value', header, start, end }]
}

const hasLiteral = (text: string): boolean =>
  (partsOf(text) ?? [{ kind: 'text' }]).some(p => p.kind === 'text')

/** nginx drops request headers with an underscore in the name, so a variable's underscores are dashes. */
const headerOf = (variable: string): string | null =>
  variable.startsWith('http_') ? variable.slice('http_'.length).replaceAll('_', '-') : null

/** Values that programs use for themselves: nobody's token. */
const isTrivial = (text: string): boolean =>
  /^(?:[a-z0-9]{0,2}|true|false|yes|off|none|null|allow|deny|\$[a-z0-9_]+)$/i.test(text)

/** An expression without a run of letters and digits spells no token: `^$`, `.+`, `^[a-z]{3}$`. */
const saysNothing = (pattern: string): boolean =>
  !/[A-Za-z0-9]{3}/.test(pattern.replace(/\\[A-Za-z]|\[[^\]]*\]|\{[\d,]*\}/g, ' '))

/** An everyday header is secret only by its value: the same question here. Names of variables are none. */
const looksLikeToken = (text: string): boolean =>
  text
    .replace(/\$\{?[a-z0-9_]+/g, ' ')
    .split(/[^A-Za-z0-9+/=_-]+/)
    .some(piece => isSecretHeader('user-agent', piece))
