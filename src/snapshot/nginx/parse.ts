/** Parses nginx configuration into directives and blocks; what nginx would refuse is a problem with its line. */
import { type Lexeme, type Word, wordsOf } from './words.ts'

export interface Directive {
  readonly name: string
  /** The name as a word: in the block of a `map` it is a key. */
  readonly word: Word
  readonly line: number
  readonly args: readonly Word[]
  /** Null where the directive ends with `;`. */
  readonly block: readonly Directive[] | null
}

/**
 * - `syntax`: nginx refuses the configuration.
 * - `quotes`: typographic quotes, which nginx takes for ordinary letters of the value.
 */
export interface Problem {
  readonly kind: 'syntax' | 'quotes'
  readonly line: number
  readonly text: string
}

export interface Parsed {
  /** Up to the first syntax problem. */
  readonly directives: readonly Directive[]
  readonly problems: readonly Problem[]
}

/** A snippet that closes more blocks than it opens leaves its own: that is a problem too. */
export const parseNginx = (source: string): Parsed => {
  const lexemes = wordsOf(source)
  const problems: Problem[] = []
  const reader: Reader = { lexemes, at: 0, last: 1, problems }
  const directives = readBlock(reader, null)
  return { directives, problems: [...typographicQuotes(lexemes), ...problems] }
}

interface Reader {
  readonly lexemes: readonly Lexeme[]
  at: number
  last: number
  readonly problems: Problem[]
}

const fail = (reader: Reader, line: number, text: string): void => {
  if (reader.problems.length === 0) reader.problems.push({ kind: 'syntax', line, text })
}

/** Deeper than anybody writes; without a limit a crafted snippet would fill the stack. */
const deepest = 100

/** Reads until the block ends; `opened` is the line of its `{`, null for the snippet itself. */
const readBlock = (reader: Reader, opened: number | null, depth = 0): readonly Directive[] => {
  const found: Directive[] = []
  let words: Word[] = []
  for (let next = reader.lexemes[reader.at]; next !== undefined; next = reader.lexemes[reader.at]) {
    reader.at++
    if (next.kind === 'trouble') fail(reader, next.line, next.text)
    else if (next.kind === 'word') words.push(next.word)
    else if (next.mark === '}') {
      if (words.length > 0) fail(reader, next.line, `"}" follows ${nameOf(words)}, which lacks its ";"`)
      else if (opened === null) fail(reader, next.line, '"}" closes a block that was never opened')
      else return found
    } else if (words.length === 0)
      fail(reader, next.line, `"${next.mark}" stands where a directive must begin`)
    else if (depth === deepest) fail(reader, next.line, 'blocks are nested too deeply to be read')
    else {
      const block = next.mark === '{' ? readBlock(reader, next.line, depth + 1) : null
      found.push(directive(words, block))
      words = []
    }
    if (reader.problems.length > 0) return found
  }
  const [first] = words
  if (first !== undefined) fail(reader, first.line, `${nameOf(words)} lacks its ";"`)
  else if (opened !== null) fail(reader, opened, 'the block that opens here is never closed')
  return found
}

/** Never a value: the first word is a directive's name, or a secret that lost its directive. */
const nameOf = ([first]: readonly Word[]): string =>
  first !== undefined && /^[a-z_]{1,40}$/.test(first.text) ? `the directive "${first.text}"` : 'a directive'

const nowhere: Word = { text: '', line: 1, start: 0, end: 0 }

const directive = (
  [word = nowhere, ...args]: readonly Word[],
  block: readonly Directive[] | null,
): Directive => ({ name: word.text, word, line: word.line, args, block })

const typographic = /[\u2018-\u201f\u2032\u2033\u2035\u2036\u00ab\u00bb]/

const typographicQuotes = (lexemes: readonly Lexeme[]): readonly Problem[] => {
  const lines = lexemes.flatMap(l =>
    l.kind === 'word' && typographic.test(l.word.text) ? [l.word.line] : [],
  )
  const text = 'typographic quotes are part of the value here; nginx knows only " and \''
  return [...new Set(lines)].map(line => ({ kind: 'quotes', line, text }))
}
