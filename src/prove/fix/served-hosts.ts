/** Whether hosts are still reached by whoever serves them to CloudFront after a change of their security groups. */
import { canonicalJson } from '#base/canonical.ts'
import { subtractCidrs } from '#base/ip-set.ts'
import type { IngressRule, Link, LoadBalancer, TargetHost } from '#topology/model.ts'
import { hostAsBalancer } from '../host.ts'
import { instanceTargets } from '../instance.ts'
import { reach } from '../network/reach.ts'
import type { Spaces } from '../network/space.ts'
import { targetGroupsOf } from '../ways-in.ts'
import { hostsOf } from './spot.ts'

/** Whatever address of CloudFront arrived at the port still arrives. Edits do not change which addresses those are. */
export const arrivesAlike = (
  spaces: Spaces,
  [old, now]: readonly [LoadBalancer, LoadBalancer],
  family: 4 | 6,
  port: number,
): boolean => {
  const came = reach(spaces, old, 'tenant', family, port)
  if (came.kind === 'closed') return true
  const comes = reach(spaces, now, 'tenant', family, port)
  if (came.kind === 'unknown') return canonicalJson(came) === canonicalJson(comes)
  if (comes.kind !== 'open') return false
  const all = subtractCidrs(came.sources.sure, comes.sources.sure).length === 0
  return all && (came.sources.sure.length > 0 || came.sources.example === comes.sources.example)
}

/** An instance that is an origin. */
export const instanceAlike = (spaces: Spaces, before: Link, after: Link): boolean => {
  if (before === after) return true
  const [old, now] = [instanceTargets(before), instanceTargets(after)].map(all => all.map(hostAsBalancer))
  const ports = instanceTargets(before).map(t => t.port)
  return (old ?? []).every((lb, i) => {
    const changed = now?.[i]
    return (
      changed !== undefined &&
      ([4, 6] as const).every(family => arrivesAlike(spaces, [lb, changed], family, ports[i] ?? 0))
    )
  })
}

/**
 * Targets of a load balancer. What a rule that went admitted, the load balancer must be admitted to by its own security
 * group: its addresses are not known, and where it keeps the client's address a group does not help.
 */
export const targetsAlike = (old: LoadBalancer, now: LoadBalancer): boolean => {
  const after = new Map(hostsOf(now).map(h => [h.ref.arn, h]))
  return targetGroupsOf(old).every(group => {
    if (!group.hosts.known) return true
    const keeps = old.kind === 'network' && !(group.clientIpPreserved.known && !group.clientIpPreserved.value)
    return group.hosts.value.every(host =>
      hostAlike(host, after.get(host.ref.arn), keeps ? [] : old.securityGroupIds),
    )
  })
}

const hostAlike = (old: TargetHost, now: TargetHost | undefined, groups: readonly string[]): boolean => {
  if (now === undefined || !old.ingress.known || !now.ingress.known) return old.ingress === now?.ingress
  const left = now.ingress.value
  const gone = old.ingress.value.filter(r => !left.some(l => l.ref.arn === r.ref.arn))
  return gone.every(rule => left.some(l => admitsGroup(l, groups) && hasPortsOf(l, rule)))
}

const admitsGroup = ({ peer }: IngressRule, groups: readonly string[]): boolean =>
  peer.kind === 'group' && groups.includes(peer.groupId)

const hasPortsOf = (wide: IngressRule, rule: IngressRule): boolean =>
  wide.protocol === '-1' ||
  (wide.protocol === rule.protocol && wide.fromPort <= rule.fromPort && rule.toPort <= wide.toPort)
