/** Secrets that CloudFront sends and a listener rule could ask for. */
import { foldCase } from '#base/glob.ts'
import type { Condition, Link, OriginHeader, Rule } from '#topology/model.ts'
import { isSealed, type Sealed, type Value } from '#topology/sealed.ts'
import { isRewritten } from '../../alb/condition.ts'
import { edgeReaches } from '../../edge-request.ts'
import { isStrong } from '../../value.ts'
import type { Edge } from '../edit.ts'

/** A header with the values that the distributions behind a rule send in it. */
export interface TokenHeader {
  readonly name: string
  readonly patterns: readonly Sealed[]
  /** Names of shell variables, one for each pattern, and the distribution that sends the value. */
  readonly variables: readonly { readonly name: string; readonly distribution: string }[]
}

/** Quotas of Elastic Load Balancing: characters of a value, values of all conditions of a rule. */
const longestValue = 128
const mostValues = 5

/** A token in these alphabets holds no `*` and no `?`, which a header condition could not escape. */
const plainAlphabets: readonly string[] = [
  ...['digits', 'hex', 'lower', 'upper', 'letters', 'alphanumeric', 'base64url', 'base64'],
]

/** The pattern that accepts this value and no other; null where a condition cannot hold it or it is no secret. */
const patternFor = (value: Value): Sealed | null => {
  if (!isSealed(value) || value.length > longestValue || !plainAlphabets.includes(value.alphabet)) return null
  const { sealed, folded, length, alphabet, bits, exactBits } = value
  const seen = value.public === true ? { public: true as const } : {}
  const pattern: Sealed = {
    ...{ sealed, folded, length, alphabet, bits, exactBits },
    ...{ dialect: 'alb-glob', meets: [], mayMeet: [], ...seen },
  }
  return isStrong(pattern) ? pattern : null
}

const sameName = (a: string, b: string): boolean => foldCase(a) === foldCase(b)

const reaches = (link: Link, rule: Rule, edge: Edge): boolean =>
  edgeReaches(rule, edge.requestsOf(link)).can !== false

interface Sent {
  readonly pattern: Sealed
  readonly distribution: string
}

const sentBy = (link: Link, name: string): readonly Sent[] =>
  link.origin.headers
    .filter((h: OriginHeader) => sameName(h.name, name))
    .flatMap(({ value }) => {
      const pattern = patternFor(value)
      return pattern === null ? [] : [{ pattern, distribution: link.distribution.id }]
    })

/** Headers with a strong value that the distributions which reach the rule send, with the values of all of them. */
export const tokenHeaders = (arn: string, rule: Rule, edge: Edge): readonly TokenHeader[] => {
  const links = edge.linksTo(arn).filter(link => reaches(link, rule, edge))
  const names = new Map(links.flatMap(l => l.origin.headers).map(h => [foldCase(h.name), h.name] as const))
  return [...names.values()]
    .filter(name => !isRewritten(name))
    .map(name => headerOf(name, links))
    .filter(({ patterns }) => patterns.length > 0 && patterns.length < mostValues)
}

const headerOf = (name: string, links: readonly Link[]): TokenHeader => {
  const sent = new Map(links.flatMap(link => sentBy(link, name)).map(s => [s.pattern.folded, s] as const))
  const all = [...sent.values()]
  return {
    name,
    patterns: all.map(s => s.pattern),
    variables: all.map(({ distribution }, i) => ({
      name: i === 0 ? 'ORIGIN_TOKEN' : `ORIGIN_TOKEN_${i + 1}`,
      distribution,
    })),
  }
}

const valuesIn = (condition: Condition): number => {
  switch (condition.field) {
    case 'http-request-method':
      return condition.methods.length
    case 'query-string':
      return condition.pairs.length
    case 'source-ip':
      return condition.cidrs.length
    case 'unrecognised':
      return 0
    default:
      return condition.globs.length + condition.regexes.length
  }
}

/** Whether a rule may have these conditions. */
export const isAllowed = (conditions: readonly Condition[]): boolean =>
  conditions.reduce((sum, c) => sum + valuesIn(c), 0) <= mostValues

export const conditionFor = ({ name, patterns }: TokenHeader): Condition => ({
  field: 'http-header',
  name,
  globs: patterns,
  regexes: [],
})
