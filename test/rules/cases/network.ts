/** Worlds for the rules about security groups. */
import { known } from '#base/known.ts'
import {
  aBehavior,
  admit,
  aLoadBalancer,
  aWorld,
  cloudFrontList,
  type LinkSpec,
  type LoadBalancerSpec,
  toLoadBalancer,
  unread,
} from '../../judge/build.ts'
import type { Cases } from '../test-rule.ts'

const world = (ingress: LoadBalancerSpec['ingress'], link: LinkSpec = {}, balancer: LoadBalancerSpec = {}) =>
  aWorld([{ target: toLoadBalancer(aLoadBalancer({ ...balancer, ...(ingress && { ingress }) })), ...link }])

const list = (entries: Parameters<typeof known<readonly string[]>>[0]) =>
  known({
    ...cloudFrontList,
    id: 'pl-other',
    name: 'partners',
    cloudFrontOriginFacing: false,
    entries: known(entries),
  })
const unreadEntries = known({
  ...cloudFrontList,
  cloudFrontOriginFacing: false,
  entries: unread('GetManagedPrefixListEntries'),
})
const bothProtocols: LinkSpec = {
  origin: { protocolPolicy: 'match-viewer' },
  behaviors: [aBehavior({ viewerProtocolPolicy: 'allow-all' })],
}
const strangePolicy: LinkSpec = { origin: { protocolPolicy: 'quic-only' } }

export const networkCases: Cases = {
  'origin-security-group-cloudfront-only': [
    {
      name: 'it admits the world',
      world: world([admit('0.0.0.0/0')]),
      outcome: 'violated',
      says: 'sg-origin admits tcp/443 from 0.0.0.0/0',
    },
    {
      name: 'it admits the world on all ports',
      world: world([admit('0.0.0.0/0', 0, 65535, '-1')]),
      outcome: 'violated',
      says: 'all ports',
    },
    {
      name: 'it admits the world in two halves',
      world: world([admit('0.0.0.0/1'), admit('128.0.0.0/1')]),
      outcome: 'violated',
    },
    {
      name: 'it admits the world over IPv6',
      world: world([admit('cloudfront'), admit('::/0')]),
      outcome: 'violated',
      says: '::/0',
    },
    {
      name: 'it admits a prefix list with public addresses',
      world: world([admit(list(['8.8.8.0/24']))]),
      outcome: 'violated',
      says: 'partners',
    },
    { name: 'it admits what is no CIDR', world: world([admit('everyone')]), outcome: 'violated' },
    {
      name: 'a network load balancer without security groups',
      world: world([], {}, { kind: 'network', securityGroupIds: [] }),
      outcome: 'violated',
    },
    { name: 'it admits CloudFront only', world: world([admit('cloudfront')]), outcome: 'satisfied' },
    {
      name: 'it admits CloudFront and the inside',
      world: world([
        admit('cloudfront'),
        admit('10.0.0.0/8'),
        admit({ group: 'sg-admin' }),
        admit(list(['10.0.0.0/8'])),
      ]),
      outcome: 'satisfied',
    },
    {
      name: 'it admits the world on a port without a listener',
      world: world([admit('cloudfront'), admit('0.0.0.0/0', 8080)]),
      outcome: 'satisfied',
    },
    {
      name: 'it admits ping',
      world: world([admit('cloudfront'), admit('0.0.0.0/0', 0, 65535, 'icmp')]),
      outcome: 'satisfied',
    },
    {
      name: 'the rules were not read',
      world: world(unread('DescribeSecurityGroupRules')),
      outcome: 'unknown',
    },
    {
      name: 'the prefix list was not read',
      world: world([admit(unread('DescribeManagedPrefixLists'))]),
      outcome: 'unknown',
    },
    {
      name: 'the entries of the prefix list were not read',
      world: world([admit(unreadEntries)]),
      outcome: 'unknown',
    },
    {
      name: 'it admits the world, and the listeners were not read',
      world: world([admit('0.0.0.0/0')], {}, { listeners: unread('DescribeListeners') }),
      outcome: 'unknown',
    },
    {
      name: 'an internal load balancer',
      world: world([admit('0.0.0.0/0')], {}, { scheme: 'internal' }),
      outcome: 'inapplicable',
    },
  ],
  'origin-security-group-minimal-ports': [
    {
      name: 'it admits the world on port 80, which nobody uses',
      world: world([admit('cloudfront'), admit('0.0.0.0/0', 80)]),
      outcome: 'violated',
      says: 'tcp/80',
    },
    {
      name: 'it admits CloudFront on all ports',
      world: world([admit('cloudfront', 0, 65535, '-1')]),
      outcome: 'violated',
      says: 'CloudFront uses 443',
    },
    {
      name: 'it admits UDP',
      world: world([admit('cloudfront'), admit('0.0.0.0/0', 53, 53, 'udp')]),
      outcome: 'violated',
    },
    { name: 'it admits the port in use', world: world([admit('cloudfront')]), outcome: 'satisfied' },
    {
      name: 'CloudFront uses both ports',
      world: world([admit('cloudfront'), admit('cloudfront', 80)], bothProtocols),
      outcome: 'satisfied',
    },
    {
      name: 'the inside may use all ports',
      world: world([admit('cloudfront'), admit({ group: 'sg-admin' }, 0, 65535, '-1')]),
      outcome: 'satisfied',
    },
    {
      name: 'the rules were not read',
      world: world(unread('DescribeSecurityGroupRules')),
      outcome: 'unknown',
    },
    {
      name: 'the prefix list was not read',
      world: world([admit('cloudfront'), admit(unread('DescribeManagedPrefixLists'), 80)]),
      outcome: 'unknown',
    },
    {
      name: 'the protocol policy is of a later time',
      world: world([admit('cloudfront'), admit('cloudfront', 80)], strangePolicy),
      outcome: 'unknown',
    },
    {
      name: 'there is no security group',
      world: world([], {}, { kind: 'network', securityGroupIds: [] }),
      outcome: 'inapplicable',
    },
  ],
}
