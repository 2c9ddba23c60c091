/** Whom the security groups of a load balancer admit, and on which ports. */

import type { Gap } from '#base/gap.ts'
import { exampleAddress, isPublicAddress, subtractCidrs } from '#base/ip-set.ts'
import { mapKnown } from '#base/known.ts'
import type { IngressRule, LoadBalancer, PrefixList } from '#topology/model.ts'
import { cite, type Evidence } from '../asking/answer.ts'

/** Who a rule admits: `cloudfront`, hosts of the `inside` (private addresses, security groups), or `others`. */
export type Peers = 'cloudfront' | 'inside' | 'others'

const outside = (cidrs: readonly string[], allowed: readonly string[]): Peers => {
  const rest = allowed.length > 0 ? subtractCidrs(cidrs, allowed) : cidrs
  const example = exampleAddress(rest)
  // Text that is no CIDR has no example; what it admits is not known to be private.
  return (example === null && rest.length > 0) || (example !== null && isPublicAddress(example))
    ? 'others'
    : 'inside'
}

const listPeers = (
  list: PrefixList,
  allowed: readonly string[],
): Peers | { readonly gaps: readonly Gap[] } => {
  if (list.cloudFrontOriginFacing) return 'cloudfront'
  const peers = mapKnown(list.entries, entries => outside(entries, allowed))
  return peers.known ? peers.value : { gaps: peers.gaps }
}

/** `allowed` are further CIDRs that the reader of the report has accepted. */
export const peersOf = (
  { peer }: IngressRule,
  allowed: readonly string[] = [],
): Peers | { readonly gaps: readonly Gap[] } => {
  if (peer.kind === 'group') return 'inside'
  if (peer.kind !== 'prefix-list') return outside([peer.cidr], allowed)
  return peer.list.known ? listPeers(peer.list.value, allowed) : { gaps: peer.list.gaps }
}

const peerName = ({ peer }: IngressRule): string => {
  if (peer.kind === 'group') return `security group ${peer.groupId}`
  if (peer.kind !== 'prefix-list') return peer.cidr
  return peer.list.known ? `prefix list ${peer.list.value.name}` : `prefix list ${peer.prefixListId}`
}

const transports = new Set(['-1', 'tcp', '6', 'udp', '17'])

/** Rules that admit TCP or UDP; ICMP and the like carry no requests. */
export const carriesRequests = ({ protocol }: IngressRule): boolean => transports.has(protocol.toLowerCase())

const portsName = ({ protocol, fromPort, toPort }: IngressRule): string => {
  const ports = fromPort === toPort ? `${fromPort}` : `${fromPort}-${toPort}`
  return protocol === '-1' ? 'all ports' : `${protocol}/${ports}`
}

/** A network load balancer without security groups admits everyone on its listener ports. */
export const admitsEveryone = ({ kind, securityGroupIds }: LoadBalancer): boolean =>
  kind === 'network' && securityGroupIds.length === 0

/** Ids for the commands that change the rule. */
const ruleNames = (rule: IngressRule): { readonly group: string; readonly groupRule: string } => ({
  group: rule.groupId,
  groupRule: rule.ref.arn.split('/').at(-1) ?? rule.ref.name,
})

/** What says so: the rule, and the prefix list it names. */
export const ruleEvidence = (rule: IngressRule, more = ''): readonly Evidence[] => {
  const { peer } = rule
  const said = cite(
    rule.ref,
    `${rule.groupId} admits ${portsName(rule)} from ${peerName(rule)}${more}`,
    ruleNames(rule),
  )
  if (peer.kind !== 'prefix-list' || !peer.list.known) return [said]
  const { ref, cloudFrontOriginFacing } = peer.list.value
  return [
    said,
    cite(ref, `it is ${cloudFrontOriginFacing ? "AWS's own" : 'not the'} list of CloudFront's servers`),
  ]
}
