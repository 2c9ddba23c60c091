/** Elastic Load Balancing v2 of a world. */
import { types } from '#snapshot/resource-types.ts'
import {
  type Operations,
  type Output,
  only,
  orRefuse,
  type Request,
  refuse,
  texts,
  without,
} from './operation.ts'
import { pageOf } from './page.ts'
import type { Config, View } from './view.ts'

export const elbv2: Operations = {
  DescribeLoadBalancers: request => {
    const { input, view } = request
    const asked = texts(input.LoadBalancerArns)?.map(arn => loadBalancer(view, arn))
    const named = texts(input.Names)?.map(name =>
      orRefuse(view.by(types.loadBalancer, 'LoadBalancerName', name), 'LoadBalancerNotFoundException', name),
    )
    return paged(request, 'LoadBalancers', asked ?? named ?? view.list(types.loadBalancer))
  },
  DescribeLoadBalancerAttributes: ({ input, view }) => {
    loadBalancer(view, input.LoadBalancerArn)
    const found = view.by(types.loadBalancerAttributes, 'LoadBalancerArn', input.LoadBalancerArn)[0]
    return { Attributes: found?.Attributes ?? [] }
  },
  DescribeListeners: request => {
    const { input, view } = request
    const asked = texts(input.ListenerArns)?.map(arn => listener(view, arn))
    if (asked) return paged(request, 'Listeners', asked)
    loadBalancer(view, input.LoadBalancerArn)
    return paged(request, 'Listeners', view.by(types.listener, 'LoadBalancerArn', input.LoadBalancerArn))
  },
  DescribeListenerCertificates: request => {
    const { input, view } = request
    const own = listener(view, input.ListenerArn)
    const found = view.by(types.listenerCertificates, 'ListenerArn', input.ListenerArn)[0]
    return paged(request, 'Certificates', (found?.Certificates ?? own.Certificates ?? []) as Config[])
  },
  DescribeRules: request => {
    const { input, view } = request
    const asked = texts(input.RuleArns)?.map(arn =>
      orRefuse(view.by(types.rule, 'RuleArn', arn), 'RuleNotFoundException', arn),
    )
    if (!asked) listener(view, input.ListenerArn)
    const found = asked ?? view.by(types.rule, 'ListenerArn', input.ListenerArn)
    return paged(
      request,
      'Rules',
      found.map(rule => without(rule, 'ListenerArn')),
    )
  },
  DescribeTargetGroups: request => {
    const { input, view } = request
    const asked = texts(input.TargetGroupArns)?.map(arn => targetGroup(view, arn))
    if (asked) return paged(request, 'TargetGroups', asked)
    if (input.LoadBalancerArn === undefined)
      return paged(request, 'TargetGroups', view.list(types.targetGroup))
    loadBalancer(view, input.LoadBalancerArn)
    return paged(
      request,
      'TargetGroups',
      view.by(types.targetGroup, 'LoadBalancerArns', input.LoadBalancerArn),
    )
  },
  DescribeTargetHealth: ({ input, view }) => {
    targetGroup(view, input.TargetGroupArn)
    const found = view.by(types.targetHealth, 'TargetGroupArn', input.TargetGroupArn)[0]
    return { TargetHealthDescriptions: found?.TargetHealthDescriptions ?? [] }
  },
  DescribeTargetGroupAttributes: ({ input, view }) => {
    targetGroup(view, input.TargetGroupArn)
    const found = view.by(types.targetGroupAttributes, 'TargetGroupArn', input.TargetGroupArn)[0]
    return { Attributes: found?.Attributes ?? [] }
  },
  DescribeTags: ({ input, view }) => {
    const arns = texts(input.ResourceArns) ?? []
    if (arns.length > 20) refuse('ValidationError', 'Only 20 resources can be asked at once.')
    return { TagDescriptions: arns.map(arn => tagsOf(view, arn)) }
  },
}

const loadBalancer = (view: View, arn: unknown): Config =>
  orRefuse(view.by(types.loadBalancer, 'LoadBalancerArn', arn), 'LoadBalancerNotFoundException', arn)

const listener = (view: View, arn: unknown): Config =>
  orRefuse(view.by(types.listener, 'ListenerArn', arn), 'ListenerNotFoundException', arn)

const targetGroup = (view: View, arn: unknown): Config =>
  orRefuse(view.by(types.targetGroup, 'TargetGroupArn', arn), 'TargetGroupNotFoundException', arn)

const tagsOf = (view: View, arn: string): Output => {
  if (arn.includes(':targetgroup/')) targetGroup(view, arn)
  else if (arn.includes(':loadbalancer/')) loadBalancer(view, arn)
  const found = view.by(types.tags, 'ResourceArn', arn)[0]
  return { ResourceArn: arn, ...only(found ?? { Tags: [] }, 'Tags') }
}

const paged = ({ input, pageSize }: Request, member: string, configs: readonly Config[]): Output => {
  const { items, next } = pageOf(configs, {
    token: input.Marker,
    asked: input.PageSize,
    most: 400,
    pageSize,
    badToken: 'ValidationError',
  })
  return { [member]: items, NextMarker: next }
}
