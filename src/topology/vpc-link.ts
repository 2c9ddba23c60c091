/** API Gateway's VPC links: APIs that reach load balancers from inside the VPC. */
import { type Known, known, unobserved } from '#base/known.ts'
import type { LocatedResource } from '#snapshot/record.ts'
import { types } from '#snapshot/resource-types.ts'
import { call, secondCall } from './calls.ts'
import { textAt, textsAt } from './config.ts'
import { allKnown, type Facts, hidden, misread, refOf } from './facts.ts'
import type { Partly, Ref, VpcLink } from './model.ts'
import { isAt, placesOf } from './places.ts'
import { type Integration, integrationsAt } from './vpc-link-integration.ts'

const buildFirst = (link: LocatedResource): VpcLink => {
  const targets = textsAt(link.config, 'targetArns')
  return {
    ref: refOf(link, textAt(link.config, 'name') ?? link.arn),
    kind: 'rest',
    loadBalancerArns:
      targets === undefined
        ? unobserved(misread(link, 'the targets of the VPC link cannot be read'))
        : known([...new Set(targets)].toSorted()),
    apis: [],
  }
}

const distinctApis = (integrations: readonly Integration[]): readonly Ref[] => [
  ...new Map(integrations.map(({ api }) => [api.arn, api])).values(),
]

/** An integration whose link only a stage says (a stage variable) may use any of them. */
const buildSecond = (link: LocatedResource, integrations: Known<readonly Integration[]>): VpcLink => {
  const id = textAt(link.config, 'VpcLinkId')
  const ref = refOf(link, textAt(link.config, 'Name') ?? id ?? link.arn)
  if (!integrations.known) return { ref, kind: 'http', loadBalancerArns: integrations, apis: [] }
  const own = integrations.value.filter(one => one.linkId === null || one.linkId === id || id === undefined)
  const targets = allKnown(own.map(one => one.loadBalancerArn))
  return {
    ref,
    kind: 'http',
    loadBalancerArns: targets.known ? known([...new Set(targets.value)].toSorted()) : targets,
    apis: distinctApis(own),
  }
}

/** Those of the regions that load balancers or instances were read in. */
export const vpcLinksOf = (facts: Facts): Partly<VpcLink> => {
  const first = facts.byType(types.vpcLink)
  const second = facts.byType(types.vpcLink2)
  const gaps = placesOf(facts).flatMap(place => [
    ...hidden(facts, call('GetVpcLinks', '*', place), first.filter(one => isAt(place, one)).length),
    ...hidden(facts, secondCall('GetVpcLinks', '*', place), second.filter(one => isAt(place, one)).length),
  ])
  const items = [
    ...first.map(buildFirst),
    ...second.map(link => buildSecond(link, integrationsAt(facts, link))),
  ]
  return { items, gaps }
}
