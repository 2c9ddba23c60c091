/** The names of the estate that tie a secret, parameter or function to an origin header, and where a text mentions them. */
import type { DistributionSummary } from '@aws-sdk/client-cloudfront'
import { normalName } from '#base/domain-name.ts'
import { distinct } from '../reader.ts'

export interface EdgeNames {
  readonly distributions: readonly string[]
  /** Domain names of origins that are sent a header, lower case. */
  readonly origins: readonly string[]
  /** Names of the headers, lower case. */
  readonly headers: readonly string[]
}

/** Of the distributions that add a header to what they send to an origin. */
export const edgeNames = (distributions: readonly DistributionSummary[]): EdgeNames => {
  const senders = distributions.flatMap(distribution =>
    (distribution.Origins?.Items ?? [])
      .filter(origin => (origin.CustomHeaders?.Items?.length ?? 0) > 0)
      .map(origin => ({ id: distribution.Id, origin })),
  )
  return {
    distributions: distinct(senders.map(s => s.id)),
    origins: distinct(senders.map(s => s.origin.DomainName && normalName(s.origin.DomainName))),
    headers: distinct(
      senders.flatMap(s => (s.origin.CustomHeaders?.Items ?? []).map(h => h.HeaderName?.toLowerCase())),
    ),
  }
}

const isPartOfName = (character: string | undefined): boolean =>
  character !== undefined && /[A-Za-z0-9.-]/.test(character)

/** Whether the name stands in the text as a whole: not inside a longer word or host name. */
const standsIn = (text: string, name: string): boolean => {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1))
    if (!isPartOfName(text[at - 1]) && !isPartOfName(text[at + name.length])) return true
  return false
}

export interface Mentioned {
  readonly distributions: readonly string[]
  readonly origins: readonly string[]
  readonly headers: readonly string[]
}

/** Which of the names stand in any of the texts; a header counts only where it is the whole text. */
export const mentionedIn = (texts: readonly string[], names: EdgeNames): Mentioned => {
  const lower = texts.map(text => text.toLowerCase())
  const whole = new Set(lower)
  return {
    distributions: names.distributions.filter(id => texts.some(text => standsIn(text, id))),
    origins: names.origins.filter(name => lower.some(text => standsIn(text, name))),
    headers: names.headers.filter(name => whole.has(name)),
  }
}
