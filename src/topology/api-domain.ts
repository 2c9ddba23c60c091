/** Custom domain names of APIs: what points at them, and which APIs and stages their paths lead to. */
import { normalName } from '#base/domain-name.ts'
import { type Known, known, unobserved } from '#base/known.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { call, type Place } from './calls.ts'
import { textAt, textsAt } from './config.ts'
import { allKnown, type Facts, listed, refOf } from './facts.ts'
import type { Api, ApiDomain, ApiStage } from './model.ts'
import { isAt } from './places.ts'

export interface Mapping {
  readonly apiId: string
  /** Without slashes at its ends; empty for the root. */
  readonly path: string
  /** Null where the next part of the path names it. */
  readonly stage: string | null
}

const endpointTypes = ['EDGE', 'REGIONAL', 'PRIVATE'] as const

export const endpointTypeOf = ({ config }: LocatedResource): Api['endpointType'] => {
  const said = textsAt(config, 'endpointConfiguration', 'types') ?? []
  return (said.length === 1 && endpointTypes.find(type => type === said[0])) || 'unrecognised'
}

const accessModes = ['BASIC', 'STRICT'] as const

export const accessModeOf = ({ config }: LocatedResource): Api['endpointAccessMode'] =>
  accessModes.find(mode => mode === textAt(config, 'endpointAccessMode')) ?? null

export const domainNameOf = ({ config }: LocatedResource): string =>
  normalName(textAt(config, 'domainName') ?? '')

export const domainTargetsOf = ({ config }: LocatedResource): readonly string[] =>
  [textAt(config, 'regionalDomainName'), textAt(config, 'distributionDomainName')]
    .filter(name => name !== undefined)
    .map(normalName)

/** Anything but mappings alone, in the words of either version of the API. */
export const hasRoutingRules = ({ config }: LocatedResource): boolean =>
  !['', 'BASE_PATH_MAPPING_ONLY', 'API_MAPPING_ONLY'].includes(textAt(config, 'routingMode') ?? '')

/** The last part of its ARN: private ones share their names. */
const keyOf = ({ arn }: LocatedResource): string => arn.split('/domainnames/')[1] ?? arn

const mappingOf = ({ config }: LocatedResource): Mapping => {
  const path = textAt(config, 'ApiMappingKey') ?? textAt(config, 'basePath') ?? ''
  return {
    apiId: textAt(config, 'ApiId') ?? textAt(config, 'restApiId') ?? '',
    path: path === '(none)' ? '' : path.replace(/^\/|\/$/g, ''),
    stage: textAt(config, 'Stage') ?? textAt(config, 'stage') ?? null,
  }
}

export const mappingsOf = (facts: Facts, domain: LocatedResource): Known<readonly Mapping[]> => {
  const regional = endpointTypeOf(domain) === 'REGIONAL'
  const type = regional ? types.apiMapping : types.basePathMapping
  const own = facts.byType(type).filter(one => isAt(domain, one) && one.arn.startsWith(`${domain.arn}/`))
  const asked = call(regional ? 'GetApiMappings' : 'GetBasePathMappings', keyOf(domain), domain)
  const found = listed(facts, asked, own)
  return found.known ? known(found.value.map(mappingOf)) : found
}

/** All of an account and region. */
export const domainsAt = (facts: Facts, place: Place): Known<readonly LocatedResource[]> =>
  listed(
    facts,
    call('GetDomainNames', '*', place),
    facts.byType(types.apiDomain).filter(one => isAt(place, one)),
  )

/** A mapping without a stage is one for each stage, below its path. */
const expanded = (mapping: Mapping, stages: readonly string[]): ApiDomain['mappings'] => {
  const { path, stage } = mapping
  if (stage !== null) return [{ path, stage }]
  return stages.map(name => ({ path: path === '' ? name : `${path}/${name}`, stage: name }))
}

export const buildDomain = (
  domain: LocatedResource,
  mappings: readonly Mapping[],
  stages: readonly string[],
): ApiDomain => ({
  ref: refOf(domain, domainNameOf(domain)),
  name: domainNameOf(domain),
  targets: domainTargetsOf(domain),
  endpointType: endpointTypeOf(domain),
  mutualTls: textAt(domain.config, 'mutualTlsAuthentication', 'truststoreUri') !== undefined,
  endpointAccessMode: accessModeOf(domain),
  mappings: mappings.flatMap(mapping => expanded(mapping, stages)),
  routingRules: hasRoutingRules(domain),
})

/** Those that lead to the API, and those that may: routing rules can lead anywhere. */
export const domainsOf = (
  facts: Facts,
  api: LocatedResource,
  id: string,
  stages: Known<readonly ApiStage[]>,
): Known<readonly ApiDomain[]> => {
  const domains = domainsAt(facts, api)
  if (!domains.known) return domains
  const led = allKnown(
    domains.value.map(domain => {
      const mappings = mappingsOf(facts, domain)
      if (!mappings.known) return mappings
      const own = mappings.value.filter(mapping => mapping.apiId === id)
      const open = own.some(mapping => mapping.stage === null)
      if (open && !stages.known) return unobserved(...stages.gaps)
      const names = stages.known ? stages.value.map(stage => stage.name) : []
      return known(own.length > 0 || hasRoutingRules(domain) ? [buildDomain(domain, own, names)] : [])
    }),
  )
  return led.known ? known(led.value.flat()) : led
}
