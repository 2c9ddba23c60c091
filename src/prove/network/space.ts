/** Where the packets of each vantage come from. */
import { addressFamily, type Family, publicSpace } from '#base/ip-set.ts'
import type { PrefixList, Topology } from '#topology/model.ts'
import { exactly, type Region, subtractRegions, unseen } from './region.ts'

/** Addresses of one family by vantage. */
export interface Space {
  /** CloudFront's origin-facing servers: the tenant's packets come from here. */
  readonly cloudFront: Region
  /** Id of the prefix list that names them; null where none was read. */
  readonly cloudFrontList: string | null
  /** Public addresses that are not CloudFront's. */
  readonly internet: Region
  /** Addresses of private networks. */
  readonly inside: Region
}

export type Spaces = Readonly<Record<Family, Space>>

/**
 * Documentation ranges stand for public addresses here. No packet comes from them, so that counting them can only make a
 * verdict stricter; and examples, which must not name anybody's addresses, are written with them.
 */
const documentation: Readonly<Record<Family, readonly string[]>> = {
  4: ['192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24'],
  6: ['2001:db8::/32', '3fff::/20'],
}

const privateRanges: Readonly<Record<Family, readonly string[]>> = {
  4: ['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16'],
  6: ['fc00::/7'],
}

export const spacesOf = (topology: Topology): Spaces => ({ 4: spaceOf(topology, 4), 6: spaceOf(topology, 6) })

const spaceOf = (topology: Topology, family: Family): Space => {
  const lists = cloudFrontLists(topology).filter(list => isOfFamily(list, family))
  const list = lists.find(l => l.entries.known) ?? lists[0]
  if (list === undefined) return spaceAround(undefined, family)
  const spaces = made.get(list) ?? {}
  made.set(list, spaces)
  spaces[family] ??= spaceAround(list, family)
  return spaces[family]
}

/** Once for each list: a link that is proven again under edits has the same servers of CloudFront around it. */
const made = new WeakMap<PrefixList, { 4?: Space; 6?: Space }>()

const spaceAround = (list: PrefixList | undefined, family: Family): Space => {
  const cloudFront = serversOf(list, family)
  const everyone = exactly([...publicSpace(family), ...documentation[family]], family)
  return {
    cloudFront,
    cloudFrontList: list?.id ?? null,
    internet: subtractRegions(everyone, cloudFront),
    inside: insideOf(family),
  }
}

/** A list without servers is no knowledge of where they are: a tenant's packets come from somewhere. */
const serversOf = (list: PrefixList | undefined, family: Family): Region => {
  const servers = list?.entries.known ? ofFamily(list.entries.value, family) : []
  if (servers.length > 0) return exactly(servers, family)
  return {
    sure: [],
    possible: publicSpace(family),
    gaps: list?.entries.known === false ? list.entries.gaps : [],
  }
}

/** The IPv6 addresses inside a VPC are global ones, so that any address may be inside. */
const insideOf = (family: Family): Region => {
  const own = exactly(privateRanges[family], family)
  return family === 4 ? own : { ...unseen(6, []), sure: own.sure }
}

const cloudFrontLists = (topology: Topology): readonly PrefixList[] => {
  const ofRules = topology.loadBalancers.flatMap(lb =>
    lb.ingress.known
      ? lb.ingress.value.flatMap(({ peer }) =>
          peer.kind === 'prefix-list' && peer.list.known ? [peer.list.value] : [],
        )
      : [],
  )
  return [...topology.prefixLists, ...ofRules].filter(list => list.cloudFrontOriginFacing)
}

/** By the list's own word, else by its entries. */
export const isOfFamily = (list: PrefixList, family: Family): boolean => {
  if (/6/.test(list.addressFamily)) return family === 6
  if (/4/.test(list.addressFamily)) return family === 4
  return !list.entries.known || ofFamily(list.entries.value, family).length > 0
}

/** Entries of the family, and those that are not understood. */
export const ofFamily = (cidrs: readonly string[], family: Family): readonly string[] =>
  cidrs.filter(c => (addressFamily(c) ?? family) === family)
