/** Whose an address is: a load balancer's, an instance's, or nobody's in the accounts that were read. */

import type { Gap } from '#base/gap.ts'
import { addressFamily, containsAddress } from '#base/ip-set.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { call, gapAbout } from './calls.ts'
import { isMissing, listAt, textAt } from './config.ts'
import { type Facts, gapsOf, hidden } from './facts.ts'

export type Owner =
  | { readonly kind: 'load-balancer'; readonly resource: LocatedResource }
  | { readonly kind: 'instance'; readonly resource: LocatedResource }
  | { readonly kind: 'nobody' }
  /** Ours, and nothing uses it. */
  | { readonly kind: 'unused' }
  | { readonly kind: 'unknown'; readonly gaps: readonly Gap[] }

export type OwnerOf = (address: string) => Owner

/** Ranges that a CloudFront server cannot reach from outside and that repeat from network to network. */
const inward = [
  ...['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16'],
  ...['::1/128', 'fc00::/7', 'fe80::/10'],
]

/** One spelling per address: IPv6 has many. */
const spelled = (address: string): string =>
  addressFamily(address) === 6 ? new URL(`http://[${address}]`).hostname.slice(1, -1) : address

const addressesOf = (resource: LocatedResource): readonly string[] => {
  const { config } = resource
  const cards = listAt(config, 'NetworkInterfaces') ?? []
  const found = [
    textAt(config, 'PublicIp'),
    textAt(config, 'PublicIpAddress'),
    textAt(config, 'Ipv6Address'),
    ...[config, ...cards].flatMap(card => [
      textAt(card, 'Association', 'PublicIp'),
      ...(listAt(card, 'PrivateIpAddresses') ?? []).map(p => textAt(p, 'Association', 'PublicIp')),
      ...(listAt(card, 'Ipv6Addresses') ?? []).map(a => textAt(a, 'Ipv6Address')),
    ]),
  ]
  return [...new Set(found.filter(a => a !== undefined).filter(a => addressFamily(a) !== null))].map(spelled)
}

const byAddress = (facts: Facts, type: string): ReadonlyMap<string, LocatedResource> =>
  new Map(
    facts
      .byType(type)
      .toReversed()
      .flatMap(resource => addressesOf(resource).map(address => [address, resource] as const)),
  )

/** `ELB app/name/id`, `ELB net/name/id` or, of a classic load balancer, `ELB name`: how AWS labels its interfaces. */
const describedLoadBalancer = (facts: Facts, card: LocatedResource): LocatedResource | undefined => {
  const described = /^ELB (\S+)$/.exec(textAt(card.config, 'Description') ?? '')?.[1]
  if (described === undefined) return undefined
  const here = (r: LocatedResource) => r.account === card.account && r.region === card.region
  return described.includes('/')
    ? facts.byType(types.loadBalancer).find(r => here(r) && r.arn.endsWith(`:loadbalancer/${described}`))
    : facts
        .byType(types.classicLoadBalancer)
        .find(r => here(r) && textAt(r.config, 'LoadBalancerName') === described)
}

const instanceNamed = (facts: Facts, id: string | undefined): LocatedResource | undefined =>
  id === undefined ? undefined : facts.where(types.instance, 'InstanceId', id)[0]

/** What would show an address of ours: an interface that has it, or an Elastic IP (IPv4 only) that nothing uses. */
const showing = (address: string) =>
  addressFamily(address) === 4
    ? (['DescribeNetworkInterfaces', 'DescribeAddresses'] as const)
    : (['DescribeNetworkInterfaces'] as const)

/** Gaps where not every region of every account has said that it does not have the address. */
const unasked = (facts: Facts, address: string): readonly Gap[] => {
  const { accounts, regions } = facts.snapshot.head
  const disowned = (operation: 'DescribeNetworkInterfaces' | 'DescribeAddresses') =>
    accounts.every(account =>
      regions.every(region => hidden(facts, call(operation, address, { account, region }), 0).length === 0),
    )
  return showing(address).flatMap(operation =>
    disowned(operation) ? [] : gapsOf(facts, call(operation, address)),
  )
}

/** What an Elastic IP address names where something uses it. */
const users = ['AssociationId', 'InstanceId', 'NetworkInterfaceId', 'PrivateIpAddress']

/** Look-up of the owner of a public address. An address is nobody's only where every region of every account said so. */
export const ownersOf = (facts: Facts): OwnerOf => {
  const cards = byAddress(facts, types.networkInterface)
  const instances = byAddress(facts, types.instance)
  const elastic = byAddress(facts, types.address)
  const cardNamed = (id: string | undefined) =>
    id === undefined ? undefined : facts.where(types.networkInterface, 'NetworkInterfaceId', id)[0]
  const unresolved = (address: string, message: string): Owner => ({
    kind: 'unknown',
    gaps: [gapAbout(call('DescribeNetworkInterfaces', address), 'unresolved', message)],
  })
  return text => {
    const address = spelled(text)
    if (containsAddress(inward, address))
      return unresolved(text, `${text} is a private address; whose it is cannot be told from outside.`)
    const eip = elastic.get(address)
    const card = cards.get(address) ?? cardNamed(textAt(eip?.config, 'NetworkInterfaceId'))
    const balancer = card && describedLoadBalancer(facts, card)
    if (balancer) return { kind: 'load-balancer', resource: balancer }
    const id = textAt(card?.config, 'Attachment', 'InstanceId') ?? textAt(eip?.config, 'InstanceId')
    const instance = instances.get(address) ?? instanceNamed(facts, id)
    if (instance) return { kind: 'instance', resource: instance }
    if (eip && !card && users.every(key => isMissing(eip.config, key))) return { kind: 'unused' }
    if (card ?? eip)
      return unresolved(text, `${text} belongs to the account, but what answers there was not recognised.`)
    const gaps = unasked(facts, address)
    return gaps.length > 0 ? { kind: 'unknown', gaps } : { kind: 'nobody' }
  }
}
