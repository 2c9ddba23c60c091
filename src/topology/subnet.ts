/** The subnets of a load balancer: their routes to the internet and the network ACL at their border. */
import { type Known, known, unobserved } from '#base/known.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
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

const subnetNamed = (facts: Facts, id: string, place: Place): Known<Subnet> => {
  const subnet = facts.where(types.subnet, 'SubnetId', id).find(r => r.region === place.region)
  if (subnet === undefined) return unobserved(...gapsOf(facts, call('DescribeSubnets', id, place)))
  const vpcId = textAt(subnet.config, 'VpcId')
  if (vpcId === undefined) return unobserved(misread(subnet, 'the subnet names no VPC'))
  const at = { id, vpcId, account: subnet.account, region: subnet.region }
  return known({
    ref: refOf(subnet, id),
    id,
    ipv6: hasIpv6(subnet),
    internetRoutes: internetRoutesOf(facts, at),
    networkAcl: networkAclOf(facts, at),
    publicAccessBlock: known('off'),
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
