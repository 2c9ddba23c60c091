/**
 * The APIs of a region and what each of them calls: listed once, for the origins that lead to APIs and for the VPC links
 * that lead from them. Integrations carry header values that may be secrets: of each only what says where it leads is
 * kept, and of APIs that no origin leads to only what goes through a VPC link.
 */
import type { Method, Resource, RestApi, UsagePlan } from '@aws-sdk/client-api-gateway'
import type { Api, Integration } from '@aws-sdk/client-apigatewayv2'
import { types } from '#snapshot/resource-types.ts'
import { integrationUri } from './api-uri.ts'
import { getResources, getRestApis, getUsagePlans } from './operations/api-gateway.ts'
import { getApis, getIntegrations } from './operations/apigatewayv2.ts'
import { policyDocument } from './policy-document.ts'
import { once, type Reader } from './reader.ts'

export interface ApiLists {
  /** Ids of the APIs that origins lead to; to be complete for a region before it is listed. */
  readonly wanted: Set<string>
  rest(region: string): Promise<readonly RestApi[]>
  /** HTTP and WebSocket APIs. */
  http(region: string): Promise<readonly Api[]>
  /** Notes the usage plans of REST APIs. Keys are not read: who may list them may have their values. */
  usagePlans(region: string): Promise<void>
  /** Notes the methods of a REST API. */
  methods(region: string, restApiId: string): Promise<void>
  /** Notes the integrations of an HTTP or WebSocket API. */
  integrations(region: string, apiId: string): Promise<void>
}

export const apiArn = ({ partition }: Reader, region: string, path: string): string =>
  `arn:${partition}:apigateway:${region}::/${path}`

export function apiListsOf(reader: Reader): ApiLists {
  const { ask } = reader
  const wanted = new Set<string>()
  const rest = once(async (region: string) => (await ask(getRestApis, { region, input: {} })).items)
  const http = once(async (region: string) => (await ask(getApis, { region, input: {} })).items)
  const noted = once(async (region: string) => {
    for (const api of await rest(region)) noteRestApi(reader, region, api, wanted)
  })
  const notedHttp = once(async (region: string) => {
    for (const api of await http(region)) noteApi(reader, region, api)
  })
  const methods = once(async (key: string) => {
    const [region = '', restApiId = ''] = key.split(' ')
    const { items } = await ask(getResources, { region, input: { restApiId }, about: restApiId })
    for (const one of items) noteMethods(reader, region, restApiId, one, wanted)
  })
  const usagePlans = once(async (region: string) => {
    const { items } = await ask(getUsagePlans, { region, input: {} })
    for (const plan of items) noteUsagePlan(reader, region, plan)
  })
  const integrations = once(async (key: string) => {
    const [region = '', ApiId = ''] = key.split(' ')
    const { items } = await ask(getIntegrations, { region, input: { ApiId }, about: ApiId })
    for (const one of items) noteIntegration(reader, region, ApiId, one, wanted)
  })
  return {
    wanted,
    usagePlans,
    async rest(region) {
      await noted(region)
      return rest(region)
    },
    async http(region) {
      await notedHttp(region)
      return http(region)
    },
    methods: (region, id) => methods(`${region} ${id}`),
    integrations: (region, id) => integrations(`${region} ${id}`),
  }
}

/** Policies and descriptions may hold what is nobody's business: they are left out where they decide nothing. */
const noteRestApi = (reader: Reader, region: string, api: RestApi, wanted: ReadonlySet<string>): void => {
  const { id = '', name, endpointConfiguration, disableExecuteApiEndpoint } = api
  const { apiKeySource, endpointAccessMode } = api
  const more = wanted.has(id) ? { apiKeySource, endpointAccessMode, policy: policyOf(api) } : {}
  const config = { id, name, endpointConfiguration, disableExecuteApiEndpoint, ...more }
  const arn = apiArn(reader, region, `restapis/${id}`)
  reader.journal.keep(getRestApis, { type: types.restApi, arn, region, config })
}

/** API Gateway gives the document as the inside of a JSON text, with its quotes escaped. */
const policyOf = ({ policy }: RestApi): unknown => {
  if (policy === undefined || policy === '') return null
  const inside = policyDocument(`"${policy}"`)
  return (
    policyDocument(policy) ?? (typeof inside === 'string' ? policyDocument(inside) : null) ?? 'unreadable'
  )
}

const noteMethods = (
  reader: Reader,
  region: string,
  restApiId: string,
  { id, path, resourceMethods }: Resource,
  wanted: ReadonlySet<string>,
): void => {
  for (const [httpMethod, method] of Object.entries(resourceMethods ?? {})) {
    const { connectionType, connectionId, integrationTarget } = method?.methodIntegration ?? {}
    const whole = wanted.has(restApiId)
    if (connectionType !== 'VPC_LINK' && !whole) continue
    const more = whole ? { path, ...askedBy(method) } : {}
    const config = { restApiId, resourceId: id, httpMethod, connectionId, integrationTarget, ...more }
    const arn = apiArn(reader, region, `restapis/${restApiId}/resources/${id}/methods/${httpMethod}`)
    reader.journal.keep(getResources, { type: types.restMethod, arn, region, config })
  }
}

const askedBy = (method: Method) => {
  const { authorizationType, authorizerId, apiKeyRequired, methodIntegration } = method
  const { type, uri, connectionType = 'INTERNET' } = methodIntegration ?? {}
  return { authorizationType, authorizerId, apiKeyRequired, type, uri: integrationUri(uri), connectionType }
}

const noteUsagePlan = (reader: Reader, region: string, { id, name, apiStages }: UsagePlan): void => {
  const config = { id, name, apiStages: apiStages?.map(({ apiId, stage }) => ({ apiId, stage })) }
  const arn = apiArn(reader, region, `usageplans/${id}`)
  reader.journal.keep(getUsagePlans, { type: types.usagePlan, arn, region, config })
}

const noteApi = (reader: Reader, region: string, api: Api): void => {
  const { ApiId, Name, ProtocolType, ApiEndpoint, DisableExecuteApiEndpoint } = api
  const config = { ApiId, Name, ProtocolType, ApiEndpoint, DisableExecuteApiEndpoint }
  const arn = apiArn(reader, region, `apis/${ApiId}`)
  reader.journal.keep(getApis, { type: types.api, arn, region, config })
}

const noteIntegration = (
  reader: Reader,
  region: string,
  ApiId: string,
  integration: Integration,
  wanted: ReadonlySet<string>,
): void => {
  const { IntegrationId, ConnectionType, ConnectionId, IntegrationType, IntegrationSubtype } = integration
  const whole = wanted.has(ApiId)
  if (ConnectionType !== 'VPC_LINK' && !whole) return
  const IntegrationUri = integrationUri(integration.IntegrationUri)
  const more = whole ? { IntegrationType, IntegrationSubtype } : {}
  const config = { ApiId, IntegrationId, ConnectionType, ConnectionId, IntegrationUri, ...more }
  const arn = apiArn(reader, region, `apis/${ApiId}/integrations/${IntegrationId}`)
  reader.journal.keep(getIntegrations, { type: types.apiIntegration, arn, region, config })
}
