/** Whether packets of a vantage arrive at a port by an entry point of any kind. */
import type { Family } from '#base/ip-set.ts'
import type { LoadBalancer } from '#topology/model.ts'
import { type AcceleratorWay, clientPorts, type Entry, isOriginPort } from '../entry.ts'
import type { Reason, Vantage } from '../exposure.ts'
import { gapReasons, notModelled } from '../uncertainty.ts'
import { admission } from './admission.ts'
import { intersection, union } from './cidrs.ts'
import { acceleratorPath, hasFamily, isCutOff, pathLines } from './path.ts'
import { arriving, callersOf, closed, exampleSource, notAdmitted, type Reach, reach } from './reach.ts'
import { cutOf, everyAddress } from './region.ts'
import type { Spaces } from './space.ts'

/** `port` is one of what takes the connection in the end; null asks whether anything arrives at any port. */
export const reachThrough = (
  spaces: Spaces,
  entry: Entry,
  vantage: Vantage,
  family: Family,
  port: number | null,
): Reach => {
  const reached = arrivingBy(spaces, entry, vantage, family, port)
  const unsure = entry.unsure?.[family] ?? []
  if (reached.kind !== 'open' || unsure.length === 0) return reached
  return unknown(unsure, reached.sources.possible)
}

const arrivingBy = (
  spaces: Spaces,
  entry: Entry,
  vantage: Vantage,
  family: Family,
  port: number | null,
): Reach => {
  const { balancer, way } = entry
  switch (way.kind) {
    case 'direct':
    case 'host':
      return reach(spaces, balancer, vantage, family, port)
    case 'accelerator':
      return throughAccelerator(spaces, entry, way, { vantage, family, port })
    case 'vpc-link':
      return throughPrivate(balancer, family, port, way.doubts)
    case 'endpoint-service':
      return throughService(spaces, balancer, family, port, way.doubts)
  }
}

interface Asked {
  readonly vantage: Vantage
  readonly family: Family
  readonly port: number | null
}

type Closed = Extract<Reach, { kind: 'closed' }>

const anybody: readonly string[] = [everyAddress[4], everyAddress[6]]

const unknown = (reasons: readonly Reason[], possible: readonly string[] = anybody): Reach => ({
  kind: 'unknown',
  possible,
  reasons,
})

const throughAccelerator = (spaces: Spaces, entry: Entry, way: AcceleratorWay, asked: Asked): Reach => {
  const { ref, balancer } = entry
  const { family, port } = asked
  if (way.names[family] === null && way.ports !== null)
    return closed(`${ref.name} has no IPv${family} address.`, [ref.line])
  const away = port === null || way.ports === null ? null : noPort(entry, clientPorts(way.ports, port), asked)
  if (away !== null) return away
  if (isCutOff(balancer)) {
    const text = `VPC Block Public Access keeps what comes from the internet, by an accelerator too, from ${balancer.ref.name}.`
    return closed(text, pathLines(balancer))
  }
  const kept = keepsAddress(way, balancer) ? withClients(spaces, balancer, way, asked) : null
  const own = way.preserved === true ? null : notPublic(spaces, balancer, family, port)
  if (kept !== null && kept.kind === 'closed' && (own === null || own.kind === 'closed')) return kept
  if (kept === null && own?.kind === 'closed') return own
  if (way.preserved === true && way.doubts.length === 0 && kept !== null) return kept
  const why = kept?.kind === 'unknown' ? kept.reasons : []
  const reasons = [...way.doubts, ...(own?.kind === 'unknown' ? own.reasons : []), ...why]
  const seen = kept === null || kept.kind === 'closed' ? [] : possibleOf(kept)
  return unknown(reasons, own?.kind === 'unknown' ? anybody : seen)
}

const possibleOf = (at: Exclude<Reach, Closed>): readonly string[] =>
  at.kind === 'open' ? at.sources.possible : at.possible

/** Network load balancers without groups never see the client's address. */
const keepsAddress = ({ preserved }: AcceleratorWay, { kind, securityGroupIds }: LoadBalancer): boolean =>
  preserved !== false && (preserved === true || kind !== 'network' || securityGroupIds.length > 0)

const noPort = (
  { ref, balancer }: Entry,
  ports: readonly number[],
  { vantage, port }: Asked,
): Closed | null => {
  if (ports.length === 0)
    return closed(`${ref.name} sends nothing to port ${port} of ${balancer.ref.name}.`, [ref.line])
  if (vantage !== 'tenant' || ports.some(isOriginPort)) return null
  return closed('CloudFront connects to ports 80, 443 and 1024 to 65535 only.', [ref.line])
}

/** The client's address is kept: the groups judge it as they judge any other. */
const withClients = (spaces: Spaces, lb: LoadBalancer, { worn }: AcceleratorWay, asked: Asked): Reach => {
  const { vantage, family, port } = asked
  if (!hasFamily(lb, family)) return closed(`${lb.ref.name} has no IPv6 addresses.`, [lb.ref.line])
  const callers = callersOf(spaces, lb, vantage, family, port)
  const path = acceleratorPath(lb, family)
  const named = callers.region.possible.length > 0
  const reached = named ? arriving(lb, callers, path, family) : notAdmitted(lb, vantage, family, port)
  const strange = admission(lb, family, port).groups.filter(g => !worn.has(g))
  if (reached.kind !== 'closed' || strange.length === 0 || path.possible.length === 0) return reached
  return unknown([interfacesOf(strange)])
}

/** What an accelerator forwards comes in by interfaces whose group others may name as a source (AWS CDK, Global Accelerator). */
const interfacesOf = (groups: readonly string[]): Reason =>
  notModelled(
    `Members of ${[...new Set(groups)].join(', ')} are admitted: whether that is the group of an accelerator's own interfaces is not known.`,
  )

/** The accelerator connects from public addresses of its own, of either family. */
const notPublic = (spaces: Spaces, lb: LoadBalancer, family: Family, port: number | null): Reach => {
  const admitted = ([4, 6] as const)
    .filter(f => hasFamily(lb, f))
    .map(f => ({ f, is: admission(lb, f, port) }))
  const public_ = admitted.flatMap(({ f, is }) => cutOf(spaces[f].internet, is.named).possible)
  if (public_.length === 0) return notAdmitted(lb, 'internet', family, port)
  return unknown([
    notModelled(`An accelerator connects to ${lb.ref.name} from addresses of its own, which are not known.`),
  ])
}

/** Interfaces of a VPC link have addresses of the VPC, never one of CloudFront's servers. */
const throughPrivate = (
  lb: LoadBalancer,
  family: Family,
  port: number | null,
  doubts: readonly Reason[],
): Reach => {
  if (!hasFamily(lb, family)) return closed(`${lb.ref.name} has no IPv6 addresses.`, [lb.ref.line])
  const { named, groups } = admission(lb, family, port)
  const bound = lb.kind !== 'network' || lb.privateLinkFiltered !== false
  if (bound && named.possible.length === 0 && groups.length === 0)
    return notAdmitted(lb, 'inside', family, port)
  return unknown(doubts)
}

/** A stranger's interface endpoint has the addresses that the stranger gave their VPC: any, as they like. */
const throughService = (
  spaces: Spaces,
  lb: LoadBalancer,
  family: Family,
  port: number | null,
  doubts: readonly Reason[],
): Reach => {
  if (!hasFamily(lb, family)) return closed(`${lb.ref.name} has no IPv6 addresses.`, [lb.ref.line])
  const { named, groups, cloudFront } = admission(lb, family, port)
  const bound = lb.privateLinkFiltered !== false
  if (bound && named.possible.length === 0 && groups.length === 0 && !cloudFront)
    return notAdmitted(lb, 'inside', family, port)
  const own = spaces[family].inside.sure
  const sure = bound ? intersection(named.sure, own) : own
  const example = family === 4 ? exampleSource(sure) : null
  if (doubts.length > 0 || example === null)
    return unknown(doubts.length > 0 ? doubts : [...gapReasons(named.gaps), unsureService(lb)])
  return { kind: 'open', sources: { sure, possible: union([sure, [everyAddress[4]]]), example } }
}

const unsureService = (lb: LoadBalancer): Reason =>
  notModelled(`Which clients of its endpoint services ${lb.ref.name} admits is not certain.`)
