/** Whether a text meets a pattern, under every reading of what AWS leaves open: yes, no, or under some reading only. */

import { RE2JS } from 're2js'
import { foldCase, matchesGlob } from '#base/glob.ts'
import type { Truth } from '#base/truth.ts'
import type { Dialect } from '../sealed.ts'
import { transformed } from './transforms.ts'

export type Match = (text: string) => Truth

/** All readings agree, or it is not known. */
const agreed = (readings: readonly boolean[]): Truth => {
  if (readings.every(r => r)) return true
  return readings.some(r => r) ? 'unknown' : false
}

/** A cheap test that most texts fail: the literal beginning and end of the glob. */
const mayMatchGlob = (pattern: string): ((folded: string) => boolean) => {
  const glob = foldCase(pattern)
  const [head = '', tail = ''] = [glob.split(/[*?\\]/, 1)[0], glob.split(/[*?\\]/).at(-1)]
  return text => text.startsWith(head) && text.endsWith(tail)
}

/** U-11: whether a backslash makes a wildcard literal in header values is not documented. */
const glob = (pattern: string): Match => {
  const may = mayMatchGlob(pattern)
  const readings = pattern.includes('\\') ? [false, true] : [false]
  return text =>
    may(foldCase(text)) &&
    agreed(readings.map(escapes => matchesGlob(pattern, text, { ignoreCase: true, escapes })))
}

const compile = (source: string, flags: number): RE2JS | null => {
  try {
    return RE2JS.compile(source, flags)
  } catch {
    return null
  }
}

/** Search or whole value (U-01, U-22), and for the load balancer with or without case (U-02). */
const regex = (source: string, caseMayFold: boolean): Match => {
  const all = (caseMayFold ? [0, RE2JS.CASE_INSENSITIVE] : [0]).map(flags => compile(source, flags))
  const compiled = all.filter(r => r !== null)
  // What this engine cannot read, AWS may: then nothing is known.
  if (compiled.length < all.length) return () => 'unknown'
  return text => agreed(compiled.flatMap(r => [r.matcher(text).find(), r.matcher(text).matches()]))
}

const isWordCharacter = (c: string): boolean => /^[A-Za-z0-9_]$/.test(c)

const containsWord = (text: string, word: string): boolean => {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const [before, after] = [text.charAt(at - 1), text.charAt(at + word.length)]
    if (!isWordCharacter(before) && !isWordCharacter(after)) return true
  }
  return false
}

const constraints: Readonly<Record<string, (text: string, search: string) => boolean>> = {
  EXACTLY: (text, search) => text === search,
  STARTS_WITH: (text, search) => text.startsWith(search),
  ENDS_WITH: (text, search) => text.endsWith(search),
  CONTAINS: (text, search) => text.includes(search),
  CONTAINS_WORD: containsWord,
}

/** The positional constraint (or `REGEX`) and the transformations of a `waf:` dialect. */
export const wafDialect = (
  dialect: Dialect,
): { readonly constraint: string; readonly transforms: readonly string[] } => {
  const [constraint = '', ...transforms] = dialect.slice('waf:'.length).split('+')
  return { constraint, transforms }
}

const waf = (dialect: Dialect, search: string): Match => {
  const { constraint, transforms } = wafDialect(dialect)
  const compared = Object.hasOwn(constraints, constraint) ? constraints[constraint] : undefined
  const test =
    constraint === 'REGEX' ? regex(search, false) : compared && ((text: string) => compared(text, search))
  if (test === undefined) return () => 'unknown'
  return text => {
    const value = transformed(text, transforms)
    return value === null ? 'unknown' : test(value)
  }
}

/** nginx searches with PCRE; what RE2 cannot read is not decided. Host names aside it folds ASCII only. */
const nginx = (dialect: Dialect, pattern: string): Match => {
  if (dialect === 'nginx:=') return text => text === pattern
  const compiled = compile(pattern, dialect === 'nginx:~*' ? RE2JS.CASE_INSENSITIVE : 0)
  return compiled === null ? () => 'unknown' : text => compiled.matcher(text).find()
}

/** Compiles a pattern. Load-balancer rules see visible ASCII only (U-13), so other texts are never certain. */
export const patternMatch = (dialect: Dialect, raw: string): Match => {
  if (dialect.startsWith('waf:')) return waf(dialect, raw)
  if (dialect.startsWith('nginx:')) return nginx(dialect, raw)
  const test = dialect === 'alb-regex' ? regex(raw, true) : glob(raw)
  return text => (/^[\x20-\x7e]*$/.test(text) ? test(text) : 'unknown')
}
