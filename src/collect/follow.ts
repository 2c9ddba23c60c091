/** Follows origin names through the account's own records: to load balancers, instances and addresses, or out of sight. */
import type { ResourceRecordSet } from '@aws-sdk/client-route-53'
import { normalName } from '#base/domain-name.ts'
import { addressFamily } from '#base/ip-set.ts'
import { balancerRegion, instanceAddress, isServiceEndpoint } from './aws-names.ts'
import type { LookUp } from './zones.ts'

/** Where names lead. */
export interface Trail {
  /** DNS names of load balancers, ours or not. */
  readonly balancers: Set<string>
  /** Addresses, and the region where the name tells it. */
  readonly addresses: Map<string, string | undefined>
  /** Endpoints of services that names end at. */
  readonly services: Set<string>
  /** Names that only DNS can follow further. */
  readonly open: Set<string>
}

/** Longer chains than resolvers follow are not followed either. */
const deepest = 16

/** Follows names and everything that the account's zones say they stand for. */
export async function follow(names: readonly string[], lookUp: LookUp): Promise<Trail> {
  const trail: Trail = { balancers: new Set(), addresses: new Map(), services: new Set(), open: new Set() }
  const met = new Set<string>()
  let next = names.map(normalName)
  for (let depth = 0; next.length > 0 && depth < deepest; depth++) {
    const fresh = [...new Set(next)].filter(name => !met.has(name))
    for (const name of fresh) met.add(name)
    const found = await Promise.all(fresh.map(name => step(name, trail, lookUp)))
    next = found.flat()
  }
  return trail
}

/** The names that one name stands for, after its own end was noted. */
const step = async (name: string, trail: Trail, lookUp: LookUp): Promise<readonly string[]> => {
  if (noteAwsName(name, trail)) return []
  const records = await lookUp(name)
  if (records.length === 0) trail.open.add(name)
  return records.flatMap(targetsOf).filter(target => {
    if (addressFamily(target) === null) return true
    trail.addresses.set(target, undefined)
    return false
  })
}

/** True where the name itself says where it ends. */
export const noteAwsName = (name: string, trail: Trail): boolean => {
  const instance = instanceAddress(name)
  if (balancerRegion(name) !== undefined) trail.balancers.add(name)
  else if (instance) trail.addresses.set(instance.address, instance.region)
  else if (isServiceEndpoint(name)) trail.services.add(name)
  else return false
  return true
}

const targetsOf = (record: ResourceRecordSet): readonly string[] =>
  [record.AliasTarget?.DNSName, ...(record.ResourceRecords ?? []).map(({ Value }) => Value)]
    .filter(value => value !== undefined && value !== '')
    .map(value => normalName(String(value)))
