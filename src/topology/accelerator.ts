/** AWS Global Accelerator: addresses outside any VPC that lead to load balancers, instances and Elastic IP addresses. */
import type { Gap } from '#base/gap.ts'
import { type Known, known, unobserved } from '#base/known.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { acceleratorEndpoints } from './accelerator-endpoint.ts'
import { strangersOf } from './accelerator-strangers.ts'
import { call } from './calls.ts'
import { flagAt, integerAt, listAt, textAt, textsAt } from './config.ts'
import { allKnown, type Facts, hidden, listed, misread, refOf } from './facts.ts'
import type { Accelerator, AcceleratorListener, Partly } from './model.ts'
import { placesOf } from './places.ts'

/** Where the service answers, for every region. */
const region = 'us-west-2'

const rangesOf = (listener: LocatedResource): AcceleratorListener['portRanges'] | undefined => {
  const ranges = listAt(listener.config, 'PortRanges')?.map(range => {
    const from = integerAt(range, 'FromPort')
    const to = integerAt(range, 'ToPort')
    return from === undefined || to === undefined ? undefined : { from, to }
  })
  const readable = ranges?.filter(range => range !== undefined)
  return readable !== undefined && readable.length === ranges?.length ? readable : undefined
}

const protocols = ['TCP', 'UDP'] as const

const buildListener = (facts: Facts, listener: LocatedResource): Known<AcceleratorListener> => {
  const portRanges = rangesOf(listener)
  if (portRanges === undefined)
    return unobserved(misread(listener, 'the ports of the listener cannot be read'))
  const protocol = protocols.find(one => one === textAt(listener.config, 'Protocol')) ?? 'unrecognised'
  const name = `${protocol}:${portRanges.map(({ from, to }) => (from === to ? from : `${from}-${to}`)).join(',')}`
  return known({
    ref: refOf(listener, name),
    protocol,
    portRanges,
    endpoints: acceleratorEndpoints(facts, listener),
  })
}

const listenersOf = (facts: Facts, accelerator: LocatedResource): Accelerator['listeners'] => {
  const asked = call('ListListeners', accelerator.arn, accelerator)
  const own = facts.where(types.acceleratorListener, 'AcceleratorArn', accelerator.arn)
  const found = listed(facts, asked, own)
  return found.known ? allKnown(found.value.map(one => buildListener(facts, one))) : found
}

const addressesOf = (accelerator: LocatedResource): readonly string[] | undefined => {
  const sets = listAt(accelerator.config, 'IpSets')?.map(set => textsAt(set, 'IpAddresses'))
  const readable = sets?.filter(set => set !== undefined)
  return readable !== undefined && readable.length === sets?.length
    ? [...new Set(readable.flat())].toSorted()
    : undefined
}

const buildAccelerator = (facts: Facts, accelerator: LocatedResource): Known<Accelerator> => {
  const { config, arn } = accelerator
  const addresses = addressesOf(accelerator)
  if (addresses === undefined)
    return unobserved(misread(accelerator, 'the addresses of the accelerator cannot be read'))
  const names = [textAt(config, 'DnsName'), textAt(config, 'DualStackDnsName')]
  return known({
    ref: refOf(accelerator, textAt(config, 'Name') ?? arn),
    enabled: flagAt(config, 'Enabled') !== false,
    dnsNames: names.filter(name => name !== undefined),
    addresses,
    listeners: listenersOf(facts, accelerator),
  })
}

/**
 * The service has no region outside the commercial partition, and nothing there can be led to.
 * https://docs.aws.amazon.com/global-accelerator/latest/dg/preserve-client-ip-address.regions.html
 */
const mayAccelerate = (facts: Facts, account: string): boolean =>
  !facts.byType(types.account).some(one => one.account === account && /^arn:aws-/.test(one.arn))

const unlisted = (facts: Facts, account: string, found: readonly LocatedResource[]): readonly Gap[] => {
  const asked = call('ListAccelerators', '*', { account, region })
  return hidden(facts, asked, found.filter(one => one.account === account).length)
}

/** All of the accounts that load balancers or instances were read in. */
export const acceleratorsOf = (facts: Facts): Partly<Accelerator> => {
  const accounts = [...new Set(placesOf(facts).map(({ account }) => account))].filter(account =>
    mayAccelerate(facts, account),
  )
  const all = facts.byType(types.accelerator)
  const built = all.map(one => buildAccelerator(facts, one))
  return {
    items: built.flatMap(one => (one.known ? [one.value] : [])),
    gaps: [
      ...accounts.flatMap(account => unlisted(facts, account, all)),
      ...built.flatMap(one => (one.known ? [] : one.gaps)),
      ...accounts.flatMap(account => strangersOf(facts, { account, region })),
    ],
  }
}
