/** Custom domain names of a world's APIs, and the APIs that their paths lead to. */
import { types } from '#snapshot/resource-types.ts'
import type { WorldResource } from '../world.ts'
import { cloudFrontZone } from './dns.ts'
import { distributionDomain, hex } from './names.ts'
import type { Place } from './place.ts'

export interface ApiDomainSpec {
  readonly name: string
  readonly place: Place
  /** `REGIONAL` unless given. */
  readonly endpointType?: 'EDGE' | 'REGIONAL' | 'PRIVATE'
  readonly mutualTls?: boolean
  readonly endpointAccessMode?: 'BASIC' | 'STRICT'
  /** Ids of APIs. `path` is the root unless given; without a stage (not of regional ones) callers name it themselves. */
  readonly mappings: readonly { readonly api: string; readonly stage?: string; readonly path?: string }[]
  /** Mappings alone unless given. */
  readonly routingMode?:
    | 'BASE_PATH_MAPPING_ONLY'
    | 'ROUTING_RULE_ONLY'
    | 'ROUTING_RULE_THEN_BASE_PATH_MAPPING'
}

export interface BuiltApiDomain {
  /** What the name is to be pointed at, and the hosted zone of an alias record to it. */
  readonly target: string
  readonly zone: string
  readonly resources: readonly WorldResource[]
}

export const buildApiDomain = (spec: ApiDomainSpec): BuiltApiDomain => {
  const { name: domainName, place, endpointType = 'REGIONAL', mappings } = spec
  const of = (type: string, path: string, config: Readonly<Record<string, unknown>>): WorldResource => ({
    ...place,
    type,
    arn: `arn:aws:apigateway:${place.region}::/domainnames/${path}`,
    config,
  })
  const isEdge = endpointType === 'EDGE'
  const target = isEdge
    ? distributionDomain(`api-domain ${domainName}`)
    : `d-${hex(10, 'api-domain', domainName)}.execute-api.${place.region}.amazonaws.com`
  const id = endpointType === 'PRIVATE' ? { domainNameId: hex(10, 'domain-name-id', domainName) } : {}
  const key = id.domainNameId === undefined ? domainName : `${domainName}+${id.domainNameId}`
  const domain = of(types.apiDomain, key, {
    domainName,
    ...id,
    ...(endpointType !== 'PRIVATE' && { [isEdge ? 'distributionDomainName' : 'regionalDomainName']: target }),
    endpointConfiguration: { types: [endpointType] },
    endpointAccessMode: spec.endpointAccessMode ?? 'BASIC',
    routingMode: spec.routingMode ?? 'BASE_PATH_MAPPING_ONLY',
    ...(spec.mutualTls && { mutualTlsAuthentication: { truststoreUri: 's3://truststore/clients.pem' } }),
  })
  return {
    target,
    zone: isEdge ? cloudFrontZone : `Z${hex(13, 'api-zone', place.region).toUpperCase()}`,
    resources: [
      domain,
      ...mappings.map(({ api, stage, path = '' }) => {
        if (endpointType !== 'REGIONAL') {
          const basePath = path === '' ? '(none)' : path
          const config = { domainName, ...id, basePath, restApiId: api, stage }
          return of(types.basePathMapping, `${key}/basepathmappings/${basePath}`, config)
        }
        const ApiMappingId = hex(6, 'api-mapping', domainName, path)
        const config = { DomainName: domainName, ApiMappingId, ApiMappingKey: path, ApiId: api, Stage: stage }
        return of(types.apiMapping, `${key}/apimappings/${ApiMappingId}`, config)
      }),
    ],
  }
}
