/** The API that an origin name leads to: by its own endpoint, or through a custom domain name and its mappings. */
import { type ApiHost, apiHostOf } from '#base/api-host.ts'
import { certificateNameCovers, sameName } from '#base/domain-name.ts'
import type { Gap } from '#base/gap.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { idOfApi } from './api.ts'
import { buildDomain, domainNameOf, hasRoutingRules, type Mapping, mappingsOf } from './api-domain.ts'
import { type Call, call, gapAbout } from './calls.ts'
import type { Estate } from './estate.ts'
import { type Facts, gapsOf, misread } from './facts.ts'
import type { Api, Target } from './model.ts'
import { isAt } from './places.ts'

type Names = readonly string[]

const unknown = (names: Names, ...gaps: readonly Gap[]): Target => ({ kind: 'unknown', names, gaps })

const apisNamed = (facts: Facts, id: string, region: string): readonly LocatedResource[] =>
  [...facts.where(types.restApi, 'id', id), ...facts.where(types.api, 'ApiId', id)].filter(
    api => api.region === region,
  )

/** Why none of the lists has it: they were not read, or it is somebody else's or nobody's. */
const missing = (
  { facts }: Estate,
  operations: readonly ('GetRestApis' | 'GetApis' | 'GetDomainNames')[],
  region: string,
  message: string,
): readonly Gap[] => {
  const asked = facts.snapshot.head.accounts.flatMap(account =>
    operations.map(operation => call(operation, '*', { account, region })),
  )
  const unread = asked.filter(one => !facts.wasRead(one)).flatMap(one => gapsOf(facts, one))
  if (unread.length > 0) return [...new Set(unread)]
  const [first]: readonly Call[] = asked
  return first ? [gapAbout(first, 'not-found', message)] : []
}

const segmentsOf = (path: string): readonly string[] => path.split('/').filter(part => part !== '')

/** A stage without a name in the path answers where the first part of the path names no other. */
const stageOfPath = ({ kind, stages }: Api, originPath: string): string | null => {
  const [first] = segmentsOf(originPath)
  if (kind !== 'http') return first ?? null
  if (!stages.known) return null
  const names = stages.value.map(stage => stage.name)
  if (first !== undefined && names.includes(first)) return first
  const alone = names.every(name => name === '$default')
  return names.includes('$default') && (alone || first !== undefined) ? '$default' : null
}

const byEndpoint = (
  estate: Estate,
  { id, region }: Extract<ApiHost, { kind: 'api' }>,
  names: Names,
  originPath: string,
): Target => {
  const [found, other] = apisNamed(estate.facts, id, region)
  if (other) return unknown(names, misread(other, 'another API has the same id'))
  if (found === undefined) {
    const message = `${names.at(-1)} is the endpoint of no API of the accounts that were read.`
    return unknown(names, ...missing(estate, ['GetRestApis', 'GetApis'], region, message))
  }
  const api = estate.api(found)
  return { kind: 'api', api, stage: stageOfPath(api, originPath), via: 'default-endpoint', names }
}

const isBelow = (path: string, above: string): boolean =>
  above === '' || path === above || path.startsWith(`${above}/`)

/** The mappings that requests may meet whose path begins with that of the origin: the longest that fits wins. */
export const mappingsMet = (mappings: readonly Mapping[], originPath: string): readonly Mapping[] => {
  const path = segmentsOf(originPath).join('/')
  const around = mappings.filter(mapping => isBelow(path, mapping.path))
  const longest = around.reduce<Mapping | undefined>(
    (best, one) => (best === undefined || one.path.length > best.path.length ? one : best),
    undefined,
  )
  const below = mappings.filter(mapping => mapping.path !== path && isBelow(mapping.path, path))
  return [...(longest ? [longest] : []), ...below]
}

/** Null where the path of a request names it. */
const stageOfMapping = ({ path, stage }: Mapping, originPath: string): string | null =>
  stage ?? segmentsOf(originPath)[segmentsOf(path).length] ?? null

const byDomain = (estate: Estate, domain: LocatedResource, names: Names, originPath: string): Target => {
  const { facts } = estate
  const name = domainNameOf(domain)
  if (hasRoutingRules(domain))
    return unknown(names, misread(domain, `routing rules of ${name} choose the API, which are not followed`))
  const mappings = mappingsOf(facts, domain)
  if (!mappings.known) return unknown(names, ...mappings.gaps)
  const met = mappingsMet(mappings.value, originPath)
  const ids = [...new Set(met.map(mapping => mapping.apiId))]
  const [id = ''] = ids
  if (met.length === 0)
    return unknown(names, misread(domain, `no mapping of ${name} leads from the origin path`))
  if (ids.length > 1) return unknown(names, misread(domain, `the paths of ${name} lead to several APIs`))
  const found = apisNamed(facts, id, domain.region).find(api => isAt(domain, api))
  if (found === undefined) {
    const message = `${name} leads to the API ${id}, which is none of the accounts that were read.`
    return unknown(names, ...missing(estate, ['GetRestApis', 'GetApis'], domain.region, message))
  }
  const api = estate.api(found)
  const own = mappings.value.filter(mapping => mapping.apiId === idOfApi(found))
  const [stage = null, ...others] = new Set(met.map(mapping => stageOfMapping(mapping, originPath)))
  const stages = api.stages.known ? api.stages.value.map(one => one.name) : []
  return {
    kind: 'api',
    api,
    stage: others.length === 0 ? stage : null,
    via: buildDomain(domain, own, stages),
    names,
  }
}

/**
 * The custom domain name that requests ask for: AWS may give several the same endpoint, and CloudFront asks for the origin's
 * own name unless it passes on that of the viewer. A name of one's own goes before a wildcard.
 */
const askedFor = (domains: readonly LocatedResource[], name: string): LocatedResource | undefined => {
  if (domains.length < 2) return domains[0]
  return (
    domains.find(domain => sameName(domainNameOf(domain), name)) ??
    domains.find(domain => certificateNameCovers(domainNameOf(domain), name))
  )
}

/** What stands behind an endpoint of API Gateway, `end`, for requests below the origin path. */
export const apiTarget = (estate: Estate, end: string, names: Names, originPath: string): Target => {
  const host = apiHostOf(end)
  if (host?.kind === 'api') return byEndpoint(estate, host, names, originPath)
  const domains = estate.apiDomainsBehind(end)
  const domain = askedFor(domains, names[0] ?? '')
  if (domain) return byDomain(estate, domain, names, originPath)
  const [first] = domains
  if (first)
    return unknown(
      names,
      misread(first, `${end} is behind several custom domain names, none of them ${names[0]}`),
    )
  if (host === null)
    return unknown(
      names,
      gapAbout(call('Resolve', end), 'unrecognised', `${end} names no API in a known form.`),
    )
  const message = `${end} is behind no custom domain name of the accounts that were read.`
  return unknown(names, ...missing(estate, ['GetDomainNames'], host.region, message))
}
