/** Reads who may connect to load balancers and instances: security group rules, subnets, route tables, network ACLs. */
import type { RouteTable, SecurityGroupRule, Subnet } from '@aws-sdk/client-ec2'
import { types } from '#snapshot/resource-types.ts'
import {
  describeNetworkAcls,
  describeRouteTables,
  describeSecurityGroupRules,
  describeSubnets,
} from './operations/ec2.ts'
import { readPrefixLists } from './prefix-lists.ts'
import { batches, distinct, type Reader } from './reader.ts'

/** The ids that load balancers and instances of one region name. */
export interface Ports {
  readonly groups: readonly string[]
  readonly subnets: readonly string[]
  readonly vpcs: readonly string[]
}

/** EC2 takes at most this many values in one filter. */
const mostValues = 200

export async function readNetwork(reader: Reader, region: string, ports: Ports): Promise<void> {
  const [rules, tables] = await Promise.all([
    readRules(reader, region, distinct(ports.groups)),
    readTables(reader, region, distinct(ports.vpcs)),
    readSubnets(reader, region, distinct(ports.subnets)),
    readAcls(reader, region, distinct(ports.subnets)),
  ])
  await readPrefixLists(reader, region, {
    ofRules: distinct(rules.map(rule => rule.PrefixListId)),
    ofRoutes: distinct(
      tables.flatMap(table => (table.Routes ?? []).map(route => route.DestinationPrefixListId)),
    ),
  })
}

const filter = (Name: string, values: readonly string[]) => [{ Name, Values: [...values] }]

const readRules = async (
  { ask, journal, partition, account }: Reader,
  region: string,
  groups: readonly string[],
): Promise<readonly SecurityGroupRule[]> => {
  const answers = await Promise.all(
    batches(groups, mostValues).map(targets =>
      ask(describeSecurityGroupRules, {
        region,
        input: { Filters: filter('group-id', targets), MaxResults: 1000 },
        about: { targets, of: rule => [rule.GroupId] },
      }),
    ),
  )
  const rules = answers.flatMap(({ items }) => items)
  for (const config of rules) {
    const own = `arn:${partition}:ec2:${region}:${config.GroupOwnerId ?? account}:security-group-rule/${config.SecurityGroupRuleId}`
    const arn = config.SecurityGroupRuleArn ?? own
    journal.keep(describeSecurityGroupRules, { type: types.securityGroupRule, arn, region, config })
  }
  return rules
}

const readTables = async (
  { ask, journal, partition, account }: Reader,
  region: string,
  vpcs: readonly string[],
): Promise<readonly RouteTable[]> => {
  const answers = await Promise.all(
    batches(vpcs, mostValues).map(targets =>
      ask(describeRouteTables, {
        region,
        input: { Filters: filter('vpc-id', targets), MaxResults: 100 },
        about: { targets, of: table => [table.VpcId] },
      }),
    ),
  )
  const tables = answers.flatMap(({ items }) => items)
  for (const config of tables) {
    const arn = `arn:${partition}:ec2:${region}:${config.OwnerId ?? account}:route-table/${config.RouteTableId}`
    journal.keep(describeRouteTables, { type: types.routeTable, arn, region, config })
  }
  return tables
}

const readSubnets = async (reader: Reader, region: string, subnets: readonly string[]): Promise<void> => {
  const { ask, journal, partition, account } = reader
  for (const targets of batches(subnets, mostValues)) {
    const { items } = await ask(describeSubnets, {
      region,
      input: { Filters: filter('subnet-id', targets), MaxResults: 1000 },
      about: { targets, of: (subnet: Subnet) => [subnet.SubnetId] },
    })
    for (const config of items) {
      const own = `arn:${partition}:ec2:${region}:${config.OwnerId ?? account}:subnet/${config.SubnetId}`
      journal.keep(describeSubnets, { type: types.subnet, arn: config.SubnetArn ?? own, region, config })
    }
  }
}

const readAcls = async (reader: Reader, region: string, subnets: readonly string[]): Promise<void> => {
  const { ask, journal, partition, account } = reader
  for (const targets of batches(subnets, mostValues)) {
    const { items } = await ask(describeNetworkAcls, {
      region,
      input: { Filters: filter('association.subnet-id', targets), MaxResults: 1000 },
      about: { targets, of: acl => (acl.Associations ?? []).map(one => one.SubnetId) },
    })
    for (const config of items) {
      const arn = `arn:${partition}:ec2:${region}:${config.OwnerId ?? account}:network-acl/${config.NetworkAclId}`
      journal.keep(describeNetworkAcls, { type: types.networkAcl, arn, region, config })
    }
  }
}
