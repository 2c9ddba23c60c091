/** One network interface as a host: its public addresses, who its groups let in, its subnet. */
import { addressFamily, containsAddress } from '#base/ip-set.ts'
import { type Known, unobserved } from '#base/known.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import { asObject, type Config, flagAt, integerAt, listAt, textAt } from './config.ts'
import { type Facts, misread, refOf } from './facts.ts'
import { insideAddresses, plainAddress } from './host-cards.ts'
import type { Subnet, TargetHost } from './model.ts'
import { ingressOf } from './security-group.ts'
import { subnetNamed } from './subnet.ts'

/** By what a target group knows the machine: an address, or of an instance the primary one of a family. */
export type Registered =
  | 'primary-4'
  | 'primary-6'
  | {
      readonly address: string
      /** As the target group writes it: IPv6 has many spellings. */
      readonly spelled: string
    }

/** Private IPv6 addresses: those of local networks and of one link. */
const inward = ['fc00::/7', 'fe80::/10', '::1/128']

/** Of an IPv6 address: whether it is one of the internet. No IPv4 address inside a VPC is. */
export const isGlobal = (address: string): boolean =>
  addressFamily(address) === 6 && !containsAddress(inward, address)

const texts = (values: readonly (string | undefined)[]): readonly string[] => [
  ...new Set(values.filter(one => one !== undefined && addressFamily(one) !== null).map(String)),
]

/**
 * The interfaces of an instance; a terminated one has none. An instance that lists none is described by its own fields; a public address that none of
 * them shows is the first one's.
 */
export const instanceCards = ({ config }: LocatedResource): readonly Config[] => {
  if (textAt(config, 'State', 'Name') === 'terminated') return []
  const listed = (listAt(config, 'NetworkInterfaces') ?? []).map(asObject).filter(card => card !== undefined)
  const cards = listed.length > 0 ? listed : [ownFields(config)]
  const [first, ...rest] = cards.toSorted((a, b) => indexOf(a) - indexOf(b))
  const shown = new Set(cards.flatMap(publicOf))
  const lone = texts([textAt(config, 'PublicIpAddress')]).find(address => !shown.has(address))
  return first === undefined || lone === undefined
    ? [...(first === undefined ? [] : [first]), ...rest]
    : [{ ...first, Association: { PublicIp: lone } }, ...rest]
}

const indexOf = (card: Config): number => integerAt(card, 'Attachment', 'DeviceIndex') ?? 0

const ownFields = (config: Config): Config => ({
  Groups: config.SecurityGroups,
  SubnetId: config.SubnetId,
  PrivateIpAddress: config.PrivateIpAddress,
  ...(textAt(config, 'PublicIpAddress') !== undefined && {
    Association: { PublicIp: config.PublicIpAddress },
  }),
  ...(textAt(config, 'Ipv6Address') !== undefined && {
    Ipv6Addresses: [{ Ipv6Address: config.Ipv6Address, IsPrimaryIpv6: true }],
  }),
})

const ipv6Of = (card: Config, matches: (one: unknown) => boolean = () => true): readonly string[] =>
  texts((listAt(card, 'Ipv6Addresses') ?? []).filter(matches).map(one => textAt(one, 'Ipv6Address')))
    .map(plainAddress)
    .filter(isGlobal)

const publicOf = (card: Config): readonly string[] => [
  ...texts([
    textAt(card, 'Association', 'PublicIp'),
    ...(listAt(card, 'PrivateIpAddresses') ?? []).map(one => textAt(one, 'Association', 'PublicIp')),
  ]),
  ...ipv6Of(card),
]

/** The public addresses that arrive at the registered one. Those of an instance are the first interface's. */
const directOf = (card: Config, registered: Registered): readonly string[] => {
  if (registered === 'primary-6')
    return indexOf(card) === 0 ? ipv6Of(card, one => flagAt(one, 'IsPrimaryIpv6') === true) : []
  const own = registered === 'primary-4' ? textAt(card, 'PrivateIpAddress') : registered.address
  if (registered === 'primary-4' && indexOf(card) !== 0) return []
  const pairs = listAt(card, 'PrivateIpAddresses') ?? []
  const isPrimary = registered === 'primary-4' || own === textAt(card, 'PrivateIpAddress')
  return [
    ...texts([
      isPrimary ? textAt(card, 'Association', 'PublicIp') : undefined,
      ...pairs
        .filter(pair => own !== undefined && textAt(pair, 'PrivateIpAddress') === own)
        .map(pair => textAt(pair, 'Association', 'PublicIp')),
    ]),
    ...ipv6Of(card).filter(address => address === own),
  ]
}

const groupsOf = (card: Config): readonly string[] | undefined => {
  const ids = listAt(card, 'Groups')?.map(group => textAt(group, 'GroupId'))
  const readable = ids?.filter(id => id !== undefined)
  return readable !== undefined && readable.length > 0 && readable.length === ids?.length
    ? [...new Set(readable)].toSorted()
    : undefined
}

const insideNames = (card: Config, registered: Registered): readonly string[] => {
  const own = insideAddresses(card)
  const named = typeof registered === 'object' && own.includes(registered.address) ? [registered.spelled] : []
  return [...new Set([...own, ...named])].toSorted()
}

interface Shown {
  readonly card: Config
  /** What shows the interface: the instance it belongs to, or itself. */
  readonly resource: LocatedResource
  readonly registered: Registered
}

/** An instance is registered by its id and reached at the primary address of its first interface. */
const arrivalsAt = (
  card: Config,
  { config }: LocatedResource,
  registered: Registered,
): TargetHost['arrivals'] & object => {
  const [vpcId, instanceId] = [textAt(card, 'VpcId') ?? textAt(config, 'VpcId'), textAt(config, 'InstanceId')]
  if (vpcId === undefined) return []
  if (typeof registered === 'object')
    return insideAddresses(card).includes(registered.address)
      ? [{ target: registered.spelled, at: `${vpcId}/${registered.address}` }]
      : []
  if (instanceId === undefined || indexOf(card) !== 0) return []
  const primary =
    registered === 'primary-4'
      ? texts([textAt(card, 'PrivateIpAddress')])
      : ipv6Of(card, one => flagAt(one, 'IsPrimaryIpv6') === true)
  return primary.map(address => ({ target: instanceId, at: `${vpcId}/${address}` }))
}

/** Nobody knows whom an interface admits that shows no group. */
export const cardHost = (facts: Facts, { card, resource, registered }: Shown): TargetHost => {
  const groups = groupsOf(card)
  const instanceId = textAt(resource.config, 'InstanceId')
  const name = instanceId ?? textAt(card, 'NetworkInterfaceId') ?? resource.arn
  return {
    ref: refOf(resource, name),
    ids: [...(instanceId === undefined ? [] : [instanceId]), ...insideNames(card, registered)],
    publicAddresses: [...new Set(publicOf(card))].toSorted(),
    direct: [...new Set(directOf(card, registered))].toSorted(),
    arrivals: arrivalsAt(card, resource, registered),
    securityGroupIds: groups ?? [],
    ingress:
      groups === undefined
        ? unobserved(misread(resource, 'a network interface shows no security group'))
        : ingressOf(facts, resource, groups),
    subnet: subnetOf(facts, resource, textAt(card, 'SubnetId')),
  }
}

const subnetOf = (facts: Facts, resource: LocatedResource, id: string | undefined): Known<Subnet> =>
  id === undefined
    ? unobserved(misread(resource, 'a network interface names no subnet'))
    : subnetNamed(facts, id, resource)
