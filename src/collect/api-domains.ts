/** Reads the custom domain names of a region's APIs, and which APIs their paths lead to. */
import type { DomainName } from '@aws-sdk/client-api-gateway'
import { normalName } from '#base/domain-name.ts'
import { types } from '#snapshot/resource-types.ts'
import { apiArn } from './api-arn.ts'
import { getBasePathMappings, getDomainNames } from './operations/api-gateway.ts'
import { getApiMappings } from './operations/apigatewayv2.ts'
import { distinct, type Reader } from './reader.ts'

export const listedDomains = async (reader: Reader, region: string): Promise<readonly DomainName[]> => {
  const { items } = await reader.ask(getDomainNames, { region, input: {} })
  for (const domain of items) noteDomain(reader, region, domain)
  return items
}

/** The DNS names that a custom domain name is to be pointed at. */
export const targetsOf = ({ regionalDomainName, distributionDomainName }: DomainName): readonly string[] =>
  distinct([regionalDomainName, distributionDomainName]).map(normalName)

/** Private ones share their name with others; the id tells them apart. */
const keyOf = ({ domainName, domainNameId }: DomainName): string =>
  domainNameId === undefined ? String(domainName) : `${domainName}+${domainNameId}`

/** Resource policies and the trust store's contents are left out. */
const noteDomain = (reader: Reader, region: string, domain: DomainName): void => {
  const { domainName, domainNameId, regionalDomainName, distributionDomainName } = domain
  const { endpointConfiguration, endpointAccessMode, routingMode, mutualTlsAuthentication: tls } = domain
  const mutualTlsAuthentication = tls && { truststoreUri: tls.truststoreUri }
  const names = { domainName, domainNameId, regionalDomainName, distributionDomainName }
  const config = { ...names, endpointConfiguration, endpointAccessMode, routingMode, mutualTlsAuthentication }
  const arn = apiArn(reader, region, `domainnames/${keyOf(domain)}`)
  reader.journal.keep(getDomainNames, { type: types.apiDomain, arn, region, config })
}

/** Notes where the paths of a domain name lead; the ids of the APIs. Only the newer call tells paths of several levels. */
export const readMappings = async (
  reader: Reader,
  region: string,
  domain: DomainName,
): Promise<readonly string[]> =>
  domain.endpointConfiguration?.types?.includes('REGIONAL')
    ? readApiMappings(reader, region, domain)
    : readBasePaths(reader, region, domain)

const readApiMappings = async (
  reader: Reader,
  region: string,
  domain: DomainName,
): Promise<readonly string[]> => {
  const DomainName = String(domain.domainName)
  const { items } = await reader.ask(getApiMappings, { region, input: { DomainName }, about: keyOf(domain) })
  for (const { ApiMappingId, ApiMappingKey, ApiId, Stage } of items) {
    const config = { DomainName, ApiMappingId, ApiMappingKey, ApiId, Stage }
    const arn = apiArn(reader, region, `domainnames/${keyOf(domain)}/apimappings/${ApiMappingId}`)
    reader.journal.keep(getApiMappings, { type: types.apiMapping, arn, region, config })
  }
  return distinct(items.map(one => one.ApiId))
}

const readBasePaths = async (
  reader: Reader,
  region: string,
  domain: DomainName,
): Promise<readonly string[]> => {
  const { domainName, domainNameId } = domain
  const input = { domainName, domainNameId }
  const { items } = await reader.ask(getBasePathMappings, { region, input, about: keyOf(domain) })
  for (const { basePath, restApiId, stage } of items) {
    const config = { ...input, basePath, restApiId, stage }
    const arn = apiArn(reader, region, `domainnames/${keyOf(domain)}/basepathmappings/${basePath}`)
    reader.journal.keep(getBasePathMappings, { type: types.basePathMapping, arn, region, config })
  }
  return distinct(items.map(one => one.restApiId))
}
