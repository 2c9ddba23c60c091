/** Which texts the patterns of a policy match: resources, actions, ARNs. */
import { type GlobToken, matchesGlob, matchesTokens } from '#base/glob.ts'
import { anyOf, doubt, type Judgement, notSo, sure } from './judgement.ts'

/** Letters of either case are alike in the names of services and actions. */
export const matchesAction = (pattern: string, action: string): boolean =>
  matchesGlob(pattern, action, { ignoreCase: true })

const isColon = (token: GlobToken): boolean => typeof token !== 'string' && token.literal === ':'

/** The parts of an ARN pattern: five up to a colon each, and the rest. */
export const arnParts = (tokens: readonly GlobToken[]): readonly (readonly GlobToken[])[] => {
  const parts: GlobToken[][] = [[]]
  for (const token of tokens) {
    if (isColon(token) && parts.length < 6) parts.push([])
    else parts.at(-1)?.push(token)
  }
  return parts
}

/**
 * Each of the six parts is compared on its own, so that a wildcard never crosses a colon before the resource part.
 * Source: IAM User Guide, "Amazon Resource Name (ARN) condition operators". A pattern with fewer parts is left open.
 */
export const matchesArn = (tokens: readonly GlobToken[], arn: string): Judgement => {
  const parts = arnParts(tokens)
  if (parts.length < 6) return doubt('an ARN pattern has fewer than six parts')
  const given = arn.split(':')
  const own = [...given.slice(0, 5), given.slice(5).join(':')]
  return sure(given.length >= 6 && parts.every((part, i) => matchesTokens(part, own[i] ?? '')))
}

/** Whether a `*` stands where it is not said if it may cross a colon: inside a part that is not the last. */
const crossesColons = (tokens: readonly GlobToken[]): boolean =>
  tokens.some((t, i) => {
    const next = tokens[i + 1]
    return t === '*' && next !== undefined && !isColon(next) && tokens.slice(i).some(isColon)
  })

/**
 * Resources are globs over the whole ARN; a `*` inside a part may or may not cross a colon, both readings are taken.
 * Source: IAM User Guide, "IAM JSON policy elements: Resource".
 */
export const matchesResource = (tokens: readonly GlobToken[], arn: string): Judgement => {
  const wide = sure(matchesTokens(tokens, arn))
  if (wide.truth === false || !crossesColons(tokens)) return wide
  const narrow = matchesArn(tokens, arn)
  return narrow.truth === true ? wide : doubt('a wildcard of a resource may or may not cross a colon')
}

/** True where some term matches and the element is not negated, or none does and it is. */
export const elementHolds = <T>(
  { negated, terms }: { readonly negated: boolean; readonly terms: readonly T[] },
  matches: (term: T) => Judgement,
): Judgement => (negated ? notSo(anyOf(terms.map(matches))) : anyOf(terms.map(matches)))
