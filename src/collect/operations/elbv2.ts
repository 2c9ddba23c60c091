/** The Elastic Load Balancing v2 operations that collecting uses. */
import type * as Elbv2 from '@aws-sdk/client-elastic-load-balancing-v2'
import { byMarker, operationsOf } from './operation.ts'

const define = operationsOf('elastic-load-balancing-v2')

export const describeLoadBalancers = define<
  Elbv2.DescribeLoadBalancersCommandInput,
  Elbv2.DescribeLoadBalancersCommandOutput
>()({
  name: 'DescribeLoadBalancers',
  purpose: 'which load balancer an origin name leads to',
  target: '*',
  items: output => output.LoadBalancers,
  next: byMarker,
})

export const describeLoadBalancerAttributes = define<
  Elbv2.DescribeLoadBalancerAttributesCommandInput,
  Elbv2.DescribeLoadBalancerAttributesCommandOutput
>()({
  name: 'DescribeLoadBalancerAttributes',
  purpose: 'header handling, WAF fail-open and IPv6 switches',
  target: 'load balancer ARN',
  items: output => output.Attributes,
})

export const describeListeners = define<
  Elbv2.DescribeListenersCommandInput,
  Elbv2.DescribeListenersCommandOutput
>()({
  name: 'DescribeListeners',
  purpose: 'ports, protocols, TLS policies and default actions',
  target: 'load balancer ARN',
  items: output => output.Listeners,
  next: byMarker,
})

export const describeListenerCertificates = define<
  Elbv2.DescribeListenerCertificatesCommandInput,
  Elbv2.DescribeListenerCertificatesCommandOutput
>()({
  name: 'DescribeListenerCertificates',
  purpose: 'certificates beside the default one',
  target: 'listener ARN',
  items: output => output.Certificates,
  next: byMarker,
})

export const describeRules = define<Elbv2.DescribeRulesCommandInput, Elbv2.DescribeRulesCommandOutput>()({
  name: 'DescribeRules',
  purpose: 'which requests a listener forwards',
  target: 'listener ARN',
  items: output => output.Rules,
  next: byMarker,
})

export const describeTargetGroups = define<
  Elbv2.DescribeTargetGroupsCommandInput,
  Elbv2.DescribeTargetGroupsCommandOutput
>()({
  name: 'DescribeTargetGroups',
  purpose: 'which load balancers may share targets',
  target: '*',
  items: output => output.TargetGroups,
  next: byMarker,
})

export const describeTargetHealth = define<
  Elbv2.DescribeTargetHealthCommandInput,
  Elbv2.DescribeTargetHealthCommandOutput
>()({
  name: 'DescribeTargetHealth',
  purpose: 'the targets themselves, to find other ways to them',
  target: 'target group ARN',
  items: output => output.TargetHealthDescriptions,
})

export const describeTargetGroupAttributes = define<
  Elbv2.DescribeTargetGroupAttributesCommandInput,
  Elbv2.DescribeTargetGroupAttributesCommandOutput
>()({
  name: 'DescribeTargetGroupAttributes',
  purpose: 'whether targets of a network load balancer see the address of the client',
  target: 'target group ARN',
  items: output => output.Attributes,
})

export const describeTags = define<Elbv2.DescribeTagsCommandInput, Elbv2.DescribeTagsCommandOutput>()({
  name: 'DescribeTags',
  purpose: 'who owns a load balancer or target group',
  target: 'load balancer or target group ARN',
  items: output => output.TagDescriptions,
})
