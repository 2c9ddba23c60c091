/** Values and the places where they are seen: what a history remembers, and what it remembered. */
import type { LocatedResource } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { textAt } from '../config.ts'
import { type Facts, refOf } from '../facts.ts'
import type { Sighting } from '../model/life.ts'

const sightingOf = (resource: LocatedResource): readonly Sighting[] => {
  const [place, header, fingerprint, firstSeen, lastSeen] = [
    'Place',
    'Header',
    'Fingerprint',
    'FirstSeen',
    'LastSeen',
  ].map(key => textAt(resource.config, key))
  return place && header && fingerprint && firstSeen && lastSeen
    ? [{ ref: refOf(resource, place), place, header, fingerprint, firstSeen, lastSeen }]
    : []
}

export const sightingsOf = (facts: Facts): readonly Sighting[] =>
  facts.byType(types.sighting).flatMap(sightingOf)
