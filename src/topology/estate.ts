/** The snapshot as a place to look things up by name: what every part of the topology is built from. */
import { normalName } from '#base/domain-name.ts'
import type { Known } from '#base/known.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { buildApi } from './api.ts'
import { domainTargetsOf } from './api-domain.ts'
import { elbNameOf } from './classify.ts'
import { textAt } from './config.ts'
import type { Facts } from './facts.ts'
import { buildLoadBalancer } from './load-balancer.ts'
import type { Api, LoadBalancer } from './model.ts'
import { type OwnerOf, ownersOf } from './owners.ts'
import { type Zones, zonesOf } from './zones.ts'

export interface Estate {
  readonly facts: Facts
  readonly zones: Zones
  readonly ownerOf: OwnerOf
  /** The load balancer, of either API, whose DNS name this is. */
  loadBalancerNamed(name: string): LocatedResource | undefined
  /** The instance whose public DNS name this is. */
  instanceNamed(name: string): LocatedResource | undefined
  /** Built once each, so that the same load balancer is the same object everywhere. */
  loadBalancer(resource: LocatedResource): Known<LoadBalancer>
  /** Built once each, as load balancers are. */
  api(resource: LocatedResource): Api
  /** The custom domain names of API Gateway that are pointed at this name. */
  apiDomainsBehind(name: string): readonly LocatedResource[]
}

const byName = (resources: readonly LocatedResource[], key: string): ReadonlyMap<string, LocatedResource> =>
  new Map(
    resources.toReversed().flatMap(resource => {
      const name = textAt(resource.config, key)
      return name === undefined ? [] : [[normalName(name), resource] as const]
    }),
  )

export const estateOf = (facts: Facts): Estate => {
  const balancers = byName(
    [...facts.byType(types.loadBalancer), ...facts.byType(types.classicLoadBalancer)],
    'DNSName',
  )
  const instances = byName(facts.byType(types.instance), 'PublicDnsName')
  const built = new Map<LocatedResource, Known<LoadBalancer>>()
  const apis = new Map<LocatedResource, Api>()
  return {
    facts,
    zones: zonesOf(facts),
    ownerOf: ownersOf(facts),
    loadBalancerNamed: name =>
      (elbNameOf(name)?.names ?? [name]).map(n => balancers.get(n)).find(r => r !== undefined),
    instanceNamed: name => instances.get(name),
    loadBalancer: resource => {
      const found = built.get(resource) ?? buildLoadBalancer(facts, resource)
      built.set(resource, found)
      return found
    },
    api: resource => {
      const found = apis.get(resource) ?? buildApi(facts, resource)
      apis.set(resource, found)
      return found
    },
    apiDomainsBehind: name =>
      facts.byType(types.apiDomain).filter(domain => domainTargetsOf(domain).includes(name)),
  }
}
