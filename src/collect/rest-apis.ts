/** Reads which methods of the REST APIs of a region go through a VPC link. */
import type { Resource, RestApi } from '@aws-sdk/client-api-gateway'
import { types } from '#snapshot/resource-types.ts'
import { getResources, getRestApis } from './operations/api-gateway.ts'
import type { Reader } from './reader.ts'

export async function readRestApis(reader: Reader, region: string): Promise<void> {
  const { items } = await reader.ask(getRestApis, { region, input: {} })
  await Promise.all(
    items.map(async api => {
      noteApi(reader, region, api)
      const restApiId = String(api.id)
      const resources = await reader.ask(getResources, { region, input: { restApiId }, about: restApiId })
      for (const resource of resources.items) noteMethods(reader, region, restApiId, resource)
    }),
  )
}

const arnOf = ({ partition }: Reader, region: string, path: string): string =>
  `arn:${partition}:apigateway:${region}::/restapis/${path}`

/** Policies and descriptions may hold what is nobody's business: they are left out. */
const noteApi = (reader: Reader, region: string, api: RestApi): void => {
  const { id, name, endpointConfiguration, disableExecuteApiEndpoint } = api
  const config = { id, name, endpointConfiguration, disableExecuteApiEndpoint }
  reader.journal.keep(getRestApis, {
    type: types.restApi,
    arn: arnOf(reader, region, `${id}`),
    region,
    config,
  })
}

const noteMethods = (reader: Reader, region: string, restApiId: string, resource: Resource): void => {
  for (const [httpMethod, method] of Object.entries(resource.resourceMethods ?? {})) {
    const { connectionType, connectionId, integrationTarget } = method?.methodIntegration ?? {}
    if (connectionType !== 'VPC_LINK') continue
    const config = { restApiId, resourceId: resource.id, httpMethod, connectionId, integrationTarget }
    const arn = arnOf(reader, region, `${restApiId}/resources/${resource.id}/methods/${httpMethod}`)
    reader.journal.keep(getResources, { type: types.restMethod, arn, region, config })
  }
}
