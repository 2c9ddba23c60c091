/** The least number of calls that tell all there is to know of a world, counted from the world and not from the code. */
import type { WorldResource } from '#lab/world.ts'
import { apiEvents } from '#snapshot/api-events.ts'
import { types } from '#snapshot/resource-types.ts'

/** What the world itself does not say: how names were followed. */
export interface Following {
  /** Regions with any interesting address times the families asked for, and those asked for unused addresses. */
  readonly addressQueries: number
  /** Regions in which a name has the form of a classic load balancer's and is no newer one's. */
  readonly classicLists: number
  /** Target groups of other load balancers in the same VPCs. */
  readonly neighbours: number
  /** Calls for instances that only an address of theirs, or a classic load balancer beside an origin, leads to. */
  readonly laterInstances: number
  /** Regions of the account: secrets, parameters and functions are listed in each, where a header is sent. */
  readonly regions: number
}

/** Addresses of targets, by VPC: 200 are asked for at once. */
const addressBatches = (resources: readonly WorldResource[]): number => {
  const health = new Map(resources.filter(r => r.type === types.targetHealth).map(r => [r.arn, r.config]))
  const byAddress = resources.filter(r => r.type === types.targetGroup && r.config.TargetType === 'ip')
  const byVpc = Map.groupBy(byAddress, r => r.config.VpcId)
  return [...byVpc.values()].reduce((sum, groups) => {
    const targets = groups.flatMap(
      ({ arn }) => health.get(arn)?.TargetHealthDescriptions as readonly { Target: { Id: string } }[],
    )
    return sum + batches(new Set(targets.map(one => one.Target.Id)).size, 200)
  }, 0)
}

const pages = (items: number, size: number): number => Math.max(1, Math.ceil(items / size))
const batches = (items: number, size: number): number => Math.ceil(items / size)

/** `relevant` holds what a scan must bring, and nothing else. */
export function leastCalls(relevant: readonly WorldResource[], following: Following): number {
  const of = (type: string, region?: string): readonly WorldResource[] =>
    relevant.filter(r => r.type === type && (region === undefined || r.region === region))
  const count = (type: string, region?: string): number => of(type, region).length
  const distributions = count(types.distribution)
  const origins = of(types.distribution).flatMap(
    r =>
      (
        r.config.Origins as {
          Items: {
            VpcOriginConfig?: { VpcOriginId: string }
            CustomHeaders?: { Items?: readonly unknown[] }
          }[]
        }
      ).Items,
  )
  const vpcOrigins = new Set(origins.flatMap(o => o.VpcOriginConfig?.VpcOriginId ?? [])).size
  const zones = of(types.hostedZone).map(
    zone => of(types.recordSet).filter(r => r.arn.startsWith(`${zone.arn}/`)).length,
  )
  const regions = [...new Set(of(types.loadBalancer).map(r => r.region))]
  const regionalAcls = count(types.webAcl) - count(types.webAcl, 'us-east-1')
  /** Block Public Access, VPC links of both versions, endpoint services, and what each of them takes further. */
  const otherWays = (region: string): number =>
    4 +
    pages(count(types.blockPublicAccessExclusion, region), 1000) * (blocked(region) ? 1 : 0) +
    (count(types.vpcLink2, region) + count(types.apiDomain, region) > 0
      ? 2 + count(types.api, region) + count(types.restApi, region)
      : 0) +
    count(types.endpointServicePermissions, region) +
    count(types.targetGroupAttributes, region)
  const blocked = (region: string): boolean =>
    of(types.blockPublicAccess, region).some(r => r.config.InternetGatewayBlockMode !== 'off')
  const accelerators = (): number =>
    3 +
    count(types.accelerator) +
    count(types.acceleratorListener) +
    new Set(
      of(types.acceleratorEndpointGroup)
        .filter(r => JSON.stringify(r.config).includes('eipalloc-'))
        .map(r => r.config.EndpointGroupRegion),
    ).size
  /**
   * Event names of CloudTrail, six of them in each region with a load balancer, three lists of each region, and the versions of each secret; where a function names a
   * distribution, the schedules, the targets of each, and the runs.
   */
  const tokens = (): number =>
    origins.every(o => !o.CustomHeaders?.Items?.length)
      ? 0
      : 5 +
        6 * regions.length +
        3 * following.regions +
        count(types.secret) +
        new Set(of(types.functionNames).map(r => r.region)).size * 3 +
        count(types.eventRule) +
        count(types.schedule)
  /** The URLs of each function with one that is an origin, and a policy for it and each alias. */
  const functions = (): number => {
    const urls = of(types.functionUrl)
    const arns = new Set(urls.map(r => r.arn.split(':').slice(0, 7).join(':')))
    return arns.size + new Set([...arns, ...urls.map(r => r.arn)]).size
  }
  /**
   * The list, six settings of each bucket, two of the account, one list of access points per region, and of each access
   * point a policy and two settings where there is one; one question for each bucket that the account does not have.
   */
  const buckets = (): number => {
    const named = of(types.distribution).flatMap(r =>
      (r.config.Origins as { Items: { DomainName: string }[] }).Items.flatMap(
        o => /^([a-z-]+)\.s3\./.exec(o.DomainName)?.[1] ?? [],
      ),
    )
    const own = of(types.bucket)
    const strangers = [...new Set(named)].filter(name => own.every(b => b.config.Name !== name))
    const points = pages(new Set(own.map(b => b.region)).size, 1)
    const pointSettings = count(types.accessPoint) + 2 * count(types.accessPointPolicy)
    const ofAccount = own.length > 0 ? 2 : 0
    return named.length === 0 ? 0 : 1 + 6 * own.length + ofAccount + points + pointSettings + strangers.length
  }
  /** Domain names and the mappings of each; of the APIs their stages, authorizers, routes and deployments; what CloudTrail tells of them. */
  const apis = (): number =>
    new Set(of(types.apiDomain).map(r => r.region)).size +
    count(types.apiDomain) +
    2 * count(types.restApi) +
    3 * count(types.api) +
    apiEvents.length * new Set([...of(types.restApi), ...of(types.api)].map(r => r.region)).size +
    count(types.restDeployment) +
    count(types.restExport) +
    new Set(of(types.usagePlan).map(r => r.region)).size +
    count(types.apiDeployment)
  const depth = (region: string): number => {
    const balancers = count(types.loadBalancer, region)
    const alb = of(types.loadBalancer, region).filter(r => r.config.Type === 'application').length
    const groups = of(types.targetGroup, region).length
    const subnets = count(types.subnet, region)
    const security = new Set(of(types.securityGroupRule, region).map(r => r.config.GroupId)).size
    const acls = region === 'us-east-1' ? 0 : regionalAcls
    return (
      pages(balancers, 400) +
      pages(groups, 400) +
      groups +
      2 * balancers +
      count(types.listener, region) +
      count(types.listenerCertificates, region) +
      batches(balancers + groups, 20) +
      batches(security, 200) +
      2 * batches(subnets, 200) +
      batches(count(types.routeTable, region), 200) +
      batches(count(types.instance, region), 200) +
      addressBatches(relevant.filter(r => r.region === region)) +
      otherWays(region) +
      pages(count(types.prefixList, region), 100) +
      count(types.prefixListEntries, region) +
      Math.min(alb, 1 + acls + Math.min(acls, alb))
    )
  }
  return (
    2 +
    pages(distributions, 100) +
    distributions +
    (vpcOrigins > 0 ? pages(count(types.vpcOrigin), 100) + 2 * vpcOrigins : 0) +
    (count(types.originAccessControl) > 0 ? 1 : 0) +
    // Key groups and public keys; what else uses the keys that no group holds.
    (distributions > 0 ? 2 : 0) +
    (count(types.fieldLevelEncryptionProfile) > 0 ? 1 : 0) +
    count(types.edgeFunction) +
    count(types.continuousDeploymentPolicy) +
    (count(types.distributionTenant) > 0 ? 1 : 0) +
    (zones.length > 0 ? 1 : 0) +
    zones.reduce((sum, records) => sum + pages(records, 300), 0) +
    following.addressQueries +
    following.classicLists +
    following.neighbours +
    following.laterInstances +
    (regions.length > 0 ? accelerators() : 0) +
    functions() +
    tokens() +
    buckets() +
    apis() +
    regions.reduce((sum, region) => sum + depth(region), 0) +
    count(types.webAcl, 'us-east-1') +
    count(types.ruleGroup) +
    count(types.ipSet) +
    count(types.regexPatternSet) +
    count(types.certificate)
  )
}
