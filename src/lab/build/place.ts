/** Where the resources of a site live: account, region, VPC. */
import { types } from '#snapshot/resource-types.ts'
import type { WorldResource } from '../world.ts'
import { hex } from './names.ts'

export interface Place {
  readonly account: string
  readonly region: string
}

export const vpcId = (place: Place): string => `vpc-0${hex(16, 'vpc', place.account, place.region)}`
export const subnetIds = (place: Place): readonly string[] =>
  ['a', 'b'].map(zone => `subnet-0${hex(16, 'subnet', place.account, place.region, zone)}`)

/** Ids of AWS's own lists of CloudFront origin-facing servers; the same in every account, one per region. */
export const cloudFrontLists = (region: string): { readonly v4: string; readonly v6: string } => ({
  v4: `pl-${hex(8, 'origin-facing', region)}`,
  v6: `pl-${hex(8, 'origin-facing-v6', region)}`,
})

/** CloudFront's origin-facing servers of the worlds: documentation addresses stand in for Amazon's. */
export const cloudFrontServers = { v4: ['192.0.2.128/25'], v6: ['2001:db8:cf::/48'] } as const

const resource = (
  place: Place,
  type: string,
  arn: string,
  config: Record<string, unknown>,
): WorldResource => ({ type, arn, account: place.account, region: place.region, config })

/** AWS's own lists of CloudFront's servers, as every region has them. */
export const prefixLists = (place: Place): readonly WorldResource[] => {
  const ids = cloudFrontLists(place.region)
  const list = (id: string, name: string, family: string, cidrs: readonly string[]) => {
    const arn = `arn:aws:ec2:${place.region}:aws:prefix-list/${id}`
    return [
      resource(place, types.prefixList, arn, {
        PrefixListId: id,
        PrefixListArn: arn,
        PrefixListName: name,
        AddressFamily: family,
        OwnerId: 'AWS',
        State: 'create-complete',
      }),
      resource(place, types.prefixListEntries, arn, {
        PrefixListId: id,
        Entries: cidrs.map(Cidr => ({ Cidr })),
      }),
    ]
  }
  return [
    ...list(ids.v4, 'com.amazonaws.global.cloudfront.origin-facing', 'IPv4', cloudFrontServers.v4),
    ...list(ids.v6, 'com.amazonaws.global.ipv6.cloudfront.origin-facing', 'IPv6', cloudFrontServers.v6),
  ]
}

/** A VPC with two public subnets, an internet gateway, an open network ACL and AWS's prefix lists. */
export const network = (place: Place): readonly WorldResource[] => {
  const arn = (kind: string, id: string) => `arn:aws:ec2:${place.region}:${place.account}:${kind}/${id}`
  const vpc = vpcId(place)
  const gateway = `igw-0${hex(16, 'igw', vpc)}`
  const routeTable = `rtb-0${hex(16, 'rtb', vpc)}`
  const acl = `acl-0${hex(16, 'acl', vpc)}`
  const subnets = subnetIds(place)
  return [
    ...prefixLists(place),
    ...subnets.map((id, i) =>
      resource(place, types.subnet, arn('subnet', id), {
        SubnetId: id,
        SubnetArn: arn('subnet', id),
        VpcId: vpc,
        AvailabilityZone: `${place.region}${'ab'.charAt(i)}`,
        CidrBlock: `10.0.${i}.0/24`,
        Ipv6CidrBlockAssociationSet: [
          {
            AssociationId: `subnet-cidr-assoc-0${hex(16, id)}`,
            Ipv6CidrBlock: `2001:db8:0:${i + 1}::/64`,
            Ipv6CidrBlockState: { State: 'associated' },
          },
        ],
        OwnerId: place.account,
        State: 'available',
      }),
    ),
    resource(place, types.routeTable, arn('route-table', routeTable), {
      RouteTableId: routeTable,
      VpcId: vpc,
      OwnerId: place.account,
      Associations: [
        {
          Main: true,
          RouteTableAssociationId: `rtbassoc-0${hex(16, routeTable)}`,
          RouteTableId: routeTable,
          AssociationState: { State: 'associated' },
        },
      ],
      Routes: [
        { DestinationCidrBlock: '10.0.0.0/16', GatewayId: 'local', State: 'active' },
        { DestinationCidrBlock: '0.0.0.0/0', GatewayId: gateway, State: 'active' },
        { DestinationIpv6CidrBlock: '::/0', GatewayId: gateway, State: 'active' },
      ],
    }),
    resource(place, types.networkAcl, arn('network-acl', acl), {
      NetworkAclId: acl,
      VpcId: vpc,
      IsDefault: true,
      OwnerId: place.account,
      Associations: subnets.map(id => ({
        NetworkAclAssociationId: `aclassoc-0${hex(16, id)}`,
        NetworkAclId: acl,
        SubnetId: id,
      })),
      Entries: [false, true].flatMap(Egress => [
        { Egress, RuleNumber: 100, RuleAction: 'allow', Protocol: '-1', CidrBlock: '0.0.0.0/0' },
        { Egress, RuleNumber: 101, RuleAction: 'allow', Protocol: '-1', Ipv6CidrBlock: '::/0' },
        { Egress, RuleNumber: 32767, RuleAction: 'deny', Protocol: '-1', CidrBlock: '0.0.0.0/0' },
        { Egress, RuleNumber: 32768, RuleAction: 'deny', Protocol: '-1', Ipv6CidrBlock: '::/0' },
      ]),
    }),
  ]
}
