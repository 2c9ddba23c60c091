/**
 * The fewest AWS calls that can bring what a snapshot holds of a world. The formula is written out in README.md.
 *
 * It counts what AWS's API leaves no way around: one call per thing where only a Describe or Get of that one thing has
 * the data, one call per page or batch of the largest size elsewhere. It knows the answers beforehand, so it asks
 * nothing in vain. Worlds of the benchmark only: every load balancer stands behind a distribution.
 */
import { normalName } from '#base/domain-name.ts'
import type { World, WorldResource } from '#lab/world.ts'
import { types } from '#snapshot/resource-types.ts'
import { otherOrigins } from './least-calls-others.ts'

/** Calls by `service:Operation`, with the SDK package suffix as service. */
export type Calls = ReadonlyMap<string, number>

type Config = Readonly<Record<string, unknown>>

/** What one call takes or gives at most. Sources: the API reference of each operation. */
const most = {
  distributions: 100,
  hostedZones: 100,
  recordSets: 300,
  loadBalancers: 400,
  targetGroups: 400,
  tagged: 20,
  webAcls: 100,
  endpointServices: 1000,
  filterValues: 200,
  described: 1000,
  prefixLists: 100,
  prefixListEntries: 100,
} as const

const pages = (items: number, size: number): number => Math.ceil(items / size)

/** An empty list takes a call too. */
const list = (items: number, size: number): number => Math.max(1, pages(items, size))

const distinct = (values: Iterable<unknown>): readonly string[] =>
  [...new Set(values)].filter(value => typeof value === 'string' && value !== '') as string[]

/** Members of CloudFront's `{Quantity, Items}`. */
const itemsOf = (value: unknown): readonly Config[] => (value as { Items?: readonly Config[] })?.Items ?? []

const configsOf = (resources: readonly WorldResource[], type: string): readonly Config[] =>
  resources.filter(r => r.type === type).map(r => r.config)

const originsOf = (world: World): readonly Config[] =>
  configsOf(world.resources, types.distribution).flatMap(d => itemsOf(d.Origins))

/** Names that are looked up in each zone, by zone id, and the names of load balancers that nobody has. */
interface Names {
  readonly byZone: ReadonlyMap<string, ReadonlySet<string>>
  readonly strange: readonly string[]
}

const balancerName = /(?:^|\.)([a-z0-9-]+)\.elb\.amazonaws\.com$/

const followNames = (world: World): Names => {
  const zones = configsOf(world.resources, types.hostedZone).map(z => ({
    id: String(z.Id).replace('/hostedzone/', ''),
    name: normalName(String(z.Name)),
  }))
  const records = Map.groupBy(configsOf(world.resources, types.recordSet), r => normalName(String(r.Name)))
  const own = new Set(
    configsOf(world.resources, types.loadBalancer).map(lb => normalName(String(lb.DNSName))),
  )
  const byZone = new Map<string, Set<string>>()
  const strange: string[] = []
  const follow = (name: string): void => {
    if (own.has(name)) return
    if (balancerName.test(name)) {
      strange.push(name)
      return
    }
    const [zone] = zones
      .filter(z => name === z.name || name.endsWith(`.${z.name}`))
      .sort((a, b) => b.name.length - a.name.length)
    if (zone === undefined) return
    const asked = byZone.get(zone.id) ?? new Set()
    byZone.set(zone.id, asked.add(name))
    for (const record of records.get(name) ?? []) for (const target of targetsOf(record)) follow(target)
  }
  const names = originsOf(world).filter(o => o.VpcOriginConfig === undefined)
  for (const name of distinct(names.map(o => o.DomainName))) follow(normalName(name))
  return { byZone, strange }
}

const targetsOf = (record: Config): readonly string[] => {
  const alias = (record.AliasTarget as { DNSName?: string } | undefined)?.DNSName
  const values = ((record.ResourceRecords ?? []) as readonly { Value: string }[]).map(r => r.Value)
  return [...(alias ? [alias] : []), ...values].map(normalName)
}

type Count = readonly [operation: string, calls: number]

const cloudFront = (world: World): readonly Count[] => {
  const distributions = configsOf(world.resources, types.distribution)
  const origins = originsOf(world)
  const vpcOrigins = distinct(
    origins.map(o => (o.VpcOriginConfig as { VpcOriginId?: string } | undefined)?.VpcOriginId),
  )
  const controls = distinct(origins.map(o => o.OriginAccessControlId))
  return [
    ['cloudfront:ListDistributions', list(distributions.length, most.distributions)],
    // Logging and DefaultRootObject are in no list.
    ['cloudfront:GetDistributionConfig', distributions.length],
    ['cloudfront:GetVpcOrigin', vpcOrigins.length],
    ['cloudfront:ListOriginAccessControls', pages(controls.length, 100)],
    ['cloudfront:ListKeyGroups', 1],
    ['cloudfront:ListPublicKeys', 1],
  ]
}

const route53 = (world: World, { byZone }: Names): readonly Count[] => {
  if (byZone.size === 0) return []
  const records = Map.groupBy(configsOf(world.resources, types.recordSet), r => String(r.HostedZoneId))
  const zones = configsOf(world.resources, types.hostedZone)
  // A zone whole, or its names one by one, whichever is less.
  const perZone = [...byZone].map(([id, names]) =>
    Math.min(list(records.get(id)?.length ?? 0, most.recordSets), names.size),
  )
  return [
    ['route-53:ListHostedZones', list(zones.length, most.hostedZones)],
    ['route-53:ListResourceRecordSets', perZone.reduce((a, b) => a + b, 0)],
  ]
}

const certificates = (world: World): readonly Count[] => {
  const viewers = configsOf(world.resources, types.distribution).map(
    d => (d.ViewerCertificate as Config | undefined)?.ACMCertificateArn,
  )
  const listeners = configsOf(world.resources, types.listenerCertificates).flatMap(c =>
    ((c.Certificates ?? []) as readonly Config[]).map(one => one.CertificateArn),
  )
  return [['acm:DescribeCertificate', distinct([...viewers, ...listeners]).length]]
}

/** Web ACLs of a region's load balancers: from their side, or from the web ACLs' side. */
const associations = (resources: readonly WorldResource[]): readonly Count[] => {
  const all = configsOf(resources, types.webAcl).filter(acl => acl.Scope === 'REGIONAL').length
  const balancers = configsOf(resources, types.loadBalancer).filter(lb => lb.Type === 'application').length
  const used = distinct(configsOf(resources, types.webAclAssociation).map(a => a.WebACLArn)).length
  const fromAcls: readonly Count[] = [
    ['wafv2:ListWebACLs', list(all, most.webAcls)],
    ['wafv2:ListResourcesForWebACL', all],
    ['wafv2:GetWebACL', used],
  ]
  const cost = fromAcls.reduce((sum, [, calls]) => sum + calls, 0)
  return cost < balancers ? fromAcls : [['wafv2:GetWebACLForResource', balancers]]
}

const loadBalancing = (resources: readonly WorldResource[]): readonly Count[] => {
  const count = (type: string): number => configsOf(resources, type).length
  const [balancers, groups] = [count(types.loadBalancer), count(types.targetGroup)]
  const operation = (name: string): string => `elastic-load-balancing-v2:${name}`
  return [
    [operation('DescribeLoadBalancers'), list(balancers, most.loadBalancers)],
    [operation('DescribeLoadBalancerAttributes'), balancers],
    [operation('DescribeListeners'), balancers],
    [operation('DescribeRules'), count(types.listener)],
    [operation('DescribeListenerCertificates'), count(types.listenerCertificates)],
    [operation('DescribeTargetGroups'), list(groups, most.targetGroups)],
    [operation('DescribeTargetHealth'), groups],
    [operation('DescribeTags'), pages(balancers + groups, most.tagged)],
  ]
}

const network = (resources: readonly WorldResource[]): readonly Count[] => {
  const balancers = configsOf(resources, types.loadBalancer)
  const groups = distinct(balancers.flatMap(lb => lb.SecurityGroups as string[])).length
  const rules = configsOf(resources, types.securityGroupRule)
  const subnets = distinct(
    balancers.flatMap(lb => (lb.AvailabilityZones as readonly Config[]).map(zone => zone.SubnetId)),
  ).length
  const lists = configsOf(resources, types.prefixList)
  const named = new Set(rules.map(r => r.PrefixListId))
  const decisive = lists.filter(
    l => named.has(l.PrefixListId) || String(l.PrefixListName).endsWith('cloudfront.origin-facing'),
  )
  const entries = (id: unknown): number =>
    configsOf(resources, types.prefixListEntries)
      .filter(e => e.PrefixListId === id)
      .flatMap(e => e.Entries as readonly unknown[]).length
  const byFilter = (values: number): number => pages(values, most.filterValues)
  return [
    ['ec2:DescribeSecurityGroupRules', Math.max(byFilter(groups), pages(rules.length, most.described))],
    ['ec2:DescribeSubnets', byFilter(subnets)],
    ['ec2:DescribeNetworkAcls', byFilter(subnets)],
    ['ec2:DescribeRouteTables', byFilter(distinct(balancers.map(lb => lb.VpcId)).length)],
    ['ec2:DescribeManagedPrefixLists', list(lists.length, most.prefixLists)],
    [
      'ec2:GetManagedPrefixListEntries',
      decisive.reduce((sum, l) => sum + list(entries(l.PrefixListId), most.prefixListEntries), 0),
    ],
  ]
}

/** Machines behind target groups by address: the benchmark's worlds have no others, and none is an instance's. */
const targets = (resources: readonly WorldResource[]): readonly Count[] => {
  const health = new Map(configsOf(resources, types.targetHealth).map(h => [h.TargetGroupArn, h]))
  const byVpc = Map.groupBy(configsOf(resources, types.targetGroup), group => group.VpcId)
  const batches = [...byVpc.values()].map(groups => {
    const described = groups.flatMap(
      group => health.get(group.TargetGroupArn)?.TargetHealthDescriptions as readonly Config[],
    )
    return pages(distinct(described.map(one => (one.Target as Config).Id)).length, most.filterValues)
  })
  return [['ec2:DescribeNetworkInterfaces', batches.reduce((a, b) => a + b, 0)]]
}

/** Ways to the load balancers of a region that no name leads to; the benchmark's worlds have none of them. */
const otherWays = (resources: readonly WorldResource[]): readonly Count[] => [
  ['ec2:DescribeVpcBlockPublicAccessOptions', 1],
  ['api-gateway:GetVpcLinks', 1],
  ['apigatewayv2:GetVpcLinks', 1],
  [
    'ec2:DescribeVpcEndpointServiceConfigurations',
    list(configsOf(resources, types.endpointService).length, most.endpointServices),
  ],
]

/** Accelerators are of no region: asked once, where there is a load balancer that one could lead to. */
const accelerators: readonly Count[] = [
  ['global-accelerator:ListAccelerators', 1],
  ['global-accelerator:ListCustomRoutingAccelerators', 1],
  ['global-accelerator:ListCrossAccountAttachments', 1],
]

/** What may tell the age of the values that are sent: the benchmark's worlds have nothing of that kind. */
const tokenLife = (world: World, read: number): readonly Count[] => {
  const regions = world.regions.length
  return originsOf(world).some(o => itemsOf(o.CustomHeaders).length > 0)
    ? [
        ['cloudtrail:LookupEvents', 5 + 6 * read],
        ['secrets-manager:ListSecrets', regions],
        ['ssm:DescribeParameters', regions],
        ['lambda:ListFunctions', regions],
      ]
    : []
}

/** A name of a load balancer that nobody has may be a Classic one's: both lists of its region are asked. */
const strangers = ({ strange }: Names, read: ReadonlySet<string>): readonly Count[] => {
  const regions = distinct(strange.map(name => /([a-z0-9-]+)\.elb\.amazonaws\.com$/.exec(name)?.[1]))
  const unread = regions.filter(region => !read.has(region)).length
  return [
    ['elastic-load-balancing:DescribeLoadBalancers', regions.length],
    ['elastic-load-balancing-v2:DescribeLoadBalancers', unread],
  ]
}

export const leastCalls = (world: World): Calls => {
  const names = followNames(world)
  const edgeAcls = distinct(configsOf(world.resources, types.distribution).map(d => d.WebACLId))
  const regions = Map.groupBy(world.resources, r => r.region)
  const read = [...regions].filter(([, own]) => own.some(r => r.type === types.loadBalancer))
  const counts: readonly Count[] = [
    ['sts:GetCallerIdentity', 1],
    ['ec2:DescribeRegions', 1],
    ...cloudFront(world),
    ...route53(world, names),
    ...certificates(world),
    ['wafv2:GetWebACL', edgeAcls.length],
    ...read.flatMap(([, own]) => [
      ...loadBalancing(own),
      ...network(own),
      ...targets(own),
      ...otherWays(own),
      ...associations(own),
    ]),
    ...(read.length > 0 ? accelerators : []),
    ...tokenLife(world, read.length),
    ...strangers(names, new Set(read.map(([region]) => region))),
    ...otherOrigins(world),
  ]
  const sums = new Map<string, number>()
  for (const [operation, calls] of counts)
    if (calls > 0) sums.set(operation, (sums.get(operation) ?? 0) + calls)
  return sums
}

export const total = (calls: Calls): number => [...calls.values()].reduce((a, b) => a + b, 0)
