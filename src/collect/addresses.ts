/** Whose addresses are: asks the network interfaces of the regions, then for Elastic IP addresses that nothing uses. */
import type { NetworkInterface } from '@aws-sdk/client-ec2'
import { addressFamily, containsAddress } from '#base/ip-set.ts'
import { types } from '#snapshot/resource-types.ts'
import { readUnusedAddresses } from './elastic-addresses.ts'
import { describeNetworkInterfaces } from './operations/ec2.ts'
import { batches, type Reader } from './reader.ts'

export interface Interface {
  readonly region: string
  readonly card: NetworkInterface
}

/** Never public addresses of anyone: no interface is asked for them. */
const inward = [
  ...['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16'],
  ...['::1/128', 'fc00::/7', 'fe80::/10'],
]

/** EC2 takes at most this many values in one filter. */
const mostValues = 200

/** The interfaces that have any of the addresses. A known region is asked first, the others only for what it has not. */
export async function readInterfaces(
  reader: Reader,
  regions: readonly string[],
  addresses: ReadonlyMap<string, string | undefined>,
): Promise<readonly Interface[]> {
  const wanted = new Map([...addresses].map(([address, region]) => [spelled(address), region] as const))
  const all = [...wanted.keys()].filter(address => !containsAddress(inward, address))
  const hinted = Map.groupBy(all, address => wanted.get(address))
  const first = await Promise.all(regions.map(region => search(reader, region, hinted.get(region) ?? [])))
  const rest = without(all, first.flat())
  const second = await Promise.all(
    regions.map(region =>
      search(
        reader,
        region,
        rest.filter(address => wanted.get(address) !== region),
      ),
    ),
  )
  const found = [...first, ...second].flat()
  const unused = without(all, found).filter(address => addressFamily(address) === 4)
  await Promise.all(regions.map(region => readUnusedAddresses(reader, region, unused)))
  return found
}

/** One spelling per address: IPv6 has many, AWS writes the short one. */
export const spelled = (address: string): string =>
  addressFamily(address) === 6 ? new URL(`http://[${address}]`).hostname.slice(1, -1) : address

const addressesOf = (card: NetworkInterface): readonly (string | undefined)[] => [
  card.Association?.PublicIp,
  ...(card.PrivateIpAddresses ?? []).map(one => one.Association?.PublicIp),
  ...(card.Ipv6Addresses ?? []).map(one => one.Ipv6Address),
]

const without = (addresses: readonly string[], found: readonly Interface[]): readonly string[] => {
  const taken = new Set(found.flatMap(({ card }) => addressesOf(card)))
  return addresses.filter(address => !taken.has(address))
}

const filters = { 4: 'addresses.association.public-ip', 6: 'ipv6-addresses.ipv6-address' } as const

const search = async (
  reader: Reader,
  region: string,
  addresses: readonly string[],
): Promise<readonly Interface[]> => {
  const queries = ([4, 6] as const).flatMap(family =>
    batches(
      addresses.filter(address => addressFamily(address) === family),
      mostValues,
    ).map(Values => ({ Name: filters[family], Values: [...Values] })),
  )
  const answers = await Promise.all(
    queries.map(filter =>
      reader.ask(describeNetworkInterfaces, {
        region,
        input: { Filters: [filter] },
        about: { targets: filter.Values, of: addressesOf },
      }),
    ),
  )
  return answers.flatMap(({ items }) =>
    items.map(card => {
      noteInterface(reader, region, card)
      return { region, card }
    }),
  )
}

export const noteInterface = (
  { journal, partition, account }: Reader,
  region: string,
  card: NetworkInterface,
): void => {
  const arn = `arn:${partition}:ec2:${region}:${account}:network-interface/${card.NetworkInterfaceId}`
  journal.keep(describeNetworkInterfaces, { type: types.networkInterface, arn, region, config: card })
}
