/** A load balancer as proving sees it: what it is, who may connect, and what its listeners do. */
import { type Known, known, unobserved } from '#base/known.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { call } from './calls.ts'
import { buildClassicLoadBalancer } from './classic-load-balancer.ts'
import { type Config, isMissing, listAt, textAt, textsAt, valueAt } from './config.ts'
import { type Facts, lookUp, misread, refOf } from './facts.ts'
import { listenersOf } from './listener.ts'
import type { LoadBalancer } from './model.ts'
import { ingressOf } from './security-group.ts'
import { subnetsOf } from './subnet.ts'
import { webAclOf } from './web-acl.ts'

const kinds = ['application', 'network', 'gateway'] as const
const schemes = ['internet-facing', 'internal'] as const

const attributesOf = (facts: Facts, resource: LocatedResource): LoadBalancer['attributes'] => {
  const asked = call('DescribeLoadBalancerAttributes', resource.arn, resource)
  const found = lookUp(facts, types.loadBalancerAttributes, resource.arn, asked)
  if (!found.known) return found
  const pairs = listAt(found.value.config, 'Attributes')?.map(
    pair => [textAt(pair, 'Key'), textAt(pair, 'Value') ?? ''] as const,
  )
  return pairs === undefined
    ? unobserved(misread(found.value, 'the attributes are not a list'))
    : known(Object.fromEntries(pairs.filter(([key]) => key !== undefined)))
}

const subnetIdsOf = (resource: LocatedResource): readonly (string | undefined)[] | undefined =>
  listAt(resource.config, 'AvailabilityZones')?.map(zone => textAt(zone, 'SubnetId'))

/** Anything but `on` may let others past the groups. */
const privateLinkOf = (config: Config): Pick<LoadBalancer, 'privateLinkFiltered'> => {
  const said = valueAt(config, 'EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic')
  return said === undefined || said === null ? {} : { privateLinkFiltered: said === 'on' }
}

const isControlled = (facts: Facts, arn: string): boolean =>
  facts
    .where(types.tags, 'ResourceArn', arn)
    .flatMap(({ config }) => listAt(config, 'Tags') ?? [])
    .some(tag => textAt(tag, 'Key') === 'elbv2.k8s.aws/cluster')

const buildModern = (facts: Facts, resource: LocatedResource): Known<LoadBalancer> => {
  const { config, arn } = resource
  const kind = kinds.find(k => k === textAt(config, 'Type'))
  const scheme = schemes.find(s => s === textAt(config, 'Scheme'))
  const groups = isMissing(config, 'SecurityGroups') ? [] : textsAt(config, 'SecurityGroups')
  const dnsName = textAt(config, 'DNSName')
  if (kind === undefined || scheme === undefined || groups === undefined || dnsName === undefined)
    return unobserved(misread(resource, 'the type, scheme, security groups or DNS name cannot be read'))
  const noGroups = unobserved(misread(resource, 'an application load balancer without security groups'))
  return known({
    ref: refOf(resource, textAt(config, 'LoadBalancerName') ?? arn),
    ...(isControlled(facts, arn) ? { controlled: true } : {}),
    kind,
    dnsName,
    scheme,
    ipAddressType: textAt(config, 'IpAddressType') ?? 'unknown',
    vpcId: textAt(config, 'VpcId') ?? '',
    securityGroupIds: groups.toSorted(),
    ...privateLinkOf(config),
    ingress: kind === 'application' && groups.length === 0 ? noGroups : ingressOf(facts, resource, groups),
    subnets: subnetsOf(facts, resource, subnetIdsOf(resource)),
    // A gateway load balancer takes packets from its endpoints; nothing connects to it.
    listeners: kind === 'gateway' ? known([]) : listenersOf(facts, resource),
    attributes: attributesOf(facts, resource),
    // Only application load balancers can carry a web ACL.
    webAcl: kind === 'application' ? webAclOf(facts, resource) : known(null),
    instances: [],
  })
}

/** Of either API; unobserved where what it fundamentally is cannot be read. */
export const buildLoadBalancer = (facts: Facts, resource: LocatedResource): Known<LoadBalancer> =>
  resource.type === types.classicLoadBalancer
    ? buildClassicLoadBalancer(facts, resource)
    : buildModern(facts, resource)
