/** How many bits a guesser needs for a literal text: the least over several models of how it was made. */
import { characterBits, observedBits, withoutPadding } from './alphabet.ts'
import { isKnownDigest } from './published.ts'
import { type Shape, shapesAt, subjectOf } from './shapes.ts'
import { wordRank } from './words.ts'

export interface Estimate {
  readonly bits: number
  readonly weakness?: string
}

/** More characters than this add nothing to the estimate: what they hold is far above every threshold. */
const considered = 256
const announcement = 3

/** The longest earlier text that repeats from `at` on; overlapping itself it covers repeated blocks. */
const longestRepeat = (text: string, at: number): number => {
  let best = 0
  for (let from = 0; from < at; from++) {
    let n = 0
    while (at + n < text.length && text.charCodeAt(from + n) === text.charCodeAt(at + n)) n++
    if (n > best) best = n
  }
  return best
}

const repeats = (text: string, at: number): Shape[] => {
  const length = longestRepeat(text, at)
  if (length < 4) return []
  return [{ length, bits: announcement + Math.log2(at) + Math.log2(length), weakness: 'repeated characters' }]
}

interface Step extends Estimate {
  /** The most that one weakness has saved so far: that one is named. */
  readonly saved: number
}

/** The cheapest way to spell a text out of characters and shapes; `cost` is that of each character alone. */
const composed = (
  cost: readonly number[],
  shapes: readonly (readonly Shape[])[],
  fold: boolean,
): Estimate => {
  const upTo = [0]
  for (const bits of cost) upTo.push((upTo.at(-1) ?? 0) + bits)
  const alone = (from: number, to: number): number => (upTo[to] ?? 0) - (upTo[from] ?? 0)
  const best: Step[] = [{ bits: 0, saved: 0 }]
  const offer = (to: number, step: Step): void => {
    const own = best[to]
    if (own === undefined || step.bits < own.bits) best[to] = step
  }
  for (let at = 0; at < cost.length; at++) {
    const here = best[at] ?? { bits: 0, saved: 0 }
    offer(at + 1, { ...here, bits: here.bits + alone(at, at + 1) })
    for (const shape of shapes[at] ?? []) {
      const bits = shape.bits + (fold ? 0 : (shape.caseBits ?? 0))
      const saved = alone(at, at + shape.length) - bits
      const named = shape.weakness !== undefined && saved > here.saved
      const reason = named ? { saved, weakness: shape.weakness } : {}
      offer(at + shape.length, { ...here, bits: here.bits + bits, ...reason } as Step)
    }
  }
  const { bits, weakness } = best[cost.length] ?? { bits: 0 }
  return weakness === undefined ? { bits } : { bits, weakness }
}

const wordy =
  /^(?:[A-Z]?[a-z]{2,14}|[A-Z]{2,14}|\d{1,4})(?:[-_. :/+](?:[A-Z]?[a-z]{2,14}|[A-Z]{2,14}|\d{1,4}))+$/

/** Words nobody's list has (a company's name), told by separators and vowels. */
const separatedWords = (text: string): Estimate | null => {
  if (!wordy.test(text)) return null
  const parts = text.toLowerCase().split(/[-_. :/+]/)
  if (!parts.every(part => /\d|[aeiouy]/.test(part) || part.length <= 4)) return null
  const bits = parts.map(part => {
    const rank = wordRank(part)
    if (rank !== undefined) return Math.log2(rank + 1)
    return /\d/.test(part) ? part.length * Math.log2(10) : Math.min(18, part.length * Math.log2(26))
  })
  return { bits: bits.reduce((a, b) => a + b + 3, 0), weakness: 'placeholder or dictionary words' }
}

/** Readable text behind Base64 or hex digits. */
const decoded = (text: string): string | null => {
  const body = withoutPadding(text)
  const hex = /^(?:[0-9a-f]{2})+$/i.test(body)
  if (!hex && !/^[A-Za-z0-9+/_-]+$/.test(body)) return null
  const plain = Buffer.from(body, hex ? 'hex' : 'base64')
    .toString('latin1')
    .trimEnd()
  return plain.length >= 9 && /^[\x20-\x7e]+$/.test(plain) ? plain : null
}

/** Models that do not depend on case. */
const caseless = (body: string, lower: string): readonly Estimate[] => {
  const plain = decoded(body)
  const seen = observedBits(lower)
  return [
    separatedWords(body),
    plain === null ? null : { bits: estimateText(plain).exact.bits + 2, weakness: 'encoded text' },
    seen === null ? null : { bits: seen, weakness: 'few different characters' },
    isKnownDigest(body) ? { bits: 12, weakness: 'digest of a known word' } : null,
  ].filter(e => e !== null)
}

const least = (estimates: readonly Estimate[]): Estimate =>
  estimates.reduce((a, b) => (b.bits < a.bits ? b : a), { bits: Number.POSITIVE_INFINITY })

/**
 * Bits of a literal text against a guesser who knows how such texts are made, with ASCII case ignored and with case
 * counted. A model other than "random characters" counts only where it saves more than chance would: in a random text
 * short words and repeats turn up too (a saving of n bits by chance has a probability of about 2^-n).
 */
export const estimateText = (text: string): { readonly folded: Estimate; readonly exact: Estimate } => {
  const body = withoutPadding(text.slice(0, considered))
  if (body === '') return { folded: { bits: 0 }, exact: { bits: 0 } }
  const subject = subjectOf(body)
  const shapes = Array.from({ length: body.length }, (_, at) => shapesAt(subject, at))
  const others = caseless(body, subject.lower)
  const under = (fold: boolean): Estimate => {
    const cost = Array.from(body, characterBits(body, fold))
    const random = cost.reduce((a, b) => a + b, 0)
    const compared = fold ? subject.lower : body
    const all = shapes.map((own, at) => [...own, ...repeats(compared, at)])
    const structured = least([composed(cost, all, fold), ...others])
    return random - structured.bits >= Math.min(20, random / 4) ? structured : { bits: random }
  }
  return { folded: under(true), exact: under(false) }
}
