/** APIs of API Gateway: what each of them is, and everything that decides who may call it. */
import { normalName } from '#base/domain-name.ts'
import { type Known, known, unobserved } from '#base/known.ts'
import { apiEvents, apiSettingEvents } from '#snapshot/api-events.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { authorizersOf } from './api-authorizer.ts'
import { changeOf } from './api-change.ts'
import { accessModeOf, domainsOf, endpointTypeOf } from './api-domain.ts'
import { httpStagesOf } from './api-http.ts'
import { restStagesOf } from './api-rest.ts'
import { usagePlansOf } from './api-usage-plan.ts'
import { call } from './calls.ts'
import { flagAt, objectAt, textAt, valueAt } from './config.ts'
import { type Facts, gapsOf, misread, refOf } from './facts.ts'
import type { Api, ResourcePolicy } from './model.ts'

/** API Gateway's domain in each partition. */
const domains: Readonly<Record<string, string>> = {
  'aws-cn': 'amazonaws.com.cn',
  'aws-eusc': 'amazonaws.eu',
}

const hostOf = ({ arn, region }: LocatedResource, id: string): string =>
  `${id}.execute-api.${region}.${domains[arn.split(':')[1] ?? ''] ?? 'amazonaws.com'}`

/** Absent where it was not looked at: only the policies of APIs that are read whole are kept. */
const policyOf = (facts: Facts, api: LocatedResource, id: string): Known<ResourcePolicy | null> => {
  const said = valueAt(api.config, 'policy')
  if (said === null) return known(null)
  if (said === undefined) return unobserved(...gapsOf(facts, call('GetRestApis', id, api)))
  const document = objectAt(api.config, 'policy')
  return document === undefined
    ? unobserved(misread(api, 'the policy is no JSON object'))
    : known({ ref: refOf(api, `policy of ${textAt(api.config, 'name') ?? id}`), document })
}

const keySources = ['HEADER', 'AUTHORIZER'] as const

const buildRest = (facts: Facts, api: LocatedResource, id: string): Api => {
  const stages = restStagesOf(facts, api, id)
  return {
    ref: refOf(api, textAt(api.config, 'name') ?? id),
    id,
    kind: 'rest',
    endpointType: endpointTypeOf(api),
    host: hostOf(api, id),
    defaultEndpointDisabled: flagAt(api.config, 'disableExecuteApiEndpoint') === true,
    endpointAccessMode: accessModeOf(api),
    apiKeySource: keySources.find(from => from === textAt(api.config, 'apiKeySource')) ?? null,
    policy: policyOf(facts, api, id),
    authorizers: authorizersOf(facts, api, id, 'rest'),
    stages,
    usagePlans: usagePlansOf(facts, api, id),
    domains: domainsOf(facts, api, id, stages),
    changed: changeOf(facts, api, id, apiEvents),
    settingsChanged: changeOf(facts, api, id, apiSettingEvents),
  }
}

const hostIn = (endpoint: string | undefined): string | undefined =>
  endpoint !== undefined && URL.canParse(endpoint) ? normalName(new URL(endpoint).hostname) : undefined

const buildHttp = (facts: Facts, api: LocatedResource, id: string): Api => {
  const kind = textAt(api.config, 'ProtocolType') === 'WEBSOCKET' ? 'websocket' : 'http'
  const stages = httpStagesOf(facts, api, id, kind)
  return {
    ref: refOf(api, textAt(api.config, 'Name') ?? id),
    id,
    kind,
    endpointType: 'REGIONAL',
    host: hostIn(textAt(api.config, 'ApiEndpoint')) ?? hostOf(api, id),
    defaultEndpointDisabled: flagAt(api.config, 'DisableExecuteApiEndpoint') === true,
    endpointAccessMode: null,
    apiKeySource: null,
    // Only REST APIs have one.
    policy: known(null),
    authorizers: authorizersOf(facts, api, id, kind),
    stages,
    // Only REST APIs have any.
    usagePlans: known([]),
    domains: domainsOf(facts, api, id, stages),
    changed: changeOf(facts, api, id, apiEvents),
    settingsChanged: changeOf(facts, api, id, apiSettingEvents),
  }
}

/** The id of an API, of either generation. */
export const idOfApi = ({ config, arn }: LocatedResource): string =>
  textAt(config, 'id') ?? textAt(config, 'ApiId') ?? arn

export const buildApi = (facts: Facts, api: LocatedResource): Api =>
  api.type === types.restApi ? buildRest(facts, api, idOfApi(api)) : buildHttp(facts, api, idOfApi(api))
