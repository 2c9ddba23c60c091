/** What stands at the network's end of a way in: a load balancer, or a registered machine seen as one; for checking only. */
import { addressFamily } from '#base/ip-set.ts'
import { known } from '#base/known.ts'
import type { Link, Listener, LoadBalancer, TargetGroup, TargetHost } from '#topology/model.ts'

/** A machine that the group leads to, one gate for each of its interfaces; null where the machines were not read. */
export const machinesOf = (
  group: TargetGroup,
  isMeant: (name: string) => boolean,
): readonly Machine[] | null => {
  if (!['instance', 'ip'].includes(group.targetType)) return []
  if (!group.targets.known) return []
  const meant = group.targets.value.filter(isMeant)
  if (meant.length === 0) return []
  const { hosts } = group
  if (!hosts.known) return null
  return meant.flatMap(name => {
    const [, id = '', port = ''] = /^(.*):(\d+)$/.exec(name) ?? []
    const arns = hosts.value.filter(h => h.ids.includes(id)).map(h => h.ref.arn)
    return hosts.value
      .filter(h => arns.includes(h.ref.arn))
      .map(host => ({ host, gate: gateOf(host, Number(port), name, group) }))
  })
}

export interface Machine {
  readonly host: TargetHost
  readonly gate: LoadBalancer
}

/** The machines of an origin that is an instance; null where they were not read. */
export const originMachines = ({ origin, target }: Link): readonly Machine[] | null => {
  if (target.kind !== 'instance') return []
  if (!target.hosts?.known || target.hosts.value.length === 0) return null
  const ports = [origin.httpPort, origin.httpsPort].filter(
    (_, i) => origin.protocolPolicy !== (i === 0 ? 'https-only' : 'http-only'),
  )
  return target.hosts.value.flatMap(host =>
    ports.map(port => {
      const [name = host.ref.name] = host.ids
      const group: TargetGroup = {
        ref: { ...host.ref, arn: `${host.ref.arn}:${port}` },
        name,
        protocol: 'TCP',
        port,
        targetType: 'instance',
        targets: known([]),
        hosts: known([host]),
        clientIpPreserved: known(true),
      }
      return { host, gate: gateOf(host, port, `${name}:${port}`, group) }
    }),
  )
}

const gateOf = (host: TargetHost, port: number, name: string, group: TargetGroup): LoadBalancer => {
  const has = (family: 4 | 6): boolean => host.publicAddresses.some(a => addressFamily(a) === family)
  const { subnet } = host
  const toTarget = { ...group, targets: known([name]) }
  const listener: Listener = {
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
        actions: [{ kind: 'forward', groups: [{ group: known(toTarget), weight: 1 }] }],
        transforms: false,
      },
    ]),
  }
  return {
    ref: host.ref,
    kind: 'application',
    dnsName: host.ref.name,
    scheme: has(4) || has(6) ? 'internet-facing' : 'internal',
    ipAddressType: has(4)
      ? has(6)
        ? 'dualstack'
        : 'ipv4'
      : has(6)
        ? 'dualstack-without-public-ipv4'
        : 'ipv4',
    vpcId: '',
    securityGroupIds: host.securityGroupIds,
    ingress: host.ingress,
    subnets: subnet.known ? known([subnet.value]) : subnet,
    listeners: known([listener]),
    attributes: known({}),
    webAcl: known(null),
    instances: [],
  }
}
