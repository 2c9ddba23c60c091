/** Every sealed value of the graph at the place that sends or compares it: what a history remembers of a scan. */
import type { ValueAtPlace } from '#snapshot/sightings.ts'
import type { Link, Listener, Rule, Topology } from '../model.ts'
import { isSealed, type Value } from '../sealed.ts'

const values = (
  account: string,
  place: string,
  header: string,
  found: readonly Value[],
): readonly ValueAtPlace[] =>
  found.flatMap(value =>
    isSealed(value) && !value.public
      ? [{ account, place, header: header.toLowerCase(), fingerprint: value.sealed }]
      : [],
  )

const sentBy = ({ id, distribution, origin }: Link): readonly ValueAtPlace[] =>
  origin.headers.flatMap(({ name, value }) => values(distribution.ref.account, id, name, [value]))

const comparedBy = ({ ref, conditions }: Rule): readonly ValueAtPlace[] =>
  conditions.flatMap(c => (c.field === 'http-header' ? values(ref.account, ref.arn, c.name, c.globs) : []))

const rulesOf = ({ rules }: Listener): readonly Rule[] => (rules.known ? rules.value : [])

export const valuesAtPlaces = ({ links, loadBalancers }: Topology): readonly ValueAtPlace[] => [
  ...links.flatMap(sentBy),
  ...loadBalancers
    .flatMap(({ listeners }) => (listeners.known ? listeners.value : []))
    .flatMap(rulesOf)
    .flatMap(comparedBy),
]
