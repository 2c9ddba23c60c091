/**
 * Reads API Gateway's ways into the VPCs of a region. A link of version 1 names its network load balancers; what one of
 * version 2 leads to is only told by the integrations of the APIs, which are read where there is such a link.
 *
 * Integrations carry header values that may be secrets: of each only what says where it leads is kept.
 */
import type { Api } from '@aws-sdk/client-apigatewayv2'
import { types } from '#snapshot/resource-types.ts'
import { getVpcLinks } from './operations/api-gateway.ts'
import { getApis, getIntegrations, getVpcLinks2 } from './operations/apigatewayv2.ts'
import type { Reader } from './reader.ts'
import { readRestApis } from './rest-apis.ts'

export async function readVpcLinks(reader: Reader, region: string): Promise<void> {
  await Promise.all([readFirst(reader, region), readSecond(reader, region)])
}

const arnOf = ({ partition }: Reader, region: string, path: string): string =>
  `arn:${partition}:apigateway:${region}::/${path}`

const readFirst = async (reader: Reader, region: string): Promise<void> => {
  const { items } = await reader.ask(getVpcLinks, { region, input: {} })
  for (const config of items) {
    const arn = arnOf(reader, region, `vpclinks/${config.id}`)
    reader.journal.keep(getVpcLinks, { type: types.vpcLink, arn, region, config })
  }
}

const readSecond = async (reader: Reader, region: string): Promise<void> => {
  const { items } = await reader.ask(getVpcLinks2, { region, input: {} })
  for (const config of items) {
    const arn = arnOf(reader, region, `vpclinks/${config.VpcLinkId}`)
    reader.journal.keep(getVpcLinks2, { type: types.vpcLink2, arn, region, config })
  }
  if (items.length > 0) await Promise.all([readApis(reader, region), readRestApis(reader, region)])
}

const readApis = async (reader: Reader, region: string): Promise<void> => {
  const { items } = await reader.ask(getApis, { region, input: {} })
  await Promise.all(
    items.map(async api => {
      noteApi(reader, region, api)
      // Links of version 2 are not for WebSocket APIs.
      if (api.ProtocolType !== 'WEBSOCKET') await readIntegrations(reader, region, String(api.ApiId))
    }),
  )
}

const noteApi = (reader: Reader, region: string, api: Api): void => {
  const { ApiId, Name, ProtocolType, ApiEndpoint, DisableExecuteApiEndpoint } = api
  const config = { ApiId, Name, ProtocolType, ApiEndpoint, DisableExecuteApiEndpoint }
  const arn = arnOf(reader, region, `apis/${ApiId}`)
  reader.journal.keep(getApis, { type: types.api, arn, region, config })
}

const readIntegrations = async (reader: Reader, region: string, ApiId: string): Promise<void> => {
  const { items } = await reader.ask(getIntegrations, { region, input: { ApiId }, about: ApiId })
  for (const { IntegrationId, ConnectionType, ConnectionId, IntegrationUri } of items) {
    if (ConnectionType !== 'VPC_LINK') continue
    const config = { ApiId, IntegrationId, ConnectionType, ConnectionId, IntegrationUri }
    const arn = arnOf(reader, region, `apis/${ApiId}/integrations/${IntegrationId}`)
    reader.journal.keep(getIntegrations, { type: types.apiIntegration, arn, region, config })
  }
}
