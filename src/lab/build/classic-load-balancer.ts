/** A Classic Load Balancer of a world, as the older API shows it, with one listener and the instance behind it. */
import { types } from '#snapshot/resource-types.ts'
import type { DnsEntry, WorldResource } from '../world.ts'
import { loadBalancerAddresses } from './addresses.ts'
import { buildInstance, instanceId } from './instance.ts'
import { type LoadBalancerSpec, securityGroup } from './load-balancer.ts'
import { digits, hex, octet, securityGroupId } from './names.ts'
import { subnetIds, vpcId } from './place.ts'

export interface ClassicSpec extends Pick<LoadBalancerSpec, 'name' | 'place' | 'admits'> {
  /** Gives an address that no other load balancer has. */
  readonly number: number
  /** ACM certificate ARN: then it speaks HTTPS on port 443, else HTTP on port 80. */
  readonly certificate?: string
}

export const buildClassicLoadBalancer = (
  spec: ClassicSpec,
): {
  readonly dnsName: string
  readonly zone: string
  readonly resources: readonly WorldResource[]
  readonly dns: readonly DnsEntry[]
} => {
  const { name, place, certificate } = spec
  const { account, region } = place
  const dnsName = `${name}-${digits(10, 'classic', name)}.${region}.elb.amazonaws.com`
  const zone = `Z${hex(12, 'elb-zone', region).toUpperCase()}`
  const behind = `${name}-instance`
  const Listener = {
    ...(certificate
      ? { Protocol: 'HTTPS', LoadBalancerPort: 443, SSLCertificateId: certificate }
      : { Protocol: 'HTTP', LoadBalancerPort: 80 }),
    InstanceProtocol: 'HTTP',
    InstancePort: 8080,
  }
  const config = {
    LoadBalancerName: name,
    DNSName: dnsName,
    CanonicalHostedZoneNameID: zone,
    Scheme: 'internet-facing',
    CreatedTime: '2014-05-04T08:30:00.000Z',
    VPCId: vpcId(place),
    SecurityGroups: [securityGroupId(name)],
    Subnets: subnetIds(place),
    Instances: [{ InstanceId: instanceId(behind) }],
    ListenerDescriptions: [{ Listener, PolicyNames: [] }],
  }
  const arn = `arn:aws:elasticloadbalancing:${region}:${account}:loadbalancer/${name}`
  return {
    dnsName,
    zone,
    resources: [
      { type: types.classicLoadBalancer, arn, account, region, config },
      buildInstance({
        name: behind,
        place,
        interfaces: [{ privateAddress: `10.0.1.${octet('classic', name)}` }],
      }),
      ...securityGroup(spec),
    ],
    dns: [{ name: dnsName, type: 'A', value: loadBalancerAddresses(spec.number).public4 }],
  }
}
