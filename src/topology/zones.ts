/** What the account's own public hosted zones say about a name, as a Route 53 name server would look it up. */
import { normalName } from '#base/domain-name.ts'
import type { Gap } from '#base/gap.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { call } from './calls.ts'
import { flagAt, textAt } from './config.ts'
import { type Facts, gapsOf, hidden } from './facts.ts'

export interface ZoneAnswer {
  /** Record sets of type A, AAAA and CNAME; several where they are weighted, latency-based and so on. */
  readonly sets: readonly LocatedResource[]
  /** Why there may be more of them. */
  readonly gaps: readonly Gap[]
}

export interface Zones {
  /** The record sets of a normalised name in the closest public zones that were read. */
  lookUp(name: string): ZoneAnswer
}

interface Zone {
  readonly apex: string
  readonly sets: ReadonlyMap<string, readonly LocatedResource[]>
  /** Every name that exists: those with records and those above them. */
  readonly names: ReadonlySet<string>
  /** Why the zone is not known whole; none where it is. */
  readonly gaps: readonly Gap[]
}

const addressTypes = ['A', 'AAAA', 'CNAME']

const zoneId = (text: string): string => text.replace(/^.*hostedzone\//, '').split('/')[0] ?? ''
const idOf = (zone: LocatedResource): string => zoneId(textAt(zone.config, 'Id') ?? zone.arn)
const idOfSet = (set: LocatedResource): string => zoneId(textAt(set.config, 'HostedZoneId') ?? set.arn)
const nameOf = (resource: LocatedResource): string => normalName(textAt(resource.config, 'Name') ?? '')

const hasType = (set: LocatedResource, wanted: readonly string[]): boolean =>
  wanted.includes(textAt(set.config, 'Type') ?? '')

/** The name, its parent and so on; the last has one label. */
const upwards = (name: string): readonly string[] => {
  const labels = name.split('.')
  return labels.map((_, i) => labels.slice(i).join('.'))
}

const buildZone = (facts: Facts, resource: LocatedResource, sets: readonly LocatedResource[]): Zone => {
  const asked = call('ListResourceRecordSets', idOf(resource), { account: resource.account })
  const byName = Map.groupBy(sets, nameOf)
  return {
    apex: nameOf(resource),
    sets: byName,
    names: new Set([...byName.keys()].flatMap(upwards)),
    gaps: hidden(facts, asked, sets.length),
  }
}

/** Whether the zone hands the name, or one above it, to other name servers. */
const isDelegated = (zone: Zone, name: string): boolean =>
  upwards(name)
    .filter(above => above.endsWith(`.${zone.apex}`))
    .some(above => (zone.sets.get(above) ?? []).some(set => hasType(set, ['NS'])))

/** RFC 4592: a wildcard answers for names below the closest name that exists, and only for those. */
const setsFor = (zone: Zone, name: string): readonly LocatedResource[] => {
  if (zone.names.has(name)) return zone.sets.get(name) ?? []
  const closest = upwards(name).find(above => zone.names.has(above) || above === zone.apex)
  return zone.sets.get(`*.${closest}`) ?? []
}

const publicZones = (facts: Facts): ReadonlyMap<string, readonly Zone[]> => {
  const sets = Map.groupBy(facts.byType(types.recordSet), idOfSet)
  const zones = facts
    .byType(types.hostedZone)
    .filter(zone => flagAt(zone.config, 'Config', 'PrivateZone') !== true)
    .map(zone => buildZone(facts, zone, sets.get(idOf(zone)) ?? []))
  return Map.groupBy(zones, zone => zone.apex)
}

export const zonesOf = (facts: Facts): Zones => {
  const zones = publicZones(facts)
  // Only zones around origin names need be in the snapshot, so their number proves nothing.
  const unlisted = facts.snapshot.head.accounts.flatMap(account => {
    const asked = call('ListHostedZones', '*', { account })
    return facts.wasRead(asked) ? [] : gapsOf(facts, asked)
  })
  return {
    lookUp: name => {
      const apex = upwards(name).find(above => zones.has(above)) ?? ''
      const own = (zones.get(apex) ?? []).filter(zone => !isDelegated(zone, name))
      return {
        sets: own.flatMap(zone => setsFor(zone, name)).filter(set => hasType(set, addressTypes)),
        gaps: [...unlisted, ...own.flatMap(zone => zone.gaps)],
      }
    },
  }
}
