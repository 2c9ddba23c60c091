/** A set of addresses that may not be wholly known: what is in it for sure, and what may be. */
import type { Gap } from '#base/gap.ts'
import { type Family, intersectCidrs, malformedCidrs, subtractCidrs, unionCidrs } from '#base/ip-set.ts'

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
  sure: unionCidrs(regions.flatMap(r => r.sure)),
  possible: unionCidrs(regions.flatMap(r => r.possible)),
  gaps: distinct(regions.flatMap(r => r.gaps)),
})

export const intersectRegions = (a: Region, b: Region): Region => ({
  sure: intersectCidrs(a.sure, b.sure),
  possible: intersectCidrs(a.possible, b.possible),
  gaps: distinct([...a.gaps, ...b.gaps]),
})

export const subtractRegions = (a: Region, b: Region): Region => ({
  sure: subtractCidrs(a.sure, b.possible),
  possible: subtractCidrs(a.possible, b.sure),
  gaps: distinct([...a.gaps, ...b.gaps]),
})

const distinct = (gaps: readonly Gap[]): readonly Gap[] => [...new Set(gaps)]
