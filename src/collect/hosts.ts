/** Reads the machines that are origins or stand behind load balancers as targets: instances and network interfaces. */
import type { Instance, NetworkInterface } from '@aws-sdk/client-ec2'
import { addressFamily } from '#base/ip-set.ts'
import { noteInterface, spelled } from './addresses.ts'
import { readInstances } from './instances.ts'
import { describeNetworkInterfaces } from './operations/ec2.ts'
import { batches, distinct, type Reader } from './reader.ts'
import type { Group } from './targets.ts'

export interface Hosts {
  readonly instances: readonly Instance[]
  readonly cards: readonly NetworkInterface[]
}

/** `named` are instances that are known to matter for another reason. */
export async function readHosts(
  reader: Reader,
  region: string,
  groups: readonly Group[],
  named: readonly string[],
): Promise<Hosts> {
  const ids = distinct([...named, ...groups.filter(ofType('instance')).flatMap(targetIds)])
  const [own, cards] = await Promise.all([
    readInstances(reader, region, ids),
    readCards(reader, region, groups),
  ])
  const known = new Set(ids)
  // A target registered by address may be an instance that has other addresses too.
  const further = distinct(cards.map(card => card.Attachment?.InstanceId)).filter(id => !known.has(id))
  return { instances: [...own, ...(await readInstances(reader, region, further))], cards }
}

const ofType =
  (type: string) =>
  ({ group }: Group): boolean =>
    group.TargetType === type

const targetIds = ({ health }: Group): readonly (string | undefined)[] =>
  health.map(({ Target }) => Target?.Id)

/** EC2 takes at most this many values in one filter. */
const mostValues = 200

const filters = { 4: 'addresses.private-ip-address', 6: 'ipv6-addresses.ipv6-address' } as const

/** Private addresses repeat from VPC to VPC: each is looked for in the VPC of its target group. */
const readCards = async (
  reader: Reader,
  region: string,
  groups: readonly Group[],
): Promise<readonly NetworkInterface[]> => {
  const byVpc = Map.groupBy(groups.filter(ofType('ip')), ({ group }) => group.VpcId ?? '')
  const queries = [...byVpc].flatMap(([vpc, own]) => {
    const addresses = distinct(own.flatMap(targetIds)).filter(id => addressFamily(id) !== null)
    return ([4, 6] as const).flatMap(family =>
      batches(distinct(addresses.filter(one => addressFamily(one) === family).map(spelled)), mostValues).map(
        values => ({ vpc, name: filters[family], values }),
      ),
    )
  })
  const found = await Promise.all(
    queries.filter(({ vpc }) => vpc !== '').map(query => search(reader, region, query)),
  )
  return found.flat()
}

interface Query {
  readonly vpc: string
  readonly name: string
  readonly values: readonly string[]
}

const search = async (
  reader: Reader,
  region: string,
  { vpc, name, values }: Query,
): Promise<readonly NetworkInterface[]> => {
  const { items } = await reader.ask(describeNetworkInterfaces, {
    region,
    input: {
      Filters: [
        { Name: 'vpc-id', Values: [vpc] },
        { Name: name, Values: [...values] },
      ],
    },
    about: {
      targets: values.map(address => `${vpc}/${address}`),
      of: card => addressesOf(card).map(address => `${vpc}/${address}`),
    },
  })
  for (const card of items) noteInterface(reader, region, card)
  return items
}

const addressesOf = (card: NetworkInterface): readonly (string | undefined)[] => [
  card.PrivateIpAddress,
  ...(card.PrivateIpAddresses ?? []).map(one => one.PrivateIpAddress),
  ...(card.Ipv6Addresses ?? []).map(one => one.Ipv6Address),
]
