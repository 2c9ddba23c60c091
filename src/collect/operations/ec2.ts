/** The EC2 operations that collecting uses. */
import type * as Ec2 from '@aws-sdk/client-ec2'
import { byToken, operationsOf } from './operation.ts'

const define = operationsOf('ec2')

export const describeRegions = define<Ec2.DescribeRegionsCommandInput, Ec2.DescribeRegionsCommandOutput>()({
  name: 'DescribeRegions',
  purpose: 'the enabled regions',
  target: '*',
  items: output => output.Regions,
})

export const describeSecurityGroupRules = define<
  Ec2.DescribeSecurityGroupRulesCommandInput,
  Ec2.DescribeSecurityGroupRulesCommandOutput
>()({
  name: 'DescribeSecurityGroupRules',
  purpose: 'who may connect to a load balancer or instance',
  target: 'security group id',
  items: output => output.SecurityGroupRules,
  next: byToken,
})

export const describeManagedPrefixLists = define<
  Ec2.DescribeManagedPrefixListsCommandInput,
  Ec2.DescribeManagedPrefixListsCommandOutput
>()({
  name: 'DescribeManagedPrefixLists',
  purpose: "CloudFront's own prefix lists, told by name and owner, and those that rules name",
  target: '*',
  items: output => output.PrefixLists,
  next: byToken,
})

export const getManagedPrefixListEntries = define<
  Ec2.GetManagedPrefixListEntriesCommandInput,
  Ec2.GetManagedPrefixListEntriesCommandOutput
>()({
  name: 'GetManagedPrefixListEntries',
  purpose: 'the address ranges of a prefix list',
  target: 'prefix list id',
  items: output => output.Entries,
  next: byToken,
})

export const describeSubnets = define<Ec2.DescribeSubnetsCommandInput, Ec2.DescribeSubnetsCommandOutput>()({
  name: 'DescribeSubnets',
  purpose: 'the networks of a load balancer or instance',
  target: 'subnet id',
  items: output => output.Subnets,
  next: byToken,
})

export const describeRouteTables = define<
  Ec2.DescribeRouteTablesCommandInput,
  Ec2.DescribeRouteTablesCommandOutput
>()({
  name: 'DescribeRouteTables',
  purpose: 'whether a subnet has a route to the internet',
  target: 'VPC id',
  items: output => output.RouteTables,
  next: byToken,
})

export const describeNetworkAcls = define<
  Ec2.DescribeNetworkAclsCommandInput,
  Ec2.DescribeNetworkAclsCommandOutput
>()({
  name: 'DescribeNetworkAcls',
  purpose: 'what a subnet lets in',
  target: 'subnet id',
  items: output => output.NetworkAcls,
  next: byToken,
})

export const describeNetworkInterfaces = define<
  Ec2.DescribeNetworkInterfacesCommandInput,
  Ec2.DescribeNetworkInterfacesCommandOutput
>()({
  name: 'DescribeNetworkInterfaces',
  purpose: 'what has the address that an origin name resolves to',
  target: 'IP address',
  items: output => output.NetworkInterfaces,
  next: byToken,
})

export const describeAddresses = define<
  Ec2.DescribeAddressesCommandInput,
  Ec2.DescribeAddressesCommandOutput
>()({
  name: 'DescribeAddresses',
  purpose: 'Elastic IP addresses that an origin name resolves to and nothing uses',
  target: 'IP address',
  items: output => output.Addresses,
})

export const describeInstances = define<
  Ec2.DescribeInstancesCommandInput,
  Ec2.DescribeInstancesCommandOutput
>()({
  name: 'DescribeInstances',
  purpose: 'instances that are origins',
  target: 'instance id',
  items: output => output.Reservations?.flatMap(reservation => reservation.Instances ?? []),
  next: byToken,
})
