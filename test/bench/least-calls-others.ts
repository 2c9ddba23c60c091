/** The fewest AWS calls for origins that are no load balancers: buckets, functions, instances and hosts elsewhere. */
import type { World, WorldResource } from '#lab/world.ts'
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
  ]
  return [
    ['s3:ListBuckets', some(own.length)],
    ...settings.map(name => [`s3:${name}`, own.length] as const),
    ['s3-control:GetPublicAccessBlock', new Set(own.map(b => b.account)).size],
  ]
}

/** No call leads from a URL to its function: the list of the region's, the URLs of each, the policy of each. */
const functions = ({ resources }: World): readonly Count[] => {
  const urls = resources.filter(r => r.type === types.functionUrl)
  return [
    ['lambda:ListFunctions', new Set(urls.map(u => u.region)).size],
    ['lambda:ListFunctionUrlConfigs', urls.length],
    ['lambda:GetPolicy', urls.length],
  ]
}

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
  ...addresses(world),
  ...networkGroups(world.resources),
]
