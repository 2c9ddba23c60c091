/** Worlds for the rules about listeners and their actions. */
import { known } from '#base/known.ts'
import {
  aLoadBalancer,
  aTargetGroup,
  aWebAcl,
  aWorld,
  blockUnless,
  forward,
  gated,
  glob,
  headerIs,
  type LinkSpec,
  type ListenerSpec,
  type LoadBalancerSpec,
  pathIs,
  redirect,
  rule,
  toLoadBalancer,
  unread,
  wafExactly,
} from '../../judge/build.ts'
import type { Cases } from '../test-rule.ts'

const gate = rule(10, [headerIs(glob('t'))], forward())
const login = { kind: 'authenticate', with: 'oidc', onUnauthenticated: 'authenticate' } as const

const world = (
  listeners: LoadBalancerSpec['listeners'],
  link: LinkSpec = {},
  balancer: LoadBalancerSpec = {},
) =>
  aWorld([
    {
      verdict: 'open',
      target: toLoadBalancer(aLoadBalancer({ ...balancer, ...(listeners && { listeners }) })),
      ...link,
    },
  ])

const defaultForwards: ListenerSpec = { rules: [gate], otherwise: forward() }
const otherApp = known(aTargetGroup('website'))
const sameTargets = known(aTargetGroup('twin', known(['i-app:80'])))
const unreadTargets = known(aTargetGroup('twin', unread('DescribeTargetHealth')))
const uncertain = [{ kind: 'uncertain', id: 'U-06', message: 'A request without Host may pass.' }] as const
const wafGate = { webAcl: known(aWebAcl([blockUnless(wafExactly('t'))], { scope: 'REGIONAL' })) }
const wafCounts = { webAcl: known(aWebAcl([blockUnless(wafExactly('t'), 'count')], { scope: 'REGIONAL' })) }
const plain80 = (otherwise: ListenerSpec['otherwise'] = forward()): ListenerSpec => ({
  port: 80,
  protocol: 'HTTP',
  ...(otherwise && { otherwise }),
})

export const albCases: Cases = {
  'alb-default-action-denies': [
    {
      name: 'it forwards beside a header rule',
      world: world([defaultForwards]),
      outcome: 'violated',
      says: 'the default action of listener HTTPS:443',
    },
    {
      name: 'it forwards and there is no rule at all',
      world: world([{ otherwise: forward() }]),
      outcome: 'violated',
    },
    {
      name: 'it forwards to another group with the same targets',
      world: world([{ rules: [gate], otherwise: forward(sameTargets) }]),
      outcome: 'violated',
    },
    {
      name: 'it forwards, and only an undocumented detail leaves the verdict open',
      world: world([defaultForwards], { verdict: 'unknown', reasons: uncertain }),
      outcome: 'violated',
    },
    { name: 'it denies', world: world([gated('t')]), outcome: 'satisfied' },
    { name: 'it redirects', world: world([{ rules: [gate], otherwise: redirect }]), outcome: 'satisfied' },
    {
      name: 'it forwards to another application',
      world: world([{ rules: [gate], otherwise: forward(otherApp) }]),
      outcome: 'satisfied',
    },
    {
      name: 'the listener verifies client certificates',
      world: world([{ otherwise: forward(), mutualTls: 'verify' }]),
      outcome: 'satisfied',
    },
    {
      name: 'it forwards, and every way in is closed by other means',
      world: world([defaultForwards], { verdict: 'closed' }),
      outcome: 'satisfied',
    },
    {
      name: 'the rules were not read',
      world: world([{ rules: unread() }], { verdict: 'unknown' }),
      outcome: 'unknown',
    },
    {
      name: 'the listeners were not read',
      world: world(unread('DescribeListeners'), { verdict: 'unknown' }),
      outcome: 'unknown',
    },
    {
      name: 'the targets of the group were not read',
      world: world([{ rules: [gate], otherwise: forward(unreadTargets) }]),
      outcome: 'unknown',
    },
    {
      name: 'whether the listener verifies certificates is not known',
      world: world([{ otherwise: forward(), mutualTls: 'unknown' }]),
      outcome: 'unknown',
    },
    {
      name: 'the action is of an unknown kind',
      world: world([{ rules: [gate], otherwise: { kind: 'unrecognised', name: 'teleport' } }]),
      outcome: 'unknown',
    },
    {
      name: 'it forwards, and the web ACL was not read',
      world: world([defaultForwards], { verdict: 'unknown' }, { webAcl: unread('GetWebACLForResource') }),
      outcome: 'unknown',
    },
    {
      name: 'an internal load balancer',
      world: world([defaultForwards], {}, { scheme: 'internal' }),
      outcome: 'inapplicable',
    },
    {
      name: 'the lock is in the web ACL',
      world: world([{ otherwise: forward() }], { verdict: 'closed' }, wafGate),
      outcome: 'inapplicable',
    },
    {
      name: 'the lock is meant to be in the web ACL, and only counts',
      world: world([{ otherwise: forward() }], {}, wafCounts),
      outcome: 'inapplicable',
    },
    {
      name: 'a network load balancer',
      world: world([{ otherwise: forward() }], {}, { kind: 'network' }),
      outcome: 'inapplicable',
    },
  ],
  'alb-every-listener-gated': [
    {
      name: 'a path rule above the gate forwards',
      world: world([{ rules: [rule(5, [pathIs('/assets/*')], forward()), gate] }]),
      outcome: 'violated',
      says: 'rule 5 of listener HTTPS:443',
    },
    {
      name: 'port 80 forwards by default',
      world: world([gated('t'), plain80()]),
      outcome: 'violated',
      says: 'the default action of listener HTTP:80',
    },
    {
      name: 'a rule forwards to the same targets through another group',
      world: world([{ rules: [rule(5, [pathIs('/a')], forward(sameTargets)), gate] }]),
      outcome: 'violated',
    },
    {
      name: 'a login that lets strangers pass',
      world: world([
        { rules: [rule(5, [pathIs('/a')], { ...login, onUnauthenticated: 'allow' }, forward()), gate] },
      ]),
      outcome: 'violated',
    },
    {
      name: 'a value that everybody knows is no gate',
      world: world([{ rules: [rule(5, [headerIs('Amazon CloudFront')], forward()), gate] }]),
      outcome: 'violated',
    },
    { name: 'every rule asks for it', world: world([gated('t')]), outcome: 'satisfied' },
    { name: 'port 80 redirects', world: world([gated('t'), plain80(redirect)]), outcome: 'satisfied' },
    {
      name: 'the other rule asks for a login',
      world: world([{ rules: [rule(5, [pathIs('/a')], login, forward()), gate] }]),
      outcome: 'satisfied',
    },
    {
      name: 'the other rule serves another application',
      world: world([{ rules: [rule(5, [pathIs('/a')], forward(otherApp)), gate] }]),
      outcome: 'satisfied',
    },
    {
      name: 'the default action of a gated listener is not its business',
      world: world([defaultForwards]),
      outcome: 'satisfied',
    },
    {
      name: 'every way in is closed by other means',
      world: world([gated('t'), plain80()], { verdict: 'closed' }),
      outcome: 'satisfied',
    },
    {
      name: 'a further listener was not read',
      world: world([gated('t'), { port: 8443, rules: unread() }], { verdict: 'unknown' }),
      outcome: 'unknown',
    },
    {
      name: 'the target group was not read',
      world: world([{ rules: [rule(5, [pathIs('/a')], forward(unread('DescribeTargetGroups'))), gate] }]),
      outcome: 'unknown',
    },
    {
      name: 'the listeners were not read',
      world: world(unread('DescribeListeners'), { verdict: 'unknown' }),
      outcome: 'unknown',
    },
    { name: 'no listener has a gate', world: world([{ otherwise: forward() }]), outcome: 'inapplicable' },
    {
      name: 'an internal load balancer',
      world: world([gated('t'), plain80()], {}, { scheme: 'internal' }),
      outcome: 'inapplicable',
    },
  ],
}
