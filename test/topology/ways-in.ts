/** The small account with every other way to its targets: accelerators, VPC links and endpoint services. */
import { buildAccelerator } from '#lab/build/accelerator.ts'
import { buildEndpointService } from '#lab/build/endpoint-service.ts'
import { buildHttpVpcLink, buildRestVpcLink, buildVpcLink } from '#lab/build/vpc-link.ts'
import type { WorldResource } from '#lab/world.ts'
import { types } from '#snapshot/resource-types.ts'
import type { Topology } from '#topology/model.ts'
import { account, merge, type Parts, read, region, resource, topologyOf } from './parts.ts'
import { lbArn, listenerArn, shop } from './shop.ts'

const place = { account, region }
export const network = `arn:aws:elasticloadbalancing:${region}:${account}:loadbalancer/net/front/0a1b2c3d4e5f6071`
export const oregon = { region: 'us-west-2' }

const recordsOf = (resources: readonly WorldResource[]): Parts['resources'] =>
  resources.map(r => resource(r.type, r.arn, r.config, r))

const count = (resources: readonly WorldResource[], type: string): number =>
  resources.filter(r => r.type === type).length

const accelerators = buildAccelerator({
  name: 'fast',
  account,
  addresses: ['198.51.100.1', '2001:db8:ace::1'],
  listeners: [
    {
      ports: [
        [443, 443],
        [8000, 8100],
      ],
      endpoints: [
        { id: lbArn(), region, portOverrides: [[443, 8443]] },
        { id: 'eipalloc-1', region, keepsClientAddress: false, weight: 0, trafficDial: 12.5 },
      ],
    },
  ],
})
const links = [
  buildVpcLink(place, 'first', [network]),
  ...buildHttpVpcLink(place, 'second', [listenerArn()]),
  ...buildRestVpcLink(place, 'third', [network]),
]
const services = buildEndpointService({
  name: 'offer',
  place,
  loadBalancers: [network],
  principals: ['arn:aws:iam::444455556666:root', '*'],
})
const second = { service: 'apigatewayv2' }
const first = { service: 'api-gateway' }
export const ga = { ...oregon, service: 'global-accelerator' }

const arnsOf = (resources: readonly WorldResource[], type: string): readonly WorldResource[] =>
  resources.filter(r => r.type === type)

/** The small account with every other way there is, all read. */
export const whole: Parts = merge(shop, {
  resources: recordsOf([
    ...accelerators,
    ...links,
    ...services,
    {
      ...place,
      type: types.address,
      arn: 'eipalloc-1',
      config: { AllocationId: 'eipalloc-1', PublicIp: '203.0.113.50' },
    },
  ]),
  reads: [
    read('ListAccelerators', '*', 1, ga),
    read('ListCustomRoutingAccelerators', '*', 0, ga),
    read('ListCrossAccountAttachments', '*', 0, ga),
    ...arnsOf(accelerators, types.accelerator).map(one => read('ListListeners', one.arn, 1, ga)),
    ...arnsOf(accelerators, types.acceleratorListener).map(one => read('ListEndpointGroups', one.arn, 2, ga)),
    read('GetVpcLinks', '*', 1, first),
    read('GetVpcLinks', '*', count(links, types.vpcLink2), second),
    read('GetApis', '*', count(links, types.api), second),
    ...arnsOf(links, types.api).map(one => read('GetIntegrations', String(one.config.ApiId), 7, second)),
    read('GetRestApis', '*', count(links, types.restApi), first),
    ...arnsOf(links, types.restApi).map(one => read('GetResources', String(one.config.id), 7, first)),
    read('DescribeVpcEndpointServiceConfigurations', '*', 1),
    read('DescribeVpcEndpointServicePermissions', String(services[0]?.config.ServiceId), 2),
  ],
})

export const without = (operation: string, type?: string, service?: string): Parts => ({
  ...whole,
  resources: whole.resources.filter(r => r.type !== type),
  reads: whole.reads.filter(
    r => r.operation !== operation || (service !== undefined && r.service !== service),
  ),
})

export const topology = topologyOf(whole)

export const linkNamed = ({ vpcLinks }: Topology, name: string) => {
  const found = vpcLinks.items.find(link => link.ref.name === name)
  if (found === undefined) throw new Error(`no VPC link ${name}`)
  return found
}
