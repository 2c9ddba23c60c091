/** Other ways to a backend, written as one would say them: accelerators, hosts, VPC links, endpoint services. */
import { type Known, known } from '#base/known.ts'
import type {
  Accelerator,
  AcceleratorEndpoint,
  EndpointService,
  IngressRule,
  LoadBalancer,
  Partly,
  TargetGroup,
  TargetHost,
  VpcLink,
} from '#topology/model.ts'
import { admit, alb, forward, group, listener, otherwise, ref, subnet } from './build.ts'

export const all = <T>(...items: readonly T[]): Partly<T> => ({ items, gaps: [] })

export const endpoint = (
  endpointId: string,
  more: Partial<AcceleratorEndpoint> = {},
): AcceleratorEndpoint => ({
  endpointId,
  region: 'eu-west-1',
  weight: 128,
  trafficDial: 100,
  clientIpPreservation: true,
  portOverrides: [],
  ...more,
})

export const accelerator = (
  endpoints: Known<readonly AcceleratorEndpoint[]>,
  more: Partial<Accelerator> & { readonly ports?: readonly number[]; readonly protocol?: 'TCP' | 'UDP' } = {},
): Accelerator => ({
  ref: ref('arn:aws:globalaccelerator::111122223333:accelerator/a1', 'site'),
  enabled: true,
  dnsNames: ['a1234567890abcdef.awsglobalaccelerator.com'],
  addresses: ['198.51.100.10', '198.51.100.11'],
  listeners: known([
    {
      ref: ref('arn:aws:globalaccelerator::111122223333:accelerator/a1/listener/l1'),
      protocol: more.protocol ?? 'TCP',
      portRanges: (more.ports ?? [443]).map(port => ({ from: port, to: port })),
      endpoints,
    },
  ]),
  ...more,
})

export const host = (more: Partial<TargetHost> = {}): TargetHost => ({
  ref: ref('arn:aws:ec2:eu-west-1:111122223333:instance/i-app', 'i-app'),
  ids: ['i-app', '10.0.0.5'],
  publicAddresses: ['203.0.113.20'],
  securityGroupIds: ['sg-host'],
  ingress: known([admit('0.0.0.0/0', 80, 80, 'sg-host')]),
  subnet: known(subnet()),
  ...more,
})

const unread: VpcLink['apis'] = { known: false, gaps: [] }

export const hosted = (
  hosts: Known<readonly TargetHost[]>,
  more: Partial<TargetGroup> = {},
): TargetGroup => ({
  ...group('app'),
  hosts,
  ...more,
})

export const vpcLink = (arns: Known<readonly string[]>, apis: VpcLink['apis'] = unread): VpcLink => ({
  ref: ref('arn:aws:apigateway:eu-west-1::/vpclinks/v1', 'shop-link'),
  kind: 'http',
  loadBalancerArns: arns,
  securityGroupIds: [],
  subnetIds: [],
  apis,
  writes: known([]),
})

export const service = (
  lb: LoadBalancer,
  principals: Known<readonly string[]>,
  more: Partial<EndpointService> = {},
): EndpointService => ({
  ref: ref('arn:aws:ec2:eu-west-1:111122223333:vpc-endpoint-service/vpce-svc-1', 'vpce-svc-1'),
  serviceName: 'com.amazonaws.vpce.eu-west-1.vpce-svc-1',
  loadBalancerArns: [lb.ref.arn],
  acceptanceRequired: false,
  principals,
  ...more,
})

/** An internal load balancer that hands everything on. */
export const internal = (
  ingress: Known<readonly IngressRule[]>,
  more: Partial<LoadBalancer> = {},
): LoadBalancer => alb([listener([otherwise(forward())])], { scheme: 'internal', ingress, ...more })

/** An internal network load balancer that hands everything on to its targets. */
export const innerNlb = (more: Partial<LoadBalancer> = {}): LoadBalancer =>
  alb([listener([otherwise(forward())], { protocol: 'TCP' })], {
    kind: 'network',
    scheme: 'internal',
    ingress: known([admit('10.0.0.0/8', 443)]),
    ...more,
  })
