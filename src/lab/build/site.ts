/** A site: one distribution, what stands behind it, and the names that lead there. */
import type { DnsEntry, Machine, World, WorldResource } from '../world.ts'
import { buildDistribution, type OriginSpec } from './distribution.ts'
import { buildZone, cloudFrontZone, type RecordSpec } from './dns.ts'
import { buildLoadBalancer, type LoadBalancerSpec } from './load-balancer.ts'
import { distributionDomain, octet } from './names.ts'
import { network, type Place } from './place.ts'
import { buildCertificate, buildWebAcl, type WebAclSpec } from './security.ts'
import { buildVpcOrigin } from './vpc-origin.ts'

export interface SiteSpec {
  readonly name: string
  /** The sentence that the distribution carries as its comment. */
  readonly story: string
  readonly place: Place
  /** `https-only` unless said otherwise. */
  readonly protocol?: OriginSpec['protocol']
  readonly sslProtocols?: readonly string[]
  readonly headers?: Readonly<Record<string, string>>
  readonly viewerPolicy?: string
  readonly minimumProtocol?: string
  /** Web ACL at the edge; by default one with AWS's common rule set. */
  readonly edgeWebAcl?: 'blocking' | 'counting' | 'none'
  /** Origin domain: a name of one's own that leads to the load balancer, or the load balancer's. */
  readonly originName?: 'own' | 'load-balancer'
  /** CloudFront reaches the load balancer through a VPC origin. */
  readonly vpcOrigin?: boolean
  /** Rules of a web ACL on the load balancer. */
  readonly regionalRules?: WebAclSpec['rules']
  readonly loadBalancer: Omit<LoadBalancerSpec, 'name' | 'place' | 'certificate' | 'webAcl' | 'number'>
}

export interface Part {
  readonly resources: readonly WorldResource[]
  readonly dns: readonly DnsEntry[]
  readonly records: readonly RecordSpec[]
  readonly machines?: readonly Machine[]
}

export const usEast1 = (account: string): Place => ({ account, region: 'us-east-1' })

export const edgeAddress = (name: string): DnsEntry => ({
  name: distributionDomain(name),
  type: 'A',
  value: `192.0.2.${octet('edge', name) % 127 || 1}`,
})

const edgeAcl = (spec: SiteSpec): WorldResource | undefined =>
  spec.edgeWebAcl === 'none'
    ? undefined
    : buildWebAcl({
        name: `edge-${spec.edgeWebAcl ?? 'blocking'}`,
        scope: 'CLOUDFRONT',
        place: usEast1(spec.place.account),
        counting: spec.edgeWebAcl === 'counting',
      })

const site = (spec: SiteSpec, zone: string, number: number): Part => {
  const { account } = spec.place
  const alias = `${spec.name}.${zone}`
  const originHost = `origin-${spec.name}.${zone}`
  const certificate = buildCertificate({ place: spec.place, names: [originHost] })
  const viewerCertificate = buildCertificate({ place: usEast1(account), names: [`*.${zone}`] })
  const acl = edgeAcl(spec)
  const regional = spec.regionalRules
    ? buildWebAcl({
        name: `${spec.name}-alb`,
        scope: 'REGIONAL',
        place: spec.place,
        rules: spec.regionalRules,
      })
    : undefined
  const lb = buildLoadBalancer({
    ...spec.loadBalancer,
    name: spec.name,
    number,
    place: spec.place,
    certificate: certificate.arn,
    ...(regional && { webAcl: regional.arn }),
  })
  const hasTls = spec.loadBalancer.listeners.some(l => l.protocol === 'HTTPS')
  const inVpc = spec.vpcOrigin ? buildVpcOrigin(account, spec.name, lb.arn) : undefined
  const ownName = (spec.originName ?? 'own') === 'own'
  const distribution = buildDistribution({
    name: spec.name,
    account,
    comment: spec.story,
    aliases: [alias],
    origins: [
      {
        id: 'app',
        domainName: ownName ? originHost : lb.dnsName,
        headers: spec.headers ?? {},
        ...(spec.protocol && { protocol: spec.protocol }),
        ...(spec.sslProtocols && { sslProtocols: spec.sslProtocols }),
        ...(inVpc && { vpcOriginId: String(inVpc.config.Id) }),
      },
    ],
    certificate: viewerCertificate.arn,
    ...(spec.viewerPolicy && { viewerPolicy: spec.viewerPolicy }),
    ...(spec.minimumProtocol && { minimumProtocol: spec.minimumProtocol }),
    ...(acl && { webAcl: acl.arn }),
  })
  return {
    resources: [
      distribution,
      ...lb.resources,
      ...(hasTls ? [certificate] : []),
      viewerCertificate,
      ...(acl ? [acl] : []),
      ...(regional ? [regional] : []),
      ...(inVpc ? [inVpc] : []),
    ],
    dns: [...lb.dns, edgeAddress(spec.name)],
    records: [
      { name: alias, alias: distributionDomain(spec.name), zone: cloudFrontZone, ipv6: true },
      ...(ownName && !inVpc
        ? [
            {
              name: originHost,
              alias: lb.dnsName,
              zone: lb.zone,
              ipv6: spec.loadBalancer.dualstack ?? false,
            },
          ]
        : []),
    ],
  }
}

/** A distribution whose origin name still points at a load balancer that was deleted. */
interface DanglingSpec {
  readonly name: string
  readonly story: string
  readonly place: Place
  readonly headers?: Readonly<Record<string, string>>
}

const dangling = (spec: DanglingSpec, zone: string): Part => {
  const { account, region } = spec.place
  const alias = `${spec.name}.${zone}`
  const originHost = `origin-${spec.name}.${zone}`
  const viewerCertificate = buildCertificate({ place: usEast1(account), names: [`*.${zone}`] })
  const acl = buildWebAcl({ name: 'edge-blocking', scope: 'CLOUDFRONT', place: usEast1(account) })
  const distribution = buildDistribution({
    name: spec.name,
    account,
    comment: spec.story,
    aliases: [alias],
    origins: [{ id: 'app', domainName: originHost, headers: spec.headers ?? {} }],
    certificate: viewerCertificate.arn,
    webAcl: acl.arn,
  })
  return {
    resources: [distribution, viewerCertificate, acl],
    dns: [edgeAddress(spec.name)],
    records: [
      { name: alias, alias: distributionDomain(spec.name), zone: cloudFrontZone, ipv6: true },
      { name: originHost, cname: `${spec.name}-${octet(spec.name)}.${region}.elb.amazonaws.com` },
    ],
  }
}

export interface WorldSpec {
  readonly name: string
  readonly story: string
  readonly zone: string
  readonly account: string
  readonly regions: readonly string[]
  readonly sites: readonly SiteSpec[]
  readonly dangling?: readonly DanglingSpec[]
  /** Sites before other things than Application Load Balancers. */
  readonly others?: readonly ((zone: string) => Part)[]
}

const unique = (resources: readonly WorldResource[]): readonly WorldResource[] => [
  ...new Map(resources.map(r => [`${r.type} ${r.arn}`, r])).values(),
]

/** Puts the sites into one estate: shared networks, prefix lists, edge web ACLs and zone. */
export const buildWorld = (spec: WorldSpec): World => {
  const parts = [
    ...spec.sites.map((s, i) => site(s, spec.zone, i)),
    ...(spec.dangling ?? []).map(d => dangling(d, spec.zone)),
    ...(spec.others ?? []).map(build => build(spec.zone)),
  ]
  const places = new Map(spec.sites.map(s => [`${s.place.account} ${s.place.region}`, s.place]))
  return {
    name: spec.name,
    story: spec.story,
    account: spec.account,
    regions: spec.regions,
    resources: unique([
      ...[...places.values()].flatMap(network),
      ...parts.flatMap(p => p.resources),
      ...buildZone(
        spec.account,
        spec.zone,
        parts.flatMap(p => p.records),
      ),
    ]),
    dns: parts.flatMap(p => p.dns),
    machines: parts.flatMap(p => p.machines ?? []),
  }
}
