/**
 * Reads API Gateway's ways into the VPCs of a region. A link of version 1 names its network load balancers; what one of
 * version 2 leads to is only told by the integrations of the APIs, which are read where there is such a link.
 */
import { types } from '#snapshot/resource-types.ts'
import { type ApiLists, apiArn } from './api-lists.ts'
import { getVpcLinks } from './operations/api-gateway.ts'
import { getVpcLinks2 } from './operations/apigatewayv2.ts'
import type { Reader } from './reader.ts'

export async function readVpcLinks(reader: Reader, lists: ApiLists, region: string): Promise<void> {
  await Promise.all([readFirst(reader, region), readSecond(reader, lists, region)])
}

const readFirst = async (reader: Reader, region: string): Promise<void> => {
  const { items } = await reader.ask(getVpcLinks, { region, input: {} })
  for (const config of items) {
    const arn = apiArn(reader, region, `vpclinks/${config.id}`)
    reader.journal.keep(getVpcLinks, { type: types.vpcLink, arn, region, config })
  }
}

const readSecond = async (reader: Reader, lists: ApiLists, region: string): Promise<void> => {
  const { items } = await reader.ask(getVpcLinks2, { region, input: {} })
  for (const config of items) {
    const arn = apiArn(reader, region, `vpclinks/${config.VpcLinkId}`)
    reader.journal.keep(getVpcLinks2, { type: types.vpcLink2, arn, region, config })
  }
  if (items.length > 0) await Promise.all([readApis(lists, region), readRestApis(lists, region)])
}

const readApis = async (lists: ApiLists, region: string): Promise<void> => {
  const apis = await lists.http(region)
  // Links of version 2 are not for WebSocket APIs.
  const called = apis.filter(api => api.ProtocolType !== 'WEBSOCKET')
  await Promise.all(called.map(api => lists.integrations(region, String(api.ApiId))))
}

const readRestApis = async (lists: ApiLists, region: string): Promise<void> => {
  const apis = await lists.rest(region)
  await Promise.all(apis.map(api => lists.methods(region, String(api.id))))
}
