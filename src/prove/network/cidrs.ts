/** Set arithmetic on CIDRs of one family, with short cuts for what nearly every network looks like: everything or nothing. */
import { intersectCidrs, subtractCidrs, unionCidrs } from '#base/ip-set.ts'

type Cidrs = readonly string[]

const isEverything = (cidrs: Cidrs): boolean =>
  cidrs.length === 1 && (cidrs[0] === '0.0.0.0/0' || cidrs[0] === '::/0')

export const intersection = (a: Cidrs, b: Cidrs): Cidrs => {
  if (a.length === 0 || b.length === 0) return []
  if (isEverything(b) || a === b) return a
  if (isEverything(a)) return b
  return intersectCidrs(a, b)
}

export const difference = (a: Cidrs, b: Cidrs): Cidrs => {
  if (a.length === 0 || isEverything(b)) return []
  return b.length === 0 ? a : subtractCidrs(a, b)
}

export const union = (sets: readonly Cidrs[]): Cidrs => {
  const filled = [...new Set(sets)].filter(s => s.length > 0)
  const [first = []] = filled
  if (filled.length <= 1) return first
  return filled.find(isEverything) ?? unionCidrs(filled.flat())
}
