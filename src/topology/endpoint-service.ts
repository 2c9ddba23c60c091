/** VPC endpoint services: load balancers that AWS PrivateLink opens to other accounts. */
import { type Known, known, unobserved } from '#base/known.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { call } from './calls.ts'
import { flagAt, isMissing, listAt, textAt, textsAt } from './config.ts'
import { type Facts, hidden, lookUp, misread, refOf } from './facts.ts'
import type { EndpointService, Partly } from './model.ts'
import { isAt, placesOf } from './places.ts'

const principalsOf = (facts: Facts, service: LocatedResource, id: string): EndpointService['principals'] => {
  const asked = call('DescribeVpcEndpointServicePermissions', id, service)
  const found = lookUp(facts, types.endpointServicePermissions, service.arn, asked)
  if (!found.known) return found
  const principals = listAt(found.value.config, 'AllowedPrincipals')?.map(one => textAt(one, 'Principal'))
  const readable = principals?.filter(one => one !== undefined)
  return readable !== undefined && readable.length === principals?.length
    ? known([...new Set(readable)].toSorted())
    : unobserved(misread(found.value, 'the principals cannot be read'))
}

const arnsAt = (service: LocatedResource, key: string): readonly string[] | undefined =>
  isMissing(service.config, key) ? [] : textsAt(service.config, key)

const buildService = (facts: Facts, service: LocatedResource): Known<EndpointService> => {
  const { config } = service
  const id = textAt(config, 'ServiceId')
  const network = arnsAt(service, 'NetworkLoadBalancerArns')
  const gateway = arnsAt(service, 'GatewayLoadBalancerArns')
  if (id === undefined || network === undefined || gateway === undefined)
    return unobserved(misread(service, 'the endpoint service cannot be read'))
  const serviceName = textAt(config, 'ServiceName') ?? id
  return known({
    ref: refOf(service, serviceName),
    serviceName,
    loadBalancerArns: [...new Set([...network, ...gateway])].toSorted(),
    // Where AWS does not say, anyone who may ask gets in.
    acceptanceRequired: flagAt(config, 'AcceptanceRequired') === true,
    principals: principalsOf(facts, service, id),
  })
}

/** Those of the regions that load balancers or instances were read in. */
export const endpointServicesOf = (facts: Facts): Partly<EndpointService> => {
  const all = facts.byType(types.endpointService)
  const built = all.map(service => buildService(facts, service))
  return {
    items: built.flatMap(one => (one.known ? [one.value] : [])),
    gaps: [
      ...placesOf(facts).flatMap(place =>
        hidden(
          facts,
          call('DescribeVpcEndpointServiceConfigurations', '*', place),
          all.filter(one => isAt(place, one)).length,
        ),
      ),
      ...built.flatMap(one => (one.known ? [] : one.gaps)),
    ],
  }
}
