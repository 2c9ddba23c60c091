/** Where following a name can end, and what each kind of ending proves. */
import type { Gap } from '#base/gap.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import { call, classicCall, gapAbout } from './calls.ts'
import { type ElbName, ec2AddressOf, type Shape, shapeOf } from './classify.ts'
import type { DnsAnswer } from './dns.ts'
import type { Estate } from './estate.ts'
import { gapsOf } from './facts.ts'

export type End =
  | { readonly kind: 'load-balancer'; readonly resource: LocatedResource }
  | { readonly kind: 'instance'; readonly resource: LocatedResource; readonly address: string | null }
  /** An endpoint of an AWS service. */
  | { readonly kind: 'service'; readonly name: string; readonly shape: Shape }
  /** An address of nobody in the accounts that were read. */
  | { readonly kind: 'address'; readonly address: string }
  /** `reason` completes "it leads nowhere:". */
  | { readonly kind: 'nowhere'; readonly name: string; readonly reason: string }
  | { readonly kind: 'gap'; readonly gap: Gap }

export const asEnds = (gaps: readonly Gap[]): readonly End[] => gaps.map(gap => ({ kind: 'gap', gap }))

export const stuck = (name: string, message: string): readonly End[] =>
  asEnds([gapAbout(call('Resolve', name), 'unresolved', message)])

export const nowhere = (name: string): readonly End[] => [
  { kind: 'nowhere', name, reason: `no such name as ${name} exists` },
]

export const endAtAddress = (estate: Estate, address: string): readonly End[] => {
  const owner = estate.ownerOf(address)
  if (owner.kind === 'load-balancer') return [owner]
  if (owner.kind === 'instance') return [{ ...owner, address }]
  if (owner.kind === 'unused')
    return [{ kind: 'nowhere', name: address, reason: `nothing uses the Elastic IP address ${address}` }]
  return owner.kind === 'nobody' ? [{ kind: 'address', address }] : asEnds(owner.gaps)
}

/**
 * A load balancer's name that no load balancer of the snapshot carries: gone where DNS says so, else perhaps another
 * account's, perhaps one that could not be read.
 */
export const endAtStrangeLoadBalancer = (
  { facts }: Estate,
  name: string,
  elb: ElbName,
  answer: DnsAnswer | undefined,
): readonly End[] => {
  if (answer?.outcome === 'no-such-name') return nowhere(name)
  const calls = facts.snapshot.head.accounts.flatMap(account => {
    const place = { account, region: elb.region }
    const modern = call('DescribeLoadBalancers', '*', place)
    return shapeOf(name) === 'nlb' ? [modern] : [modern, classicCall('*', place)]
  })
  const unread = calls.filter(c => !facts.wasRead(c))
  if (unread.length > 0) return asEnds(unread.flatMap(c => gapsOf(facts, c)))
  const asked = call('DescribeLoadBalancers', name, { region: elb.region })
  return asEnds([gapAbout(asked, 'not-found', `${name} is no load balancer of the accounts that were read.`)])
}

/** `ec2-203-0-113-7.eu-west-1.compute.amazonaws.com` and its kin; `undefined` where only DNS can tell. */
export const endAtInstance = (estate: Estate, name: string): readonly End[] | undefined => {
  const address = ec2AddressOf(name)
  const resource = estate.instanceNamed(name)
  if (resource) return [{ kind: 'instance', resource, address: address ?? null }]
  return address === undefined ? undefined : endAtAddress(estate, address)
}

/** Addresses that a name resolves to. Under a name of AWS they are the service's, never somebody else's host. */
export const endAtAddresses = (
  estate: Estate,
  name: string,
  addresses: readonly string[],
): readonly End[] => {
  if (addresses.length === 0) return stuck(name, `${name} resolves to no address.`)
  const ends = addresses.flatMap(address => endAtAddress(estate, address))
  const shape = shapeOf(name)
  if (shape === undefined || shape === 'ec2' || !ends.some(end => end.kind === 'address')) return ends
  const message = `${name} is a name of AWS that is not recognised.`
  return [
    ...ends.filter(end => end.kind !== 'address'),
    ...asEnds([gapAbout(call('Resolve', name), 'unrecognised', message)]),
  ]
}
