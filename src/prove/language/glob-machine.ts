/** Machines of globs: a set of positions in all patterns of a condition, kept as bits of one number. */
import { foldCase, type GlobToken, globTokens } from '#base/glob.ts'
import type { Machine } from './machine.ts'

/** Stands between key and value where a word is a query pair; no wildcard matches it. */
export const separator = '\0'

export interface GlobMachineOptions {
  readonly ignoreCase?: boolean
}

/** Accepts what any of the patterns accepts. */
export const globMachine = (
  patterns: readonly (readonly GlobToken[])[],
  options: GlobMachineOptions = {},
): Machine => {
  const fold = options.ignoreCase ? foldCase : (text: string) => text
  const literals = new Map<string, bigint>()
  let [any, star, final, start, open] = [0n, 0n, 0n, 0n, 0n]
  let bit = 1n
  for (const tokens of patterns) {
    start |= bit
    for (const token of collapsed(tokens)) {
      if (token === '*') star |= bit
      else if (token === '?') any |= bit
      else literals.set(fold(token.literal), (literals.get(fold(token.literal)) ?? 0n) | bit)
      bit <<= 1n
    }
    if (tokens.at(-1) === '*') open |= bit >> 1n
    final |= bit
    bit <<= 1n
  }
  // A star may match nothing: whoever stands on it also stands behind it.
  const closed = (s: bigint): bigint => s | ((s & star) << 1n)
  const step = (state: bigint, letter: string): bigint => {
    const literal = literals.get(fold(letter)) ?? 0n
    if (letter === separator) return closed((state & literal) << 1n)
    return closed(((state & (literal | any)) << 1n) | (state & star))
  }
  return {
    start: closed(start),
    letters: new Set(literals.keys()),
    step: (state, letter) => step(BigInt(state), letter),
    accepts: state => (BigInt(state) & final) !== 0n,
    dead: state => state === 0n,
    // A star at the end swallows whatever comes, save the separator, which comes once and early.
    certain: state => (BigInt(state) & open) !== 0n,
  }
}

const collapsed = (tokens: readonly GlobToken[]): readonly GlobToken[] =>
  tokens.filter((token, i) => token !== '*' || tokens[i - 1] !== '*')

export const globsMachine = (
  globs: readonly string[],
  options: GlobMachineOptions & { escapes?: boolean } = {},
): Machine =>
  globMachine(
    globs.map(glob => globTokens(glob, { escapes: options.escapes ?? false })),
    options,
  )

export const literalTokens = (text: string): readonly GlobToken[] => [...text].map(literal => ({ literal }))

/** A readable word of the glob: each wildcard filled with as little as possible. */
export const filledGlob = (tokens: readonly GlobToken[], star: string): string =>
  tokens.map(t => (t === '*' ? star : t === '?' ? 'x' : t.literal)).join('')
