/** Splits nginx configuration into words and marks, exactly as nginx's own reader does (ngx_conf_read_token). */

export interface Word {
  /** Escapes undone, quotes taken off. */
  readonly text: string
  /** Line of its first character, 1-based. */
  readonly line: number
  /** Place in the source, quotes included: `[start, end)`. */
  readonly start: number
  readonly end: number
}

export type Mark = ';' | '{' | '}'

export type Lexeme =
  | { readonly kind: 'word'; readonly word: Word }
  | { readonly kind: 'mark'; readonly mark: Mark; readonly line: number }
  /** What nginx says where it gives up; nothing comes after it. */
  | { readonly kind: 'trouble'; readonly text: string; readonly line: number }

const isSpace = (c: string): boolean => c === ' ' || c === '\t' || c === '\r' || c === '\n'
const isMark = (c: string): c is Mark => c === ';' || c === '{' || c === '}'

/** `\"`, `\'` and `\\` lose the backslash; `\t`, `\r` and `\n` are control characters; any other backslash stays. */
const unescaped = (raw: string): string =>
  raw.replace(/\\(["'\\trn])/g, (_, c: string) => ({ t: '\t', r: '\r', n: '\n' })[c] ?? c)

interface Cursor {
  at: number
  line: number
}

const lineBreaks = (text: string): number => text.split('\n').length - 1

/** The end of a quoted word: the place of its closing quote, or -1. */
const closingQuote = (source: string, from: number, quote: string): number => {
  for (let i = from; i < source.length; i++) {
    if (source.charAt(i) === '\\') i++
    else if (source.charAt(i) === quote) return i
  }
  return -1
}

/** The end of a bare word: blank, `;` or `{` that is not part of `${`. A `}`, a quote or a `#` inside a word is plain text. */
const bareEnd = (source: string, from: number): number => {
  for (let i = from; i < source.length; i++) {
    const c = source.charAt(i)
    if (c === '\\') i++
    else if (isSpace(c) || c === ';') return i
    else if (c === '{' && (i === from || source.charAt(i - 1) !== '$')) return i
  }
  return source.length
}

const afterBlanks = (source: string, cursor: Cursor): void => {
  for (; cursor.at < source.length; cursor.at++) {
    const c = source.charAt(cursor.at)
    if (c === '#') {
      const end = source.indexOf('\n', cursor.at)
      cursor.at = (end < 0 ? source.length : end) - 1
    } else if (!isSpace(c)) return
    else if (c === '\n') cursor.line++
  }
}

/** Whether the directive that begins at `from` is one of OpenResty's blocks of Lua, which nginx does not read. */
const opensLua = (found: readonly Lexeme[], from: number): boolean => {
  const name = found[from]
  return name?.kind === 'word' && name.word.text.endsWith('_by_lua_block')
}

/** Where the string or comment of Lua that begins here ends: braces do not count in it. One without end takes all. */
const luaQuietEnd = (source: string, at: number): number => {
  const upTo = (end: string, from: number): number => {
    const found = source.indexOf(end, from)
    return found < 0 ? source.length : found + end.length
  }
  if (source.startsWith('--[[', at)) return upTo(']]', at + 4)
  if (source.startsWith('--', at)) return upTo('\n', at)
  if (source.startsWith('[[', at)) return upTo(']]', at + 2)
  const c = source.charAt(at)
  if (c !== '"' && c !== "'") return at + 1
  const closing = closingQuote(source, at + 1, c)
  return closing < 0 ? source.length : closing + 1
}

/** The Lua up to the brace that closes it, as one word and its end. */
const luaOf = (source: string, cursor: Cursor): readonly Lexeme[] => {
  const start = cursor.at
  let depth = 1
  while (cursor.at < source.length) {
    const c = source.charAt(cursor.at)
    depth += c === '{' ? 1 : c === '}' ? -1 : 0
    if (depth === 0) break
    cursor.at = luaQuietEnd(source, cursor.at)
  }
  const body = source.slice(start, cursor.at)
  const { line } = cursor
  cursor.line += lineBreaks(body)
  if (body.trim() === '') return []
  const word = { text: body, line, start, end: cursor.at }
  return [
    { kind: 'word', word },
    { kind: 'mark', mark: ';', line: cursor.line },
  ]
}

/** All words and marks in order. */
export const wordsOf = (source: string): readonly Lexeme[] => {
  const found: Lexeme[] = []
  const cursor: Cursor = { at: 0, line: 1 }
  let directive = 0
  for (;;) {
    afterBlanks(source, cursor)
    const c = source.charAt(cursor.at)
    if (c === '') return found
    if (isMark(c)) {
      found.push({ kind: 'mark', mark: c, line: cursor.line })
      cursor.at++
      if (c === '{' && opensLua(found, directive)) found.push(...luaOf(source, cursor))
      directive = found.length
      continue
    }
    const quoted = c === '"' || c === "'"
    const start = cursor.at
    const from = quoted ? start + 1 : start
    const end = quoted ? closingQuote(source, from, c) : bareEnd(source, from)
    if (end < 0) {
      const text = `the quote ${c} that opens here is never closed`
      return [...found, { kind: 'trouble', text, line: cursor.line }]
    }
    const raw = source.slice(from, end)
    cursor.at = quoted ? end + 1 : end
    found.push({
      kind: 'word',
      word: { text: unescaped(raw), line: cursor.line, start, end: cursor.at },
    })
    cursor.line += lineBreaks(raw)
    const next = source.charAt(cursor.at)
    if (quoted && next !== '' && !isSpace(next) && !/[;{)]/.test(next)) {
      const text = `after the closing quote stands ${JSON.stringify(next)} where a blank or ";" must be`
      return [...found, { kind: 'trouble', text, line: cursor.line }]
    }
  }
}
