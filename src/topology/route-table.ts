/** Which destinations a subnet's route table sends to an internet gateway. */
import { intersectCidrs, publicSpace } from '#base/ip-set.ts'
import { type Known, known, unobserved } from '#base/known.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { call, gapAbout } from './calls.ts'
import { flagAt, listAt, textAt } from './config.ts'
import { allKnown, type Facts, listed, misread } from './facts.ts'
import { prefixListNamed } from './prefix-list.ts'

/** A subnet, its VPC, and where the two are. */
export interface SubnetPlace {
  readonly id: string
  readonly vpcId: string
  readonly account: string
  readonly region: string
}

const associations = (table: LocatedResource): readonly unknown[] =>
  (listAt(table.config, 'Associations') ?? []).filter(
    a => !['disassociated', 'failed'].includes(textAt(a, 'AssociationState', 'State') ?? ''),
  )

const tableOf = (tables: readonly LocatedResource[], subnet: SubnetPlace): LocatedResource | undefined =>
  tables.find(t => associations(t).some(a => textAt(a, 'SubnetId') === subnet.id)) ??
  tables.find(t => associations(t).some(a => flagAt(a, 'Main') === true))

const destinationsOf = (facts: Facts, table: LocatedResource, route: unknown): Known<readonly string[]> => {
  const cidr = textAt(route, 'DestinationCidrBlock') ?? textAt(route, 'DestinationIpv6CidrBlock')
  if (cidr !== undefined) return known([cidr])
  const id = textAt(route, 'DestinationPrefixListId')
  if (id === undefined) return unobserved(misread(table, 'a route names no destination'))
  const list = prefixListNamed(facts, id, table)
  return list.known ? list.value.entries : list
}

/** Gateways that no connection from the internet comes in by. */
const inwardGateway = /^(?:local$|nat-|eigw-|vgw-|pcx-|tgw-|lgw-|cagw-)/

const gatewayKeys = [
  'GatewayId',
  'NatGatewayId',
  'EgressOnlyInternetGatewayId',
  'VpcPeeringConnectionId',
  'TransitGatewayId',
  'LocalGatewayId',
  'CarrierGatewayId',
] as const

const reachesPublic = (cidrs: readonly string[]): boolean =>
  intersectCidrs(cidrs, [...publicSpace(4), ...publicSpace(6)]).length > 0

/** AWS's own lists of the services that gateway endpoints (`vpce-`, as those of load balancers) lead to. */
const gatewayServices = /^com\.amazonaws\.(?:[a-z0-9-]+\.)+(?:s3|s3express|dynamodb)$/

const isGatewayEndpoint = (facts: Facts, table: LocatedResource, route: unknown): boolean => {
  const id = textAt(route, 'DestinationPrefixListId')
  const list = id === undefined ? undefined : prefixListNamed(facts, id, table)
  return list?.known === true && list.value.ownerId === 'AWS' && gatewayServices.test(list.value.name)
}

/**
 * The destinations of one route where it leads to an internet gateway. A route to an appliance (an endpoint of a gateway
 * load balancer, an interface, an instance) may lead there too: an inspected internet connection looks just so.
 */
const internetRoute = (facts: Facts, table: LocatedResource, route: unknown): Known<readonly string[]> => {
  if (textAt(route, 'State') === 'blackhole') return known([])
  const gateway = gatewayKeys.map(key => textAt(route, key)).find(id => id !== undefined)
  if (gateway !== undefined && inwardGateway.test(gateway)) return known([])
  const destinations = destinationsOf(facts, table, route)
  if (gateway?.startsWith('vpce-') && isGatewayEndpoint(facts, table, route)) return known([])
  if (gateway?.startsWith('igw-')) return destinations
  if (destinations.known && !reachesPublic(destinations.value)) return known([])
  return unobserved(misread(table, 'a route sends public addresses to a target whose way on is not known'))
}

/** Destination CIDRs that leave by an internet gateway, by the table of the subnet or else the main table of its VPC. */
export const internetRoutesOf = (facts: Facts, subnet: SubnetPlace): Known<readonly string[]> => {
  const asked = call('DescribeRouteTables', subnet.vpcId, subnet)
  const tables = listed(
    facts,
    asked,
    facts.where(types.routeTable, 'VpcId', subnet.vpcId).filter(r => r.region === subnet.region),
  )
  if (!tables.known) return tables
  const table = tableOf(tables.value, subnet)
  if (table === undefined)
    return unobserved(gapAbout(asked, 'not-found', `No route table of ${subnet.vpcId} is for ${subnet.id}.`))
  const routes = listAt(table.config, 'Routes')
  if (routes === undefined) return unobserved(misread(table, 'the routes are not a list'))
  const found = allKnown(routes.map(route => internetRoute(facts, table, route)))
  return found.known ? known([...new Set(found.value.flat())].toSorted()) : found
}
