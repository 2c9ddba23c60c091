/** What a regular expression asks for: for each way through it, the characters that must be there. */

import { JS } from 'refa'
import type { GlobToken } from '#base/glob.ts'

export type Path = readonly GlobToken[]

/** More ways through one part than this are taken for "anything": a lower bound, never a long run. */
const mostPaths = 64
const longestPath = 1024
const anything: readonly Path[] = [['*']]

/** `^` and `$` while a path is being put together. */
interface Anchor {
  readonly anchor: '^' | '$'
}
type Piece = GlobToken | Anchor
type Pieces = readonly (readonly Piece[])[]

const joined = (a: Pieces, b: Pieces): Pieces => {
  if (a.length * b.length > mostPaths) return a.length > b.length ? joined([['*']], b) : joined(a, [['*']])
  return a.flatMap(x => b.map(y => (x.length + y.length > longestPath ? x : [...x, ...y])))
}

const single = (set: {
  readonly ranges: readonly { readonly min: number; readonly max: number }[]
}): Piece => {
  const letters = new Set<string>()
  for (const { min, max } of set.ranges) {
    if (max - min > 1) return '?'
    for (let code = min; code <= max; code++) letters.add(String.fromCodePoint(code).toLowerCase())
  }
  const [first] = letters
  if (letters.size !== 1 || first === undefined) return '?'
  const [range] = set.ranges
  // One character, or one letter in both cases.
  return { literal: set.ranges.length === 1 && range ? String.fromCodePoint(range.min) : first }
}

type Node = ReturnType<JS.Parser['parse']>['expression']['alternatives'][number]['elements'][number]

const alternatives = (nodes: readonly { readonly elements: readonly Node[] }[]): Pieces => {
  const all = nodes.flatMap(n => concatenation(n.elements))
  return all.length > mostPaths ? anything : all
}

const concatenation = (elements: readonly Node[]): Pieces =>
  elements.reduce<Pieces>((before, element) => joined(before, piecesOf(element)), [[]])

const repeated = (pieces: Pieces, min: number, max: number): Pieces => {
  let all: Pieces = [[]]
  for (let n = 0; n < Math.min(min, longestPath); n++) all = joined(all, pieces)
  return max > min ? joined(all, [['*']]) : all
}

const piecesOf = (node: Node): Pieces => {
  if (node.type === 'CharacterClass') return [[single(node.characters)]]
  if (node.type === 'Alternation') return alternatives(node.alternatives)
  if (node.type === 'Quantifier') return repeated(alternatives(node.alternatives), node.min, node.max)
  // Assertions: the two anchors count, a word boundary asks for nothing more.
  const id = node.type === 'Unknown' ? node.id : ''
  return [id === '^' || id === '$' ? [{ anchor: id }] : []]
}

/** A search reads the expression anywhere in the value unless it is anchored. */
const searched = (pieces: readonly Piece[]): Path => {
  const isAnchor = (p: Piece | undefined, anchor: string): boolean =>
    typeof p === 'object' && 'anchor' in p && p.anchor === anchor
  const [from, to] = [isAnchor(pieces[0], '^'), isAnchor(pieces.at(-1), '$')]
  const inner = pieces.slice(from ? 1 : 0, to ? -1 : undefined)
  const tokens = inner.map((p): GlobToken => (typeof p === 'object' && 'anchor' in p ? '*' : p))
  return [...(from ? [] : (['*'] as const)), ...tokens, ...(to ? [] : (['*'] as const))]
}

/** What JavaScript reads differently from RE2 and PCRE, and what the load balancer does not offer. */
const foreign =
  /^(?:\\(?![dDwWsSbBntrf]|x[0-9A-Fa-f]{2}|[^A-Za-z0-9])|\[\^?\]|\[[:.=]\^?[a-z]+[:.=]\]|\(\?(?![:<])|\(\?<[=!]|\(\*|\{,\d)/

/** The expression as JavaScript writes it; null where the two could differ. */
const translated = (source: string): string | null => {
  let text = source.replace(/^\(\?i\)/, '')
  let out = ''
  while (text !== '') {
    if (/^\\[AzZ]/.test(text)) {
      out += text.startsWith('\\A') ? '^' : '$'
      text = text.slice(2)
      continue
    }
    if (/^\(\?P</.test(text)) text = `(?<${text.slice(4)}`
    if (foreign.test(text)) return null
    const length = text.startsWith('\\') ? 2 : 1
    out += text.slice(0, length)
    text = text.slice(length)
  }
  return out
}

/**
 * The ways through the expression, as globs over the whole value. Optional and repeated parts become `*`, other
 * characters `?`, so that only what every value must hold is left. Null where the expression is not understood.
 */
export const regexPaths = (source: string): readonly Path[] | null => {
  const expression = translated(source)
  if (expression === null) return null
  try {
    const parser = JS.Parser.fromLiteral({ source: expression, flags: '' })
    const parsed = parser.parse({ assertions: 'unknown', backreferences: 'throw', maxNodes: 10_000 })
    return alternatives(parsed.expression.alternatives).map(searched)
  } catch {
    return null
  }
}

/** Whether the expression says itself that case does not matter. */
export const ignoresCase = (source: string): boolean => source.startsWith('(?i)')
