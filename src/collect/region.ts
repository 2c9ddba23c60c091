/** Reads one region in depth: what stands behind origins there, and what shares targets with it. */

import type { Instance } from '@aws-sdk/client-ec2'
import type { LoadBalancerDescription } from '@aws-sdk/client-elastic-load-balancing'
import type { LoadBalancer } from '@aws-sdk/client-elastic-load-balancing-v2'
import { types } from '#snapshot/resource-types.ts'
import type { Balancers } from './balancers.ts'
import type { ReadCertificate } from './certificates.ts'
import type { Behind } from './entry-points.ts'
import { readInstances } from './instances.ts'
import { readLoadBalancer } from './load-balancer.ts'
import { type Ports, readNetwork } from './network.ts'
import { describeClassicLoadBalancers } from './operations/elb.ts'
import { describeTargetGroups, describeTargetHealth } from './operations/elbv2.ts'
import { distinct, type Reader } from './reader.ts'
import { readTags } from './tags.ts'
import { type Group, readShared } from './targets.ts'
import { readAssociations } from './web-acl-associations.ts'
import type { WebAcls } from './web-acls.ts'

export interface Depth {
  readonly reader: Reader
  readonly balancers: Balancers
  readonly certificate: ReadCertificate
  readonly webAcls: WebAcls
}

export async function readRegion(depth: Depth, region: string, behind: Behind): Promise<void> {
  const { reader } = depth
  const origins = [...behind.modern.values()]
  const classic = [...behind.classic.values()]
  const [shared, instances] = await Promise.all([
    readShared(reader, region, origins),
    readInstances(reader, region, [...behind.instances]),
  ])
  const listed = origins.length > 0 ? await depth.balancers.modern(region) : []
  const modern = listed.filter(one => shared.balancers.has(String(one.LoadBalancerArn)))
  noteGroups(reader, region, shared.groups)
  noteClassic(reader, region, classic)
  const application = modern.filter(({ Type }) => Type === 'application')
  await Promise.all([
    ...modern.map(one => readDeep(depth, region, one)),
    readCertificates(depth, classic.flatMap(certificatesOf)),
    readAssociations(reader, depth.webAcls, region, arnsOf(application)),
    readTags(reader, region, [...arnsOf(modern), ...shared.groups.map(({ arn }) => arn)]),
    readNetwork(reader, region, portsOf(modern, classic, instances)),
  ])
}

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
  instances: readonly Instance[],
): Ports => ({
  groups: distinct([
    ...modern.flatMap(one => one.SecurityGroups ?? []),
    ...classic.flatMap(one => one.SecurityGroups ?? []),
    ...instances.flatMap(one => (one.SecurityGroups ?? []).map(({ GroupId }) => GroupId)),
  ]),
  subnets: distinct([
    ...modern.flatMap(one => (one.AvailabilityZones ?? []).map(({ SubnetId }) => SubnetId)),
    ...classic.flatMap(one => one.Subnets ?? []),
    ...instances.map(({ SubnetId }) => SubnetId),
  ]),
  vpcs: distinct([
    ...modern.map(({ VpcId }) => VpcId),
    ...classic.map(({ VPCId }) => VPCId),
    ...instances.map(({ VpcId }) => VpcId),
  ]),
})
