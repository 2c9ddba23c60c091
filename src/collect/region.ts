/** Reads one region in depth: what stands behind origins there, and what shares targets with it. */

import type { LoadBalancerDescription } from '@aws-sdk/client-elastic-load-balancing'
import type { LoadBalancer } from '@aws-sdk/client-elastic-load-balancing-v2'
import { types } from '#snapshot/resource-types.ts'
import type { ApiLists } from './api-lists.ts'
import type { Balancers } from './balancers.ts'
import { readBlockPublicAccess } from './block-public-access.ts'
import type { ReadCertificate } from './certificates.ts'
import { classicBeside, instancesOf } from './classic-beside.ts'
import { readEndpointServices } from './endpoint-services.ts'
import type { Behind } from './entry-points.ts'
import { type Hosts, readHosts } from './hosts.ts'
import { readInstances } from './instances.ts'
import { readLoadBalancer } from './load-balancer.ts'
import { type Ports, readNetwork } from './network.ts'
import { describeClassicLoadBalancers } from './operations/elb.ts'
import { describeTargetGroups, describeTargetHealth } from './operations/elbv2.ts'
import { distinct, type Reader } from './reader.ts'
import { readTags } from './tags.ts'
import { readTargetGroupAttributes } from './target-group-attributes.ts'
import { type Group, readShared } from './targets.ts'
import { readVpcLinks } from './vpc-links.ts'
import { readAssociations } from './web-acl-associations.ts'
import type { WebAcls } from './web-acls.ts'

export interface Depth {
  readonly reader: Reader
  readonly balancers: Balancers
  readonly apis: ApiLists
  readonly certificate: ReadCertificate
  readonly webAcls: WebAcls
}

export async function readRegion(depth: Depth, region: string, behind: Behind): Promise<void> {
  const { reader } = depth
  const origins = [...behind.modern.values()]
  const classic = [...behind.classic.values()]
  const instances = distinct([...behind.instances, ...classic.flatMap(instancesOf)])
  const shared = await readShared(reader, region, origins, instances)
  const listed = origins.length + instances.length > 0 ? await depth.balancers.modern(region) : []
  const modern = listed.filter(one => shared.balancers.has(String(one.LoadBalancerArn)))
  noteGroups(reader, region, shared.groups)
  noteClassic(reader, region, classic)
  const application = modern.filter(({ Type }) => Type === 'application')
  const network = new Set(arnsOf(modern.filter(({ Type }) => Type === 'network')))
  await Promise.all([
    ...modern.map(one => readDeep(depth, region, one)),
    readCertificates(depth, classic.flatMap(certificatesOf)),
    readAssociations(reader, depth.webAcls, region, arnsOf(application)),
    readTags(reader, region, [...arnsOf(modern), ...shared.groups.map(({ arn }) => arn)]),
    readMachines(depth, region, { groups: shared.groups, instances, modern, classic }),
    readTargetGroupAttributes(reader, region, groupsOf(shared.groups, network)),
    readBlockPublicAccess(reader, region),
    readVpcLinks({ ...depth, lists: depth.apis }, region, new Set(arnsOf(modern))),
    readEndpointServices(reader, region, network),
  ])
}

interface Known {
  readonly groups: readonly Group[]
  readonly instances: readonly string[]
  readonly modern: readonly LoadBalancer[]
  readonly classic: readonly LoadBalancerDescription[]
}

/** The machines behind everything, the classic load balancers that share them, and who may connect to any of these. */
const readMachines = async (depth: Depth, region: string, known: Known): Promise<void> => {
  const { reader, balancers } = depth
  const hosts = await readHosts(reader, region, known.groups, known.instances)
  const beside = await classicBeside(balancers, region, hosts.instances, known.classic)
  noteClassic(reader, region, beside)
  const read = new Set(hosts.instances.map(one => one.InstanceId))
  const more = distinct(beside.flatMap(instancesOf)).filter(id => !read.has(id))
  const instances = [...hosts.instances, ...(await readInstances(reader, region, more))]
  const ports = portsOf(known.modern, [...known.classic, ...beside], { ...hosts, instances })
  await Promise.all([
    readNetwork(reader, region, ports),
    readCertificates(depth, beside.flatMap(certificatesOf)),
  ])
}

/** The target groups of any of the load balancers. */
const groupsOf = (groups: readonly Group[], balancers: ReadonlySet<string>): readonly string[] =>
  groups.filter(({ group }) => group.LoadBalancerArns?.some(arn => balancers.has(arn))).map(({ arn }) => arn)

const arnsOf = (balancers: readonly LoadBalancer[]): readonly string[] =>
  distinct(balancers.map(one => one.LoadBalancerArn))

const readDeep = async (depth: Depth, region: string, balancer: LoadBalancer): Promise<void> =>
  readCertificates(depth, await readLoadBalancer(depth.reader, region, balancer))

const readCertificates = async ({ certificate }: Depth, arns: readonly string[]): Promise<void> => {
  await Promise.all(arns.map(certificate))
}

const noteGroups = ({ journal }: Reader, region: string, groups: readonly Group[]): void => {
  for (const { arn, group, health, complete } of groups) {
    journal.keep(describeTargetGroups, { type: types.targetGroup, arn, region, config: group })
    const config = { TargetGroupArn: arn, TargetHealthDescriptions: health }
    if (complete) journal.keep(describeTargetHealth, { type: types.targetHealth, arn, region, config })
  }
}

const noteClassic = (
  { journal, partition, account }: Reader,
  region: string,
  balancers: readonly LoadBalancerDescription[],
): void => {
  for (const config of balancers) {
    const arn = `arn:${partition}:elasticloadbalancing:${region}:${account}:loadbalancer/${config.LoadBalancerName}`
    journal.keep(describeClassicLoadBalancers, { type: types.classicLoadBalancer, arn, region, config })
  }
}

const certificatesOf = (balancer: LoadBalancerDescription): readonly string[] =>
  distinct((balancer.ListenerDescriptions ?? []).map(({ Listener }) => Listener?.SSLCertificateId))

const portsOf = (
  modern: readonly LoadBalancer[],
  classic: readonly LoadBalancerDescription[],
  { instances, cards }: Hosts,
): Ports => {
  const all = [...cards, ...instances.flatMap(one => one.NetworkInterfaces ?? [])]
  return {
    groups: distinct([
      ...modern.flatMap(one => one.SecurityGroups ?? []),
      ...classic.flatMap(one => one.SecurityGroups ?? []),
      ...instances.flatMap(one => (one.SecurityGroups ?? []).map(({ GroupId }) => GroupId)),
      ...all.flatMap(one => (one.Groups ?? []).map(({ GroupId }) => GroupId)),
    ]),
    subnets: distinct([
      ...modern.flatMap(one => (one.AvailabilityZones ?? []).map(({ SubnetId }) => SubnetId)),
      ...classic.flatMap(one => one.Subnets ?? []),
      ...instances.map(({ SubnetId }) => SubnetId),
      ...all.map(({ SubnetId }) => SubnetId),
    ]),
    vpcs: distinct([
      ...modern.map(({ VpcId }) => VpcId),
      ...classic.map(({ VPCId }) => VPCId),
      ...instances.map(({ VpcId }) => VpcId),
      ...all.map(({ VpcId }) => VpcId),
    ]),
  }
}
