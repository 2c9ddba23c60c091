/** Subnets: their routes to the internet, the network ACL at their border, and whether public access is blocked. */
import { type Known, known, unobserved } from '#base/known.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { publicAccessBlockOf } from './block-public-access.ts'
import { call, type Place } from './calls.ts'
import { listAt, textAt } from './config.ts'
import { allKnown, type Facts, gapsOf, misread, refOf } from './facts.ts'
import type { Subnet } from './model.ts'
import { networkAclOf } from './network-acl.ts'
import { internetRoutesOf } from './route-table.ts'

/** Whether any IPv6 range is attached; one in an unknown state counts. */
const hasIpv6 = (subnet: LocatedResource): boolean =>
  (listAt(subnet.config, 'Ipv6CidrBlockAssociationSet') ?? []).some(
    association =>
      !['disassociated', 'failed'].includes(textAt(association, 'Ipv6CidrBlockState', 'State') ?? ''),
  )

/** The subnet of an id. */
export const subnetNamed = (facts: Facts, id: string, place: Place): Known<Subnet> => {
  const subnet = facts.where(types.subnet, 'SubnetId', id).find(r => r.region === place.region)
  if (subnet === undefined) return unobserved(...gapsOf(facts, call('DescribeSubnets', id, place)))
  const vpcId = textAt(subnet.config, 'VpcId')
  if (vpcId === undefined) return unobserved(misread(subnet, 'the subnet names no VPC'))
  const at = { id, vpcId, account: subnet.account, region: subnet.region }
  const owner = textAt(subnet.config, 'OwnerId') ?? subnet.account
  const cidr = textAt(subnet.config, 'CidrBlock')
  return known({
    ref: refOf(subnet, id),
    id,
    ...(cidr !== undefined && { cidr }),
    ipv6: hasIpv6(subnet),
    internetRoutes: internetRoutesOf(facts, at),
    networkAcl: networkAclOf(facts, at),
    publicAccessBlock: publicAccessBlockOf(facts, { ...at, account: owner }),
  })
}

/** All subnets, by id; unobserved as a whole where one of them is. */
export const subnetsOf = (
  facts: Facts,
  balancer: LocatedResource,
  ids: readonly (string | undefined)[] | undefined,
): Known<readonly Subnet[]> => {
  const readable = ids?.filter(id => id !== undefined)
  if (readable === undefined || readable.length === 0 || readable.length !== ids?.length)
    return unobserved(misread(balancer, 'the subnets cannot be read'))
  return allKnown([...new Set(readable)].toSorted().map(id => subnetNamed(facts, id, balancer)))
}
