/**
 * Finds the APIs that origins lead to, by their own names or through custom domain names, and reads them. Custom domain
 * names are those of a whole region: any of them may be another way to the same API.
 */
import type { DomainName } from '@aws-sdk/client-api-gateway'
import { type ApiHost, apiHostOf } from '#base/api-host.ts'
import { listedDomains, readMappings, targetsOf } from './api-domains.ts'
import { readHttpApi } from './http-api.ts'
import { getDomainNames, getRestApis } from './operations/api-gateway.ts'
import { distinct, type Reader } from './reader.ts'
import { type ApiTools, readRestApi } from './rest-api.ts'

/** An edge-optimized custom domain name of any region is pointed at a distribution of AWS's own. */
const isEdgeName = (name: string): boolean => name.endsWith('.cloudfront.net')

/** `ends`: the names of services that origin names end at, and names of distributions on the way. */
export async function readApis(
  tools: ApiTools,
  regions: readonly string[],
  ends: readonly string[],
): Promise<void> {
  const hosts = Map.groupBy(
    ends.map(apiHostOf).filter(host => host !== null),
    host => host.region,
  )
  const edges = ends.filter(isEdgeName)
  for (const [region, own] of hosts) if (!regions.includes(region)) notScanned(tools.reader, region, own)
  const read = edges.length > 0 ? regions : regions.filter(region => hosts.has(region))
  await Promise.all(read.map(region => readRegion(tools, region, hosts.get(region) ?? [], ends)))
}

const notScanned = ({ journal }: Reader, region: string, hosts: readonly ApiHost[]): void => {
  const message = `An origin leads to API Gateway in ${region}, which was not scanned: add --region ${region} to close this gap.`
  const operations = new Set(hosts.map(({ kind }) => (kind === 'api' ? getRestApis : getDomainNames)))
  for (const operation of operations)
    journal.miss(operation, { code: 'not-read', region, target: '*', message })
}

const readRegion = async (
  tools: ApiTools,
  region: string,
  hosts: readonly ApiHost[],
  ends: readonly string[],
): Promise<void> => {
  const { reader, lists } = tools
  const domains = await listedDomains(reader, region)
  const isEnd = (domain: DomainName): boolean => targetsOf(domain).some(target => ends.includes(target))
  // A region that only a distribution's name might lead to, and none of its domain names does.
  if (hosts.length === 0 && !domains.some(isEnd)) return
  const led = await Promise.all(
    domains.map(async domain => {
      const ids = await readMappings(reader, region, domain)
      return isEnd(domain) ? ids : []
    }),
  )
  const wanted = new Set(
    distinct([...led.flat(), ...hosts.map(host => (host.kind === 'api' ? host.id : ''))]),
  )
  for (const id of wanted) lists.wanted.add(id)
  const [rest, http] = await Promise.all([lists.rest(region), lists.http(region)])
  const own = (ids: readonly (string | undefined)[]) => distinct(ids).filter(id => wanted.has(id))
  await Promise.all([
    ...own(rest.map(api => api.id)).map(id => readRestApi(tools, region, id)),
    ...own(http.map(api => api.ApiId)).map(id => readHttpApi(reader, lists, region, id)),
  ])
}
