import { describe, expect, test } from 'vitest'
import type { ResourceRecord } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import type { LoadBalancer } from '#topology/model.ts'
import {
  account,
  type Config,
  changed,
  gapsOf,
  given,
  merge,
  ofType,
  onlyBalancer,
  type Parts,
  read,
  resource,
  topologyOf,
} from './parts.ts'
import { ingress, network, prefixList, shop } from './shop.ts'

const built = (parts: Parts): LoadBalancer => onlyBalancer(topologyOf(parts))

/** `shop` with further inbound rules. */
const withIngress = (...rules: readonly ResourceRecord[]): Parts => ({
  ...merge(shop, { resources: rules, reads: [] }),
  reads: shop.reads.map(r =>
    r.operation === 'DescribeSecurityGroupRules' ? { ...r, count: r.count + rules.length } : r,
  ),
})

describe('security group rules', () => {
  test('are the inbound ones only, with their peers', () => {
    const parts = withIngress(
      ingress('sgr-3', { CidrIpv4: '0.0.0.0/0', FromPort: 80, ToPort: 90 }),
      ingress('sgr-4', { CidrIpv6: '::/0', IpProtocol: '-1', FromPort: -1, ToPort: -1 }),
      ingress('sgr-5', { ReferencedGroupInfo: { GroupId: 'sg-9' } }),
    )
    expect(given(built(parts).ingress).map(r => [r.protocol, r.fromPort, r.toPort, r.peer.kind])).toEqual([
      ['tcp', 443, 443, 'prefix-list'],
      ['tcp', 80, 90, 'cidr4'],
      ['-1', 0, 65535, 'cidr6'],
      ['tcp', 443, 443, 'group'],
    ])
  })

  test.each([
    ['no peer', {}],
    ['no protocol', { IpProtocol: undefined, CidrIpv4: '10.0.0.0/8' }],
    ['no ports', { FromPort: undefined, CidrIpv4: '10.0.0.0/8' }],
  ])('are not known where one has %s: it may admit anyone', (_, more) =>
    expect(gapsOf(built(withIngress(ingress('sgr-3', more))).ingress)).toMatchObject([
      { code: 'unrecognised' },
    ]),
  )

  test('of another group or region do not count', () => {
    const elsewhere = { ...ingress('sgr-8', { CidrIpv4: '0.0.0.0/0' }), region: 'us-east-1' }
    const other = ingress('sgr-9', { CidrIpv4: '0.0.0.0/0' }, 'sg-2')
    const parts = merge(shop, { resources: [elsewhere, other], reads: [] })
    expect(given(built(parts).ingress)).toHaveLength(1)
  })

  test('of several groups come together', () => {
    const parts = merge(
      changed(shop, ofType(types.loadBalancer), c => ({ ...c, SecurityGroups: ['sg-2', 'sg-1'] })),
      {
        resources: [ingress('sgr-3', { CidrIpv4: '10.0.0.0/8' }, 'sg-2')],
        reads: [read('DescribeSecurityGroupRules', 'sg-2', 1)],
      },
    )
    expect(built(parts).securityGroupIds).toEqual(['sg-1', 'sg-2'])
    expect(given(built(parts).ingress).map(r => r.groupId)).toEqual(['sg-1', 'sg-2'])
  })

  test('are not known for an application load balancer that shows no group', () => {
    const parts = changed(shop, ofType(types.loadBalancer), c => ({ ...c, SecurityGroups: [] }))
    expect(built(parts).ingress.known).toBe(false)
  })

  test('are none for a network load balancer without groups', () => {
    const parts = changed(shop, ofType(types.loadBalancer), ({ SecurityGroups: _, ...c }) => ({
      ...c,
      Type: 'network',
    }))
    expect(built(parts)).toMatchObject({
      kind: 'network',
      securityGroupIds: [],
      ingress: { known: true, value: [] },
    })
  })
})

describe('a prefix list', () => {
  test.each([
    ['com.amazonaws.global.cloudfront.origin-facing', 'AWS', true],
    ['com.amazonaws.global.ipv6.cloudfront.origin-facing', 'AWS', true],
    ['com.amazonaws.global.cloudfront.origin-facing', account, false],
    ['com.amazonaws.eu-west-1.s3', 'AWS', false],
  ])('named %s of owner %s is that of CloudFront: %s', (name, owner, isCloudFront) => {
    const parts = merge(
      { ...network, resources: network.resources.filter(r => !r.type.includes('PrefixList')) },
      { resources: prefixList('pl-1', name, owner), reads: [] },
    )
    const [list] = topologyOf(parts).prefixLists
    expect(list?.cloudFrontOriginFacing).toBe(isCloudFront)
    expect(list && given(list.entries)).toEqual(['192.0.2.128/25'])
  })

  test('of the same id in another region is another list', () => {
    const parts = changed(shop, ofType(types.prefixList), c => c)
    const moved = {
      ...parts,
      resources: parts.resources.map(r => (r.type === types.prefixList ? { ...r, region: 'us-east-1' } : r)),
    }
    const [rule] = given(built(moved).ingress)
    expect(rule?.peer.kind === 'prefix-list' && rule.peer.list.known).toBe(false)
  })

  test('has no known entries where one cannot be read', () => {
    const parts = changed(shop, ofType(types.prefixListEntries), c => ({
      ...c,
      Entries: [{ Cidr: '10.0.0.0/8' }, {}],
    }))
    expect(topologyOf(parts).prefixLists[0]?.entries.known).toBe(false)
  })

  test('of CloudFront is not known when it comes without entries', () => {
    const parts = changed(shop, ofType(types.prefixListEntries), c => ({ ...c, Entries: [] }))
    expect(topologyOf(parts).prefixLists[0]?.entries.known).toBe(false)
  })
})

describe('a subnet', () => {
  const routed = (...Routes: readonly Config[]) => {
    const parts = changed(shop, ofType(types.routeTable), c => ({ ...c, Routes }))
    const [subnet] = given(built(parts).subnets)
    return subnet?.internetRoutes
  }
  const routesOf = (parts: Parts) => {
    const [subnet] = given(built(parts).subnets)
    return subnet && given(subnet.internetRoutes)
  }

  test('knows the routes that leave by an internet gateway', () => {
    const v6 = { DestinationIpv6CidrBlock: '::/0', GatewayId: 'igw-1', State: 'active' }
    const v4 = { DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-1' }
    expect(routed(v6, v4)).toEqual({ known: true, value: ['0.0.0.0/0', '::/0'] })
  })

  test.each([
    ['a NAT gateway', { DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: 'nat-1' }],
    ['a transit gateway', { DestinationCidrBlock: '0.0.0.0/0', TransitGatewayId: 'tgw-1' }],
    ['an egress-only gateway', { DestinationIpv6CidrBlock: '::/0', EgressOnlyInternetGatewayId: 'eigw-1' }],
    ['a gateway that is gone', { DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-1', State: 'blackhole' }],
    [
      'an appliance, for private addresses',
      { DestinationCidrBlock: '10.9.0.0/16', NetworkInterfaceId: 'eni-1' },
    ],
  ])('has no way in by %s', (_, route) => expect(routed(route)).toEqual({ known: true, value: [] }))

  test.each([
    ['an endpoint of a gateway load balancer', { DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'vpce-1' }],
    ['an appliance', { DestinationCidrBlock: '0.0.0.0/0', NetworkInterfaceId: 'eni-1' }],
    ['something new', { DestinationCidrBlock: '0.0.0.0/0', OdbNetworkArn: 'arn:aws:odb:::network/1' }],
    ['an internet gateway for no destination', { GatewayId: 'igw-1' }],
    [
      'an internet gateway for an unread prefix list',
      { GatewayId: 'igw-1', DestinationPrefixListId: 'pl-9' },
    ],
  ])('may have one by %s', (_, route) => expect(routed(route)?.known).toBe(false))

  test.each([
    ['com.amazonaws.eu-west-1.s3', 'AWS', true],
    ['com.amazonaws.eu-west-1.dynamodb', 'AWS', true],
    ['com.amazonaws.eu-west-1.s3', account, false],
    ['com.amazonaws.global.cloudfront.origin-facing', 'AWS', false],
  ])(
    'with an endpoint for the list %s of %s is known to have no way in by it: %s',
    (name, owner, isKnown) => {
      const route = { DestinationPrefixListId: 'pl-2', GatewayId: 'vpce-1' }
      const parts = merge(
        changed(shop, ofType(types.routeTable), c => ({ ...c, Routes: [route] })),
        { resources: prefixList('pl-2', name, owner).slice(0, 1), reads: [] },
      )
      expect(given(built(parts).subnets)[0]?.internetRoutes.known).toBe(isKnown)
    },
  )

  test('follows a route for a prefix list', () =>
    expect(routed({ GatewayId: 'igw-1', DestinationPrefixListId: 'pl-1' })).toEqual({
      known: true,
      value: ['192.0.2.128/25'],
    }))

  test('goes by its own route table before the main one', () => {
    const own = resource(types.routeTable, 'arn:aws:ec2:eu-west-1:111122223333:route-table/rtb-2', {
      RouteTableId: 'rtb-2',
      VpcId: 'vpc-1',
      Associations: [{ SubnetId: 'subnet-1', AssociationState: { State: 'associated' } }],
      Routes: [],
    })
    expect(routesOf(merge(shop, { resources: [own], reads: [] }))).toEqual([])
    const undone = {
      ...own,
      config: {
        ...own.config,
        Associations: [{ SubnetId: 'subnet-1', AssociationState: { State: 'disassociated' } }],
      },
    }
    expect(routesOf(merge(shop, { resources: [undone], reads: [] }))).toEqual(['0.0.0.0/0'])
  })

  test('is not known without any table for it', () => {
    const parts = changed(shop, ofType(types.routeTable), c => ({ ...c, Associations: [] }))
    const [subnet] = given(built(parts).subnets)
    expect(subnet && gapsOf(subnet.internetRoutes)).toMatchObject([{ code: 'not-found' }])
  })

  test.each([
    [[], false],
    [[{ Ipv6CidrBlock: '2001:db8::/64', Ipv6CidrBlockState: { State: 'associated' } }], true],
    [[{ Ipv6CidrBlock: '2001:db8::/64', Ipv6CidrBlockState: { State: 'disassociated' } }], false],
    [[{ Ipv6CidrBlock: '2001:db8::/64' }], true],
  ])('with IPv6 ranges %j speaks IPv6: %s', (Ipv6CidrBlockAssociationSet, ipv6) => {
    const parts = changed(shop, ofType(types.subnet), c => ({ ...c, Ipv6CidrBlockAssociationSet }))
    expect(given(built(parts).subnets)[0]?.ipv6).toBe(ipv6)
  })

  test('has the entries of its network ACL in the order in which they are tried', () => {
    const [subnet] = given(built(shop).subnets)
    expect(
      subnet && given(subnet.networkAcl).entries.map(e => [e.number, e.allow, e.fromPort, e.toPort]),
    ).toEqual([
      [100, true, 0, 65535],
      [32767, false, 0, 65535],
    ])
  })

  test('takes an ACL list of the whole VPC as well', () => {
    const whole = {
      ...shop,
      reads: shop.reads.map(r => (r.operation === 'DescribeNetworkAcls' ? { ...r, target: 'vpc-1' } : r)),
    }
    expect(given(built(whole).subnets)[0]?.networkAcl.known).toBe(true)
  })

  test('does not know its network ACL where an entry cannot be read', () => {
    const parts = changed(shop, ofType(types.networkAcl), c => ({
      ...c,
      Entries: [{ Egress: false, RuleNumber: 1, RuleAction: 'log', Protocol: '6', CidrBlock: '0.0.0.0/0' }],
    }))
    expect(given(built(parts).subnets)[0]?.networkAcl.known).toBe(false)
  })
})
