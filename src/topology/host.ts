/** The machines that registered targets are: one host for each of their network interfaces. */
import { addressFamily } from '#base/ip-set.ts'
import { type Known, known, mapKnown, unobserved } from '#base/known.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { call, gapAbout, type Place } from './calls.ts'
import { textAt } from './config.ts'
import { allKnown, type Facts, hidden } from './facts.ts'
import { cardWith, plainAddress } from './host-cards.ts'
import { cardHost, instanceCards, isGlobal, type Registered } from './host-interface.ts'
import type { TargetHost } from './model.ts'
import { isAt } from './places.ts'

export interface Targets {
  readonly kind: 'instance' | 'ip'
  /** Instance ids or addresses. */
  readonly ids: readonly string[]
  /** Where addresses are to be found. */
  readonly vpcId: string
  /** Instances are registered by their primary IPv6 address. */
  readonly ipv6: boolean
  readonly place: Place
}

/** Undefined where AWS says that there is none: it was terminated, or belongs to somebody else. */
const instanceNamed = (facts: Facts, id: string, place: Place): Known<LocatedResource | undefined> => {
  const found = facts.where(types.instance, 'InstanceId', id).find(one => isAt(place, one))
  if (found !== undefined) return known(found)
  const gaps = hidden(facts, call('DescribeInstances', id, place), 0)
  return gaps.length > 0 ? unobserved(...gaps) : known(undefined)
}

const ofInstance = (facts: Facts, instance: LocatedResource, registered: Registered): readonly TargetHost[] =>
  instanceCards(instance).map(card => cardHost(facts, { card, resource: instance, registered }))

const byInstance = (facts: Facts, id: string, targets: Targets): Known<readonly TargetHost[]> =>
  mapKnown(instanceNamed(facts, id, targets.place), instance =>
    instance === undefined ? [] : ofInstance(facts, instance, targets.ipv6 ? 'primary-6' : 'primary-4'),
  )

/**
 * An IPv4 address that no interface of the VPC has is somewhere else, or a container's behind a prefix: no public address
 * is its own. An IPv6 one is public itself, and what guards it is that of the interface with the prefix.
 */
const byAddress = (facts: Facts, id: string, { vpcId, place }: Targets): Known<readonly TargetHost[]> => {
  const address = plainAddress(id)
  const card = cardWith(facts, vpcId, address, place)
  if (card === undefined) {
    const asked = call('DescribeNetworkInterfaces', `${vpcId}/${address}`, place)
    const gaps = hidden(facts, asked, 0)
    if (gaps.length > 0) return unobserved(...gaps)
    if (!isGlobal(address)) return known([])
    const message = `No network interface of ${vpcId} has ${address}, which may be of a prefix that one has and reached from the internet.`
    return unobserved(gapAbout(asked, 'not-found', message))
  }
  const registered = { address, spelled: id }
  const own = [cardHost(facts, { card: card.config, resource: card, registered })]
  const instanceId = textAt(card.config, 'Attachment', 'InstanceId')
  if (instanceId === undefined) return known(own)
  return mapKnown(instanceNamed(facts, instanceId, place), instance =>
    instance === undefined ? own : ofInstance(facts, instance, registered),
  )
}

const merged = (hosts: readonly TargetHost[]): readonly TargetHost[] => {
  const byInterface = Map.groupBy(hosts, host => JSON.stringify([host.ref.arn, host.ids]))
  return [...byInterface.values()].flatMap(([first, ...rest]) => {
    if (first === undefined) return []
    const direct = new Set([first, ...rest].flatMap(host => host.direct ?? []))
    const arrivals = [first, ...rest].flatMap(host => host.arrivals ?? [])
    return [{ ...first, direct: [...direct].toSorted(), arrivals }]
  })
}

/** All the machines behind the targets; unobserved as a whole where one of them is. */
export const hostsOf = (facts: Facts, targets: Targets): Known<readonly TargetHost[]> => {
  const one = targets.kind === 'instance' ? byInstance : byAddress
  const wanted = targets.ids.filter(id => targets.kind === 'instance' || addressFamily(id) !== null)
  return mapKnown(allKnown(wanted.toSorted().map(id => one(facts, id, targets))), found =>
    merged(found.flat()),
  )
}

/** The interfaces of an instance that is known. */
export const instanceHosts = (facts: Facts, instance: LocatedResource): Known<readonly TargetHost[]> =>
  known(ofInstance(facts, instance, 'primary-4'))
