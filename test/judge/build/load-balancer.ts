/** Load balancers, their listeners and their security groups. */
import { type Known, known } from '#base/known.ts'
import type {
  Action,
  Condition,
  IngressRule,
  Listener,
  LoadBalancer,
  PrefixList,
  Rule,
  TargetGroup,
} from '#topology/model.ts'
import type { Sealed } from '#topology/sealed.ts'
import { aCertificate } from './edge.ts'
import { aRef, region } from './refs.ts'
import { glob } from './secrets.ts'

export const headerIs = (...globs: readonly (string | Sealed)[]): Condition => ({
  field: 'http-header',
  name: 'X-Auth-Token',
  globs,
  regexes: [],
})

export const pathIs = (...globs: readonly string[]): Condition => ({
  field: 'path-pattern',
  globs,
  regexes: [],
})

export const aTargetGroup = (
  name = 'app',
  targets: Known<readonly string[]> = known([`i-${name}:80`]),
): TargetGroup => ({
  ref: aRef('AWS::ElasticLoadBalancingV2::TargetGroup', name),
  name,
  protocol: 'HTTP',
  port: 80,
  targetType: 'instance',
  targets,
  hosts: known([]),
  clientIpPreserved: known(true),
})

export const forward = (group: Known<TargetGroup> = known(aTargetGroup())): Action => ({
  kind: 'forward',
  groups: [{ group, weight: 1 }],
})

export const forbid: Action = { kind: 'fixed-response', status: 403, contentType: 'text/plain', body: '' }

export const redirect: Action = {
  ...{ kind: 'redirect', protocol: 'HTTPS', host: '#{host}', port: '443' },
  ...{ path: '/#{path}', query: '#{query}', status: 301 },
}

interface RuleSpec {
  readonly priority: number | 'default'
  readonly when?: readonly Condition[]
  readonly actions: readonly Action[]
}

export const rule = (
  priority: number,
  when: readonly Condition[],
  ...actions: readonly Action[]
): RuleSpec => ({
  priority,
  when,
  actions,
})

const aRule = (listener: string, { priority, when = [], actions }: RuleSpec): Rule => ({
  ref: aRef('AWS::ElasticLoadBalancingV2::ListenerRule', `${listener}/${priority}`),
  priority,
  conditions: when,
  actions,
  transforms: false,
})

export interface ListenerSpec {
  readonly port?: number
  readonly protocol?: string
  readonly rules?: readonly RuleSpec[] | Known<never>
  readonly otherwise?: Action
  readonly certificates?: Listener['certificates']
  readonly mutualTls?: Listener['mutualTls']
}

const isGap = (value: unknown): value is Known<never> =>
  typeof value === 'object' && value !== null && 'known' in value && value.known === false

const aListener = (balancer: string, spec: ListenerSpec): Listener => {
  const { port = 443, protocol = 'HTTPS', rules = [], otherwise = forbid } = spec
  const name = `${balancer}/${port}`
  const last: RuleSpec = { priority: 'default', actions: [otherwise] }
  return {
    ref: aRef('AWS::ElasticLoadBalancingV2::Listener', name),
    port,
    protocol,
    sslPolicy: protocol === 'HTTPS' ? 'ELBSecurityPolicy-TLS13-1-2-2021-06' : null,
    certificates: spec.certificates ?? known([known(aCertificate())]),
    mutualTls: spec.mutualTls ?? 'off',
    rules: isGap(rules) ? rules : known([...rules, last].map(r => aRule(name, r))),
  }
}

export const cloudFrontList: PrefixList = {
  ref: aRef('AWS::EC2::PrefixList', 'pl-cloudfront'),
  id: 'pl-cloudfront',
  name: 'com.amazonaws.global.cloudfront.origin-facing',
  ownerId: 'AWS',
  addressFamily: 'IPv4',
  cloudFrontOriginFacing: true,
  entries: known(['13.124.199.0/24']),
}

type Peer = 'cloudfront' | Known<PrefixList> | { readonly group: string } | string

const peerOf = (peer: Peer): IngressRule['peer'] => {
  if (peer === 'cloudfront')
    return { kind: 'prefix-list', prefixListId: 'pl-cloudfront', list: known(cloudFrontList) }
  if (typeof peer === 'string') return { kind: peer.includes(':') ? 'cidr6' : 'cidr4', cidr: peer }
  return 'group' in peer
    ? { kind: 'group', groupId: peer.group }
    : { kind: 'prefix-list', prefixListId: 'pl-other', list: peer }
}

let admitted = 0
export const admit = (peer: Peer, fromPort = 443, toPort = fromPort, protocol = 'tcp'): IngressRule => ({
  ref: aRef('AWS::EC2::SecurityGroupRule', `sgr-${++admitted}`),
  groupId: 'sg-origin',
  protocol,
  fromPort,
  toPort,
  peer: peerOf(peer),
})

export type LoadBalancerSpec = Omit<Partial<LoadBalancer>, 'listeners' | 'ingress' | 'ref'> & {
  readonly name?: string
  readonly listeners?: readonly ListenerSpec[] | Known<never>
  readonly ingress?: readonly IngressRule[] | Known<never>
}

/** Gated by token `t` on 443, CloudFront only: locked. */
export const aLoadBalancer = (spec: LoadBalancerSpec = {}): LoadBalancer => {
  const { name = 'origin', listeners, ingress, ...rest } = spec
  const specs = listeners ?? [gated('t')]
  const rules = ingress ?? [admit('cloudfront')]
  return {
    ref: aRef('AWS::ElasticLoadBalancingV2::LoadBalancer', name),
    kind: 'application',
    dnsName: `${name}-1.${region}.elb.amazonaws.com`,
    scheme: 'internet-facing',
    ipAddressType: 'ipv4',
    vpcId: 'vpc-1',
    securityGroupIds: ['sg-origin'],
    subnets: known([]),
    attributes: known({}),
    webAcl: known(null),
    instances: [],
    listeners: isGap(specs) ? specs : known(specs.map(s => aListener(name, s))),
    ingress: isGap(rules) ? rules : known(rules),
    ...rest,
  }
}

/** A listener that forwards only with one of the values and denies otherwise. */
export const gated = (...values: readonly (string | Sealed)[]): ListenerSpec => ({
  rules: [rule(10, [headerIs(...values.map(v => (typeof v === 'string' ? glob(v) : v)))], forward())],
})
