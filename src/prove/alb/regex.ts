/** Regular expressions of listener rules under every model of how they are compared. */
import { RE2JS } from 're2js'
import { agreement, certain, type Reading, unknownBecause } from '../reading.ts'
import { uncertain } from '../uncertainty.ts'

interface Compiled {
  readonly sensitive: RE2JS
  readonly insensitive: RE2JS
}

const cache = new Map<string, Compiled | null>()

/** Null outside the dialect: AWS refuses look-around, back-references, atomic groups, possessive quantifiers and `\p{}`. */
const compiled = (pattern: string): Compiled | null => {
  const before = cache.get(pattern)
  if (before !== undefined) return before
  const made = compile(pattern)
  cache.set(pattern, made)
  return made
}

const compile = (pattern: string): Compiled | null => {
  if (/\\[pP]/.test(pattern)) return null
  try {
    return {
      sensitive: RE2JS.compile(pattern),
      insensitive: RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE),
    }
  } catch {
    return null
  }
}

/** Whether the text meets the expression: searched or whole (U-01), with and without case (U-02); U-03 outside the dialect. */
export const meetsRegex = (pattern: string, text: string): Reading => {
  const machines = compiled(pattern)
  if (machines === null) return unknownBecause(uncertain('U-03'))
  const { sensitive, insensitive } = machines
  const exact = agreement([certain(sensitive.test(text)), certain(sensitive.testExact(text))], 'U-01')
  const folded = agreement([certain(insensitive.test(text)), certain(insensitive.testExact(text))], 'U-01')
  return agreement([exact, folded], 'U-02')
}
