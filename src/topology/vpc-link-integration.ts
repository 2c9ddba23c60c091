/** The integrations of APIs that go through VPC links, and where those of links of version 2 lead. */
import { type Known, known, mapKnown, unobserved } from '#base/known.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { type Call, call, type Place } from './calls.ts'
import { textAt, textsAt } from './config.ts'
import { allKnown, type Facts, hidden, misread } from './facts.ts'
import type { VpcLink } from './model.ts'
import { isAt } from './places.ts'

export interface Integration {
  /** Null where only a stage variable says it. */
  readonly linkId: string | null
  /** Of a link of version 2; of the other version the link itself names them. */
  readonly loadBalancerArn: Known<string>
  readonly api: LocatedResource
  /** Names of what it adds to requests. */
  readonly writes: Known<readonly string[]>
}

const balancer =
  /^(arn:[^:]+:elasticloadbalancing:[^:]*:[^:]*):(?:loadbalancer|listener)\/((?:app|net)\/[^/]+\/[^/]+)/

/** The load balancer whose ARN, or whose listener's, this is. Cloud Map services are not followed to what they name. */
const balancerOf = (target: string | undefined, integration: LocatedResource): Known<string> => {
  const [, prefix, name] = balancer.exec(target ?? '') ?? []
  return prefix !== undefined && name !== undefined
    ? known(`${prefix}:loadbalancer/${name}`)
    : unobserved(
        misread(integration, 'the integration goes through a VPC link to no load balancer that it names'),
      )
}

const linkOf = (id: string | undefined): string | null =>
  id === undefined || id.includes('stageVariables') ? null : id

/** How one generation of APIs is read: a list, then the integrations of each. */
interface Generation {
  readonly api: string
  readonly integration: string
  /** The field that names the API, in both. */
  readonly listId: string
  readonly ownId: string
  readonly list: 'GetApis' | 'GetRestApis'
  readonly each: 'GetIntegrations' | 'GetResources'
  readonly link: string
  readonly target: string
}

const generations: readonly Generation[] = [
  {
    api: types.api,
    integration: types.apiIntegration,
    listId: 'ApiId',
    ownId: 'ApiId',
    list: 'GetApis',
    each: 'GetIntegrations',
    link: 'ConnectionId',
    target: 'IntegrationUri',
  },
  {
    api: types.restApi,
    integration: types.restMethod,
    listId: 'id',
    ownId: 'restApiId',
    list: 'GetRestApis',
    each: 'GetResources',
    link: 'connectionId',
    target: 'integrationTarget',
  },
]

const writesOf = (integration: LocatedResource): Known<readonly string[]> => {
  const names = textsAt(integration.config, 'writes')
  return names === undefined
    ? unobserved(misread(integration, 'what the integration adds to requests was not recorded'))
    : known(names)
}

/** Of APIs that origins lead to every integration is kept, and few go through a link. */
const isPrivate = ({ config }: LocatedResource): boolean =>
  (textAt(config, 'connectionType') ?? textAt(config, 'ConnectionType') ?? 'VPC_LINK') === 'VPC_LINK'

/** Integrations are kept as far as they matter, so their number says nothing: only that each API was asked. */
const unasked = (facts: Facts, asked: Call) => hidden(facts, asked, Number.POSITIVE_INFINITY)

const integrationsOf = (facts: Facts, place: Place, how: Generation): Known<readonly Integration[]> => {
  const apis = facts.byType(how.api).filter(one => isAt(place, one))
  const gaps = hidden(facts, call(how.list, '*', place), apis.length)
  const eachGaps = apis.flatMap(api => {
    const asked = call(how.each, textAt(api.config, how.listId) ?? api.arn, place)
    // Links of version 2 are not for WebSocket APIs, which are not asked.
    return textAt(api.config, 'ProtocolType') === 'WEBSOCKET' ? [] : unasked(facts, asked)
  })
  if (gaps.length + eachGaps.length > 0) return unobserved(...new Set([...gaps, ...eachGaps]))
  const byId = new Map(apis.map(api => [textAt(api.config, how.listId), api]))
  const found = facts.byType(how.integration).filter(one => isAt(place, one) && isPrivate(one))
  return allKnown(
    found.map(one => {
      const api = byId.get(textAt(one.config, how.ownId))
      if (api === undefined)
        return unobserved(misread(one, 'the integration is of an API that was not listed'))
      return known({
        linkId: linkOf(textAt(one.config, how.link)),
        loadBalancerArn: balancerOf(textAt(one.config, how.target), one),
        api,
        writes: writesOf(one),
      })
    }),
  )
}

/** Of all APIs of an account and region that may go through a link: of REST APIs alone through one of version 1. */
export const integrationsAt = (
  facts: Facts,
  place: Place,
  kind: VpcLink['kind'],
): Known<readonly Integration[]> => {
  const used = generations.filter(how => kind === 'http' || how.api === types.restApi)
  return mapKnown(allKnown(used.map(how => integrationsOf(facts, place, how))), found => found.flat())
}
