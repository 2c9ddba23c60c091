/** What a host name alone says about the service behind it. Whole labels are compared, never substrings. */
import { normalName } from '#base/domain-name.ts'

export type Shape =
  | 's3-rest'
  | 's3-website'
  /** Application or classic load balancer: their names look alike. */
  | 'load-balancer'
  | 'nlb'
  /** The API's own endpoint. */
  | 'execute-api'
  /** The endpoint behind a custom domain name of API Gateway. */
  | 'api-domain'
  | 'lambda-url'
  | 'ec2'
  | 'mediastore'
  | 'mediapackage'
  /** A name of AWS that this version does not know. */
  | 'other-aws'

const region = '[a-z]{2,}(?:-[a-z]+)+-\\d+'

/**
 * Endpoint forms below `amazonaws.com`, as AWS's endpoint pages list them. S3: virtual-hosted and path style, regional
 * with dot or dash, dual-stack, FIPS, accelerate, access points, multi-Region, Object Lambda, Outposts and directory
 * buckets; website endpoints with dash (older regions) or dot.
 */
const forms: readonly (readonly [Shape, RegExp])[] = [
  ['s3-website', new RegExp(`^(?:.+\\.)?s3-website[.-]${region}$`)],
  ['s3-rest', new RegExp(`^(?:.+\\.)?s3(?:-fips)?(?:\\.dualstack)?(?:[.-](?:${region}|external-1))?$`)],
  ['s3-rest', /^(?:.+\.)?s3-accelerate(?:\.dualstack)?$/],
  ['s3-rest', new RegExp(`^.+\\.s3-accesspoint(?:-fips)?(?:\\.dualstack)?\\.${region}$`)],
  ['s3-rest', /^.+\.accesspoint\.s3-global$/],
  ['s3-rest', new RegExp(`^.+\\.s3-(?:object-lambda|outposts)(?:-fips)?(?:\\.dualstack)?\\.${region}$`)],
  ['s3-rest', new RegExp(`^(?:.+\\.)?s3express(?:-fips)?-[a-z0-9-]+(?:\\.dualstack)?\\.${region}$`)],
  ['load-balancer', new RegExp(`^.+\\.${region}\\.elb$`)],
  ['nlb', new RegExp(`^.+\\.elb\\.${region}$`)],
  ['api-domain', new RegExp(`^d-[a-z0-9]+\\.execute-api\\.${region}$`)],
  ['execute-api', new RegExp(`^[a-z0-9-]+\\.execute-api\\.${region}$`)],
  ['ec2', new RegExp(`^.+\\.(?:compute-1|${region}\\.compute)$`)],
  ['mediastore', new RegExp(`^.+\\.data\\.mediastore\\.${region}$`)],
  ['mediapackage', new RegExp(`^.+\\.mediapackage(?:v2|-vod)?\\.${region}$`)],
]

/** Domains under which AWS names other people's and its own endpoints. */
const awsDomains = [
  'amazonaws.com',
  'amazonaws.com.cn',
  'amazonaws.eu',
  'on.aws',
  'api.aws',
  'cloudfront.net',
  'awsglobalaccelerator.com',
  'awsapprunner.com',
  'elasticbeanstalk.com',
  'amplifyapp.com',
] as const

const suffix = /\.amazonaws\.(?:com|com\.cn|eu)$/
const lambdaUrl = new RegExp(`^[a-z0-9-]+\\.lambda-url\\.${region}\\.on\\.aws(?:\\.cn)?$`)

const isBelow = (name: string, domain: string): boolean => name === domain || name.endsWith(`.${domain}`)

/** The shape of a name; `undefined` where it is no name of AWS. */
export const shapeOf = (domainName: string): Shape | undefined => {
  const name = normalName(domainName)
  if (lambdaUrl.test(name)) return 'lambda-url'
  if (suffix.test(name)) {
    const head = name.replace(suffix, '')
    return forms.find(([, form]) => form.test(head))?.[0] ?? 'other-aws'
  }
  return awsDomains.some(domain => isBelow(name, domain)) ? 'other-aws' : undefined
}

export interface ElbName {
  readonly region: string
  /** The names the load balancer may carry in the API: as written, and without a prefix that selects addresses. */
  readonly names: readonly string[]
}

const elbRegion = new RegExp(`\\.(?:(${region})\\.elb|elb\\.(${region}))\\.amazonaws\\.`)
/** `dualstack.` of alias records, `ipv6.` of classic ones, the zone of a network load balancer's zonal name. */
const elbPrefix = new RegExp(`^(?:dualstack|ipv6|${region}[a-z])\\.`)

/** Takes a load balancer's DNS name apart. `internal-` is part of the name itself. */
export const elbNameOf = (domainName: string): ElbName | undefined => {
  const name = normalName(domainName)
  const match = elbRegion.exec(name)
  const found = match?.[1] ?? match?.[2]
  if (found === undefined) return undefined
  const bare = name.replace(elbPrefix, '')
  return { region: found, names: bare === name ? [name] : [name, bare] }
}

/** The address in `ec2-203-0-113-7.eu-west-1.compute.amazonaws.com`. */
export const ec2AddressOf = (domainName: string): string | undefined =>
  /^ec2-(\d{1,3})-(\d{1,3})-(\d{1,3})-(\d{1,3})\./.exec(normalName(domainName))?.slice(1).join('.')
