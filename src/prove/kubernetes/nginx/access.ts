/** The access phase: who is let in by address, by password or by a login, and how `satisfy` brings the three together. */
import { addressFamily, exampleAddress, intersectCidrs, subtractCidrs, unionCidrs } from '#base/ip-set.ts'
import type { Access, AddressRule, BasicGate, Doubt, Place } from './program.ts'

/** The client addresses that nginx may see from a stranger. */
export type Seen =
  /** CIDRs of which a stranger has, or can pretend to have, any address. */
  | { readonly kind: 'addresses'; readonly cidrs: readonly string[] }
  | { readonly kind: 'unknown'; readonly reason: string }

export type Admission =
  /** `address` where the way in needs a certain one. */
  | { readonly kind: 'admitted'; readonly address: string | null }
  | { readonly kind: 'refused'; readonly status: number; readonly place: Place }
  | { readonly kind: 'password'; readonly gate: BasicGate }
  | { readonly kind: 'login'; readonly place: Place }
  | { readonly kind: 'unknown'; readonly doubt: Doubt }

type ByAddress =
  /** No rule speaks of the address; `address` where others are refused. */
  | { readonly kind: 'silent'; readonly address: string | null }
  | { readonly kind: 'admitted'; readonly address: string | null }
  | { readonly kind: 'refused'; readonly status: number; readonly place: Place }
  | { readonly kind: 'unknown'; readonly doubt: Doubt }

const everyone = ['0.0.0.0/0', '::/0']

const cidrsOf = (rule: AddressRule): readonly string[] | null => {
  if (rule.addresses === 'all') return everyone
  if (rule.addresses === 'unix:') return []
  return addressFamily(rule.addresses) === null ? null : [rule.addresses]
}

/** The addresses of `from` that each outcome takes, first match first. */
const sorted = (rules: readonly AddressRule[], from: readonly string[]) => {
  let [open, allowed]: readonly string[][] = [[...from], []]
  for (const rule of rules) {
    const own = cidrsOf(rule) ?? []
    if (rule.allow) allowed = unionCidrs([...(allowed ?? []), ...intersectCidrs(open ?? [], own)])
    open = subtractCidrs(open ?? [], own)
  }
  return { allowed: allowed ?? [], silent: open ?? [] }
}

const byAddress = (rules: readonly AddressRule[], seen: Seen): ByAddress => {
  const [first] = rules
  if (first === undefined) return { kind: 'silent', address: null }
  const { place } = first
  if (rules.some(r => cidrsOf(r) === null))
    return { kind: 'unknown', doubt: { reason: 'an address of the list could not be read', place } }
  const decided = rules.find(r => r.addresses === 'all')
  if (decided === rules[0] && decided !== undefined) {
    return decided.allow ? { kind: 'admitted', address: null } : { kind: 'refused', status: 403, place }
  }
  if (seen.kind === 'unknown') return { kind: 'unknown', doubt: { reason: seen.reason, place } }
  const { allowed, silent } = sorted(rules, seen.cidrs)
  const address = exampleAddress(allowed)
  if (address !== null) return { kind: 'admitted', address }
  const passing = exampleAddress(silent)
  if (passing !== null) return { kind: 'silent', address: passing }
  return { kind: 'refused', status: 403, place }
}

/** What the access phase answers a stranger who has no credentials and may come from any address that is `seen`. */
export const admission = (access: Access, seen: Seen): Admission => {
  const address = byAddress(access.addresses, seen)
  const gates: readonly Admission[] = [
    ...(access.basic === null ? [] : [{ kind: 'password' as const, gate: access.basic }]),
    ...(access.external === null ? [] : [{ kind: 'login' as const, place: access.external.place }]),
  ]
  return access.satisfy === 'any' ? anyOf(address, gates) : allOf(address, gates)
}

/** The strongest obstacle decides: a refusal, then a login, then a password. */
const allOf = (address: ByAddress, gates: readonly Admission[]): Admission => {
  if (address.kind === 'refused') return address
  const login = gates.find(g => g.kind === 'login')
  const password = gates.find(g => g.kind === 'password')
  if (password !== undefined) return password
  if (login !== undefined) return login
  if (address.kind === 'unknown') return address
  return { kind: 'admitted', address: address.address }
}

/** One that admits is enough; where none speaks, nothing is asked. */
const anyOf = (address: ByAddress, gates: readonly Admission[]): Admission => {
  if (address.kind === 'admitted') return address
  if (address.kind === 'unknown') return address
  const login = gates.find(g => g.kind === 'login')
  const password = gates.find(g => g.kind === 'password')
  if (login !== undefined) return login
  if (password !== undefined) return password
  return address.kind === 'refused' ? address : { kind: 'admitted', address: address.address }
}
