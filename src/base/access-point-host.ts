/** Which S3 access point a host name of S3's own is an endpoint of. */
import { normalName } from './domain-name.ts'

export type AccessPointHost =
  /** The alias stands where the name of a bucket would. */
  | { readonly kind: 'alias'; readonly alias: string; readonly region: string | null }
  | { readonly kind: 'name'; readonly name: string; readonly account: string; readonly region: string }
  | { readonly kind: 'multi-region'; readonly alias: string }
  /** Name and account, or alias: a function stands between it and the bucket. */
  | { readonly kind: 'object-lambda'; readonly name: string }

const region = '[a-z]{2,}(?:-[a-z]+)+-\\d+'
const suffix = '\\.amazonaws\\.com(?:\\.cn)?$'
const regional = (service: string): RegExp =>
  new RegExp(`^([a-z0-9-]+)-(\\d{12})\\.${service}(?:-fips)?(?:\\.dualstack)?\\.(${region})${suffix}`)

const named = regional('s3-accesspoint')
const objectLambda = regional('s3-object-lambda')
const multiRegion = /^([a-z0-9]+\.mrap)\.accesspoint\.s3-global\.amazonaws\.com$/
const inPlaceOfBucket = new RegExp(
  `^([a-z0-9-]+(?:-s3alias|--ol-s3))\\.s3(?:-fips)?(?:\\.dualstack)?(?:[.-](${region}))?${suffix}`,
)

/**
 * Null where the name is no endpoint of an access point. Sources: S3 User Guide, "Referencing access points", "Access point
 * aliases" (no bucket's name may end as an alias does), "Making requests using a Multi-Region Access Point".
 */
export const accessPointHostOf = (host: string): AccessPointHost | null => {
  const name = normalName(host)
  const [, own, account, at] = named.exec(name) ?? []
  if (own !== undefined && account !== undefined && at !== undefined)
    return { kind: 'name', name: own, account, region: at }
  const [, global] = multiRegion.exec(name) ?? []
  if (global !== undefined) return { kind: 'multi-region', alias: global }
  const [, behind, owner] = objectLambda.exec(name) ?? []
  if (behind !== undefined) return { kind: 'object-lambda', name: `${behind} of account ${owner}` }
  const [, alias, aliasRegion = null] = inPlaceOfBucket.exec(name) ?? []
  if (alias === undefined) return null
  return alias.endsWith('--ol-s3')
    ? { kind: 'object-lambda', name: alias }
    : { kind: 'alias', alias, region: aliasRegion }
}

/** The name under which an access point is asked. */
export const accessPointHost = (name: string, account: string, inRegion: string): string =>
  `${name}-${account}.s3-accesspoint.${inRegion}.amazonaws.com`

/** The same with IPv6 addresses too. */
export const dualStackAccessPointHost = (name: string, account: string, inRegion: string): string =>
  `${name}-${account}.s3-accesspoint.dualstack.${inRegion}.amazonaws.com`
