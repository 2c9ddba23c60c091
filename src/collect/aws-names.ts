/** What an AWS host name alone says about where to look: whole labels are compared, never substrings. */
import { normalName } from '#base/domain-name.ts'

const region = '[a-z]{2,}(?:-[a-z]+)+-\\d+'
const domain = '\\.amazonaws\\.(?:com|com\\.cn|eu)'

const balancer = new RegExp(`\\.(?:(${region})\\.elb|elb\\.(${region}))${domain}$`)

/** The region in a load balancer's DNS name; undefined where the name is none of a load balancer. */
export const balancerRegion = (name: string): string | undefined => {
  const [, application, network] = balancer.exec(normalName(name)) ?? []
  return application ?? network
}

/** Application and Classic Load Balancers have names of one form, network load balancers of another. */
export const mayBeClassic = (name: string): boolean => balancer.exec(normalName(name))?.[1] !== undefined

/** `dualstack.` of alias records, `ipv6.` of classic ones, the zone of a network load balancer's zonal name. */
const prefix = new RegExp(`^(?:dualstack|ipv6|${region}[a-z])\\.`)

/** The names that a load balancer may carry in the API: the one asked about, and it without what may stand before it. */
export const ownNamesOf = (name: string): readonly string[] => {
  const asked = normalName(name)
  const bare = asked.replace(prefix, '')
  return bare === asked ? [asked] : [asked, bare]
}

const instance = new RegExp(
  `^ec2-(\\d+)-(\\d+)-(\\d+)-(\\d+)\\.(?:compute-1|(${region})\\.compute)${domain}$`,
)

/** The address in an instance's public DNS name, and its region. `compute-1` is us-east-1. */
export const instanceAddress = (name: string) => {
  const [, a, b, c, d, region = 'us-east-1'] = instance.exec(normalName(name)) ?? []
  return a === undefined ? undefined : { address: [a, b, c, d].join('.'), region }
}

/**
 * Endpoints of services whose name says all there is to say: they are not resolved. S3 of every form, API Gateway,
 * Lambda function URLs, MediaStore and MediaPackage.
 */
const endpoints: readonly RegExp[] = [
  new RegExp(`^(?:.+\\.)?s3(?:-[a-z0-9-]+)?(?:\\.dualstack)?(?:\\.${region})?${domain}$`),
  new RegExp(`^.+\\.s3-accesspoint(?:-fips)?(?:\\.dualstack)?\\.${region}${domain}$`),
  new RegExp(`^.+\\.accesspoint\\.s3-global${domain}$`),
  new RegExp(`^[a-z0-9-]+\\.execute-api\\.${region}${domain}$`),
  new RegExp(`^[a-z0-9-]+\\.lambda-url\\.${region}\\.on\\.aws(?:\\.cn)?$`),
  new RegExp(`^.+\\.data\\.mediastore\\.${region}${domain}$`),
  new RegExp(`^.+\\.mediapackage(?:v2|-vod)?\\.${region}${domain}$`),
]

export const isServiceEndpoint = (name: string): boolean =>
  endpoints.some(endpoint => endpoint.test(normalName(name)))
