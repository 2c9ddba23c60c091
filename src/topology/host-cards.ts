/** Finds the network interface that has an address inside a VPC. */
import { addressFamily } from '#base/ip-set.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import type { Place } from './calls.ts'
import { type Config, listAt, textAt } from './config.ts'
import type { Facts } from './facts.ts'
import { isAt } from './places.ts'

/** One spelling per address: IPv6 has many. */
export const plainAddress = (address: string): string =>
  addressFamily(address) === 6 ? new URL(`http://[${address}]`).hostname.slice(1, -1) : address

/** Addresses inside the VPC, of either family. */
export const insideAddresses = (card: Config): readonly string[] => {
  const found = [
    textAt(card, 'PrivateIpAddress'),
    ...(listAt(card, 'PrivateIpAddresses') ?? []).map(one => textAt(one, 'PrivateIpAddress')),
    ...(listAt(card, 'Ipv6Addresses') ?? []).map(one => textAt(one, 'Ipv6Address')),
  ].filter(one => one !== undefined && addressFamily(one) !== null)
  return [...new Set(found.map(one => plainAddress(String(one))))]
}

const indexes = new WeakMap<Facts, ReadonlyMap<string, readonly LocatedResource[]>>()

const indexOf = (facts: Facts): ReadonlyMap<string, readonly LocatedResource[]> => {
  const known = indexes.get(facts)
  if (known !== undefined) return known
  const index = Map.groupBy(
    facts.byType(types.networkInterface).flatMap(card => {
      const vpc = textAt(card.config, 'VpcId')
      return insideAddresses(card.config).map(address => ({ key: `${vpc}/${address}`, card }))
    }),
    ({ key }) => key,
  )
  const cards = new Map([...index].map(([key, found]) => [key, found.map(({ card }) => card)] as const))
  indexes.set(facts, cards)
  return cards
}

export const cardWith = (
  facts: Facts,
  vpcId: string,
  address: string,
  place: Place,
): LocatedResource | undefined =>
  indexOf(facts)
    .get(`${vpcId}/${address}`)
    ?.find(card => isAt(place, card))
