/** Splits a stream of YAML or JSON into documents and parses each by itself, so that a broken one hides no other. */
import { isScalar, LineCounter, parseDocument, Scalar, visit } from 'yaml'

export interface Document {
  /** 1-based, in the file. */
  readonly number: number
  readonly value: unknown
  /** Line of the file on which the value at the path begins; of the document's own content without one. */
  lineAt(path: readonly (string | number)[]): number
  /** Where the text at the path is written line by line, the line of its first. */
  textLine(path: readonly (string | number)[]): number | undefined
}

export interface Broken {
  readonly number: number
  readonly line: number
  /** In fixed words: nothing of the text. */
  readonly reason: string
}

export interface Documents {
  readonly documents: readonly Document[]
  readonly broken: readonly Broken[]
}

interface Piece {
  readonly text: string
  /** Lines of the file above it. */
  readonly above: number
}

/** `---` and `...` at the start of a line part documents wherever they stand, inside of quotes and blocks too (YAML 1.2, 9.1). */
const starts = /^---(?=[ \t\r\n]|$)/
const ends = /^\.\.\.(?=[ \t\r\n]|$)/

/** Comments, blanks, and directives, which stand in front of a document. */
const saysNothing = (lines: readonly string[]): boolean => lines.every(l => /^(?:[#%]|$)/.test(l.trim()))

const pieces = (text: string): readonly Piece[] => {
  // Where files were joined, each may bring a byte order mark.
  const lines = text.replace(/^\ufeff/gm, '').split(/(?<=\n)/)
  const begins = lines.flatMap((l, i) =>
    i === 0 || starts.test(l) || ends.test(lines[i - 1] ?? '') ? [i] : [],
  )
  return begins.flatMap((from, i) => {
    const own = lines.slice(from, begins[i + 1]).filter(l => !ends.test(l))
    const [first = '', ...rest] = own
    return saysNothing([first.replace(starts, ''), ...rest]) ? [] : [{ text: own.join(''), above: from }]
  })
}

const reasons: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'a key stands twice in one mapping',
  MISSING_CHAR: 'a quote or bracket is not closed',
  BAD_INDENT: 'the indentation does not fit',
  TAB_AS_INDENT: 'a tab stands where blanks must indent',
  RESOURCE_EXHAUSTION: 'it is nested too deeply',
}

const wordsFor = (code: string): string =>
  Object.hasOwn(reasons, code) ? (reasons[code] ?? code) : code.toLowerCase().replaceAll('_', ' ')

/** Where a key stands for the second time in its mapping; the library's own test compares every key with every other. */
const repeatedKey = (document: ReturnType<typeof parseDocument>): number | undefined => {
  let found: number | undefined
  visit(document, {
    Map: (_, { items }) => {
      const seen = new Set<string>()
      for (const { key } of items) {
        // A merge key may stand more than once.
        if (!isScalar(key) || typeof key.value === 'symbol') continue
        const text = String(key.value)
        if (seen.has(text)) {
          found = key.range?.[0] ?? 0
          return visit.BREAK
        }
        seen.add(text)
      }
      return undefined
    },
  })
  return found
}

/** A manifest refers to a handful of anchors; more is a document made to fill memory. */
const mostAliases = 1000

const parsed = ({ text, above }: Piece, number: number): Document | Broken => {
  const counter = new LineCounter()
  const lineOf = (offset: number): number => above + counter.linePos(offset).line
  try {
    const options = { lineCounter: counter, merge: true, uniqueKeys: false, logLevel: 'silent' } as const
    const document = parseDocument(text, options)
    const [error] = document.errors
    if (error) {
      const template = text.includes('{{') ? '; templates must be rendered first' : ''
      // What is missing is missed at the end.
      const at = Math.min(error.pos[0], text.trimEnd().length - 1)
      return { number, line: lineOf(at), reason: `${wordsFor(error.code)}${template}` }
    }
    const repeated = repeatedKey(document)
    if (repeated !== undefined) return { number, line: lineOf(repeated), reason: wordsFor('DUPLICATE_KEY') }
    const value: unknown = document.toJS({ maxAliasCount: mostAliases })
    // Throws where an anchor holds itself.
    if (text.includes('*')) JSON.stringify(value)
    const nodeAt = (path: readonly (string | number)[]) =>
      path.length === 0 ? document.contents : document.getIn(path, true)
    const offsetAt = (path: readonly (string | number)[]): number => {
      const node = nodeAt(path) as { readonly range?: readonly number[] | null } | null | undefined
      return node?.range?.[0] ?? document.contents?.range?.[0] ?? 0
    }
    return {
      number,
      value,
      lineAt: path => lineOf(offsetAt(path)),
      textLine: path => {
        const node = nodeAt(path)
        if (!isScalar(node) || typeof node.value !== 'string') return undefined
        if (node.type === Scalar.BLOCK_LITERAL) return lineOf(offsetAt(path)) + 1
        return node.value.includes('\n') ? undefined : lineOf(offsetAt(path))
      },
    }
  } catch {
    // An alias without its anchor, or more of them than a manifest has.
    return { number, line: above + 1, reason: 'its anchors and aliases cannot be resolved' }
  }
}

/** As other encodings look that were read as UTF-8, such as the UTF-16 of a Windows shell. */
const notText = /[\0\ufffd]/

export const documentsOf = (text: string): Documents => {
  if (notText.test(text)) {
    const line = text.slice(0, text.search(notText)).split('\n').length
    return { documents: [], broken: [{ number: 1, line, reason: 'it is no text in UTF-8' }] }
  }
  const all = pieces(text).map((piece, i) => parsed(piece, i + 1))
  return {
    documents: all.filter(d => 'value' in d),
    broken: all.filter(d => 'reason' in d),
  }
}
