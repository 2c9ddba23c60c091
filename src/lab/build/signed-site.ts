/** Sites whose private paths need a signed URL or cookie, in front of one locked bucket. */
import { restHost } from '#base/bucket-host.ts'
import { buildBucket, cloudFrontReads } from './bucket.ts'
import type { DistributionSpec, OriginSpec } from './distribution.ts'
import { hex } from './names.ts'
import { before, control, distributionArn, type OtherSite, shared } from './other-sites.ts'
import { buildKeyGroup, buildPublicKey } from './signing.ts'
import type { Part } from './site.ts'

interface SigningKeySpec {
  /** PEM. */
  readonly encoded: string
  /** ISO 8601. */
  readonly created: string
}

type Layout = Required<Pick<DistributionSpec, 'origins' | 'behaviors'>>

/** `apart`: signed objects lie where no other behaviour leads; `below`: they lie below what everybody may read. */
const layoutOf = (kind: 'apart' | 'below', origin: Omit<OriginSpec, 'id'>, group: string): Layout => ({
  origins: [
    { id: 'app', ...origin, ...(kind === 'apart' && { path: '/public' }) },
    { id: 'members', ...origin, path: '/members' },
  ],
  behaviors: [{ pathPattern: '/private/*', origin: 'members', keyGroups: [group] }],
})

export const signedSite =
  (site: OtherSite, kind: 'apart' | 'below', key: SigningKeySpec) =>
  (zone: string): Part => {
    const { place, name } = site
    const bucket = `example-${name}`
    const rest = restHost(bucket, place.region)
    const { id, resource } = control(place, 's3')
    const origin = { domainName: rest, s3: {}, accessControl: id }
    const group = `${hex(8, 'key group', name)}-0b8f-4c8e-9a55-6f3f0c6d7e8a`
    const keyId = `K${hex(13, 'public key', name).toUpperCase()}`
    const behind: Part = {
      resources: [
        resource,
        ...buildBucket({
          name: bucket,
          ...place,
          blocked: 'all',
          statements: [cloudFrontReads(bucket, distributionArn(place.account, name))],
        }),
        buildKeyGroup(place.account, { id: group, name, keys: [keyId] }),
        buildPublicKey(place.account, { id: keyId, name, ...key }),
      ],
      dns: [{ name: rest, type: 'A', value: shared('s3', place) }],
      records: [],
    }
    return before(site, zone, origin, behind, layoutOf(kind, origin, group))
  }
