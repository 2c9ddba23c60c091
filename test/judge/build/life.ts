/** What is remembered of the values of a world: by default that each is ten days old at most. */

import type { Link, Sighting, TokenLife } from '#topology/model.ts'
import { isSealed } from '#topology/sealed.ts'
import { noLife } from '../../topology/no-life.ts'

const seen = (link: Link, header: string, fingerprint: string, first: string, last: string): Sighting => ({
  ref: { ...link.distribution.ref, name: link.id },
  place: link.id,
  header: header.toLowerCase(),
  fingerprint,
  firstSeen: first,
  lastSeen: last,
})

/** Each value was first seen at `since`, and another one in its place ten days before the world's own time. */
export const rememberedLife = (
  links: readonly Link[],
  since = '2026-05-30T00:00:00.000Z',
  before = '2026-05-22T00:00:00.000Z',
): TokenLife => ({
  ...noLife,
  sightings: links.flatMap(link =>
    link.origin.headers.flatMap(({ name, value }) =>
      isSealed(value)
        ? [seen(link, name, value.sealed, since, since), seen(link, name, 'f'.repeat(32), before, before)]
        : [],
    ),
  ),
})
