/** Taking a security group rule away, with or without CloudFront's prefix list in its place. */
import type { Family } from '#base/ip-set.ts'
import { known } from '#base/known.ts'
import type { IngressRule, PrefixList, Ref, Topology } from '#topology/model.ts'
import { isOfFamily } from '../../network/space.ts'
import { changeIngress } from '../change.ts'
import type { Edit, EditSort } from '../edit.ts'
import { aws } from '../naming.ts'

const peerName = ({ peer }: IngressRule): string =>
  peer.kind === 'prefix-list' ? peer.prefixListId : peer.kind === 'group' ? peer.groupId : peer.cidr

const portsName = ({ protocol, fromPort, toPort }: IngressRule): string =>
  protocol === '-1'
    ? 'all traffic'
    : `${protocol}/${fromPort === toPort ? fromPort : `${fromPort}-${toPort}`}`

/** `sgr-0a1 (tcp/443 from 0.0.0.0/0) of sg-0a1`. */
const nameOf = (rule: IngressRule): string =>
  `${idOf(rule)} (${portsName(rule)} from ${peerName(rule)}) of ${rule.groupId}`

const idOf = ({ ref }: IngressRule): string => ref.arn.split('/').at(-1) ?? ref.name

/** Of a rule that another edit makes. */
const newMark = '#cloudfront'
const isNew = ({ ref }: IngressRule): boolean => ref.arn.endsWith(newMark)

const revoke = (entry: Ref, rule: IngressRule): string =>
  aws('ec2', 'revoke-security-group-ingress', entry.region, [
    '--group-id',
    rule.groupId,
    '--security-group-rule-ids',
    idOf(rule),
  ])

const removal = (entry: Ref, rule: IngressRule): Edit => ({
  sort: 'revoke-ingress',
  key: `revoke ${rule.ref.arn}`,
  text: `Remove ${nameOf(rule)}. CloudFront does not need it.`,
  commands: [revoke(entry, rule)],
  widens: false,
  apply: topology => changeIngress(topology, rule.ref.arn, () => []),
})

export const revokeIngress: EditSort = {
  name: 'revoke-ingress',
  says: 'A security group rule is removed.',
  at: ({ entry, ingress }) => (entry && ingress && !isNew(ingress) ? [removal(entry, ingress)] : []),
}

/** Ids differ from region to region, also those of AWS's own lists. */
const listFor = (topology: Topology, region: string, family: Family): PrefixList | null =>
  topology.prefixLists.find(
    l => l.cloudFrontOriginFacing && l.ref.region === region && isOfFamily(l, family),
  ) ?? null

const permission = ({ protocol, fromPort, toPort }: IngressRule, list: PrefixList): string =>
  [
    `IpProtocol=${protocol}`,
    ...(protocol === '-1' ? [] : [`FromPort=${fromPort}`, `ToPort=${toPort}`]),
    `PrefixListIds=[{PrefixListId=${list.id}}]`,
  ].join(',')

const replacement = (entry: Ref, rule: IngressRule, list: PrefixList): Edit => ({
  sort: 'cloudfront-only-ingress',
  key: `list ${rule.ref.arn}`,
  text: `Replace ${nameOf(rule)} by CloudFront's prefix list ${list.id}, which counts for 55 rules of the group's quota.`,
  commands: [
    aws('ec2', 'authorize-security-group-ingress', entry.region, [
      '--group-id',
      rule.groupId,
      '--ip-permissions',
      permission(rule, list),
    ]),
    revoke(entry, rule),
  ],
  // What the rule did not admit of CloudFront's addresses, the list does.
  widens: true,
  apply: topology =>
    changeIngress(topology, rule.ref.arn, r => [
      {
        ...r,
        ref: { ...r.ref, arn: r.ref.arn + newMark },
        peer: { kind: 'prefix-list', prefixListId: list.id, list: known(list) },
      },
    ]),
})

/** Closes nothing to other customers of CloudFront, who come from the same addresses. */
export const cloudFrontOnlyIngress: EditSort = {
  name: 'cloudfront-only-ingress',
  says: "A security group rule for other addresses is replaced by CloudFront's managed prefix list.",
  at: ({ topology, witness, entry, ingress }) => {
    if (!entry || !ingress || witness.vantage === 'tenant' || isNew(ingress)) return []
    if (ingress.peer.kind === 'group') return []
    const list = listFor(topology, entry.region, witness.family)
    return list === null ? [] : [replacement(entry, ingress, list)]
  },
}
