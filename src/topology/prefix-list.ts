/** Managed prefix lists, and which of them are AWS's lists of CloudFront's origin-facing servers. */
import { type Known, known, unobserved } from '#base/known.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { call, type Place } from './calls.ts'
import { listAt, textAt } from './config.ts'
import { type Facts, gapsOf, misread, refOf } from './facts.ts'
import type { PrefixList } from './model.ts'

/** Anyone may give a list of their own these names; only with the owner `AWS` they are Amazon's. */
const originFacing = [
  'com.amazonaws.global.cloudfront.origin-facing',
  'com.amazonaws.global.ipv6.cloudfront.origin-facing',
]

const isOriginFacing = (name: string, ownerId: string): boolean =>
  ownerId === 'AWS' && originFacing.includes(name)

/** CloudFront always has servers: an empty list of them would make every tenant look shut out. */
const entriesOf = (
  facts: Facts,
  list: LocatedResource,
  id: string,
  cloudFront: boolean,
): Known<readonly string[]> => {
  const asked = call('GetManagedPrefixListEntries', id, list)
  const record = facts.where(types.prefixListEntries, 'PrefixListId', id).find(r => r.region === list.region)
  if (record === undefined) return unobserved(...gapsOf(facts, asked))
  const entries = listAt(record.config, 'Entries')?.map(entry => textAt(entry, 'Cidr'))
  const cidrs = entries?.filter(cidr => cidr !== undefined)
  if (cidrs === undefined || cidrs.length !== entries?.length)
    return unobserved(misread(record, 'the entries cannot be read'))
  if (cidrs.length < facts.itemsRead(asked) || (cloudFront && cidrs.length === 0))
    return unobserved(misread(record, 'entries are missing from the list'))
  return known(cidrs.toSorted())
}

export const buildPrefixList = (facts: Facts, resource: LocatedResource): PrefixList => {
  const { config } = resource
  const id = textAt(config, 'PrefixListId') ?? ''
  const name = textAt(config, 'PrefixListName') ?? ''
  const ownerId = textAt(config, 'OwnerId') ?? ''
  const cloudFrontOriginFacing = isOriginFacing(name, ownerId)
  return {
    ref: refOf(resource, name === '' ? id : name),
    id,
    name,
    ownerId,
    addressFamily: textAt(config, 'AddressFamily') ?? '',
    cloudFrontOriginFacing,
    entries: entriesOf(facts, resource, id, cloudFrontOriginFacing),
  }
}

/** The prefix list of an id in a region: ids differ from region to region even for AWS's own lists. */
export const prefixListNamed = (facts: Facts, id: string, place: Place): Known<PrefixList> => {
  const resource = facts.where(types.prefixList, 'PrefixListId', id).find(r => r.region === place.region)
  if (resource) return known(buildPrefixList(facts, resource))
  const here = { account: place.account, region: place.region }
  return unobserved(...gapsOf(facts, call('DescribeManagedPrefixLists', '*', here)))
}
