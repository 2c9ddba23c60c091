import {
  DescribeInstancesCommand,
  DescribeManagedPrefixListsCommand,
  DescribeNetworkAclsCommand,
  DescribeRegionsCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSubnetsCommand,
  EC2Client,
  GetManagedPrefixListEntriesCommand,
} from '@aws-sdk/client-ec2'
import { describe, expect, test } from 'vitest'
import { openWire, post, roundTrip } from './wire.ts'

const wire = await openWire()
const client = new EC2Client(wire.config)
const OwnerId = '111122223333'

describe('EC2 over its query dialect', () => {
  test('DescribeSecurityGroupRules gets filters and returns every kind of peer', async () => {
    const input = {
      Filters: [
        { Name: 'group-id', Values: ['sg-1', 'sg-2'] },
        { Name: 'tag:a.b', Values: ['x'] },
      ],
      MaxResults: 1000,
      NextToken: 'page=2&',
      DryRun: false,
    }
    const rule = { GroupId: 'sg-1', GroupOwnerId: OwnerId, IpProtocol: 'tcp', FromPort: 443, ToPort: 443 }
    const call = await roundTrip(wire, () => client.send(new DescribeSecurityGroupRulesCommand(input)), {
      SecurityGroupRules: [
        { ...rule, SecurityGroupRuleId: 'sgr-1', IsEgress: false, PrefixListId: 'pl-1', Tags: [] },
        { ...rule, SecurityGroupRuleId: 'sgr-2', IsEgress: false, CidrIpv4: '0.0.0.0/0', Description: '' },
        {
          ...rule,
          SecurityGroupRuleId: 'sgr-3',
          IsEgress: true,
          CidrIpv6: '::/0',
          FromPort: -1,
          ToPort: -1,
          IpProtocol: '-1',
        },
        {
          ...rule,
          SecurityGroupRuleId: 'sgr-4',
          IsEgress: false,
          ReferencedGroupInfo: { GroupId: 'sg-9', UserId: '444455556666', VpcPeeringConnectionId: 'pcx-1' },
          Tags: [{ Key: 'k', Value: 'v' }],
        },
      ],
      NextToken: 'page=3',
    })
    expect(call).toMatchObject({ service: 'ec2', operation: 'DescribeSecurityGroupRules', input })
  })

  test('DescribeManagedPrefixLists and GetManagedPrefixListEntries return lists and entries', async () => {
    const call = await roundTrip(
      wire,
      () =>
        client.send(
          new DescribeManagedPrefixListsCommand({ Filters: [{ Name: 'owner-id', Values: ['AWS'] }] }),
        ),
      {
        PrefixLists: [
          {
            PrefixListId: 'pl-3b927c52',
            AddressFamily: 'IPv4',
            State: 'create-complete',
            PrefixListArn: 'arn:aws:ec2:eu-west-1:aws:prefix-list/pl-3b927c52',
            PrefixListName: 'com.amazonaws.global.cloudfront.origin-facing',
            Tags: [],
            OwnerId: 'AWS',
          },
        ],
      },
    )
    expect(call.input).toEqual({ Filters: [{ Name: 'owner-id', Values: ['AWS'] }] })
    await roundTrip(
      wire,
      () =>
        client.send(new GetManagedPrefixListEntriesCommand({ PrefixListId: 'pl-3b927c52', MaxResults: 100 })),
      { Entries: [{ Cidr: '192.0.2.0/24', Description: 'a' }, { Cidr: '198.51.100.0/24' }] },
    )
  })

  test('DescribeNetworkAcls and DescribeRouteTables return entries, routes and associations', async () => {
    await roundTrip(
      wire,
      () => client.send(new DescribeNetworkAclsCommand({ NetworkAclIds: ['acl-1', 'acl-2'] })),
      {
        NetworkAcls: [
          {
            NetworkAclId: 'acl-1',
            VpcId: 'vpc-1',
            IsDefault: true,
            OwnerId,
            Associations: [{ NetworkAclAssociationId: 'a', NetworkAclId: 'acl-1', SubnetId: 'subnet-1' }],
            Entries: [
              {
                RuleNumber: 100,
                Protocol: '6',
                RuleAction: 'allow',
                Egress: false,
                CidrBlock: '0.0.0.0/0',
                PortRange: { From: 0, To: 65535 },
              },
              { RuleNumber: 32767, Protocol: '-1', RuleAction: 'deny', Egress: false, Ipv6CidrBlock: '::/0' },
              {
                RuleNumber: 110,
                Protocol: '1',
                RuleAction: 'deny',
                Egress: true,
                IcmpTypeCode: { Type: -1, Code: 0 },
              },
            ],
          },
        ],
      },
    )
    expect(wire.calls.at(-1)?.input).toEqual({ NetworkAclIds: ['acl-1', 'acl-2'] })
    await roundTrip(wire, () => client.send(new DescribeRouteTablesCommand({})), {
      RouteTables: [
        {
          RouteTableId: 'rtb-1',
          VpcId: 'vpc-1',
          Associations: [
            {
              Main: true,
              RouteTableAssociationId: 'r',
              RouteTableId: 'rtb-1',
              AssociationState: { State: 'associated' },
            },
          ],
          PropagatingVgws: [],
          Routes: [
            {
              DestinationCidrBlock: '0.0.0.0/0',
              GatewayId: 'igw-1',
              Origin: 'CreateRoute',
              State: 'active',
            },
            { DestinationPrefixListId: 'pl-1', GatewayId: 'vpce-1', State: 'blackhole' },
          ],
        },
      ],
    })
  })

  test('DescribeSubnets, DescribeInstances and DescribeRegions return what they describe', async () => {
    await roundTrip(wire, () => client.send(new DescribeSubnetsCommand({ SubnetIds: ['subnet-1'] })), {
      Subnets: [
        {
          SubnetId: 'subnet-1',
          VpcId: 'vpc-1',
          CidrBlock: '10.0.0.0/24',
          MapPublicIpOnLaunch: true,
          AvailableIpAddressCount: 251,
          Ipv6CidrBlockAssociationSet: [
            { Ipv6CidrBlock: '2001:db8::/64', Ipv6CidrBlockState: { State: 'associated' } },
          ],
        },
      ],
    })
    await roundTrip(wire, () => client.send(new DescribeInstancesCommand({ InstanceIds: ['i-1'] })), {
      Reservations: [
        {
          ReservationId: 'r-1',
          OwnerId,
          Instances: [
            {
              InstanceId: 'i-1',
              LaunchTime: new Date('2025-02-03T04:05:06Z'),
              State: { Code: 16, Name: 'running' },
              PublicDnsName: 'ec2-192-0-2-1.eu-west-1.compute.amazonaws.com',
              PublicIpAddress: '192.0.2.1',
              SourceDestCheck: true,
              SecurityGroups: [{ GroupId: 'sg-1', GroupName: 'web' }],
              NetworkInterfaces: [
                {
                  NetworkInterfaceId: 'eni-1',
                  Ipv6Addresses: [{ Ipv6Address: '2001:db8::1' }],
                  PrivateIpAddresses: [
                    { Primary: true, PrivateIpAddress: '10.0.0.4', Association: { PublicIp: '192.0.2.1' } },
                  ],
                },
              ],
              MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 2 },
            },
          ],
        },
      ],
    })
    const regions = await roundTrip(
      wire,
      () => client.send(new DescribeRegionsCommand({ AllRegions: false })),
      {
        Regions: [
          {
            RegionName: 'eu-west-1',
            Endpoint: 'ec2.eu-west-1.amazonaws.com',
            OptInStatus: 'opt-in-not-required',
          },
        ],
      },
    )
    expect(regions.input).toEqual({ AllRegions: false })
  })

  test('the reply is flat, with the element names that the API reference shows', async () => {
    wire.next = {
      output: {
        SecurityGroupRules: [{ SecurityGroupRuleId: 'sgr-1', IsEgress: false, FromPort: 443 }],
        NextToken: 't',
      },
    }
    const xml = await post(wire, 'ec2', {
      Action: 'DescribeSecurityGroupRules',
      Version: '2016-11-15',
      'Filter.1.Name': 'group-id',
      'Filter.1.Value.1': 'sg-1',
      'Filter.1.Value.2': 'sg-2',
    })
    expect(wire.calls.at(-1)?.input).toEqual({ Filters: [{ Name: 'group-id', Values: ['sg-1', 'sg-2'] }] })
    expect(xml).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n' +
        '<DescribeSecurityGroupRulesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15">' +
        '<requestId>ID</requestId>' +
        '<securityGroupRuleSet><item><securityGroupRuleId>sgr-1</securityGroupRuleId><isEgress>false</isEgress>' +
        '<fromPort>443</fromPort></item></securityGroupRuleSet><nextToken>t</nextToken>' +
        '</DescribeSecurityGroupRulesResponse>',
    )
  })
})
