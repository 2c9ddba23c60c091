/** A target with addresses of its own, written as a load balancer whose one rule leads to it. */
import { addressFamily, type Family } from '#base/ip-set.ts'
import { known, mapKnown } from '#base/known.ts'
import type { LoadBalancer, TargetGroup, TargetHost } from '#topology/model.ts'

/** A registered target and a network interface of the machine that it is. */
export interface HostTarget {
  readonly host: TargetHost
  /** As the group names it. */
  readonly id: string
  readonly port: number
  readonly group: TargetGroup
  /** Whether the machine has one private address only, so that whatever is sent to it arrives at the target. */
  readonly alone: boolean
}

/** Every interface of the targets whose machines are known; of other kinds of targets there are none. */
export const hostTargets = (group: TargetGroup): readonly HostTarget[] => {
  if (!group.targets.known || !group.hosts.known) return []
  const hosts = group.hosts.value
  return group.targets.value.flatMap(target => {
    const colon = target.lastIndexOf(':')
    const [id, port] = [target.slice(0, colon), Number(target.slice(colon + 1))]
    const named = new Set(hosts.filter(h => h.ids.includes(id)).map(h => h.ref.arn))
    const machine = hosts.filter(h => named.has(h.ref.arn))
    return machine.map(host => ({ host, id, port, group, alone: isAlone(machine) }))
  })
}

export const isAlone = (machine: readonly TargetHost[]): boolean =>
  machine.length === 1 && machine.flatMap(h => h.ids).filter(id => /^[\d.]+$/.test(id)).length <= 1

/** Public addresses of a family that arrive at the target itself. */
export const directAddresses = ({ direct, publicAddresses }: TargetHost, family: Family): readonly string[] =>
  (direct ?? publicAddresses).filter(address => addressFamily(address) === family)

/** Nothing stands in front of the host but its network: whoever reaches the port reaches the target. */
export const hostAsBalancer = ({ host, id, port, group }: HostTarget): LoadBalancer => {
  const families = ([4, 6] as const).filter(f => host.publicAddresses.some(a => addressFamily(a) === f))
  const [private_ = host.ref.name] = host.ids.filter(id => /^[\d.]+$/.test(id))
  return {
    ref: host.ref,
    kind: 'application',
    dnsName: host.publicAddresses[0] ?? private_,
    scheme: families.length > 0 ? 'internet-facing' : 'internal',
    ipAddressType: !families.includes(6)
      ? 'ipv4'
      : families.includes(4)
        ? 'dualstack'
        : 'dualstack-without-public-ipv4',
    vpcId: '',
    securityGroupIds: host.securityGroupIds,
    ingress: host.ingress,
    subnets: mapKnown(host.subnet, subnet => [subnet]),
    listeners: known([
      {
        ref: group.ref,
        port,
        protocol: group.protocol,
        sslPolicy: null,
        certificates: known([]),
        mutualTls: 'off',
        rules: known([
          {
            ref: group.ref,
            priority: 'default',
            conditions: [],
            actions: [{ kind: 'forward', groups: [{ group: known(onlyThis(id, port, group)), weight: 1 }] }],
            transforms: false,
          },
        ]),
      },
    ]),
    attributes: known({}),
    webAcl: known(null),
    instances: [],
  }
}

const onlyThis = (id: string, port: number, group: TargetGroup): TargetGroup => ({
  ...group,
  targets: known([`${id}:${port}`]),
})
