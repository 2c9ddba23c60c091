/** Regular expressions as nginx searches with them: PCRE, of which only what every engine here reads alike is decided. */
import { RE2JS } from 're2js'
import type { Truth } from '#base/truth.ts'
import type { Machine } from '../../language/machine.ts'
import { regexMachine } from '../../language/regex-machine.ts'

/**
 * What PCRE, RE2 and JavaScript read differently, or only one of them reads: inline options, look-around, back-references,
 * possessive quantifiers, POSIX classes, escapes such as `\h` and `\Q`, a `]` that opens a class, a brace without numbers,
 * and characters outside ASCII (nginx compares bytes).
 */
const unlike = [
  /\(\?(?!:|<[A-Za-z_]\w*>)/,
  /\\(?![wWdDsSbB.*+?()[\]{}|^$/\\\-"'#=!<>:;,@%&~_ ])/,
  /[*+?}]\+/,
  /\[\[?[:.=]/,
  /\[\^?\]/,
  /\{(?!\d+(?:,\d*)?\})/,
  /[^\x20-\x7e]/,
]

/** An escaped character, or a class, says nothing of the characters in it. */
const isPortable = (pattern: string): boolean => {
  const bare = pattern.replace(/\\[.*+?()[\]{}|^$/\\]/g, '_')
  return !unlike.some(r => r.test(bare)) && !/\\[sS]/.test(pattern)
}

const cache = new Map<string, RE2JS | null>()

const compiled = (pattern: string, ignoreCase: boolean): RE2JS | null => {
  const key = `${ignoreCase} ${pattern}`
  const before = cache.get(key)
  if (before !== undefined) return before
  const made = compile(pattern, ignoreCase)
  cache.set(key, made)
  return made
}

const compile = (pattern: string, ignoreCase: boolean): RE2JS | null => {
  if (!isPortable(pattern)) return null
  try {
    return RE2JS.compile(
      pattern.replace(/\(\?<([A-Za-z_])/g, '(?P<$1'),
      ignoreCase ? RE2JS.CASE_INSENSITIVE : 0,
    )
  } catch {
    return null
  }
}

/** Whether the text holds a match; not decided outside the common dialect, or for text outside ASCII. */
export const matchesPattern = (pattern: string, ignoreCase: boolean, text: string): Truth => {
  const machine = compiled(pattern, ignoreCase)
  return machine === null || !/^[\x20-\x7e]*$/.test(text) ? 'unknown' : machine.test(text)
}

/** The texts that hold a match; null where this version cannot tell. */
export const patternMachine = (pattern: string, ignoreCase: boolean): Machine | null =>
  isPortable(pattern) ? regexMachine(pattern, { whole: false, ignoreCase }) : null
