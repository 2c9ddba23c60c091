/**
 * Sets of IP addresses written as lists of CIDRs: union, difference, intersection, membership and share of the internet.
 *
 * Text that is no CIDR is never dropped in silence, because a lost peer would look like a closed door: the functions that
 * return lists carry it through unchanged (nothing can be subtracted from what is not understood), and `malformedCidrs`
 * names it. The functions that return a truth or a number speak of the well-formed entries only: ask `malformedCidrs` first.
 */
import { containsCidr, excludeCidr, mergeCidr, parseCidr } from 'cidr-tools'
import { compareText } from './canonical.ts'
import { nonPublicRanges } from './special-addresses.ts'

export type Family = 4 | 6

const everything: Readonly<Record<Family, string>> = { 4: '0.0.0.0/0', 6: '::/0' }

const octet = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)'
const dotted = new RegExp(`^(?:${octet}\\.){3}${octet}$`)

/** The groups on one side of `::`; an IPv4 address may stand for the last two. */
const groups = (side: string): readonly string[] => {
  if (side === '') return []
  const parts = side.split(':')
  return dotted.test(parts.at(-1) ?? '') ? [...parts.slice(0, -1), '0', '0'] : parts
}

const isVersion6 = (address: string): boolean => {
  const sides = address.split('::')
  // Only the very last group can be dotted.
  if (sides.length > 2 || (sides.length === 2 && sides[0]?.includes('.'))) return false
  const all = sides.flatMap(groups)
  const count = sides.length === 2 ? all.length <= 7 : all.length === 8
  return count && all.every(group => /^[0-9a-f]{1,4}$/i.test(group))
}

/** Family of an address or a CIDR; null where the text is neither (zone ids, host names and ports are neither). */
export const addressFamily = (text: string): Family | null => {
  const slash = text.indexOf('/')
  const address = slash < 0 ? text : text.slice(0, slash)
  const version = dotted.test(address) ? 4 : isVersion6(address) ? 6 : null
  if (version === null) return null
  if (slash < 0) return version
  const prefix = text.slice(slash + 1)
  return /^(?:0|[1-9]\d{0,2})$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128) ? version : null
}

/** The entries that are neither an address nor a CIDR, sorted. */
export const malformedCidrs = (cidrs: readonly string[]): string[] =>
  [...new Set(cidrs.filter(c => addressFamily(c) === null))].sort(compareText)

const wellFormed = (cidrs: readonly string[], family?: Family): string[] =>
  cidrs.filter(c => {
    const own = addressFamily(c)
    return own !== null && (family === undefined || own === family)
  })

const sorted = (cidrs: readonly string[]): string[] =>
  cidrs
    .map(parseCidr)
    .sort((a, b) => a.version - b.version || (a.start < b.start ? -1 : a.start > b.start ? 1 : 0))
    .map(c => c.cidr)

const merge = (cidrs: readonly string[]): string[] => sorted(mergeCidr([...cidrs]))

const exclude = (a: readonly string[], b: readonly string[]): string[] =>
  a.length === 0 ? [] : sorted(excludeCidr([...a], [...b]))

/** The fewest CIDRs for the same addresses: IPv4 first, ascending; malformed entries at the end. */
export const unionCidrs = (cidrs: readonly string[]): string[] => [
  ...merge(wellFormed(cidrs)),
  ...malformedCidrs(cidrs),
]

/** Addresses of `a` that are not in `b`. A malformed entry of `a` stays; one of `b` takes nothing away. */
export const subtractCidrs = (a: readonly string[], b: readonly string[]): string[] => [
  ...exclude(wellFormed(a), wellFormed(b)),
  ...malformedCidrs(a),
]

/** Addresses in both. A malformed entry of one side stays where the other side has any entry: it may lie in both. */
export const intersectCidrs = (a: readonly string[], b: readonly string[]): string[] => {
  if (a.length === 0 || b.length === 0) return []
  const [left, right] = [wellFormed(a), wellFormed(b)]
  return [...exclude(left, exclude(left, right)), ...malformedCidrs([...a, ...b])]
}

/** Whether the address (or the whole of a CIDR) is in the set. False for a malformed address. */
export const containsAddress = (cidrs: readonly string[], address: string): boolean => {
  const family = addressFamily(address)
  if (family === null) return false
  const own = wellFormed(cidrs, family)
  return own.length > 0 && containsCidr(own, address)
}

/** Whether every address of the family is in the set, however it is split (`0.0.0.0/1` and `128.0.0.0/1`). */
export const coversAll = (cidrs: readonly string[], family: Family): boolean =>
  merge(wellFormed(cidrs, family)).includes(everything[family])

const publicRanges: Readonly<Record<Family, readonly string[]>> = {
  4: exclude([everything[4]], nonPublicRanges[4]),
  6: exclude(['2000::/3'], nonPublicRanges[6]),
}

/** The addresses of the family that can be met on the internet, as CIDRs. */
export const publicSpace = (family: Family): readonly string[] => publicRanges[family]

/** IPv4 address inside an IPv4-mapped, NAT64 or 6to4 address; null for any other. */
const embedded = (address: string): string | null => {
  const { start } = parseCidr(address)
  const low = start & 0xffff_ffffn
  const written = (n: bigint): string => [24n, 16n, 8n, 0n].map(shift => (n >> shift) & 255n).join('.')
  if (start >> 32n === 0xffffn || start >> 32n === 0x64_ff9b_0000_0000_0000_0000n) return written(low)
  return start >> 112n === 0x2002n ? written((start >> 80n) & 0xffff_ffffn) : null
}

/**
 * Whether the address is one of the public internet. False for private, shared (CGNAT), loopback, link-local,
 * unique local, multicast, reserved and documentation addresses, for IPv6 forms that carry one of those, and for
 * text that is no address. Source: the IANA special-purpose address registries.
 */
export const isPublicAddress = (address: string): boolean => {
  const family = address.includes('/') ? null : addressFamily(address)
  if (family === null) return false
  const carried = family === 6 ? embedded(address) : null
  return carried === null ? containsCidr([...publicRanges[family]], address) : isPublicAddress(carried)
}

const text = (cidr: string, offset: bigint): string => {
  const { start, version } = parseCidr(cidr)
  const at = start + offset
  if (version === 4) return [24n, 16n, 8n, 0n].map(shift => (at >> shift) & 255n).join('.')
  return parseCidr(
    Array.from({ length: 8 }, (_, i) => ((at >> BigInt(112 - 16 * i)) & 0xffffn).toString(16)).join(':'),
  ).ip
}

/** An address of the set: a public one where there is one, IPv4 before IPv6; null for a set without addresses. */
export const exampleAddress = (cidrs: readonly string[]): string | null => {
  const all = wellFormed(cidrs)
  const shared = exclude(all, exclude(all, [...publicRanges[4], ...publicRanges[6]]))
  const [first] = shared.length > 0 ? shared : merge(all)
  if (first === undefined) return null
  const { start, end } = parseCidr(first)
  // Not the network address where there is a choice: it reads like a range.
  return text(first, end - start > 1n ? 1n : 0n)
}

const size = (cidrs: readonly string[]): bigint =>
  cidrs.map(parseCidr).reduce((sum, { start, end }) => sum + end - start + 1n, 0n)

/** Share of the public addresses of the family that are in the set, from 0 to 1 (1 only when it is all of them). */
export const coveredFraction = (cidrs: readonly string[], family: Family): number => {
  const missing = size(exclude(publicRanges[family], wellFormed(cidrs, family)))
  const all = size(publicRanges[family])
  return missing === 0n ? 1 : Math.min(Number(all - missing) / Number(all), 1 - Number.EPSILON)
}
