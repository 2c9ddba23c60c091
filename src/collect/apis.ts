/**
 * Finds the APIs that origins lead to, by their own names or through custom domain names, and reads them. Custom domain
 * names are those of a whole region: any of them may be another way to the same API.
 */
import type { DomainName } from '@aws-sdk/client-api-gateway'
import { type ApiHost, apiHostOf } from '#base/api-host.ts'
import { targetsOf } from './api-domains.ts'
import { readHttpApi } from './http-api.ts'
import { getDomainNames, getRestApis } from './operations/api-gateway.ts'
import { distinct, type Reader } from './reader.ts'
import { type ApiTools, readRestApi } from './rest-api.ts'

/** An edge-optimized custom domain name of any region is pointed at a distribution of AWS's own. */
const isEdgeName = (name: string): boolean => name.endsWith('.cloudfront.net')

/**
 * `ends`: the names of services that origin names end at, and names of distributions on the way. Gives the regions in which
 * APIs were read.
 */
export async function readApis(
  tools: ApiTools,
  regions: readonly string[],
  ends: readonly string[],
): Promise<readonly string[]> {
  const hosts = Map.groupBy(
    ends.map(apiHostOf).filter(host => host !== null),
    host => host.region,
  )
  const edges = ends.filter(isEdgeName)
  for (const [region, own] of hosts) if (!regions.includes(region)) notScanned(tools.reader, region, own)
  const read = edges.length > 0 ? regions : regions.filter(region => hosts.has(region))
  const found = await Promise.all(
    read.map(region => readRegion(tools, region, hosts.get(region) ?? [], ends)),
  )
  return read.filter((_, i) => found[i])
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
): Promise<boolean> => {
  const { lists } = tools
  const domains = await lists.domains(region)
  const isEnd = (domain: DomainName): boolean => targetsOf(domain).some(target => ends.includes(target))
  // A region that only a distribution's name might lead to, and none of its domain names does.
  if (hosts.length === 0 && !domains.some(isEnd)) return false
  const mappings = await lists.mappings(region)
  const led = domains.flatMap((domain, i) => (isEnd(domain) ? (mappings[i] ?? []) : []))
  await readApisNamed(
    tools,
    region,
    distinct([...led, ...hosts.map(host => (host.kind === 'api' ? host.id : ''))]),
  )
  return true
}

/** Reads whole what is not read yet, with the custom domain names of the region and what changed there. */
export async function readApisNamed(tools: ApiTools, region: string, ids: readonly string[]): Promise<void> {
  const { reader, lists } = tools
  const wanted = new Set(ids.filter(id => !lists.wanted.has(id)))
  for (const id of wanted) lists.wanted.add(id)
  const [rest, http] = await Promise.all([lists.rest(region), lists.http(region), lists.mappings(region)])
  const own = (named: readonly (string | undefined)[]) => distinct(named).filter(id => wanted.has(id))
  await Promise.all([
    lists.changes(region),
    ...own(rest.map(api => api.id)).map(id => readRestApi(tools, region, id)),
    ...own(http.map(api => api.ApiId)).map(id => readHttpApi(reader, lists, region, id)),
  ])
}
