/** A set of addresses that may not be wholly known: what is in it for sure, and what may be. */
import type { Gap } from '#base/gap.ts'
import { type Family, malformedCidrs } from '#base/ip-set.ts'
import { difference, intersection, union } from './cidrs.ts'

export interface Region {
  /** CIDRs of one family that are in the set under every reading. */
  readonly sure: readonly string[]
  /** CIDRs that are in it under some reading; holds `sure`. */
  readonly possible: readonly string[]
  /** What would have to be read to tell the two apart. */
  readonly gaps: readonly Gap[]
}

export const everyAddress: Readonly<Record<Family, string>> = { 4: '0.0.0.0/0', 6: '::/0' }

export const emptyRegion: Region = { sure: [], possible: [], gaps: [] }

/** A CIDR that is not understood may be anything. */
export const exactly = (cidrs: readonly string[], family: Family): Region => {
  const lost = malformedCidrs(cidrs)
  const understood = cidrs.filter(c => !lost.includes(c))
  if (lost.length === 0) return { sure: understood, possible: understood, gaps: [] }
  return { sure: understood, possible: [everyAddress[family]], gaps: [] }
}

export const anywhere = (family: Family): Region => exactly([everyAddress[family]], family)

export const unseen = (family: Family, gaps: readonly Gap[]): Region => ({
  sure: [],
  possible: [everyAddress[family]],
  gaps,
})

export const unionRegions = (regions: readonly Region[]): Region => ({
  sure: union(regions.map(r => r.sure)),
  possible: union(regions.map(r => r.possible)),
  gaps: distinct(regions.flatMap(r => r.gaps)),
})

export const intersectRegions = (a: Region, b: Region): Region => ({
  sure: intersection(a.sure, b.sure),
  possible: intersection(a.possible, b.possible),
  gaps: distinct([...a.gaps, ...b.gaps]),
})

const made = new WeakMap<Region, Map<string, Region>>()

/** The same for a region that many others are cut with, such as the whole internet: each cut is made once. */
export const cutOf = (space: Region, region: Region): Region => {
  const cuts = made.get(space) ?? new Map<string, Region>()
  made.set(space, cuts)
  const key = `${region.sure.join()} ${region.possible.join()}`
  const cut = cuts.get(key) ?? intersectRegions(region, space)
  cuts.set(key, cut)
  // Gaps belong to who asks, not to the addresses.
  return cut.gaps.length + region.gaps.length === 0
    ? cut
    : { ...cut, gaps: distinct([...region.gaps, ...space.gaps]) }
}

export const subtractRegions = (a: Region, b: Region): Region => ({
  sure: difference(a.sure, b.possible),
  possible: difference(a.possible, b.sure),
  gaps: distinct([...a.gaps, ...b.gaps]),
})

const distinct = (gaps: readonly Gap[]): readonly Gap[] => [...new Set(gaps)]
