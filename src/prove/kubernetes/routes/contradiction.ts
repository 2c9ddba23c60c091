/** Whether a way to meet an expression asks one place of the request for two things that exclude each other. */
import { type Attempt, type Matcher, meets } from './expression.ts'
import type { Term } from './terms.ts'

const blank: Attempt = {
  method: '',
  host: '',
  path: '',
  headers: new Map(),
  query: new Map(),
  address: null,
}

/** The request as far as one matcher fixes it; null where it leaves a choice. */
const fixedBy = (m: Matcher): Attempt | null => {
  switch (m.on) {
    case 'host':
      return m.name.startsWith('*.') ? null : { ...blank, host: m.name }
    case 'path':
      return { ...blank, path: m.path }
    case 'method':
      return { ...blank, method: m.method }
    default:
      // A header or parameter may be repeated, and then each value meets its own matcher.
      return null
  }
}

const placeOf = (m: Matcher): string => m.on.replace(/-(?:prefix|pattern)$/, '')

export const isContradiction = (term: Term): boolean =>
  term.some(({ matcher, positive }) => {
    const fixed = positive ? fixedBy(matcher) : null
    return fixed !== null && term.some(l => placeOf(l.matcher) === placeOf(matcher) && fails(l, fixed))
  })

const fails = ({ matcher, positive }: Term[number], attempt: Attempt): boolean => {
  const met = meets(matcher, attempt)
  return positive ? met === false : met === true
}
