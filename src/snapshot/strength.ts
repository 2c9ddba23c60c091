/**
 * The strength of a secret: effective bits against somebody who guesses, the least over all models that apply.
 *
 * 32 random letters and digits carry 190 bits; the load balancer ignores case, which leaves 158 to 164. Wildcards carry
 * nothing. A part that may stand anywhere in the value (`*part*`, CONTAINS) carries less: one request can try as many
 * places as a header line has characters, so that `*a*b*c*` carries nothing at all.
 */
import { type GlobToken, globTokens } from '#base/glob.ts'
import { type Alphabet, type Dialect, notUnderstood, type Segment } from './sealed.ts'
import { alphabetOf } from './strength/alphabet.ts'
import { type Estimate, estimateText } from './strength/estimate.ts'
import { ignoresCase, type Path, regexPaths } from './strength/paths.ts'
import { isPublished } from './strength/published.ts'

export interface Strength {
  /** Characters, wildcards included. */
  readonly length: number
  /** Of the literal characters. */
  readonly alphabet: Alphabet
  /** Where ASCII case is ignored. */
  readonly bits: number
  /** Where case counts. */
  readonly exactBits: number
  readonly structure?: readonly Segment[]
  readonly weakness?: string
  readonly public?: true
}

export interface StrengthOptions {
  /** For query-string values of the load balancer, where a backslash makes a wildcard literal. */
  readonly escapes?: boolean
  /** Estimates literal texts; for callers that remember the answers. */
  readonly estimate?: Estimator
}

/** From this many bits on nothing is called weak, whatever it is made of. */
const strongFrom = 128
/** Under this many bits a value without any structure is called too short. */
const shortBelow = 100
/** A header line holds 16 K: as many places for a floating part, as many guesses in one request. */
const floatingBits = 14

const isWild = (token: GlobToken): token is '*' | '?' => token === '*' || token === '?'
const literalOf = (tokens: Path): string => tokens.map(t => (isWild(t) ? '' : t.literal)).join('')

/** Splits at every token that `cut` names. */
const split = (tokens: Path, cut: (token: GlobToken) => boolean): readonly Path[] =>
  tokens.reduce<GlobToken[][]>(
    (parts, token) => {
      if (cut(token)) parts.push([])
      else parts.at(-1)?.push(token)
      return parts
    },
    [[]],
  )

interface Both {
  readonly folded: Estimate
  readonly exact: Estimate
}

type Estimator = (text: string) => Both

/** What the path asks for: literal parts between `*`, the inner ones free to float. */
const pathBits = (path: Path, estimate: Estimator): Both => {
  const whole = estimate(literalOf(path))
  if (!path.some(isWild)) return whole
  const parts = split(path, t => t === '*').map(part =>
    split(part, t => t === '?')
      .map(literalOf)
      .map(estimateText),
  )
  const sum = (of: (both: Both) => number): number =>
    parts
      .map(runs => runs.reduce((total, run) => total + of(run), 0))
      .map((bits, i) => (i > 0 && i < parts.length - 1 ? Math.max(0, bits - floatingBits) : bits))
      .reduce((a, b) => a + b, 0)
  const least = (own: Estimate, apart: number): Estimate =>
    apart < own.bits - 1 ? { bits: apart, weakness: 'wildcards' } : own
  return {
    folded: least(
      whole.folded,
      sum(b => b.folded.bits),
    ),
    exact: least(
      whole.exact,
      sum(b => b.exact.bits),
    ),
  }
}

const weakest = (estimates: readonly Estimate[]): Estimate =>
  estimates.reduce((a, b) => (b.bits < a.bits ? b : a), estimates[0] ?? { bits: 0 })

/** One decimal, never rounded up. */
const rounded = (bits: number): number => Math.floor(bits * 10) / 10

const literal = (text: string): Path => globTokens(text).map(t => ({ literal: isWild(t) ? t : t.literal }))
const floating = (text: string): Path => ['*', ...literal(text), '*']

/** Transforms after which the comparison ignores case. */
const folding = ['LOWERCASE', 'UPPERCASE', 'CMD_LINE']
/** Transforms that put something else in the place of the value: its strength is not that of the search string. */
const replacing = /^(?:MD5|SHA1|SHA256|SHA512|UTF8_TO_UNICODE)$/

interface Reading {
  readonly paths: readonly Path[] | null
  readonly fold: boolean
}

const reading = (value: string, dialect: Dialect, escapes: boolean): Reading => {
  if (dialect === 'value') return { paths: [literal(value)], fold: false }
  if (dialect === 'alb-glob') return { paths: [globTokens(value, { escapes })], fold: false }
  if (dialect === 'alb-regex') return { paths: regexPaths(value), fold: ignoresCase(value) }
  if (dialect === 'nginx:=') return { paths: [literal(value)], fold: false }
  if (dialect === 'nginx:~' || dialect === 'nginx:~*')
    return { paths: regexPaths(value), fold: dialect === 'nginx:~*' || ignoresCase(value) }
  const [constraint = '', ...transforms] = dialect.slice('waf:'.length).split('+')
  if (transforms.some(t => replacing.test(t))) return { paths: null, fold: false }
  const fold = transforms.some(t => folding.includes(t))
  if (constraint === 'REGEX') return { paths: regexPaths(value), fold: fold || ignoresCase(value) }
  if (/^(?:EXACTLY|STARTS_WITH|ENDS_WITH)$/.test(constraint)) return { paths: [literal(value)], fold }
  return { paths: /^CONTAINS(?:_WORD)?$/.test(constraint) ? [floating(value)] : null, fold }
}

const structureOf = (tokens: Path): readonly Segment[] =>
  tokens.reduce<Segment[]>((segments, token) => {
    const last = segments.at(-1)
    if (isWild(token)) segments.push(token)
    else if (typeof last === 'number') segments[segments.length - 1] = last + 1
    else segments.push(1)
    return segments
  }, [])

/**
 * Strength of `value` as a gate of `dialect` compares it (`value`: as it is sent). Bits are rounded down to a tenth.
 */
export const strengthOf = (value: string, dialect: Dialect, options: StrengthOptions = {}): Strength => {
  const { paths, fold } = reading(value, dialect, options.escapes ?? false)
  if (paths === null) {
    return {
      length: value.length,
      alphabet: alphabetOf(value),
      bits: 0,
      exactBits: 0,
      weakness: notUnderstood,
    }
  }
  const tokens =
    dialect === 'alb-glob' ? globTokens(value, { escapes: options.escapes ?? false }) : literal(value)
  const wild = dialect === 'alb-glob' && tokens.some(isWild)
  const shape = {
    length: value.length,
    alphabet: alphabetOf(literalOf(tokens)),
    ...(wild ? { structure: structureOf(tokens) } : {}),
  }
  if (paths.some(isPublished)) {
    return { ...shape, bits: 0, exactBits: 0, weakness: 'published value', public: true }
  }
  const estimates = paths.map(path => pathBits(path, options.estimate ?? estimateText))
  const folded = weakest(estimates.map(e => e.folded))
  const exact = fold ? folded : weakest(estimates.map(e => e.exact))
  const bits = Math.min(folded.bits, exact.bits)
  const loose = paths.some(path => path.some(isWild)) && !dialect.startsWith('waf:CONTAINS')
  const structural = folded.weakness === 'wildcards' ? undefined : folded.weakness
  const why = structural ?? (loose ? 'wildcards' : 'too short')
  const weakness = bits < (structural === undefined ? shortBelow : strongFrom) ? why : undefined
  return {
    ...shape,
    bits: rounded(bits),
    exactBits: rounded(exact.bits),
    ...(weakness === undefined ? {} : { weakness }),
  }
}

/** The texts that every value the pattern accepts on some path must hold, longest possible; none where not understood. */
export const literalRuns = (value: string, dialect: Dialect, escapes = false): readonly string[] => {
  const { paths } = reading(value, dialect, escapes)
  const runs = (paths ?? []).flatMap(path => split(path, isWild).map(literalOf))
  return [...new Set(runs.filter(run => run !== ''))]
}
