/** Hosted zones and record sets of a world. */
import { types } from '#snapshot/resource-types.ts'
import type { WorldResource } from '../world.ts'
import { hex } from './names.ts'

export type RecordSpec =
  | { readonly name: string; readonly alias: string; readonly zone: string; readonly ipv6?: boolean }
  | { readonly name: string; readonly cname: string }
  | { readonly name: string; readonly addresses: readonly string[] }

/** The hosted zone id that every CloudFront alias record names. */
export const cloudFrontZone = 'Z2FDTNDATAQYW2'

const recordSets = (record: RecordSpec): readonly Record<string, unknown>[] => {
  const Name = `${record.name}.`
  if ('alias' in record) {
    const AliasTarget = {
      HostedZoneId: record.zone,
      DNSName: `${record.alias}.`,
      EvaluateTargetHealth: false,
    }
    return (record.ipv6 ? ['A', 'AAAA'] : ['A']).map(Type => ({ Name, Type, AliasTarget }))
  }
  const values = 'cname' in record ? [record.cname] : record.addresses
  const Type = 'cname' in record ? 'CNAME' : values[0]?.includes(':') ? 'AAAA' : 'A'
  return [{ Name, Type, TTL: 300, ResourceRecords: values.map(Value => ({ Value })) }]
}

/** A public hosted zone with its records. */
export const buildZone = (
  account: string,
  zone: string,
  records: readonly RecordSpec[],
): readonly WorldResource[] => {
  const id = `Z${hex(14, 'zone', zone).toUpperCase()}`
  const at = { account, region: 'us-east-1' }
  const sets = records.flatMap(recordSets)
  return [
    {
      ...at,
      type: types.hostedZone,
      arn: `arn:aws:route53:::hostedzone/${id}`,
      config: {
        Id: `/hostedzone/${id}`,
        Name: `${zone}.`,
        CallerReference: zone,
        Config: { PrivateZone: false },
        ResourceRecordSetCount: sets.length,
      },
    },
    ...sets.map(config => ({
      ...at,
      type: types.recordSet,
      arn: `arn:aws:route53:::hostedzone/${id}/${String(config.Name)}/${String(config.Type)}`,
      config: { ...config, HostedZoneId: id },
    })),
  ]
}
