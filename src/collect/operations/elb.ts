/** The Classic Load Balancer operation that collecting uses. */
import type * as Elb from '@aws-sdk/client-elastic-load-balancing'
import { byMarker, operationsOf } from './operation.ts'

const define = operationsOf('elastic-load-balancing')

export const describeClassicLoadBalancers = define<
  Elb.DescribeLoadBalancersCommandInput,
  Elb.DescribeLoadBalancersCommandOutput
>()({
  name: 'DescribeLoadBalancers',
  purpose: 'Classic Load Balancers that an origin name leads to, or that share its instances',
  target: '*',
  items: output => output.LoadBalancerDescriptions,
  next: byMarker,
})
