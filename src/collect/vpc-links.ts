/**
 * Reads API Gateway's ways into the VPCs of a region. A link of version 1 names its network load balancers; what one of
 * version 2 leads to is only told by the integrations of the APIs. APIs that lead through a link to a load balancer that is
 * read are read whole: whom they let through decides who reaches it.
 */
import type { Integration } from '@aws-sdk/client-apigatewayv2'
import { types } from '#snapshot/resource-types.ts'
import { apiArn } from './api-arn.ts'
import { readApisNamed } from './apis.ts'
import { getVpcLinks } from './operations/api-gateway.ts'
import { getVpcLinks2 } from './operations/apigatewayv2.ts'
import { distinct } from './reader.ts'
import type { ApiTools } from './rest-api.ts'

/** `balancers`: ARNs of the load balancers of the region that are read. */
export async function readVpcLinks(
  tools: ApiTools,
  region: string,
  balancers: ReadonlySet<string>,
): Promise<void> {
  const [first, second] = await Promise.all([readFirst(tools, region), readSecond(tools, region)])
  const used = first.filter(({ targetArns }) => targetArns?.some(arn => balancers.has(arn)))
  if (used.length + second.length === 0) return
  const leads = leadsTo(new Set(distinct(used.map(link => link.id))), balancers)
  const [rest, http] = await Promise.all([
    restApisThrough(tools, region, leads),
    second.length > 0 ? httpApisThrough(tools, region, leads) : [],
  ])
  if (rest.length + http.length > 0) await readApisNamed(tools, region, [...rest, ...http])
}

const readFirst = async ({ reader }: ApiTools, region: string) => {
  const { items } = await reader.ask(getVpcLinks, { region, input: {} })
  for (const config of items) {
    const arn = apiArn(reader, region, `vpclinks/${config.id}`)
    reader.journal.keep(getVpcLinks, { type: types.vpcLink, arn, region, config })
  }
  return items
}

const readSecond = async ({ reader }: ApiTools, region: string) => {
  const { items } = await reader.ask(getVpcLinks2, { region, input: {} })
  for (const config of items) {
    const arn = apiArn(reader, region, `vpclinks/${config.VpcLinkId}`)
    reader.journal.keep(getVpcLinks2, { type: types.vpcLink2, arn, region, config })
  }
  return items
}

interface Through {
  readonly connectionType?: string | undefined
  readonly connectionId?: string | undefined
  readonly target?: string | undefined
}

/** Whether an integration leads through a link to one of the load balancers, or may: the variables of a stage may name any. */
type Leads = (integration: Through) => boolean

const leadsTo =
  (links: ReadonlySet<string>, balancers: ReadonlySet<string>): Leads =>
  ({ connectionType, connectionId = '', target = '' }) =>
    connectionType === 'VPC_LINK' &&
    (`${connectionId} ${target}`.includes('stageVariables') ||
      links.has(connectionId) ||
      balancers.has(target.replace(/:listener\/((?:[^/]+\/){2}[^/]+)\/[^/]+$/, ':loadbalancer/$1')))

const restApisThrough = async (
  { lists }: ApiTools,
  region: string,
  leads: Leads,
): Promise<readonly string[]> => {
  const found = await Promise.all(
    distinct((await lists.rest(region)).map(api => api.id)).map(async id => {
      const methods = (await lists.methods(region, id)).flatMap(one =>
        Object.values(one.resourceMethods ?? {}),
      )
      const isThrough = methods.some(({ methodIntegration: called }) =>
        leads({ ...called, target: called?.integrationTarget }),
      )
      return isThrough ? [id] : []
    }),
  )
  return found.flat()
}

const httpApisThrough = async (
  { lists }: ApiTools,
  region: string,
  leads: Leads,
): Promise<readonly string[]> => {
  // Links of version 2 are not for WebSocket APIs.
  const apis = (await lists.http(region)).filter(api => api.ProtocolType !== 'WEBSOCKET')
  const found = await Promise.all(
    distinct(apis.map(api => api.ApiId)).map(async id => {
      const called = await lists.integrations(region, id)
      return called.some(one => leads(throughOf(one))) ? [id] : []
    }),
  )
  return found.flat()
}

const throughOf = ({ ConnectionType, ConnectionId, IntegrationUri }: Integration): Through => ({
  connectionType: ConnectionType,
  connectionId: ConnectionId,
  target: IntegrationUri,
})
