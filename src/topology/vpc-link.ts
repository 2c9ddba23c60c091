/** API Gateway's VPC links: APIs that reach load balancers from inside the VPC. */
import { type Known, known, mapKnown, unobserved } from '#base/known.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { call, secondCall } from './calls.ts'
import { textAt, textsAt } from './config.ts'
import type { Estate } from './estate.ts'
import { allKnown, hidden, misread, refOf } from './facts.ts'
import type { Api, Partly, VpcLink } from './model.ts'
import { isAt, placesOf } from './places.ts'
import { type Integration, integrationsAt } from './vpc-link-integration.ts'

/** An integration whose link only a stage says (a stage variable) may use any of them. */
const through = (integrations: Known<readonly Integration[]>, id: string | undefined) =>
  mapKnown(integrations, all => all.filter(o => o.linkId === null || o.linkId === id || id === undefined))

const apisOf = (estate: Estate, own: Known<readonly Integration[]>): Known<readonly Api[]> =>
  mapKnown(own, all => [...new Set(all.map(({ api }) => estate.api(api)))])

const writtenBy = (own: Known<readonly Integration[]>): Known<readonly string[]> => {
  const all = own.known ? allKnown(own.value.map(one => one.writes)) : own
  return mapKnown(all, names => [...new Set(names.flat())].toSorted())
}

const buildFirst = (estate: Estate, link: LocatedResource): VpcLink => {
  const targets = textsAt(link.config, 'targetArns')
  const own = through(integrationsAt(estate.facts, link, 'rest'), textAt(link.config, 'id'))
  return {
    ref: refOf(link, textAt(link.config, 'name') ?? link.arn),
    kind: 'rest',
    loadBalancerArns:
      targets === undefined
        ? unobserved(misread(link, 'the targets of the VPC link cannot be read'))
        : known([...new Set(targets)].toSorted()),
    securityGroupIds: [],
    subnetIds: [],
    apis: apisOf(estate, own),
    writes: writtenBy(own),
  }
}

const buildSecond = (estate: Estate, link: LocatedResource): VpcLink => {
  const id = textAt(link.config, 'VpcLinkId')
  const own = through(integrationsAt(estate.facts, link, 'http'), id)
  const targets = own.known ? allKnown(own.value.map(one => one.loadBalancerArn)) : own
  return {
    ref: refOf(link, textAt(link.config, 'Name') ?? id ?? link.arn),
    kind: 'http',
    loadBalancerArns: mapKnown(targets, arns => [...new Set(arns)].toSorted()),
    securityGroupIds: textsAt(link.config, 'SecurityGroupIds') ?? [],
    subnetIds: textsAt(link.config, 'SubnetIds') ?? [],
    apis: apisOf(estate, own),
    writes: writtenBy(own),
  }
}

/** Those of the regions that load balancers or instances were read in. */
export const vpcLinksOf = (estate: Estate): Partly<VpcLink> => {
  const { facts } = estate
  const first = facts.byType(types.vpcLink)
  const second = facts.byType(types.vpcLink2)
  const gaps = placesOf(facts).flatMap(place => [
    ...hidden(facts, call('GetVpcLinks', '*', place), first.filter(one => isAt(place, one)).length),
    ...hidden(facts, secondCall('GetVpcLinks', '*', place), second.filter(one => isAt(place, one)).length),
  ])
  const items = [
    ...first.map(link => buildFirst(estate, link)),
    ...second.map(link => buildSecond(estate, link)),
  ]
  return { items, gaps }
}
