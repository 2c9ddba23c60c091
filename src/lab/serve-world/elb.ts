/** Classic Elastic Load Balancing of a world. */
import { types } from '#snapshot/resource-types.ts'
import { type Operations, orRefuse, texts } from './operation.ts'
import { pageOf } from './page.ts'

export const elb: Operations = {
  DescribeLoadBalancers: ({ input, view, pageSize }) => {
    const names = texts(input.LoadBalancerNames)
    const found = names
      ? names.map(name =>
          orRefuse(
            view.by(types.classicLoadBalancer, 'LoadBalancerName', name),
            'AccessPointNotFoundException',
            name,
          ),
        )
      : view.list(types.classicLoadBalancer)
    const { items, next } = pageOf(found, {
      token: input.Marker,
      asked: input.PageSize,
      most: 400,
      pageSize,
      badToken: 'ValidationError',
    })
    return { LoadBalancerDescriptions: items, NextMarker: next }
  },
}
