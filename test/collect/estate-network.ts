/** Prefix lists, machines, interfaces and the other ways in of the estate. */

import type { WorldResource } from '#lab/world.ts'
import { types } from '#snapshot/resource-types.ts'
import { fronting, shop, wiki } from './estate-balancers.ts'
import { type Alb, account, dublin, of } from './estate-parts.ts'
import { machines, otherWays } from './estate-ways.ts'

export const customList = 'pl-0customers'
const groupRule = (group: string, id: string, peer: Record<string, unknown>): WorldResource => {
  const arn = `arn:aws:ec2:eu-west-1:${account}:security-group-rule/${id}`
  const config = {
    SecurityGroupRuleId: id,
    SecurityGroupRuleArn: arn,
    GroupId: group,
    GroupOwnerId: account,
    IsEgress: false,
    IpProtocol: 'tcp',
    FromPort: 80,
    ToPort: 80,
    ...peer,
  }
  return of(dublin, types.securityGroupRule, arn, config)
}
export const lists: readonly WorldResource[] = [
  groupRule('sg-0legacy', 'sgr-0legacy', { PrefixListId: customList }),
  groupRule('sg-0instance', 'sgr-0instance', { CidrIpv4: '0.0.0.0/0' }),
  groupRule('sg-0hosts', 'sgr-0hosts', { CidrIpv4: '192.0.2.0/24' }),
  groupRule('sg-0admin', 'sgr-0admin', { CidrIpv6: '2001:db8:1::/48' }),
  of(dublin, types.prefixList, `arn:aws:ec2:eu-west-1:${account}:prefix-list/${customList}`, {
    PrefixListId: customList,
    PrefixListArn: `arn:aws:ec2:eu-west-1:${account}:prefix-list/${customList}`,
    PrefixListName: 'customers',
    AddressFamily: 'IPv4',
    MaxEntries: 10,
    Version: 1,
    OwnerId: account,
    State: 'create-complete',
  }),
  of(dublin, types.prefixListEntries, `arn:aws:ec2:eu-west-1:${account}:prefix-list/${customList}`, {
    PrefixListId: customList,
    Entries: ['192.0.2.0/28', '192.0.2.16/28', '192.0.2.32/28'].map(Cidr => ({ Cidr, Description: '' })),
  }),
]

export const instance = (id: string, address: string): WorldResource =>
  of(dublin, types.instance, `arn:aws:ec2:eu-west-1:${account}:instance/${id}`, {
    InstanceId: id,
    PublicIpAddress: address,
    PublicDnsName: `ec2-${address.replaceAll('.', '-')}.eu-west-1.compute.amazonaws.com`,
    LaunchTime: '2025-01-01T00:00:00.000Z',
    SecurityGroups: [{ GroupId: 'sg-0instance', GroupName: 'instance' }],
  })
const card = (id: string, owner: string, address: string): WorldResource =>
  of(dublin, types.networkInterface, `arn:aws:ec2:eu-west-1:${account}:network-interface/${id}`, {
    NetworkInterfaceId: id,
    Description: '',
    Status: 'in-use',
    Attachment: { InstanceId: owner, Status: 'attached' },
    Association: { PublicIp: address },
  })
export const hosts: readonly WorldResource[] = [
  instance('i-0aaaaaaaaaaaaaaa1', '203.0.113.77'),
  instance('i-0aaaaaaaaaaaaaaa2', '198.51.100.10'),
  instance('i-0aaaaaaaaaaaaaaa3', '203.0.113.78'),
  card('eni-1', 'i-0aaaaaaaaaaaaaaa1', '203.0.113.77'),
  card('eni-2', 'i-0aaaaaaaaaaaaaaa2', '198.51.100.10'),
  of(dublin, types.address, `arn:aws:ec2:eu-west-1:${account}:elastic-ip/eipalloc-1`, {
    AllocationId: 'eipalloc-1',
    PublicIp: '198.51.100.99',
    Domain: 'vpc',
  }),
]

const targetOf = (one: Alb): string => {
  const health = one.resources.find(r => r.type === types.targetHealth)?.config.TargetHealthDescriptions
  return (health as readonly { Target: { Id: string } }[])[0]?.Target.Id ?? ''
}
const arnOf = (resources: readonly WorldResource[], type: string): string =>
  resources.find(r => r.type === type)?.arn ?? ''

export const [behindIds, behindAddress] = machines(targetOf(wiki))
const [wikiInterface] = behindAddress.config.NetworkInterfaces as [Record<string, unknown>]
export const wikiCard = of(
  dublin,
  types.networkInterface,
  `arn:aws:ec2:eu-west-1:${account}:network-interface/${wikiInterface.NetworkInterfaceId}`,
  {
    ...wikiInterface,
    Attachment: { InstanceId: behindAddress.config.InstanceId, DeviceIndex: 0, Status: 'attached' },
  },
)

export const ways = otherWays({
  application: shop.arn,
  network: arnOf(fronting, types.loadBalancer),
  listener: arnOf(wiki.resources, types.listener),
  group: arnOf(fronting, types.targetGroup),
})
