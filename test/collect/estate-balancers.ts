/** The load balancers of the estate, and the classic one beside them. */

import { buildLoadBalancer } from '#lab/build/load-balancer.ts'
import { forward } from '#lab/build/rules.ts'
import { buildWebAcl, requireHeader } from '#lab/build/security.ts'
import type { WorldResource } from '#lab/world.ts'
import { types } from '#snapshot/resource-types.ts'
import { type Alb, account, alb, dublin, edited, of, token, virginia } from './estate-parts.ts'
import { instanceBehindIds } from './estate-ways.ts'

export const shop = alb('shop', dublin)
export const wiki = alb('wiki', dublin)
/** Its target is registered by instance id. */
export const forum = ((): Alb => {
  const built = alb('forum', dublin)
  const byId = edited(built.resources, types.targetGroup, config => ({ ...config, TargetType: 'instance' }))
  const TargetHealthDescriptions = [
    { Target: { Id: instanceBehindIds, Port: 8080 }, TargetHealth: { State: 'healthy' } },
  ]
  return {
    ...built,
    resources: edited(byId, types.targetHealth, config => ({ ...config, TargetHealthDescriptions })),
  }
})()
export const regionalSets = { ip: 'arn:aws:wafv2:eu-west-1:111122223333:regional/ipset/offices/1a' }
export const regionalAcl = buildWebAcl({
  name: 'mail-alb',
  scope: 'REGIONAL',
  place: dublin,
  rules: [
    requireHeader('x-auth-token', token),
    {
      Name: 'offices',
      Priority: 5,
      Statement: { IPSetReferenceStatement: { ARN: regionalSets.ip } },
      Action: { Allow: {} },
      VisibilityConfig: {
        SampledRequestsEnabled: true,
        CloudWatchMetricsEnabled: true,
        MetricName: 'offices',
      },
    },
  ],
})
export const mail = alb('mail', dublin, { webAcl: regionalAcl.arn })
export const portal = alb('portal', virginia)
export const inside = alb('inside', dublin, { internal: true })

const shopTargets = shop.resources.find(r => r.type === types.targetHealth)?.config.TargetHealthDescriptions
/** Not an origin, but its targets are the shop's. */
export const sibling = ((): Alb => {
  const built = alb('shop-old', dublin)
  return {
    ...built,
    resources: edited(built.resources, types.targetHealth, config => ({
      ...config,
      TargetHealthDescriptions: shopTargets,
    })),
  }
})()

/** A network load balancer in front of the shop's. */
export const fronting = ((): readonly WorldResource[] => {
  const built = buildLoadBalancer({
    name: 'front',
    place: dublin,
    admits: [],
    listeners: [{ port: 443, protocol: 'TCP', otherwise: forward('alb') }],
  })
  const arn = built.arn.replace('/app/', '/net/')
  const own = JSON.parse(JSON.stringify(built.resources).replaceAll('/app/front/', '/net/front/'))
  const asNetwork = edited(own, types.loadBalancer, config => ({
    ...config,
    Type: 'network',
    DNSName: 'front-0a1b2c3d4e5f6071.elb.eu-west-1.amazonaws.com',
    SecurityGroups: [],
  }))
  const groups = edited(asNetwork, types.targetGroup, config => ({
    ...config,
    TargetType: 'alb',
    Protocol: 'TCP',
    Port: 443,
    LoadBalancerArns: [arn],
  }))
  return edited(groups, types.targetHealth, config => ({
    ...config,
    TargetHealthDescriptions: [{ Target: { Id: shop.arn, Port: 443 }, TargetHealth: { State: 'healthy' } }],
  })).filter(r => r.type !== types.webAclAssociation)
})()

/** A classic load balancer whose instances are those of something else. */
export const classicNamed = (LoadBalancerName: string, ...instances: readonly string[]): WorldResource =>
  of(
    dublin,
    types.classicLoadBalancer,
    `arn:aws:elasticloadbalancing:eu-west-1:${account}:loadbalancer/${LoadBalancerName}`,
    {
      LoadBalancerName,
      DNSName: `${LoadBalancerName}-1234567890.eu-west-1.elb.amazonaws.com`,
      Scheme: 'internet-facing',
      SecurityGroups: ['sg-0legacy'],
      Subnets: [],
      Instances: instances.map(InstanceId => ({ InstanceId })),
      ListenerDescriptions: [],
    },
  )

export const classicName = 'legacy-1234567890.eu-west-1.elb.amazonaws.com'
export const classic = of(
  dublin,
  types.classicLoadBalancer,
  `arn:aws:elasticloadbalancing:eu-west-1:${account}:loadbalancer/legacy`,
  {
    LoadBalancerName: 'legacy',
    DNSName: classicName,
    Scheme: 'internet-facing',
    CreatedTime: '2014-05-04T08:30:00.000Z',
    VPCId: shop.resources.find(r => r.type === types.loadBalancer)?.config.VpcId,
    SecurityGroups: ['sg-0legacy'],
    Subnets: [],
    Instances: [{ InstanceId: 'i-0aaaaaaaaaaaaaaa1' }],
    ListenerDescriptions: [
      {
        Listener: { Protocol: 'HTTP', LoadBalancerPort: 80, InstanceProtocol: 'HTTP', InstancePort: 8080 },
        PolicyNames: [],
      },
    ],
  },
)
