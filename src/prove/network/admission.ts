/** Who the security groups of a load balancer admit to a port: the union over all rules of all groups. */
import type { Gap } from '#base/gap.ts'
import type { Family } from '#base/ip-set.ts'
import type { IngressRule, LoadBalancer } from '#topology/model.ts'
import { anywhere, emptyRegion, exactly, type Region, unionRegions, unseen } from './region.ts'
import { isOfFamily, ofFamily } from './space.ts'

export interface Admission {
  /** Addresses that rules name, directly or through a customer's prefix list. */
  readonly named: Region
  /** Whether a rule admits CloudFront's own list, which is no part of `named`. */
  readonly cloudFront: boolean
  /** Groups whose members are admitted: private addresses, never an internet peer. */
  readonly groups: readonly string[]
  /** The rules that apply. */
  readonly rules: readonly IngressRule[]
}

/** `port` null asks for any port. */
export const admission = (lb: LoadBalancer, family: Family, port: number | null): Admission => {
  const nothing = { cloudFront: false, groups: [], rules: [] }
  if (lb.securityGroupIds.length === 0) {
    // A network load balancer created without groups admits everyone, and can never get one.
    if (lb.kind === 'network') return { ...nothing, named: anywhere(family) }
    return { ...nothing, named: unseen(family, []) }
  }
  if (!lb.ingress.known) return { ...nothing, named: unseen(family, lb.ingress.gaps) }
  const rules = lb.ingress.value.filter(rule => admitsPort(rule, port))
  return {
    named: unionRegions(rules.map(rule => namedBy(rule, family))),
    cloudFront: rules.some(rule => admitsCloudFront(rule, family)),
    groups: rules.flatMap(({ peer }) => (peer.kind === 'group' ? [peer.groupId] : [])),
    rules: rules.filter(rule => isRelevant(rule, family)),
  }
}

const admitsPort = ({ protocol, fromPort, toPort }: IngressRule, port: number | null): boolean => {
  if (protocol === '-1' || protocol === 'all') return true
  if (protocol !== 'tcp' && protocol !== '6') return false
  return port === null || (fromPort <= port && port <= toPort)
}

const namedBy = ({ peer }: IngressRule, family: Family): Region => {
  switch (peer.kind) {
    case 'cidr4':
      return family === 4 ? exactly([peer.cidr], 4) : emptyRegion
    case 'cidr6':
      return family === 6 ? exactly([peer.cidr], 6) : emptyRegion
    case 'group':
      return emptyRegion
    case 'prefix-list':
      if (!peer.list.known) return unseen(family, peer.list.gaps)
      if (peer.list.value.cloudFrontOriginFacing || !isOfFamily(peer.list.value, family)) return emptyRegion
      return entriesOf(peer.list.value.entries, family)
  }
}

const entriesOf = (
  entries: { known: true; value: readonly string[] } | { known: false; gaps: readonly Gap[] },
  family: Family,
): Region => (entries.known ? exactly(ofFamily(entries.value, family), family) : unseen(family, entries.gaps))

/** AWS's list, told by name and owner when it was read. */
const admitsCloudFront = ({ peer }: IngressRule, family: Family): boolean =>
  peer.kind === 'prefix-list' &&
  peer.list.known &&
  peer.list.value.cloudFrontOriginFacing &&
  isOfFamily(peer.list.value, family)

const isRelevant = ({ peer }: IngressRule, family: Family): boolean =>
  peer.kind === 'cidr4' ? family === 4 : peer.kind === 'cidr6' ? family === 6 : true
