/** The EC2 operations that collecting uses. */
import type * as Ec2 from '@aws-sdk/client-ec2'
import { byToken, one, operationsOf } from './operation.ts'

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
  purpose: 'what has the address that an origin name resolves to, or that is registered as a target',
  target: 'IP address; of a target `VPC id/IP address`',
  items: output => output.NetworkInterfaces,
  next: byToken,
})

export const describeAddresses = define<
  Ec2.DescribeAddressesCommandInput,
  Ec2.DescribeAddressesCommandOutput
>()({
  name: 'DescribeAddresses',
  purpose:
    'Elastic IP addresses that an origin name resolves to and nothing uses, or that an accelerator leads to',
  target: 'IP address or allocation id',
  items: output => output.Addresses,
})

export const describeInstances = define<
  Ec2.DescribeInstancesCommandInput,
  Ec2.DescribeInstancesCommandOutput
>()({
  name: 'DescribeInstances',
  purpose: 'instances that are origins or targets',
  target: 'instance id',
  items: output => output.Reservations?.flatMap(reservation => reservation.Instances ?? []),
  next: byToken,
})

export const describeBlockPublicAccess = define<
  Ec2.DescribeVpcBlockPublicAccessOptionsCommandInput,
  Ec2.DescribeVpcBlockPublicAccessOptionsCommandOutput
>()({
  name: 'DescribeVpcBlockPublicAccessOptions',
  purpose: 'whether internet gateways of the region are blocked',
  target: '*',
  items: output => one(output.VpcBlockPublicAccessOptions),
})

export const describeBlockPublicAccessExclusions = define<
  Ec2.DescribeVpcBlockPublicAccessExclusionsCommandInput,
  Ec2.DescribeVpcBlockPublicAccessExclusionsCommandOutput
>()({
  name: 'DescribeVpcBlockPublicAccessExclusions',
  purpose: 'VPCs and subnets that are exempt from that block, where there is one',
  target: '*',
  items: output => output.VpcBlockPublicAccessExclusions,
  next: byToken,
})

export const describeEndpointServices = define<
  Ec2.DescribeVpcEndpointServiceConfigurationsCommandInput,
  Ec2.DescribeVpcEndpointServiceConfigurationsCommandOutput
>()({
  name: 'DescribeVpcEndpointServiceConfigurations',
  purpose: 'endpoint services, through which other accounts reach a network load balancer',
  target: '*',
  always: { MaxResults: 1000 },
  items: output => output.ServiceConfigurations,
  next: byToken,
})

export const describeEndpointServicePermissions = define<
  Ec2.DescribeVpcEndpointServicePermissionsCommandInput,
  Ec2.DescribeVpcEndpointServicePermissionsCommandOutput
>()({
  name: 'DescribeVpcEndpointServicePermissions',
  purpose: 'who may connect to such a service',
  target: 'endpoint service id',
  always: { MaxResults: 1000 },
  items: output => output.AllowedPrincipals,
  next: byToken,
})
