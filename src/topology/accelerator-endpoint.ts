/** What a listener of an accelerator leads to. */
import { type Known, known, unobserved } from '#base/known.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { call } from './calls.ts'
import { flagAt, integerAt, isMissing, listAt, textAt, valueAt } from './config.ts'
import { allKnown, type Facts, listed, misread } from './facts.ts'
import type { AcceleratorEndpoint, AcceleratorListener } from './model.ts'

const overridesOf = (group: LocatedResource): AcceleratorEndpoint['portOverrides'] | undefined => {
  if (isMissing(group.config, 'PortOverrides')) return []
  const overrides = listAt(group.config, 'PortOverrides')?.map(one => {
    const listenerPort = integerAt(one, 'ListenerPort')
    const endpointPort = integerAt(one, 'EndpointPort')
    return listenerPort === undefined || endpointPort === undefined
      ? undefined
      : { listenerPort, endpointPort }
  })
  const readable = overrides?.filter(one => one !== undefined)
  return readable !== undefined && readable.length === overrides?.length ? readable : undefined
}

/** The service gives dials as fractions too. */
const numberAt = (value: unknown, key: string): number | null => {
  const found = valueAt(value, key)
  return typeof found === 'number' && Number.isFinite(found) ? found : null
}

const elastic = (facts: Facts, id: string): Pick<AcceleratorEndpoint, 'address'> => {
  const address = textAt(facts.where(types.address, 'AllocationId', id)[0]?.config, 'PublicIp')
  return address === undefined ? {} : { address }
}

const endpointsOf = (facts: Facts, group: LocatedResource): Known<readonly AcceleratorEndpoint[]> => {
  const region = textAt(group.config, 'EndpointGroupRegion')
  const portOverrides = overridesOf(group)
  const described = isMissing(group.config, 'EndpointDescriptions')
    ? []
    : listAt(group.config, 'EndpointDescriptions')
  const endpoints = described?.map(one => {
    const endpointId = textAt(one, 'EndpointId')
    return endpointId === undefined || region === undefined || portOverrides === undefined
      ? undefined
      : {
          endpointId,
          ...elastic(facts, endpointId),
          region,
          weight: numberAt(one, 'Weight'),
          trafficDial: numberAt(group.config, 'TrafficDialPercentage'),
          clientIpPreservation: flagAt(one, 'ClientIPPreservationEnabled') ?? null,
          portOverrides,
        }
  })
  const readable = endpoints?.filter(one => one !== undefined)
  return readable !== undefined && readable.length === endpoints?.length
    ? known(readable)
    : unobserved(misread(group, 'the endpoints cannot be read'))
}

/** The endpoints of all its groups, by group. */
export const acceleratorEndpoints = (
  facts: Facts,
  listener: LocatedResource,
): AcceleratorListener['endpoints'] => {
  const asked = call('ListEndpointGroups', listener.arn, listener)
  const groups = listed(
    facts,
    asked,
    facts.where(types.acceleratorEndpointGroup, 'ListenerArn', listener.arn),
  )
  if (!groups.known) return groups
  const found = allKnown(groups.value.map(group => endpointsOf(facts, group)))
  return found.known ? known(found.value.flat()) : found
}
