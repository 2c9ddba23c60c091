/** API Gateway's VPC links of a world, and the APIs that go through them. */
import { types } from '#snapshot/resource-types.ts'
import type { WorldResource } from '../world.ts'
import { hex } from './names.ts'
import { type Place, subnetIds } from './place.ts'

const arnOf = ({ region }: Place, path: string): string => `arn:aws:apigateway:${region}::/${path}`

/** A link of version 1, to network load balancers. */
export const buildVpcLink = (place: Place, name: string, targetArns: readonly string[]): WorldResource => {
  const id = hex(6, 'vpc-link', name)
  const config = { id, name, targetArns, status: 'AVAILABLE' }
  return { ...place, type: types.vpcLink, arn: arnOf(place, `vpclinks/${id}`), config }
}

/** A link of version 2, and through it an HTTP API to each of `targets`: listener ARNs, or those of Cloud Map services. */
export const buildHttpVpcLink = (
  place: Place,
  name: string,
  targets: readonly string[],
): readonly WorldResource[] => {
  const link = secondVpcLink(place, name)
  const ApiId = hex(10, 'api', name)
  const api = {
    ApiId,
    Name: name,
    ProtocolType: 'HTTP',
    ApiEndpoint: `https://${ApiId}.execute-api.${place.region}.amazonaws.com`,
    DisableExecuteApiEndpoint: false,
  }
  return [
    link,
    { ...place, type: types.api, arn: arnOf(place, `apis/${ApiId}`), config: api },
    ...targets.map((IntegrationUri, i) => {
      const IntegrationId = hex(7, 'integration', name, String(i))
      const ConnectionId = link.config.VpcLinkId
      const called = {
        IntegrationType: 'HTTP_PROXY',
        ConnectionType: 'VPC_LINK',
        ConnectionId,
        IntegrationUri,
      }
      const config = { ApiId, IntegrationId, ...called }
      const arn = arnOf(place, `apis/${ApiId}/integrations/${IntegrationId}`)
      return { ...place, type: types.apiIntegration, arn, config }
    }),
  ]
}

/** A link of version 2, and through it a REST API to each of `targets`: load balancer ARNs. */
export const buildRestVpcLink = (
  place: Place,
  name: string,
  targets: readonly string[],
): readonly WorldResource[] => {
  const link = secondVpcLink(place, name)
  const id = hex(10, 'rest-api', name)
  const api = {
    id,
    name,
    endpointConfiguration: { types: ['REGIONAL'] },
    disableExecuteApiEndpoint: false,
    policy: null,
  }
  return [
    link,
    { ...place, type: types.restApi, arn: arnOf(place, `restapis/${id}`), config: api },
    ...targets.map((integrationTarget, i) => {
      const resourceId = hex(6, 'resource', name, String(i))
      const config = {
        restApiId: id,
        resourceId,
        httpMethod: 'ANY',
        path: `/${resourceId}`,
        authorizationType: 'NONE',
        type: 'HTTP_PROXY',
        connectionType: 'VPC_LINK',
        connectionId: link.config.VpcLinkId,
        integrationTarget,
      }
      const arn = arnOf(place, `restapis/${id}/resources/${resourceId}/methods/ANY`)
      return { ...place, type: types.restMethod, arn, config }
    }),
  ]
}

const secondVpcLink = (place: Place, name: string): WorldResource => {
  const VpcLinkId = hex(6, 'vpc-link-2', name)
  const config = {
    VpcLinkId,
    Name: name,
    SecurityGroupIds: [],
    SubnetIds: subnetIds(place),
    VpcLinkStatus: 'AVAILABLE',
    VpcLinkVersion: 'V2',
  }
  return { ...place, type: types.vpcLink2, arn: arnOf(place, `vpclinks/${VpcLinkId}`), config }
}
