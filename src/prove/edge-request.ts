/** Which listener rules the requests that CloudFront itself sends to an origin can reach. */
import { foldCase, globTokens, matchesGlob } from '#base/glob.ts'
import { and, or, type Truth } from '#base/truth.ts'
import type { Condition, Link, OriginHeader, Rule } from '#topology/model.ts'
import { isSealed, type Value } from '#topology/sealed.ts'
import { meetsRegex } from './alb/regex.ts'
import { globsMachine } from './language/glob-machine.ts'
import { findWord } from './language/search.ts'
import { anyText } from './language/universe.ts'
import { covers } from './shadow.ts'
import { isStrong, meetsPattern } from './value.ts'

/** All requests of one link together. */
export interface EdgeRequests {
  /** Names and globs that the Host header may hold: the origin's own, or what viewers ask for. */
  readonly hosts: readonly string[]
  /** Globs of the paths that the behaviours send here. */
  readonly paths: readonly string[]
  readonly methods: ReadonlySet<string>
  readonly headers: readonly OriginHeader[]
  /** Code at the edge may change host and path. */
  readonly changed: boolean
}

export const edgeRequests = ({ origin, distribution, behaviors }: Link): EdgeRequests => ({
  hosts: [origin.domainName, distribution.domainName, ...distribution.aliases],
  paths: behaviors.map(b => origin.originPath + pathOf(b.isDefault ? '*' : b.pathPattern)),
  methods: new Set(behaviors.flatMap(b => b.allowedMethods)),
  headers: origin.headers,
  changed: behaviors.some(b => b.functions.some(f => f.event.endsWith('request'))),
})

const pathOf = (pattern: string): string => (pattern.startsWith('/') ? pattern : `/${pattern}`)

/** `can`: some request meets every condition. `must`: every request does. */
export const edgeReaches = (rule: Rule, requests: EdgeRequests): { can: Truth; must: boolean } => ({
  can: and(...rule.conditions.map(c => canMeet(c, requests))),
  must: rule.conditions.every(c => mustMeet(c, requests)),
})

/** A rule that asks for a header which the origin sends, and which CloudFront would reach if the value were right. */
export const isMeantFor = (rule: Rule, requests: EdgeRequests): Truth => {
  const isSent = (c: Condition): boolean =>
    c.field === 'http-header' && sentValues(c.name, requests.headers).length > 0
  if (!rule.conditions.some(isSent)) return false
  return and(...rule.conditions.filter(c => !isSent(c)).map(c => canMeet(c, requests)))
}

const canMeet = (condition: Condition, requests: EdgeRequests): Truth => {
  switch (condition.field) {
    case 'host-header':
      return placeCanMeet(condition, requests.hosts, requests.changed, true)
    case 'path-pattern':
      return placeCanMeet(condition, requests.paths, requests.changed, false)
    case 'http-request-method':
      return requests.methods.size === 0 || condition.methods.some(m => requests.methods.has(m))
    case 'http-header':
      return headerCanMeet(condition, requests.headers)
    case 'query-string':
      return condition.pairs.some(p => !isStrong(p.value))
    default:
      return true
  }
}

const placeCanMeet = (
  { globs, regexes }: { globs: readonly string[]; regexes: readonly string[] },
  sent: readonly string[],
  changed: boolean,
  ignoreCase: boolean,
): Truth => {
  const met = sent.some(
    text => globs.some(glob => globsMeet(glob, text, ignoreCase)) || regexes.some(r => regexMeets(r, text)),
  )
  return met || (changed ? 'unknown' : false)
}

const isWild = (glob: string): boolean => glob.includes('*') || glob.includes('?')

const globsMeet = (a: string, b: string, ignoreCase: boolean): boolean => {
  if (!isWild(a) && !isWild(b)) return a === b || (ignoreCase && foldCase(a) === foldCase(b))
  if (!isWild(b)) return matchesGlob(a, b, { ignoreCase })
  if (!isWild(a)) return matchesGlob(b, a, { ignoreCase })
  const [one, other] = [a, b].map(glob => globTokens(ignoreCase ? foldCase(glob) : glob))
  if (one && other && (covers(one, other) || covers(other, one))) return true
  const machines = [globsMachine([a], { ignoreCase }), globsMachine([b], { ignoreCase })]
  const budget = { left: 20_000 }
  return findWord(anyText, machines, [], budget) !== null || budget.left <= 0
}

/** Of a set of paths an expression may always meet some; of one name it is asked. */
const regexMeets = (regex: string, text: string): boolean =>
  isWild(text) || meetsRegex(regex, text).truth !== false

/** CloudFront overwrites what a viewer sends under the same name; other names may come from viewers, secrets do not. */
const headerCanMeet = (
  condition: Extract<Condition, { field: 'http-header' }>,
  headers: readonly OriginHeader[],
): Truth => {
  const patterns = [...condition.globs, ...condition.regexes]
  const sent = sentValues(condition.name, headers)
  if (sent.length === 0) return patterns.some(p => !isStrong(p))
  return or(...sent.flatMap(value => patterns.map(p => valueMeets(value, p, condition.regexes.includes(p)))))
}

const sentValues = (name: string, headers: readonly OriginHeader[]): readonly Value[] =>
  headers.filter(h => h.name.toLowerCase() === name.toLowerCase()).map(h => h.value)

const valueMeets = (value: Value, pattern: Value, isRegex: boolean): Truth =>
  isRegex && !isSealed(value) && !isSealed(pattern)
    ? meetsRegex(pattern, value).truth
    : meetsPattern(value, pattern)

const mustMeet = (condition: Condition, requests: EdgeRequests): boolean => {
  switch (condition.field) {
    case 'path-pattern':
      return condition.globs.some(g => /^\/?\*+$/.test(g))
    case 'http-header':
      return (
        !requests.changed &&
        sentValues(condition.name, requests.headers).length > 0 &&
        headerCanMeet(condition, requests.headers) === true
      )
    case 'http-request-method':
      return requests.methods.size > 0 && [...requests.methods].every(m => condition.methods.includes(m))
    default:
      return false
  }
}
