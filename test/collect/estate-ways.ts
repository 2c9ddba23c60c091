/** Other ways to the load balancers of the estate, and the machines behind them. */
import { buildAccelerator } from '#lab/build/accelerator.ts'
import { buildBlockPublicAccess } from '#lab/build/block-public-access.ts'
import { buildEndpointService } from '#lab/build/endpoint-service.ts'
import { buildInstance, instanceId } from '#lab/build/instance.ts'
import { type Place, subnetIds } from '#lab/build/place.ts'
import { buildHttpVpcLink, buildRestVpcLink, buildVpcLink } from '#lab/build/vpc-link.ts'
import type { WorldResource } from '#lab/world.ts'
import { types } from '#snapshot/resource-types.ts'

const account = '111122223333'
const dublin: Place = { account, region: 'eu-west-1' }
const oregon: Place = { account, region: 'us-west-2' }

/** What the ways lead to: an application and a network load balancer, a listener, and the network one's target group. */
export interface Ends {
  readonly application: string
  readonly network: string
  readonly listener: string
  readonly group: string
}

export const instanceBehindIds = instanceId('behind-ids')

/** `address` is a target's, of which only the network interface tells that it is an instance's. */
export const machines = (address: string): readonly [byId: WorldResource, byAddress: WorldResource] => [
  buildInstance({
    name: 'behind-ids',
    place: dublin,
    interfaces: [
      { privateAddress: '10.0.0.201', publicAddress: '203.0.113.201', groups: ['sg-0hosts'] },
      { privateAddress: '10.0.1.201', ipv6: '2001:db8:0:2::201', groups: ['sg-0admin'] },
    ],
  }),
  buildInstance({
    name: 'behind-address',
    place: dublin,
    interfaces: [{ privateAddress: address, groups: ['sg-0hosts'] }],
  }),
]

const strangeLoadBalancer = `arn:aws:elasticloadbalancing:eu-west-1:${account}:loadbalancer/net/strange/0a1b2c3d4e5f6071`

export const otherWays = ({ application, network, listener, group }: Ends): readonly WorldResource[] => [
  ...buildBlockPublicAccess({
    place: dublin,
    mode: 'block-ingress',
    exclusions: subnetIds(dublin).map(id => ({
      of: `arn:aws:ec2:eu-west-1:${account}:subnet/${id}`,
      mode: 'allow-bidirectional',
    })),
  }),
  ...buildBlockPublicAccess({ place: { account, region: 'us-east-1' }, mode: 'off' }),
  buildVpcLink(dublin, 'first', [network]),
  ...buildHttpVpcLink(dublin, 'second', [listener]),
  ...buildRestVpcLink(dublin, 'third', [application]),
  ...buildEndpointService({
    name: 'offer',
    place: dublin,
    loadBalancers: [network],
    principals: ['arn:aws:iam::444455556666:root', 'arn:aws:iam::777788889999:root'],
  }),
  ...buildEndpointService({
    name: 'other-offer',
    place: dublin,
    loadBalancers: [strangeLoadBalancer],
    principals: ['*'],
    // Who may connect to what is not read is not asked.
  }).filter(r => r.type !== types.endpointServicePermissions),
  ...buildAccelerator({
    name: 'fast',
    account,
    addresses: ['198.51.100.201', '198.51.100.202', '2001:db8:ace::1'],
    listeners: [
      {
        ports: [[443, 443]],
        endpoints: [
          { id: application, region: 'eu-west-1' },
          { id: 'eipalloc-2', region: 'eu-west-1' },
        ],
      },
      { protocol: 'UDP', ports: [[8000, 8100]], endpoints: [] },
    ],
  }),
  ...buildAccelerator({
    name: 'resting',
    account,
    addresses: ['198.51.100.203'],
    enabled: false,
    listeners: [],
  }),
  {
    ...dublin,
    type: types.address,
    arn: `arn:aws:ec2:eu-west-1:${account}:elastic-ip/eipalloc-2`,
    config: { AllocationId: 'eipalloc-2', PublicIp: '198.51.100.222', Domain: 'vpc' },
  },
  {
    ...oregon,
    type: types.customRoutingAccelerator,
    arn: `arn:aws:globalaccelerator::${account}:accelerator/custom`,
    config: {
      AcceleratorArn: `arn:aws:globalaccelerator::${account}:accelerator/custom`,
      Name: 'custom',
      Enabled: true,
    },
  },
  {
    ...oregon,
    type: types.acceleratorAttachment,
    arn: `arn:aws:globalaccelerator::${account}:attachment/shared`,
    config: {
      AttachmentArn: `arn:aws:globalaccelerator::${account}:attachment/shared`,
      Name: 'shared',
      Principals: ['444455556666'],
      Resources: [{ EndpointId: application, Region: 'eu-west-1' }],
    },
  },
  {
    ...dublin,
    type: types.targetGroupAttributes,
    arn: group,
    config: {
      TargetGroupArn: group,
      Attributes: [{ Key: 'preserve_client_ip.enabled', Value: 'true' }],
    },
  },
]
