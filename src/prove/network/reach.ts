/** Whether packets of a vantage arrive at a port of a load balancer by its own address, and from which addresses. */
import {
  addressFamily,
  containsAddress,
  coveredFraction,
  coversAll,
  exampleAddress,
  type Family,
} from '#base/ip-set.ts'
import type { IngressRule, LoadBalancer } from '#topology/model.ts'
import { isOriginPort } from '../entry.ts'
import type { Reason, Vantage } from '../exposure.ts'
import { gapReasons, notModelled } from '../uncertainty.ts'
import { type Admission, admission } from './admission.ts'
import { intersection } from './cidrs.ts'
import { hasFamily, insidePath, internetPath, pathLines } from './path.ts'
import { cutOf, intersectRegions, type Region, unionRegions } from './region.ts'
import type { Space, Spaces } from './space.ts'

export type Reach =
  /** Nothing arrives. `reliesOn` names assumptions; `lines` are the snapshot lines that say so. */
  | {
      readonly kind: 'closed'
      readonly text: string
      readonly lines: readonly number[]
      readonly reliesOn: readonly string[]
    }
  | { readonly kind: 'open'; readonly sources: Sources }
  | { readonly kind: 'unknown'; readonly possible: readonly string[]; readonly reasons: readonly Reason[] }

export interface Sources {
  /** CIDRs from which packets arrive for sure. */
  readonly sure: readonly string[]
  /** CIDRs from which they may. */
  readonly possible: readonly string[]
  /** An address of `sure`, or the id of CloudFront's prefix list where its entries were not read. */
  readonly example: string
}

/** `port` null asks whether anything arrives at any port. */
export const reach = (
  spaces: Spaces,
  lb: LoadBalancer,
  vantage: Vantage,
  family: Family,
  port: number | null,
): Reach => {
  if (!hasFamily(lb, family)) return closed(`${lb.ref.name} has no IPv6 addresses.`, [lb.ref.line])
  if (vantage === 'tenant' && port !== null && !isOriginPort(port))
    return closed('CloudFront connects to ports 80, 443 and 1024 to 65535 only.', [])
  const callers = callersOf(spaces, lb, vantage, family, port)
  if (callers.region.possible.length === 0) return notAdmitted(lb, vantage, family, port)
  if (vantage === 'inside') return arriving(lb, callers, insidePath(lb, family, port), family)
  const path = internetPath(lb, family, port)
  if (path.obstacle !== null) return barred(lb, vantage, family, path.obstacle)
  return arriving(lb, callers, path.region, family)
}

/** Addresses of the vantage that the groups admit; `symbol` where they exist for sure but are not known. */
export interface Callers {
  readonly region: Region
  readonly symbol: string | null
  readonly reasons: readonly Reason[]
}

export const callersOf = (
  spaces: Spaces,
  lb: LoadBalancer,
  vantage: Vantage,
  family: Family,
  port: number | null,
): Callers => {
  const admitted = admission(lb, family, port)
  const { named } = admitted
  const space = spaces[family]
  if (vantage === 'internet') return internetCallers(named, space, family)
  if (vantage === 'inside') return insideCallers(admitted, space, family)
  const everyServer = admitted.cloudFront || coversAll(named.sure, family)
  const region = everyServer
    ? unionRegions([space.cloudFront, cutOf(space.cloudFront, named)])
    : cutOf(space.cloudFront, named)
  const unseen = everyServer && space.cloudFront.sure.length === 0
  return { region, symbol: unseen ? (space.cloudFrontList ?? 'cloudfront.origin-facing') : null, reasons: [] }
}

/**
 * CloudFront's servers hold well under a thousandth of either family, so that a larger set has other addresses in it
 * even where the list was not read.
 */
const internetCallers = (named: Region, space: Space, family: Family): Callers => {
  const region = cutOf(space.internet, named)
  if (region.sure.length > 0 || coveredFraction(named.sure, family) < 0.001)
    return { region, symbol: null, reasons: [] }
  const large = { ...region, sure: intersection(named.sure, space.internet.possible) }
  return { region: large, symbol: null, reasons: [] }
}

const insideCallers = ({ named, groups }: Admission, space: Space, family: Family): Callers => {
  const region = cutOf(space.inside, named)
  if (groups.length === 0) return { region, symbol: null, reasons: [] }
  const message = `Members of ${[...new Set(groups)].join(', ')} are admitted; who they are is not followed.`
  const possible = family === 4 ? space.inside.sure : space.inside.possible
  return { region: { ...region, possible }, symbol: null, reasons: [notModelled(message)] }
}

export const arriving = (lb: LoadBalancer, callers: Callers, path: Region, family: Family): Reach => {
  const region = intersectRegions(callers.region, path)
  if (callers.symbol !== null && coversAll(path.sure, family))
    return {
      kind: 'open',
      sources: { sure: region.sure, possible: region.possible, example: callers.symbol },
    }
  const example = exampleSource(region.sure)
  if (example !== null)
    return { kind: 'open', sources: { sure: region.sure, possible: region.possible, example } }
  if (region.possible.length === 0) {
    const text = `No address that security groups of ${lb.ref.name} admit finds a route and a network ACL that let it in.`
    return closed(text, pathLines(lb))
  }
  const reasons = [...gapReasons(region.gaps), ...callers.reasons]
  const fallback = notModelled(`Which addresses reach ${lb.ref.name} is not wholly known.`)
  return { kind: 'unknown', possible: region.possible, reasons: reasons.length > 0 ? reasons : [fallback] }
}

const examples = ['198.51.100.77', '2001:db8::77']

/** A documentation address where the set holds one, so that examples name nobody; else any address of the set. */
export const exampleSource = (cidrs: readonly string[]): string | null => {
  const before = chosen.get(cidrs)
  if (before !== undefined) return before
  const example = examples.find(address => containsAddress(cidrs, address)) ?? exampleAddress(cidrs)
  chosen.set(cidrs, example)
  return example
}

const chosen = new WeakMap<readonly string[], string | null>()

/** Groups that admit nobody of the vantage hold against every way in that keeps the client's address. */
export const notAdmitted = (
  lb: LoadBalancer,
  vantage: Vantage,
  family: Family,
  port: number | null,
): Extract<Reach, { kind: 'closed' }> => {
  const { rules } = admission(lb, family, port)
  const where = port === null ? 'any port' : `port ${port}`
  const text = `No security group rule of ${lb.ref.name} admits ${callerNames[vantage]} (IPv${family}) to ${where}.`
  return closed(text, [lb.ref.line, ...rules.map(rule => rule.ref.line)])
}

const callerNames: Readonly<Record<Vantage, string>> = {
  internet: 'an address of the internet',
  tenant: "an address of CloudFront's origin-facing servers",
  inside: 'a private address',
}

/** The groups would admit the vantage, but the network does not lead here. */
const barred = (lb: LoadBalancer, vantage: Vantage, family: Family, obstacle: string): Reach => {
  if (vantage === 'tenant' && lb.scheme === 'internal') {
    const text = `${lb.ref.name} is internal: another customer's distribution has no VPC origin that leads to it.`
    return { ...closed(text, [lb.ref.line]), reliesOn: ['U-19'] }
  }
  const text = `${lb.ref.name} is not reached from the internet over IPv${family}: ${obstacle}.`
  return closed(text, pathLines(lb))
}

export const closed = (text: string, lines: readonly number[]): Extract<Reach, { kind: 'closed' }> => ({
  kind: 'closed',
  text,
  lines,
  reliesOn: [],
})

/** The rule that admits the address, for a witness to name; null for a load balancer without groups. */
export const admittingRule = (
  lb: LoadBalancer,
  source: string,
  family: Family,
  port: number,
): IngressRule | null => {
  const isAddress = addressFamily(source) !== null
  for (const rule of lb.ingress.known ? lb.ingress.value : []) {
    const one = { ...lb, ingress: { known: true as const, value: [rule] } }
    const { named, cloudFront, rules } = admission(one, family, port)
    if (rules.length === 0) continue
    if (isAddress ? containsAddress(named.sure, source) : cloudFront) return rule
    if (cloudFront && listHolds(rule, source)) return rule
  }
  return null
}

const listHolds = ({ peer }: IngressRule, source: string): boolean =>
  peer.kind === 'prefix-list' &&
  peer.list.known &&
  peer.list.value.entries.known &&
  containsAddress(peer.list.value.entries.value, source)
