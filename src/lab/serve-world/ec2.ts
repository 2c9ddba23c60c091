/** Amazon EC2 of a world. */
import { types } from '#snapshot/resource-types.ts'
import { at, type Filterable, filtered } from './filter.ts'
import { interfacesOf } from './network-interfaces.ts'
import { type Operation, type Operations, type Output, orRefuse, type Request, texts } from './operation.ts'
import { pageOf } from './page.ts'
import type { Config } from './view.ts'

interface Described {
  readonly type: string
  /** Member of the output. */
  readonly member: string
  /** Input member with ids, the field of the record it names, and the error for an unknown one. */
  readonly ids?: readonly [input: string, field: string, unknown: string]
  readonly filters: Filterable
  readonly list?: (view: Request['view']) => readonly Config[]
}

const found = ({ input, view }: Request, { type, ids, filters, list }: Described): readonly Config[] => {
  const asked = ids && texts(input[ids[0]])
  const all = list ? list(view) : view.list(type)
  const chosen =
    asked?.map(id =>
      orRefuse(
        all.filter(config => config[ids?.[1] ?? ''] === id),
        ids?.[2] ?? '',
        id,
      ),
    ) ?? all
  return filtered(chosen, input.Filters, filters)
}

const paged = (
  { input, pageSize }: Request,
  member: string,
  items: readonly unknown[],
  most = 1000,
): Output => {
  const page = pageOf(items, {
    token: input.NextToken,
    asked: input.MaxResults,
    most,
    pageSize,
    badToken: 'InvalidNextToken',
  })
  return { [member]: page.items, NextToken: page.next }
}

const describe =
  (what: Described): Operation =>
  request =>
    paged(request, what.member, found(request, what))

const instances: Described = {
  type: types.instance,
  member: 'Reservations',
  ids: ['InstanceIds', 'InstanceId', 'InvalidInstanceID.NotFound'],
  filters: {
    'instance-id': at('InstanceId'),
    'ip-address': at('PublicIpAddress'),
    'dns-name': at('PublicDnsName'),
    'vpc-id': at('VpcId'),
    'private-ip-address': at('PrivateIpAddress'),
  },
}

const addresses: Described = {
  type: types.address,
  member: 'Addresses',
  ids: ['PublicIps', 'PublicIp', 'InvalidAddress.NotFound'],
  filters: { 'public-ip': at('PublicIp'), 'allocation-id': at('AllocationId') },
}

export const ec2: Operations = {
  DescribeRegions: ({ input, view }) => {
    const wanted = texts(input.RegionNames) ?? view.world.regions
    return {
      Regions: view.world.regions
        .filter(region => wanted.includes(region))
        .map(RegionName => ({
          RegionName,
          Endpoint: `ec2.${RegionName}.amazonaws.com`,
          OptInStatus: 'opt-in-not-required',
        })),
    }
  },
  DescribeSecurityGroupRules: describe({
    type: types.securityGroupRule,
    member: 'SecurityGroupRules',
    ids: ['SecurityGroupRuleIds', 'SecurityGroupRuleId', 'InvalidSecurityGroupRuleId.NotFound'],
    filters: { 'group-id': at('GroupId'), 'security-group-rule-id': at('SecurityGroupRuleId') },
  }),
  DescribeManagedPrefixLists: describe({
    type: types.prefixList,
    member: 'PrefixLists',
    ids: ['PrefixListIds', 'PrefixListId', 'InvalidPrefixListID.NotFound'],
    filters: {
      'owner-id': at('OwnerId'),
      'prefix-list-id': at('PrefixListId'),
      'prefix-list-name': at('PrefixListName'),
    },
  }),
  GetManagedPrefixListEntries: request => {
    const { input, view } = request
    const id = input.PrefixListId
    orRefuse(view.by(types.prefixList, 'PrefixListId', id), 'InvalidPrefixListID.NotFound', id)
    const entries = view.by(types.prefixListEntries, 'PrefixListId', id)[0]?.Entries ?? []
    return paged(request, 'Entries', entries as Config[], 100)
  },
  DescribeSubnets: describe({
    type: types.subnet,
    member: 'Subnets',
    ids: ['SubnetIds', 'SubnetId', 'InvalidSubnetID.NotFound'],
    filters: { 'subnet-id': at('SubnetId'), 'vpc-id': at('VpcId') },
  }),
  DescribeRouteTables: describe({
    type: types.routeTable,
    member: 'RouteTables',
    ids: ['RouteTableIds', 'RouteTableId', 'InvalidRouteTableID.NotFound'],
    filters: {
      'vpc-id': at('VpcId'),
      'route-table-id': at('RouteTableId'),
      'association.subnet-id': at('Associations', 'SubnetId'),
      'association.main': at('Associations', 'Main'),
    },
  }),
  DescribeNetworkAcls: describe({
    type: types.networkAcl,
    member: 'NetworkAcls',
    ids: ['NetworkAclIds', 'NetworkAclId', 'InvalidNetworkAclID.NotFound'],
    filters: {
      'vpc-id': at('VpcId'),
      'network-acl-id': at('NetworkAclId'),
      'association.subnet-id': at('Associations', 'SubnetId'),
    },
  }),
  DescribeNetworkInterfaces: describe({
    type: types.networkInterface,
    member: 'NetworkInterfaces',
    ids: ['NetworkInterfaceIds', 'NetworkInterfaceId', 'InvalidNetworkInterfaceID.NotFound'],
    list: interfacesOf,
    filters: {
      'association.public-ip': at('Association', 'PublicIp'),
      'addresses.association.public-ip': config => [
        ...at('Association', 'PublicIp')(config),
        ...at('PrivateIpAddresses', 'Association', 'PublicIp')(config),
      ],
      'addresses.private-ip-address': config => [
        ...at('PrivateIpAddress')(config),
        ...at('PrivateIpAddresses', 'PrivateIpAddress')(config),
      ],
      'ipv6-addresses.ipv6-address': at('Ipv6Addresses', 'Ipv6Address'),
      'network-interface-id': at('NetworkInterfaceId'),
      'attachment.instance-id': at('Attachment', 'InstanceId'),
      'vpc-id': at('VpcId'),
    },
  }),
  DescribeAddresses: request => ({ Addresses: found(request, addresses) }),
  DescribeInstances: request =>
    paged(
      request,
      instances.member,
      found(request, instances).map(instance => ({
        ReservationId: String(instance.InstanceId).replace(/^i-/, 'r-'),
        OwnerId: request.view.account,
        Instances: [instance],
      })),
    ),
}
