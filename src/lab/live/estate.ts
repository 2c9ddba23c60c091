/** A world as the typed graph, everything known and nothing sealed: what the live part of the laboratory plays. */
import { arrangeSnapshot } from '#snapshot/arrange.ts'
import type { HeadRecord, ReadRecord, ResourceRecord } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { buildTopology } from '#topology/build.ts'
import type { Topology } from '#topology/model.ts'
import type { World, WorldResource } from '../world.ts'

const elb = 'elastic-load-balancing-v2'

type Asked = readonly [service: string, operation: string, target: string]

const aboutGroups = (ids: readonly string[]): readonly Asked[] =>
  ids.map(group => ['ec2', 'DescribeSecurityGroupRules', group])

const groupIds = (groups: unknown): readonly string[] =>
  ((groups ?? []) as readonly { readonly GroupId: string }[]).map(g => g.GroupId)

/** The calls that would have been answered in full had somebody asked about this resource. */
const callsAbout = (r: WorldResource): readonly Asked[] => {
  switch (r.type) {
    case types.loadBalancer:
      return [
        [elb, 'DescribeListeners', r.arn],
        [elb, 'DescribeLoadBalancerAttributes', r.arn],
        ['wafv2', 'GetWebACLForResource', r.arn],
        ...aboutGroups((r.config.SecurityGroups ?? []) as string[]),
        ['ec2', 'DescribeSubnets', String(r.config.VpcId)],
        ['ec2', 'DescribeRouteTables', String(r.config.VpcId)],
        ['ec2', 'DescribeNetworkAcls', String(r.config.VpcId)],
      ]
    case types.classicLoadBalancer:
      return aboutGroups((r.config.SecurityGroups ?? []) as string[])
    case types.instance:
      return aboutGroups(groupIds(r.config.SecurityGroups))
    case types.listener:
      return [
        [elb, 'DescribeRules', r.arn],
        [elb, 'DescribeListenerCertificates', r.arn],
      ]
    case types.targetGroup:
      return [[elb, 'DescribeTargetHealth', r.arn]]
    case types.prefixList:
      return [['ec2', 'GetManagedPrefixListEntries', String(r.config.PrefixListId)]]
    case types.subnet:
      return [['ec2', 'DescribeSubnets', String(r.config.SubnetId)]]
    case types.webAcl:
      return [['wafv2', 'GetWebACL', r.arn]]
    case types.certificate:
      return [['acm', 'DescribeCertificate', r.arn]]
    case types.hostedZone:
      return [['route-53', 'ListResourceRecordSets', String(r.config.Id).replace('/hostedzone/', '')]]
    case types.vpcOrigin:
      return [['cloudfront', 'GetVpcOrigin', String(r.config.Id)]]
    default:
      return []
  }
}

const wideCalls = [
  ['cloudfront', 'ListDistributions'],
  ['cloudfront', 'ListVpcOrigins'],
  ['cloudfront', 'ListOriginAccessControls'],
  ['lambda', 'ListFunctions'],
  ['s3', 'ListBuckets'],
  ['route-53', 'ListHostedZones'],
  [elb, 'DescribeLoadBalancers'],
  [elb, 'DescribeTargetGroups'],
  ['elastic-load-balancing', 'DescribeLoadBalancers'],
  ['ec2', 'DescribeManagedPrefixLists'],
  ['ec2', 'DescribeSubnets'],
] as const

const reads = (world: World): readonly ReadRecord[] => {
  const places = new Map(world.resources.map(r => [`${r.account} ${r.region}`, r]))
  const read = (service: string, operation: string, target: string, at: WorldResource): ReadRecord => ({
    record: 'read',
    service,
    operation,
    account: at.account,
    region: at.region,
    target,
    count: 0,
  })
  return [
    ...[...places.values()].flatMap(at =>
      wideCalls.map(([service, operation]) => read(service, operation, '*', at)),
    ),
    ...world.resources.flatMap(r =>
      callsAbout(r).map(([service, operation, target]) => read(service, operation, target, r)),
    ),
  ]
}

export const worldTopology = (world: World): Topology => {
  const head: HeadRecord = {
    record: 'head',
    format: 1,
    tool: 'laboratory',
    observedAt: '2026-01-01T00:00:00.000Z',
    accounts: [world.account],
    regions: world.regions,
    sealKey: '',
  }
  const resources = world.resources.map(
    (r): ResourceRecord => ({
      ...r,
      record: 'resource',
      source: { kind: 'aws', service: 'laboratory', operation: '' },
    }),
  )
  return buildTopology(arrangeSnapshot(head, resources, reads(world), []))
}
