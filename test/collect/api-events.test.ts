/** Every call of the SDK that changes an API is known to matter or not to: a new one is noticed. */

import { readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { apiEvents, apiSettingEvents } from '#snapshot/api-events.ts'

const require = createRequire(import.meta.url)
const operationsOf = (name: string): readonly string[] =>
  readdirSync(join(dirname(require.resolve(`@aws-sdk/${name}/package.json`)), 'dist-types/commands'))
    .filter(file => file.endsWith('Command.d.ts'))
    .map(file => file.replace('Command.d.ts', ''))

const all = [...new Set([...operationsOf('client-api-gateway'), ...operationsOf('client-apigatewayv2')])]

/** Reads, tries, and what says nothing of who may call: names, pages of a portal, models, tags, answers, caches. */
const harmless = [
  /^(Get|List|Export|TestInvoke|Preview|Flush|Reset|Tag|Untag)/,
  /(Portal|ProductPage|RestEndpointPage|PortalProduct|PortalProductSharingPolicy)$/,
  /(Model|Documentation(Part|Version|Parts)|RequestValidator|GatewayResponse|ClientCertificate|Account)$/,
  /(IntegrationResponse|MethodResponse|RouteResponse|RouteRequestParameter)$/,
]
/** They are read as they are now, and in effect at once. */
const inEffectAtOnce = [
  /(DomainName|DomainNameAccessAssociation|BasePathMapping|ApiMapping|RoutingRule|VpcLink)$/,
  /(ApiKey|ApiKeys|UsagePlan|UsagePlanKey|Usage|Stage|Deployment)$/,
  /(AccessLogSettings|CorsConfiguration|RouteSettings)$/,
]
/** Something new changes nothing until something else refers to it, which is a change of its own; what is gone serves nothing. */
const before =
  /^(Create(Api|Authorizer|Integration|Resource|RestApi)|Import(Api|RestApi)|Delete(Api|RestApi))$/

test('every call that may change what an API asks of its callers is looked up', () => {
  const left = all.filter(name => ![...harmless, ...inEffectAtOnce, before].some(kind => kind.test(name)))
  expect(left.toSorted()).toEqual(apiEvents.toSorted())
})

test('no call is looked up that the SDK does not know, and none twice', () => {
  expect(apiEvents.filter(name => !all.includes(name))).toEqual([])
  expect(new Set(apiEvents).size).toBe(apiEvents.length)
})

test('those that change the policy or the endpoint are all those that change an API as a whole', () =>
  expect(apiEvents.filter(name => /(RestApi|Api)$/.test(name)).toSorted()).toEqual(
    apiSettingEvents.toSorted(),
  ))
