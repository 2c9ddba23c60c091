/** Reads the account's public hosted zones as far as origin names lie in them, and looks names up in what was read. */
import type { HostedZone, ResourceRecordSet } from '@aws-sdk/client-route-53'
import { normalName } from '#base/domain-name.ts'
import { types } from '#snapshot/resource-types.ts'
import { listHostedZones, listResourceRecordSets } from './operations/route53.ts'
import { once, type Reader, globalRegion as region } from './reader.ts'

/** The address and CNAME records of a name in the closest zones of the account; empty where none has any. */
export type LookUp = (name: string) => Promise<readonly ResourceRecordSet[]>

/** Nothing is asked until the first look-up; each zone is read once and whole. */
export function zonesOf(reader: Reader): LookUp {
  const list = once(async () => {
    const { items } = await reader.ask(listHostedZones, { region, input: {} })
    const open = items.filter(zone => zone.Config?.PrivateZone !== true)
    return Map.groupBy(open, zone => normalName(String(zone.Name)))
  })
  const read = once((id: string) => readZone(reader, id))
  const noted = new Set<string>()
  return async name => {
    const zones = closest(await list(''), name)
    for (const zone of zones) noteZone(reader, noted, zone)
    const answers = await Promise.all(zones.map(async zone => lookUp(await read(idOf(zone)), zone, name)))
    return answers.flat()
  }
}

const idOf = (zone: HostedZone): string => String(zone.Id).replace(/^\/hostedzone\//, '')
const zoneArn = (id: string, { partition }: Reader): string => `arn:${partition}:route53:::hostedzone/${id}`

/** Zones of the longest name that the name lies in: two zones may have the same name. */
const closest = (zones: ReadonlyMap<string, readonly HostedZone[]>, name: string): readonly HostedZone[] => {
  for (let above = name; above !== ''; above = above.slice(above.indexOf('.') + 1)) {
    const found = zones.get(above)
    if (found) return found
    if (!above.includes('.')) break
  }
  return []
}

const noteZone = (reader: Reader, noted: Set<string>, zone: HostedZone): void => {
  const arn = zoneArn(idOf(zone), reader)
  if (noted.has(arn)) return
  noted.add(arn)
  reader.journal.keep(listHostedZones, { type: types.hostedZone, arn, region, config: zone })
}

type Records = ReadonlyMap<string, readonly ResourceRecordSet[]>

/** All records are kept: what is not among them does not exist, and a delegation hides what is. */
const readZone = async (reader: Reader, id: string): Promise<Records> => {
  const { items } = await reader.ask(listResourceRecordSets, {
    region,
    input: { HostedZoneId: id },
    about: id,
  })
  for (const record of items) {
    const parts = [zoneArn(id, reader), record.Name, record.Type, record.SetIdentifier]
    const arn = parts.filter(part => part !== undefined).join('/')
    const config = { ...record, HostedZoneId: id }
    reader.journal.keep(listResourceRecordSets, { type: types.recordSet, arn, region, config })
  }
  return Map.groupBy(items, record => normalName(String(record.Name)))
}

const lookUp = (records: Records, zone: HostedZone, name: string): readonly ResourceRecordSet[] => {
  const apex = normalName(String(zone.Name))
  const found = records.get(name) ?? records.get(wildcardFor(records, name, apex)) ?? []
  return found.filter(({ Type }) => Type === 'A' || Type === 'AAAA' || Type === 'CNAME')
}

/** The wildcard of the closest name above that exists (RFC 4592). */
const wildcardFor = (records: Records, name: string, apex: string): string => {
  let above = name
  while (above !== apex) {
    above = above.slice(above.indexOf('.') + 1)
    if (records.has(`*.${above}`) || records.has(above)) break
  }
  return `*.${above}`
}
