/** Load balancers and what the network lets through to them. */
import { type Known, known } from '#base/known.ts'
import type { IngressRule, Listener, LoadBalancer, PrefixList, Subnet } from '#topology/model.ts'
import { next, ref } from './values.ts'

export const cloudFront4: PrefixList = {
  ref: ref('arn:aws:ec2:eu-west-1:aws:prefix-list/pl-4fa04526'),
  id: 'pl-4fa04526',
  name: 'com.amazonaws.global.cloudfront.origin-facing',
  ownerId: 'AWS',
  addressFamily: 'IPv4',
  cloudFrontOriginFacing: true,
  entries: known(['13.124.199.0/24', '130.176.0.0/18']),
}
export const cloudFront6: PrefixList = {
  ...cloudFront4,
  id: 'pl-6fa04526',
  name: 'com.amazonaws.global.ipv6.cloudfront.origin-facing',
  addressFamily: 'IPv6',
  entries: known(['2600:9000:1000::/40']),
}
export const customerList = (entries: Known<readonly string[]>): PrefixList => ({
  ...cloudFront4,
  id: 'pl-0c1',
  name: 'offices',
  ownerId: '111122223333',
  cloudFrontOriginFacing: false,
  entries,
})

type Peer =
  | string
  | PrefixList
  | { readonly group: string }
  | Extract<IngressRule['peer'], { kind: 'prefix-list' }>

const peerOf = (peer: Peer): IngressRule['peer'] => {
  if (typeof peer === 'string') return { kind: peer.includes(':') ? 'cidr6' : 'cidr4', cidr: peer }
  if ('group' in peer) return { kind: 'group', groupId: peer.group }
  if ('kind' in peer) return peer
  return { kind: 'prefix-list', prefixListId: peer.id, list: known(peer) }
}
export const admit = (peer: Peer, fromPort = 443, toPort = fromPort, groupId = 'sg-0a1'): IngressRule => ({
  ref: ref(`arn:aws:ec2:eu-west-1:111122223333:security-group-rule/sgr-${next()}`),
  groupId,
  protocol: 'tcp',
  fromPort,
  toPort,
  peer: peerOf(peer),
})

const allowAll = (cidr: string, egress: boolean) => ({
  number: 100,
  egress,
  allow: true,
  protocol: '-1',
  cidr,
  fromPort: 0,
  toPort: 65_535,
})
export const subnet = (more: Partial<Subnet> = {}): Subnet => ({
  ref: ref('arn:aws:ec2:eu-west-1:111122223333:subnet/subnet-1'),
  id: 'subnet-1',
  ipv6: true,
  internetRoutes: known(['0.0.0.0/0', '::/0']),
  networkAcl: known({
    ref: ref('arn:aws:ec2:eu-west-1:111122223333:network-acl/acl-1'),
    entries: ['0.0.0.0/0', '::/0'].flatMap(cidr => [allowAll(cidr, false), allowAll(cidr, true)]),
  }),
  publicAccessBlock: known('off'),
  ...more,
})

export const alb = (listeners: readonly Listener[], more: Partial<LoadBalancer> = {}): LoadBalancer => {
  const name = `site-${next()}`
  return {
    ref: ref(`arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/${name}/1`, name),
    kind: 'application',
    dnsName: `${name}.eu-west-1.elb.amazonaws.com`,
    scheme: 'internet-facing',
    ipAddressType: 'ipv4',
    vpcId: 'vpc-1',
    securityGroupIds: ['sg-0a1'],
    ingress: known([admit('0.0.0.0/0', 0, 65_535)]),
    subnets: known([subnet()]),
    listeners: known(listeners),
    attributes: known({}),
    webAcl: known(null),
    instances: [],
    ...more,
  }
}
