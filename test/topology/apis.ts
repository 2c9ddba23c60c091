/** Snapshots with APIs: the records that the laboratory's builders make, and the reads that brought them. */

import type { WorldResource } from '#lab/world.ts'
import type { ReadRecord } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import type { Api, ApiStage, Target } from '#topology/model.ts'
import { origin } from './edge.ts'
import { type Config, given, onlyLink, type Parts, read, region, resource, topologyOf } from './parts.ts'
import { withOrigin } from './shop.ts'

const first = 'api-gateway'
const second = 'apigatewayv2'

const textOf = (config: Config, key: string): string => String(config[key])
const keyOf = (arn: string): string => arn.split('/domainnames/')[1] ?? ''

/** One read record of an operation for each of the APIs or domain names, with the number of their items. */
const readsOf = (resources: readonly WorldResource[], at: string): readonly ReadRecord[] => {
  const of = (type: string) => resources.filter(r => r.type === type)
  const reading = (service: string, operation: string, target: string, count: number) =>
    read(operation, target, count, { service, region: at })
  const each = (
    service: string,
    operation: string,
    owners: string,
    ownId: string,
    items: string,
    id: string,
  ) =>
    of(owners).map(({ config }) => {
      const own = of(items).filter(item => item.config[id] === config[ownId])
      return reading(service, operation, textOf(config, ownId), own.length)
    })
  const isRegional = (r: WorldResource): boolean => JSON.stringify(r.config).includes('REGIONAL')
  const mappings = (type: string, operation: string, service: string, regional: boolean) =>
    of(types.apiDomain)
      .filter(r => isRegional(r) === regional)
      .map(({ arn }) => {
        const own = of(type).filter(m => m.arn.startsWith(`${arn}/`))
        return reading(service, operation, keyOf(arn), own.length)
      })
  return [
    reading(first, 'GetRestApis', '*', of(types.restApi).length),
    reading(second, 'GetApis', '*', of(types.api).length),
    reading(first, 'GetDomainNames', '*', of(types.apiDomain).length),
    reading(first, 'GetUsagePlans', '*', of(types.usagePlan).length),
    ...each(first, 'GetResources', types.restApi, 'id', types.restMethod, 'restApiId'),
    ...each(first, 'GetStages', types.restApi, 'id', types.restStage, 'restApiId'),
    ...each(first, 'GetAuthorizers', types.restApi, 'id', types.restAuthorizer, 'restApiId'),
    ...each(second, 'GetStages', types.api, 'ApiId', types.apiStage, 'ApiId'),
    ...each(second, 'GetRoutes', types.api, 'ApiId', types.apiRoute, 'ApiId'),
    ...each(second, 'GetIntegrations', types.api, 'ApiId', types.apiIntegration, 'ApiId'),
    ...each(second, 'GetAuthorizers', types.api, 'ApiId', types.apiAuthorizer, 'ApiId'),
    ...of(types.restDeployment).map(({ config }) =>
      reading(first, 'GetDeployment', `${config.restApiId}/${config.id}`, 1),
    ),
    ...of(types.restExport).map(({ config }) =>
      reading(first, 'GetExport', `${config.restApiId}/${config.stageName}`, 1),
    ),
    ...of(types.apiDeployment).map(({ config }) =>
      reading(second, 'GetDeployment', `${config.ApiId}/${config.DeploymentId}`, 1),
    ),
    ...mappings(types.apiMapping, 'GetApiMappings', second, true),
    ...mappings(types.basePathMapping, 'GetBasePathMappings', first, false),
  ]
}

/** Everything of a region, read in full. */
export const apiParts = (resources: readonly WorldResource[], at = region): Parts => ({
  resources: resources.map(r => resource(r.type, r.arn, r.config, r)),
  reads: readsOf(resources, at),
})

/** What an origin of that name leads to, below the origin path. */
export const targetOf = (name: string, path: string, ...parts: readonly Parts[]): Target =>
  onlyLink(topologyOf(withOrigin(origin(name, { OriginPath: path }), ...parts))).target

/** The API that the origin leads to; fails where it leads elsewhere. */
export const apiOf = (name: string, path: string, ...parts: readonly Parts[]): Api => {
  const target = targetOf(name, path, ...parts)
  if (target.kind !== 'api') throw new Error(`${name} leads to ${JSON.stringify(target)}`)
  return target.api
}

/** The first of its stages. */
export const onlyStage = ({ stages }: Api): ApiStage => {
  const [stage] = given(stages)
  if (stage === undefined) throw new Error('The API has no stage.')
  return stage
}

/** Without the reads of an operation, and with a gap in their place. */
export const without = (parts: Parts, service: string, operation: string): Parts => ({
  ...parts,
  reads: parts.reads.filter(r => r.service !== service || r.operation !== operation),
})
