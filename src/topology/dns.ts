/** What name resolution answered while the snapshot was made. */
import { normalName } from '#base/domain-name.ts'
import { types } from '#snapshot/resource-types.ts'
import { listAt, textAt, textsAt } from './config.ts'
import type { Facts } from './facts.ts'

export interface DnsAnswer {
  readonly outcome: 'answer' | 'no-such-name' | 'no-data' | 'unrecognised'
  /** The names still to follow, nearest first, as far as the answer tells. */
  readonly canonicalNames: readonly string[]
  readonly addresses: readonly string[]
}

const outcomes = ['answer', 'no-such-name', 'no-data'] as const

/** The answer for a normalised name; `undefined` where it was not asked or the answer makes no sense. */
export const dnsAnswer = (facts: Facts, name: string): DnsAnswer | undefined => {
  const config = facts.byArn(types.dnsAnswer, name)?.config
  if (config === undefined) return undefined
  const said = textAt(config, 'Outcome')
  const names = listAt(config, 'CanonicalNames') === undefined ? [] : textsAt(config, 'CanonicalNames')
  const addresses = listAt(config, 'Addresses') === undefined ? [] : textsAt(config, 'Addresses')
  if (names === undefined || addresses === undefined) return undefined
  return {
    outcome: outcomes.find(o => o === said) ?? 'unrecognised',
    canonicalNames: names.map(normalName).filter(n => n !== name),
    addresses,
  }
}
