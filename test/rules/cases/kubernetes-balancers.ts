/** Worlds for the rules about the AWS Load Balancer Controller. */
import { unobserved } from '#base/known.ts'
import type { Cases } from '../test-rule.ts'
import {
  aClass,
  acl,
  alb,
  condition,
  elsewhere,
  gap,
  made,
  making,
  object,
  realAcl,
  sharing,
  strict,
  unclassed,
} from './balancer-parts.ts'

export const kubernetesBalancerCases: Cases = {
  'lbc-condition-effective': [
    {
      name: 'it names a Service',
      world: alb(object('web', { conditions: [condition('shop')] })),
      outcome: 'satisfied',
    },
    {
      name: 'it names no Service',
      world: alb(object('web', { conditions: [condition('shop'), condition('shpo')] })),
      outcome: 'violated',
      says: 'names none of its Services (shop)',
    },
    {
      name: 'its class was not read',
      world: alb(object('web', { doubt: unclassed })),
      outcome: 'unknown',
      says: 'class',
    },
    {
      name: 'it names a Service, and a rule looks at the header',
      world: making(object('web', { conditions: [{ name: 'shop', headers: ['x-auth-token'] }] })),
      outcome: 'satisfied',
    },
    {
      name: 'it names a Service, and no rule looks at the header',
      world: making(object('web', { conditions: [condition('shop')] })),
      outcome: 'violated',
      says: 'no rule of load balancer origin looks at header x-origin-token',
    },
    {
      name: 'the rules of the load balancer were not read',
      world: making(object('web', { conditions: [condition('shop')] }), {
        listeners: [{ rules: unobserved(gap) }],
      }),
      outcome: 'unknown',
    },
    { name: 'there is no condition', world: alb(object('web')), outcome: 'inapplicable' },
  ],
  'lbc-group-restricted': [
    { name: 'the class chooses namespaces', world: sharing({}), outcome: 'satisfied' },
    {
      name: 'another class has another group',
      world: sharing({
        balancerClasses: [aClass('edge'), aClass('inner', { group: 'inner', namespaces: 'every' })],
      }),
      outcome: 'satisfied',
    },
    {
      name: 'another class leaves the group to its objects, which may name none',
      world: sharing({
        balancerClasses: [aClass('edge'), aClass('alb', { group: null, namespaces: 'every' })],
      }),
      outcome: 'satisfied',
    },
    {
      name: 'another class leaves the group to its objects',
      world: sharing({
        balancerClasses: [aClass('edge'), aClass('alb', { group: null, namespaces: 'every' })],
        balancerControllers: [{ ...strict, takesGroupName: true }],
      }),
      outcome: 'violated',
      says: 'class alb takes objects of every namespace',
    },
    {
      name: 'the class takes every namespace, and one is there already',
      world: sharing({ balancerClasses: [aClass('edge', { namespaces: 'every' })] }, elsewhere),
      outcome: 'violated',
      beside: 'inapplicable',
      says: 'team-b/sneak is in the group, with group.order -10',
    },
    {
      name: 'the old annotation leads past the class',
      world: sharing({ balancerControllers: [{ ...strict, takesOldClass: true, takesGroupName: true }] }),
      outcome: 'violated',
      says: 'without --disable-ingress-class-annotation',
    },
    { name: 'the controller was not read', world: sharing({ balancerControllers: [] }), outcome: 'unknown' },
    {
      name: 'the parameters of the class were not read',
      world: sharing({ balancerClasses: [aClass('edge', { unread: true })] }),
      outcome: 'unknown',
    },
    { name: 'it is in no group', world: alb(object('web')), outcome: 'inapplicable' },
  ],
  'lbc-waf-kept': [
    { name: 'it names one', world: alb(object('web', { annotations: acl('a') })), outcome: 'satisfied' },
    {
      name: 'it says none',
      world: alb(object('web', { annotations: { 'wafv2-acl-arn': 'none' } })),
      outcome: 'violated',
      says: 'takes the web ACL off',
    },
    {
      name: 'another of the group names another',
      world: alb(
        object('web', { group: 'edge', annotations: acl('a') }),
        object('api', { group: 'edge', annotations: acl('b') }),
      ),
      outcome: 'violated',
      says: 'of the same group names',
    },
    {
      name: 'another of another group names another',
      world: alb(object('web', { annotations: acl('a') }), object('api', { annotations: acl('b') })),
      outcome: 'satisfied',
    },
    {
      name: 'its class was not read',
      world: alb(object('web', { doubt: unclassed })),
      outcome: 'unknown',
      says: 'class',
    },
    {
      name: 'it names the one that the load balancer has',
      world: made({ 'wafv2-acl-name': 'edge' }, { webAcl: realAcl }),
      outcome: 'satisfied',
    },
    {
      name: 'it names one, and the load balancer has another',
      world: made(acl('a'), { webAcl: realAcl }),
      outcome: 'violated',
      says: 'has the web ACL edge',
    },
    {
      name: 'it names one, and the load balancer has none',
      world: made(acl('a'), {}),
      outcome: 'violated',
      says: 'has none',
    },
    {
      name: 'what the load balancer has was not read',
      world: made(acl('a'), { webAcl: unobserved(gap) }),
      outcome: 'unknown',
    },
    { name: 'nobody speaks of one', world: alb(object('web')), outcome: 'inapplicable' },
  ],
}
