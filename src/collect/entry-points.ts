/** Finds what stands behind origins: follows each name and VPC origin to the account's load balancers and instances. */
import type { LoadBalancerDescription } from '@aws-sdk/client-elastic-load-balancing'
import type { LoadBalancer } from '@aws-sdk/client-elastic-load-balancing-v2'
import { type Interface, readInterfaces } from './addresses.ts'
import { isServiceEndpoint } from './aws-names.ts'
import { type Balancer, type Balancers, notScanned } from './balancers.ts'
import { follow, noteAwsName, type Trail } from './follow.ts'
import { resolveNames } from './names.ts'
import { describeLoadBalancers } from './operations/elbv2.ts'
import { arnParts, distinct, type Reader } from './reader.ts'
import type { NameAnswer, NameResolver } from './resolve-name.ts'
import { zonesOf } from './zones.ts'

/** What is read in depth in one region. */
export interface Behind {
  readonly modern: Map<string, LoadBalancer>
  readonly classic: Map<string, LoadBalancerDescription>
  readonly instances: Set<string>
}

export interface Search {
  readonly reader: Reader
  readonly regions: readonly string[]
  readonly balancers: Balancers
  readonly resolver: NameResolver | undefined
  /** Filled on the way, by region. */
  readonly found: Map<string, Behind>
}

const behindIn = (found: Search['found'], region: string): Behind => {
  const behind = found.get(region) ?? { modern: new Map(), classic: new Map(), instances: new Set() }
  found.set(region, behind)
  return behind
}

/**
 * Origin names: records first, then the load balancers, then DNS for what is left, then the owners of addresses. Gives the
 * endpoints of services that they end at, and what else DNS had to follow.
 */
export async function findByNames(search: Search, names: readonly string[]): Promise<readonly string[]> {
  if (names.length === 0) return []
  const trail = await follow(names, zonesOf(search.reader))
  const strange = await findBalancers(search, trail.balancers)
  const answers = await resolveNames(search.reader, search.resolver, distinct([...trail.open, ...strange]))
  const beyond: Trail = { ...trail, balancers: new Set() }
  for (const [name, answer] of answers) noteAnswer(name, answer, trail, beyond)
  await findBalancers(search, beyond.balancers)
  await findAddresses(search, trail.addresses)
  const passed = [...answers.values()].flatMap(answer => answer.canonicalNames)
  return distinct([...trail.services, ...trail.open, ...passed])
}

/** Finds load balancers by name; returns the names of those that the account does not have. */
const findBalancers = async (search: Search, names: Iterable<string>): Promise<readonly string[]> => {
  const strange = await Promise.all(
    [...names].map(async name => {
      const found = await search.balancers.named(name)
      if (found) keep(search, found)
      return found ? undefined : name
    }),
  )
  return distinct(strange)
}

const keep = ({ found }: Search, balancer: Balancer): void => {
  const behind = behindIn(found, balancer.region)
  if ('modern' in balancer) behind.modern.set(String(balancer.modern.LoadBalancerArn), balancer.modern)
  else behind.classic.set(String(balancer.classic.LoadBalancerName), balancer.classic)
}

/** A chain that passes a name of AWS ends there; the addresses behind it are that service's. */
const noteAnswer = (name: string, answer: NameAnswer, known: Trail, beyond: Trail): void => {
  const ended = answer.canonicalNames.map(canonical => noteAwsName(canonical, beyond)).includes(true)
  if (ended || known.balancers.has(name) || isServiceEndpoint(name)) return
  for (const address of answer.addresses)
    if (!beyond.addresses.has(address)) beyond.addresses.set(address, undefined)
}

const findAddresses = async (search: Search, addresses: Trail['addresses']): Promise<void> => {
  if (addresses.size === 0) return
  const cards = await readInterfaces(search.reader, search.regions, addresses)
  await Promise.all(cards.map(found => findOwner(search, found)))
}

/** `ELB app/name/id`, or `ELB name` of a classic one: how AWS labels the interfaces of load balancers. */
const findOwner = async (search: Search, { region, card }: Interface): Promise<void> => {
  const label = /^ELB (\S+)$/.exec(card.Description ?? '')?.[1]
  if (label?.includes('/')) {
    const modern = (await search.balancers.modern(region)).find(one =>
      one.LoadBalancerArn?.endsWith(`:loadbalancer/${label}`),
    )
    if (modern) keep(search, { region, modern })
  } else if (label !== undefined) {
    const classic = (await search.balancers.classic(region)).find(one => one.LoadBalancerName === label)
    if (classic) keep(search, { region, classic })
  } else if (card.Attachment?.InstanceId)
    behindIn(search.found, region).instances.add(card.Attachment.InstanceId)
}

/** The load balancers and instances that VPC origins name by ARN. */
export async function findByArns(search: Search, arns: readonly string[]): Promise<void> {
  await Promise.all(arns.map(arn => findByArn(search, arn)))
}

/** A VPC origin may be shared by another account, whose load balancer cannot be read from here. */
const foreign = ({ journal }: Reader, region: string, target: string): void => {
  const message = `${target} belongs to another account: scan that account to close this gap.`
  journal.miss(describeLoadBalancers, { code: 'not-read', region, target, message })
}

const findByArn = async (search: Search, arn: string): Promise<void> => {
  const { service, region, account, resource } = arnParts(arn)
  if (account !== search.reader.account) return foreign(search.reader, region, arn)
  if (!search.regions.includes(region)) return notScanned(search.reader, region, arn)
  if (service === 'ec2') {
    behindIn(search.found, region).instances.add(resource.replace(/^instance\//, ''))
    return
  }
  const modern = (await search.balancers.modern(region)).find(one => one.LoadBalancerArn === arn)
  if (modern) keep(search, { region, modern })
}
