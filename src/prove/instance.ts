/** An origin that is an instance, as a target behind the ports that CloudFront connects to. */
import { known } from '#base/known.ts'
import type { Link, TargetGroup } from '#topology/model.ts'
import { type HostTarget, isAlone } from './host.ts'

/** One for each host and port; none where the hosts were not looked into, or the target is no instance. */
export const instanceTargets = ({ origin, target }: Link): readonly HostTarget[] => {
  if (target.kind !== 'instance' || !target.hosts?.known) return []
  const { hosts } = target
  const ways =
    origin.protocolPolicy === 'http-only'
      ? [{ port: origin.httpPort, protocol: 'HTTP' }]
      : origin.protocolPolicy === 'https-only'
        ? [{ port: origin.httpsPort, protocol: 'HTTPS' }]
        : [
            { port: origin.httpPort, protocol: 'HTTP' },
            { port: origin.httpsPort, protocol: 'HTTPS' },
          ]
  return hosts.value.flatMap(each => {
    const named = each.publicAddresses.filter(a => target.addresses.includes(a) || each.direct?.includes(a))
    // The origin name itself leads to these.
    const host = each.direct === undefined ? each : { ...each, direct: named }
    const [id = host.ref.name] = host.ids
    return ways.map(({ port, protocol }) => {
      const group: TargetGroup = {
        ref: { ...host.ref, arn: `${host.ref.arn}:${port}` },
        name: host.ref.name,
        protocol,
        port,
        targetType: 'instance',
        targets: known(host.ids.map(id => `${id}:${port}`)),
        hosts: known([host]),
        clientIpPreserved: known(true),
      }
      return { host, id, port, group, alone: isAlone(hosts.value) }
    })
  })
}
