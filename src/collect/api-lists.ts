/**
 * The APIs of a region and what each of them calls: listed once, for the origins that lead to APIs and for the VPC links
 * that lead from them. Integrations carry header values that may be secrets: of each only what says where it leads is
 * kept, and of APIs that are not read whole only what goes through a VPC link.
 */
import type { DomainName, Method, Resource, RestApi, UsagePlan } from '@aws-sdk/client-api-gateway'
import type { Api, Integration } from '@aws-sdk/client-apigatewayv2'
import { apiEvents } from '#snapshot/api-events.ts'
import { types } from '#snapshot/resource-types.ts'
import { apiArn } from './api-arn.ts'
import { listedDomains, readMappings } from './api-domains.ts'
import { integrationUri } from './api-uri.ts'
import { writtenNames } from './api-written.ts'
import { readTrail } from './life/trail.ts'
import { getResources, getRestApis, getUsagePlans } from './operations/api-gateway.ts'
import { getApis, getIntegrations } from './operations/apigatewayv2.ts'
import { policyDocument } from './policy-document.ts'
import { once, type Reader } from './reader.ts'

export interface ApiLists {
  /** Ids of the APIs that are read whole: those that origins lead to, and those that lead to their load balancers. */
  readonly wanted: Set<string>
  rest(region: string): Promise<readonly RestApi[]>
  /** HTTP and WebSocket APIs. */
  http(region: string): Promise<readonly Api[]>
  /** Notes the usage plans of REST APIs. Keys are not read: who may list them may have their values. */
  usagePlans(region: string): Promise<void>
  methods(region: string, restApiId: string): Promise<readonly Resource[]>
  /** Of an HTTP or WebSocket API. */
  integrations(region: string, apiId: string): Promise<readonly Integration[]>
  /** Notes the custom domain names. */
  domains(region: string): Promise<readonly DomainName[]>
  /** Notes where the paths of these lead; ids of APIs, for each in the same order. */
  mappings(region: string): Promise<readonly (readonly string[])[]>
  /** Notes what CloudTrail tells of the changes of a region's APIs. */
  changes(region: string): Promise<void>
  /** Notes what was listed, as far as it matters: to be called once, when `wanted` is complete. */
  note(): void
}

/** `now`: until when changes are asked for. */
export function apiListsOf(reader: Reader, now: Date): ApiLists {
  const { ask } = reader
  const wanted = new Set<string>()
  const listed: (() => void)[] = []
  const rest = once(async (region: string) => {
    const { items } = await ask(getRestApis, { region, input: {} })
    listed.push(() => {
      for (const api of items) noteRestApi(reader, region, api, wanted)
    })
    return items
  })
  const http = once(async (region: string) => {
    const { items } = await ask(getApis, { region, input: {} })
    listed.push(() => {
      for (const api of items) noteApi(reader, region, api)
    })
    return items
  })
  const methods = once(async (key: string) => {
    const [region = '', restApiId = ''] = key.split(' ')
    const { items } = await ask(getResources, { region, input: { restApiId }, about: restApiId })
    listed.push(() => {
      for (const one of items) noteMethods(reader, region, restApiId, one, wanted)
    })
    return items
  })
  const usagePlans = once(async (region: string) => {
    const { items } = await ask(getUsagePlans, { region, input: {} })
    for (const plan of items) noteUsagePlan(reader, region, plan)
  })
  const integrations = once(async (key: string) => {
    const [region = '', ApiId = ''] = key.split(' ')
    const { items } = await ask(getIntegrations, { region, input: { ApiId }, about: ApiId })
    listed.push(() => {
      for (const one of items) noteIntegration(reader, region, ApiId, one, wanted)
    })
    return items
  })
  const domains = once((region: string) => listedDomains(reader, region))
  return {
    wanted,
    domains,
    rest,
    http,
    usagePlans,
    methods: (region, id) => methods(`${region} ${id}`),
    integrations: (region, id) => integrations(`${region} ${id}`),
    mappings: once(async (region: string) =>
      Promise.all((await domains(region)).map(domain => readMappings(reader, region, domain))),
    ),
    changes: once((region: string) => readTrail(reader, region, apiEvents, now)),
    note() {
      for (const noteAll of listed) noteAll()
    },
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
    const { connectionType, connectionId, integrationTarget, requestParameters, uri } =
      method?.methodIntegration ?? {}
    const whole = wanted.has(restApiId)
    if (connectionType !== 'VPC_LINK' && !whole) continue
    const more = whole ? { path, ...askedBy(method) } : {}
    const writes = writtenNames(requestParameters, uri)
    const config = { restApiId, resourceId: id, httpMethod, connectionId, integrationTarget, writes, ...more }
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
  const writes = writtenNames(integration.RequestParameters, integration.IntegrationUri)
  const config = { ApiId, IntegrationId, ConnectionType, ConnectionId, IntegrationUri, writes, ...more }
  const arn = apiArn(reader, region, `apis/${ApiId}/integrations/${IntegrationId}`)
  reader.journal.keep(getIntegrations, { type: types.apiIntegration, arn, region, config })
}
