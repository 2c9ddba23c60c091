/** Which client addresses a network ACL lets connect: in to the port, and back out to the client's own port. */
import { addressFamily, type Family } from '#base/ip-set.ts'
import type { NetworkAcl, NetworkAclEntry } from '#topology/model.ts'
import { difference, intersection, union } from './cidrs.ts'
import { everyAddress } from './region.ts'

/** Addresses of the family that may connect to the port (any port where null), as CIDRs. */
export const admittedByAcl = (acl: NetworkAcl, family: Family, port: number | null): readonly string[] => {
  const entries = acl.entries
    .filter(e => isTcp(e) && addressFamily(e.cidr) === family)
    .toSorted((a, b) => a.number - b.number)
  const inbound = atAnyPort(
    entries.filter(e => !e.egress),
    family,
    port === null ? null : [port],
  )
  // The client chooses its own port, so one open return port is enough.
  const outbound = atAnyPort(
    entries.filter(e => e.egress),
    family,
    null,
  )
  return intersection(inbound, outbound)
}

/**
 * Addresses that answers go out to although no inbound entry is asked about the port. An accelerator's traffic leaves
 * only where the ephemeral ports are open both ways (Global Accelerator developer guide).
 */
export const answeredByAcl = (acl: NetworkAcl, family: Family): readonly string[] => {
  const entries = acl.entries
    .filter(e => isTcp(e) && addressFamily(e.cidr) === family)
    .toSorted((a, b) => a.number - b.number)
  const each = [false, true].map(egress => {
    const own = entries.filter(e => e.egress === egress)
    return [1024, 65_535].map(port => atPort(own, family, port)).reduce(intersection)
  })
  return each.reduce(intersection)
}

const isTcp = ({ protocol }: NetworkAclEntry): boolean => ['tcp', '6', '-1', 'all'].includes(protocol)

/** Only where ranges begin or end can the answer change from one port to the next. */
const atAnyPort = (
  entries: readonly NetworkAclEntry[],
  family: Family,
  ports: readonly number[] | null,
): readonly string[] => {
  const edges = ports ?? [...new Set([1024, ...entries.flatMap(e => [e.fromPort, e.toPort + 1])])]
  const valid = edges.filter(p => p >= 0 && p <= 65_535)
  return union(valid.map(port => atPort(entries, family, port)))
}

/** First match decides; what nothing matched is denied. */
const atPort = (entries: readonly NetworkAclEntry[], family: Family, port: number): readonly string[] => {
  let open: readonly string[] = [everyAddress[family]]
  let admitted: readonly string[] = []
  for (const entry of entries) {
    if (!allPorts(entry) && (port < entry.fromPort || port > entry.toPort)) continue
    if (entry.allow) admitted = union([admitted, intersection(open, [entry.cidr])])
    open = difference(open, [entry.cidr])
    if (open.length === 0) break
  }
  return admitted
}

const allPorts = ({ protocol }: NetworkAclEntry): boolean => protocol === '-1' || protocol === 'all'
