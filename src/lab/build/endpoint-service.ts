/** A VPC endpoint service of a world (AWS PrivateLink). */
import { types } from '#snapshot/resource-types.ts'
import type { WorldResource } from '../world.ts'
import { hex } from './names.ts'
import type { Place } from './place.ts'

export interface EndpointServiceSpec {
  readonly name: string
  readonly place: Place
  /** ARNs of network load balancers. */
  readonly loadBalancers: readonly string[]
  readonly acceptanceRequired?: boolean
  /** Principal ARNs, or `*`. */
  readonly principals: readonly string[]
}

export const buildEndpointService = (spec: EndpointServiceSpec): readonly WorldResource[] => {
  const { account, region } = spec.place
  const ServiceId = `vpce-svc-0${hex(16, 'endpoint-service', spec.name)}`
  const at = { account, region, arn: `arn:aws:ec2:${region}:${account}:vpc-endpoint-service/${ServiceId}` }
  const service = {
    ServiceId,
    ServiceName: `com.amazonaws.vpce.${region}.${ServiceId}`,
    ServiceType: [{ ServiceType: 'Interface' }],
    ServiceState: 'Available',
    AcceptanceRequired: spec.acceptanceRequired ?? false,
    NetworkLoadBalancerArns: spec.loadBalancers,
  }
  const AllowedPrincipals = spec.principals.map(Principal => ({
    Principal,
    PrincipalType: Principal === '*' ? 'All' : 'Account',
    ServiceId,
  }))
  return [
    { ...at, type: types.endpointService, config: service },
    { ...at, type: types.endpointServicePermissions, config: { ServiceId, AllowedPrincipals } },
  ]
}
