/** Amazon Route 53 of a world: zones by marker, records in DNS order by name, type and identifier. */
import { compareText } from '#base/canonical.ts'
import { normalName } from '#base/domain-name.ts'
import { types } from '#snapshot/resource-types.ts'
import { type Operations, type Output, orRefuse, type Request, without } from './operation.ts'
import { pageOf, sizeOf } from './page.ts'
import type { Config, View } from './view.ts'

export const route53: Operations = {
  ListHostedZones: ({ input, view, pageSize }) => {
    const wanted = input.HostedZoneType === 'PrivateHostedZone'
    const zones = view.list(types.hostedZone).filter(zone => !wanted || isPrivate(zone))
    const { items, next } = pageOf(zones, {
      token: input.Marker,
      asked: input.MaxItems,
      most: 100,
      pageSize,
      badToken: 'InvalidInput',
    })
    return {
      HostedZones: items,
      IsTruncated: next !== undefined,
      NextMarker: next,
      MaxItems: Number(input.MaxItems ?? 100),
      Marker: input.Marker,
    }
  },
  ListResourceRecordSets: request => {
    const records = recordsOf(request.view, request.input.HostedZoneId)
    const first = records.findIndex(record => order(record, startOf(request.input)) >= 0)
    return recordPage(request, first < 0 ? [] : records.slice(first))
  },
}

const isPrivate = (zone: Config): boolean => (zone.Config as Config | undefined)?.PrivateZone === true

const bareId = (id: unknown): string => String(id).replace(/^\/?hostedzone\//, '')

const sortedZones = new WeakMap<readonly Config[], readonly Config[]>()

const recordsOf = (view: View, id: unknown): readonly Config[] => {
  const bare = bareId(id)
  const forms = [bare, `/hostedzone/${bare}`]
  orRefuse(
    forms.flatMap(form => view.by(types.hostedZone, 'Id', form)),
    'NoSuchHostedZone',
    id,
  )
  const found =
    forms.map(form => view.by(types.recordSet, 'HostedZoneId', form)).find(list => list.length > 0) ?? []
  const sorted = sortedZones.get(found) ?? [...found].sort(order)
  sortedZones.set(found, sorted)
  return sorted
}

const recordPage = ({ input, pageSize }: Request, records: readonly Config[]): Output => {
  const size = sizeOf({ asked: input.MaxItems, most: 300, pageSize })
  const next = records[size]
  return {
    ResourceRecordSets: records.slice(0, size).map(record => without(record, 'HostedZoneId')),
    IsTruncated: next !== undefined,
    MaxItems: Number(input.MaxItems ?? 300),
    NextRecordName: next?.Name,
    NextRecordType: next?.Type,
    NextRecordIdentifier: next?.SetIdentifier,
  }
}

const startOf = (input: Request['input']): Config => ({
  Name: input.StartRecordName,
  Type: input.StartRecordType,
  SetIdentifier: input.StartRecordIdentifier,
})

/** Names by their labels from the right, then type, then set identifier. */
const order = (a: Config, b: Config): number =>
  compareText(reversed(a.Name), reversed(b.Name)) ||
  compareText(String(a.Type ?? ''), String(b.Type ?? '')) ||
  compareText(String(a.SetIdentifier ?? ''), String(b.SetIdentifier ?? ''))

const reversed = (name: unknown): string =>
  name === undefined ? '' : normalName(String(name)).split('.').reverse().join('\u0000')
