/** Sites whose origin is no Application Load Balancer: a bucket, a function, a machine, another balancer. */
import { restHost, websiteHost } from '#base/bucket-host.ts'
import type { HeaderDump, MachineGate } from '../world.ts'
import { buildAccessControl, buildBucket, cloudFrontReads, everybodyReads } from './bucket.ts'
import { buildClassicLoadBalancer } from './classic-load-balancer.ts'
import { buildDistribution, type DistributionSpec, type OriginSpec } from './distribution.ts'
import { cloudFrontZone, type RecordSpec } from './dns.ts'
import { buildFunctionUrl, cloudFrontGrants, functionUrlHost, publicGrants } from './function-url.ts'
import { buildInstance } from './instance.ts'
import { buildLoadBalancer, type LoadBalancerSpec, securityGroup } from './load-balancer.ts'
import { distributionDomain, distributionId, hex, octet } from './names.ts'
import type { Place } from './place.ts'
import { buildCertificate, buildWebAcl } from './security.ts'
import { edgeAddress, type Part, usEast1 } from './site.ts'

export interface OtherSite {
  readonly name: string
  /** The sentence that the distribution carries as its comment. */
  readonly story: string
  readonly place: Place
}

/** The distribution, its web ACL, certificate and names; the rest is what stands behind it. */
export const before = (
  site: OtherSite,
  zone: string,
  origin: Omit<OriginSpec, 'id'>,
  behind: Part,
  more: Partial<Pick<DistributionSpec, 'origins' | 'behaviors'>> = {},
): Part => {
  const { name, place, story } = site
  const alias = `${name}.${zone}`
  const viewerCertificate = buildCertificate({ place: usEast1(place.account), names: [`*.${zone}`] })
  const acl = buildWebAcl({ name: 'edge-blocking', scope: 'CLOUDFRONT', place: usEast1(place.account) })
  const distribution = buildDistribution({
    name,
    account: place.account,
    comment: story,
    aliases: [alias],
    origins: [{ id: 'app', ...origin }],
    certificate: viewerCertificate.arn,
    webAcl: acl.arn,
    ...more,
  })
  const front: RecordSpec = { name: alias, alias: distributionDomain(name), zone: cloudFrontZone, ipv6: true }
  return {
    ...behind,
    resources: [distribution, viewerCertificate, acl, ...behind.resources],
    dns: [edgeAddress(name), ...behind.dns],
    records: [front, ...behind.records],
  }
}

/** All resources of a service in a region share one address. */
export const shared = (service: string, { region }: Place): string =>
  `198.19.1.${octet('service', service, region)}`

const controlId = (account: string, signs: string): string =>
  `E${hex(13, 'access control', account, signs).toUpperCase()}`

export const distributionArn = (account: string, name: string): string =>
  `arn:aws:cloudfront::${account}:distribution/${distributionId(name)}`

export const control = (place: Place, type: 's3' | 'lambda') => {
  const id = controlId(place.account, type)
  const built = buildAccessControl(place.account, id)
  return { id, resource: { ...built, config: { ...built.config, OriginAccessControlOriginType: type } } }
}

/** `locked`: only this distribution reads; else everybody does, by the REST endpoint or the website. */
export const bucketSite =
  (site: OtherSite, access: 'locked' | 'public' | 'website') =>
  (zone: string): Part => {
    const { place, name } = site
    const bucket = `example-${name}`
    const rest = restHost(bucket, place.region)
    const website = websiteHost(bucket, place.region)
    const { id, resource } = control(place, 's3')
    const locked = access === 'locked'
    return before(
      site,
      zone,
      access === 'website'
        ? { domainName: website, protocol: 'http-only' }
        : { domainName: rest, s3: {}, ...(locked && { accessControl: id }) },
      {
        resources: [
          ...buildBucket({
            name: bucket,
            ...place,
            website: access === 'website',
            blocked: locked ? 'all' : 'none',
            statements: [
              locked ? cloudFrontReads(bucket, distributionArn(place.account, name)) : everybodyReads(bucket),
            ],
          }),
          ...(locked ? [resource] : []),
        ],
        dns: [
          { name: rest, type: 'A', value: shared('s3', place) },
          { name: website, type: 'A', value: shared('s3-website', place) },
        ],
        records: [],
      },
    )
  }

/** `locked`: the URL asks for a signature and only this distribution has the grants; else it asks nobody. */
export const functionSite =
  (site: OtherSite, access: 'locked' | 'public') =>
  (zone: string): Part => {
    const { place, name } = site
    const { account, region } = place
    const arn = `arn:aws:lambda:${region}:${account}:function:${name}`
    const locked = access === 'locked'
    const { id, resource } = control(place, 'lambda')
    const host = functionUrlHost(region, { name })
    const url = buildFunctionUrl(account, region, {
      name,
      authType: locked ? 'AWS_IAM' : 'NONE',
      statements: locked ? cloudFrontGrants(arn, distributionArn(account, name)) : publicGrants(arn),
    })
    return before(
      site,
      zone,
      { domainName: host, ...(locked && { accessControl: id }) },
      {
        resources: [...url, ...(locked ? [resource] : [])],
        dns: [{ name: host, type: 'A', value: shared('lambda', place) }],
        records: [],
      },
    )
  }

/** An instance with a public address of its own. */
export const instanceSite =
  (site: OtherSite & Pick<LoadBalancerSpec, 'admits'> & { readonly address: string }) =>
  (zone: string): Part => {
    const { name, place, admits, address } = site
    const origin = `origin-${name}.${zone}`
    return before(
      site,
      zone,
      { domainName: origin },
      {
        resources: [
          buildInstance({
            name,
            place,
            interfaces: [{ privateAddress: `10.0.1.${octet('instance', name)}`, publicAddress: address }],
          }),
          ...securityGroup({ name, place, admits }),
        ],
        dns: [],
        records: [{ name: origin, addresses: [address] }],
      },
    )
  }

/** A Network Load Balancer, which only passes connections on. */
export const networkSite =
  (site: OtherSite & Pick<LoadBalancerSpec, 'admits' | 'listeners' | 'number'>) =>
  (zone: string): Part => {
    const { name, place } = site
    const origin = `origin-${name}.${zone}`
    const certificate = buildCertificate({ place, names: [origin] })
    const lb = buildLoadBalancer({ ...site, kind: 'network', certificate: certificate.arn })
    return before(
      site,
      zone,
      { domainName: origin },
      {
        resources: [
          ...lb.resources,
          ...(site.listeners.some(l => l.protocol === 'TLS') ? [certificate] : []),
        ],
        dns: lb.dns,
        records: [{ name: origin, alias: lb.dnsName, zone: lb.zone }],
      },
    )
  }

/** A Classic Load Balancer, which knows neither rules nor web ACLs. */
export const classicSite =
  (site: OtherSite & Pick<LoadBalancerSpec, 'admits'> & { readonly number: number }) =>
  (zone: string): Part => {
    const { name, place } = site
    const origin = `origin-${name}.${zone}`
    const certificate = buildCertificate({ place, names: [origin] })
    const { dnsName, ...lb } = buildClassicLoadBalancer({ ...site, certificate: certificate.arn })
    return before(
      site,
      zone,
      { domainName: origin },
      {
        resources: [...lb.resources, certificate],
        dns: lb.dns,
        records: [{ name: origin, alias: dnsName, zone: lb.zone }],
      },
    )
  }

/** A host at no address of AWS; `vendorName` is what somebody else calls it. */
export const externalSite =
  (
    site: OtherSite & {
      readonly address: string
      readonly vendorName?: string
      /** The origin is a name of the account's zone, which is another one for the vendor's. */
      readonly byAlias?: boolean
      /** What CloudFront sends. */
      readonly headers?: OriginSpec['headers']
      readonly gate?: MachineGate
      readonly shows?: HeaderDump
    },
  ) =>
  (zone: string): Part => {
    const { name, address, vendorName, byAlias = false, headers, gate, shows } = site
    const own = `origin-${name}.${zone}`
    const origin = vendorName === undefined || byAlias ? own : vendorName
    const records: readonly RecordSpec[] =
      vendorName === undefined
        ? [{ name: own, addresses: [address] }]
        : byAlias
          ? [{ name: own, cname: vendorName }]
          : []
    return before(
      site,
      zone,
      { domainName: origin, ...(headers && { headers }) },
      {
        resources: [],
        dns: vendorName === undefined ? [] : [{ name: vendorName, type: 'A', value: address }],
        records,
        machines: [{ address, site: name, names: [origin], ...(gate && { gate }), ...(shows && { shows }) }],
      },
    )
  }
