/** The `*` and `?` patterns of Elastic Load Balancing and CloudFront, matched in linear space without backtracking blow-up. */

export interface GlobOptions {
  /** Fold ASCII letters of both sides. */
  readonly ignoreCase?: boolean
  /** `\*`, `\?` and `\\` are literals (documented for query-string conditions only). */
  readonly escapes?: boolean
}

export type GlobToken = { readonly literal: string } | '*' | '?'

/** One token per character. */
export const globTokens = (pattern: string, options: GlobOptions = {}): readonly GlobToken[] => {
  const tokens: GlobToken[] = []
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern.charAt(i)
    const next = pattern.charAt(i + 1)
    if (options.escapes && c === '\\' && (next === '*' || next === '?' || next === '\\')) {
      tokens.push({ literal: next })
      i++
    } else if (c === '*' || c === '?') tokens.push(c)
    else tokens.push({ literal: c })
  }
  return tokens
}

/** ASCII lower case; other characters stay. */
export const foldCase = (text: string): string => text.replace(/[A-Z]/g, c => c.toLowerCase())

/** Whether the whole of `text` matches `pattern`. */
export const matchesGlob = (pattern: string, text: string, options: GlobOptions = {}): boolean => {
  const fold = options.ignoreCase ? foldCase : (s: string) => s
  return matchesTokens(globTokens(fold(pattern), options), fold(text))
}

/** Whether the whole of `text` matches, letters as they stand. */
export const matchesTokens = (tokens: readonly GlobToken[], text: string): boolean => {
  let [p, t, star, resume] = [0, 0, -1, 0]
  while (t < text.length) {
    const token = tokens[p]
    if (token === '*') {
      star = p++
      resume = t
    } else if (token !== undefined && (token === '?' || token.literal === text.charAt(t))) {
      p++
      t++
    } else if (star >= 0) {
      p = star + 1
      t = ++resume
    } else return false
  }
  while (tokens[p] === '*') p++
  return p === tokens.length
}
