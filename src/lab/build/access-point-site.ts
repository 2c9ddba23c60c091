/** Sites that read a bucket through an access point, or whose bucket is replicated to another. */
import { accessPointHost } from '#base/access-point-host.ts'
import { restHost, websiteHost } from '#base/bucket-host.ts'
import {
  accessPointAlias,
  accessPointArn,
  buildAccessPoint,
  buildReplication,
  cloudFrontReadsThrough,
  everybodyReadsThrough,
  leftToAccessPoints,
} from './access-point.ts'
import { buildBucket, cloudFrontReads, everybodyReads } from './bucket.ts'
import { before, control, distributionArn, type OtherSite, shared } from './other-sites.ts'
import type { Part } from './site.ts'

/**
 * The origin is the alias of an access point, to which the bucket leaves who reads. `locked`: the access point names this
 * distribution; else it lets everybody in.
 */
export const accessPointSite =
  (site: OtherSite, access: 'locked' | 'public') =>
  (zone: string): Part => {
    const { place, name } = site
    const { account, region } = place
    const bucket = `example-${name}`
    const point = { ...place, name: `${name}-edge`, bucket }
    const arn = accessPointArn(point)
    const alias = restHost(accessPointAlias(point.name), region)
    const { id, resource } = control(place, 's3')
    const locked = access === 'locked'
    const blocked = locked ? 'all' : 'none'
    return before(
      site,
      zone,
      { domainName: alias, s3: {}, accessControl: id },
      {
        resources: [
          ...buildBucket({
            name: bucket,
            ...place,
            blocked,
            statements: [leftToAccessPoints(bucket, account)],
          }),
          ...buildAccessPoint({
            ...point,
            blocked,
            statements: [
              locked
                ? cloudFrontReadsThrough(arn, distributionArn(account, name))
                : everybodyReadsThrough(arn),
            ],
          }),
          resource,
        ],
        dns: [
          ...[alias, restHost(bucket, region)].map(
            host => ({ name: host, type: 'A', value: shared('s3', place) }) as const,
          ),
          {
            ...{ name: accessPointHost(point.name, account, region), type: 'A' },
            value: shared('s3-accesspoint', place),
          },
          { name: websiteHost(bucket, region), type: 'A', value: shared('s3-website', place) },
        ],
        records: [],
      },
    )
  }

/** Only the distribution reads the bucket, and everybody the one that it is copied to. */
export const copiedSite =
  (site: OtherSite) =>
  (zone: string): Part => {
    const { place, name } = site
    const { account, region } = place
    const [bucket, copy] = [`example-${name}`, `example-${name}-backup`]
    const { id, resource } = control(place, 's3')
    const hosts = [bucket, copy].flatMap(one => [
      { name: restHost(one, region), type: 'A', value: shared('s3', place) } as const,
      { name: websiteHost(one, region), type: 'A', value: shared('s3-website', place) } as const,
    ])
    return before(
      site,
      zone,
      { domainName: restHost(bucket, region), s3: {}, accessControl: id },
      {
        resources: [
          ...buildBucket({
            name: bucket,
            ...place,
            statements: [cloudFrontReads(bucket, distributionArn(account, name))],
          }),
          buildReplication(bucket, place, { to: copy }),
          ...buildBucket({ name: copy, ...place, blocked: 'none', statements: [everybodyReads(copy)] }),
          resource,
        ],
        dns: hosts,
        records: [],
      },
    )
  }
