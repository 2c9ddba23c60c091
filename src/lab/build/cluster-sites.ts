/** Sites of a cluster: several distributions before one load balancer, which leads to an ingress controller. */
import { types } from '#snapshot/resource-types.ts'
import type { WorldResource } from '../world.ts'
import { buildLoadBalancer, type LoadBalancerSpec } from './load-balancer.ts'
import { before, type OtherSite } from './other-sites.ts'
import { forward } from './rules.ts'
import { buildCertificate } from './security.ts'
import type { Part } from './site.ts'

export interface ClusterSite extends Omit<OtherSite, 'place'> {
  /** What CloudFront sends to the origin. */
  readonly headers?: Readonly<Record<string, string>>
}

export interface ClusterFront extends Pick<LoadBalancerSpec, 'name' | 'place' | 'number'> {
  /** As the AWS Load Balancer Controller knows it. */
  readonly cluster: string
  /** Service of the controller, `namespace/name`. */
  readonly service: string
  readonly sites: readonly ClusterSite[]
}

/** As the AWS Load Balancer Controller tags what it makes. */
const tagged = (resource: WorldResource, { cluster, service }: ClusterFront): WorldResource =>
  resource.type === types.tags
    ? {
        ...resource,
        config: {
          ...resource.config,
          Tags: [
            { Key: 'elbv2.k8s.aws/cluster', Value: cluster },
            { Key: 'service.k8s.aws/stack', Value: service },
          ],
        },
      }
    : resource

/** The load balancer admits everyone and forwards all; origins are named `origin-<site>` in the zone. */
export const clusterSites =
  (front: ClusterFront) =>
  (zone: string): Part => {
    const { place, sites } = front
    const originOf = ({ name }: ClusterSite): string => `origin-${name}.${zone}`
    const [first = zone, ...rest] = sites.map(originOf)
    const certificate = buildCertificate({ place, names: [first, ...rest] })
    const lb = buildLoadBalancer({
      ...front,
      admits: [{ peer: 'world', ports: [443, 443] }],
      listeners: [{ port: 443, protocol: 'HTTPS', otherwise: forward() }],
      certificate: certificate.arn,
    })
    const parts = sites.map(site =>
      before(
        { ...site, place },
        zone,
        { domainName: originOf(site), headers: site.headers ?? {} },
        {
          resources: [],
          dns: [],
          records: [{ name: originOf(site), alias: lb.dnsName, zone: lb.zone }],
        },
      ),
    )
    return {
      resources: [
        ...lb.resources.map(r => tagged(r, front)),
        certificate,
        ...parts.flatMap(p => p.resources),
      ],
      dns: [...lb.dns, ...parts.flatMap(p => p.dns)],
      records: parts.flatMap(p => p.records),
    }
  }
