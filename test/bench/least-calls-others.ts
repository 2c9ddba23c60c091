/** The fewest AWS calls for origins that are no load balancers: buckets, functions, instances and hosts elsewhere. */
import type { World, WorldResource } from '#lab/world.ts'
import { apiEvents } from '#snapshot/api-events.ts'
import { types } from '#snapshot/resource-types.ts'

type Count = readonly [operation: string, calls: number]

const some = (wanted: boolean | number): number => (wanted ? 1 : 0)

const buckets = ({ resources }: World): readonly Count[] => {
  const own = resources.filter(r => r.type === types.bucket)
  const settings = [
    'GetBucketPolicy',
    'GetBucketAcl',
    'GetPublicAccessBlock',
    'GetBucketWebsite',
    'GetBucketOwnershipControls',
    'GetBucketReplication',
  ]
  return [
    ['s3:ListBuckets', some(own.length)],
    ...settings.map(name => [`s3:${name}`, own.length] as const),
    ['s3-control:GetPublicAccessBlock', new Set(own.map(b => b.account)).size],
    ['s3-control:ListMultiRegionAccessPoints', new Set(own.map(b => b.account)).size],
    ['s3-control:ListAccessPoints', new Set(own.map(b => b.region)).size],
  ]
}

/** No call leads from a URL to its function: the list of the region's, the URLs of each of these, the policy of those found. */
const functions = ({ resources }: World): readonly Count[] => {
  const urls = resources.filter(r => r.type === types.functionUrl)
  const regions = new Set(urls.map(u => u.region))
  const named = resources.filter(r => r.type === types.functionNames && regions.has(r.region))
  return [
    ['lambda:ListFunctions', new Set(urls.map(u => u.region)).size],
    ['lambda:ListFunctionUrlConfigs', urls.length === 0 ? 0 : urls.length + named.length],
    ['lambda:GetPolicy', urls.length],
  ]
}

/** Of each API what its stages serve and who authorizes it, and in its region what was changed since. */
const apis = ({ resources }: World): readonly Count[] => {
  const rest = resources.filter(r => r.type === types.restApi)
  const http = resources.filter(r => r.type === types.api)
  const regions = new Set([...rest, ...http].map(r => r.region)).size
  return [
    ['api-gateway:GetDomainNames', regions],
    ['api-gateway:GetRestApis', regions],
    ['apigatewayv2:GetApis', regions],
    ...['GetStages', 'GetResources', 'GetDeployment', 'GetExport'].map(
      n => [`api-gateway:${n}`, rest.length] as const,
    ),
    ...['GetStages', 'GetRoutes', 'GetIntegrations', 'GetAuthorizers', 'GetDeployment'].map(
      n => [`apigatewayv2:${n}`, http.length] as const,
    ),
    ['cloudtrail:LookupEvents', regions * apiEvents.length],
  ]
}

/** How old a stored value is stands with its versions. */
const secrets = ({ resources }: World): readonly Count[] => [
  ['secrets-manager:ListSecretVersionIds', resources.filter(r => r.type === types.secretVersions).length],
]

/** Whose an address of a record is, every region must say; an instance is described once per region. */
const addresses = ({ resources, regions }: World): readonly Count[] => {
  const named = resources.filter(
    r => r.type === types.recordSet && r.config.Type === 'A' && r.config.ResourceRecords !== undefined,
  )
  const everywhere = some(named.length) * regions.length
  const instances = resources.filter(r => r.type === types.instance)
  return [
    ['ec2:DescribeAddresses', everywhere],
    ['ec2:DescribeNetworkInterfaces', everywhere],
    ['ec2:DescribeInstances', new Set(instances.map(i => i.region)).size],
  ]
}

/** Whether a network load balancer keeps the client's address is an attribute of its target groups. */
const networkGroups = (resources: readonly WorldResource[]): readonly Count[] => [
  [
    'elastic-load-balancing-v2:DescribeTargetGroupAttributes',
    resources.filter(r => r.type === types.targetGroup && r.config.Protocol === 'TCP').length,
  ],
]

export const otherOrigins = (world: World): readonly Count[] => [
  ...buckets(world),
  ...functions(world),
  ...apis(world),
  ...secrets(world),
  ...addresses(world),
  ...networkGroups(world.resources),
]
