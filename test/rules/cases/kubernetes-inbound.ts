/** Worlds for the rule about who may connect to the load balancers of an Ingress. */
import { known, unobserved } from '#base/known.ts'
import { admit, cloudFrontList } from '../../judge/build.ts'
import type { Cases } from '../test-rule.ts'
import { alb, facing, gap, made, object, params, unclassed } from './balancer-parts.ts'

export const kubernetesInboundCases: Cases = {
  'lbc-security-group-closed': [
    {
      name: 'a prefix list, and the load balancer admits it alone',
      world: made({ 'security-group-prefix-lists': 'pl-cloudfront' }, {}),
      outcome: 'satisfied',
    },
    {
      name: 'a prefix list, and the load balancer admits everybody in two halves',
      world: made(
        { 'security-group-prefix-lists': 'pl-cloudfront' },
        { ingress: [admit('0.0.0.0/1'), admit('128.0.0.0/1')] },
      ),
      outcome: 'violated',
      says: 'admits 0.0.0.0/1',
    },
    {
      name: 'a prefix list of the account that holds everybody',
      world: made(
        { 'security-group-prefix-lists': 'pl-other' },
        {
          ingress: [
            admit(known({ ...cloudFrontList, cloudFrontOriginFacing: false, entries: known(['::/0']) })),
          ],
        },
      ),
      outcome: 'violated',
      says: 'admits pl-other',
    },
    {
      name: 'a prefix list that was not read',
      world: made({ 'security-group-prefix-lists': 'pl-other' }, { ingress: [admit(unobserved(gap))] }),
      outcome: 'unknown',
    },
    {
      name: 'groups that were not read',
      world: made({ 'security-groups': 'sg-1' }, { ingress: unobserved(gap) }),
      outcome: 'unknown',
    },
    {
      name: 'a prefix list that is ignored, and groups of its own that are as narrow',
      world: made({ 'security-groups': 'sg-1', 'security-group-prefix-lists': 'pl-1' }, {}),
      outcome: 'satisfied',
    },
    {
      name: 'nothing, and somebody closed the group by hand',
      world: made({}, {}),
      outcome: 'violated',
      says: "the controller's default is everybody",
    },
    { name: 'a prefix list', world: facing({ 'security-group-prefix-lists': 'pl-1' }), outcome: 'satisfied' },
    {
      name: 'some addresses',
      world: facing({ 'inbound-cidrs': '192.0.2.0/24, 198.51.100.0/24' }),
      outcome: 'satisfied',
    },
    { name: 'groups of its own', world: facing({ 'security-groups': 'sg-1' }), outcome: 'satisfied' },
    {
      name: 'the class names a prefix list',
      world: alb(
        object('web', {
          annotations: { scheme: 'internet-facing' },
          params: { ...params, prefixLists: ['pl-1'] },
        }),
      ),
      outcome: 'satisfied',
    },
    {
      name: 'another of the group names a prefix list',
      world: alb(
        object('web', { group: 'edge', annotations: { scheme: 'internet-facing' } }),
        object('api', {
          group: 'edge',
          annotations: { scheme: 'internet-facing', 'security-group-prefix-lists': 'pl-1' },
        }),
      ),
      outcome: 'satisfied',
      beside: 'inapplicable',
    },
    { name: 'nothing', world: facing(), outcome: 'violated', says: "the controller's default is everybody" },
    {
      name: 'everybody in two halves',
      world: facing({ 'inbound-cidrs': '0.0.0.0/1,128.0.0.0/1' }),
      outcome: 'violated',
    },
    {
      name: 'a prefix list that is ignored',
      world: facing({ 'security-groups': 'sg-1', 'security-group-prefix-lists': 'pl-1' }),
      outcome: 'violated',
      says: 'ignored',
    },
    {
      name: 'its class was not read',
      world: alb(object('web', { doubt: unclassed })),
      outcome: 'unknown',
      says: 'class',
    },
    { name: 'an internal one', world: alb(object('web')), outcome: 'inapplicable' },
  ],
}
