/** Small topologies for judging: every part has a sound default, and a test says only what matters to it. */
import type { Gap } from '#base/gap.ts'
import { type Known, known, unobserved } from '#base/known.ts'
import type { ProbeVerdict } from '#probe/exchange.ts'
import type { Exposure, LinkExposure, Verdict } from '#prove/exposure.ts'
import type {
  Action,
  Behavior,
  Certificate,
  Condition,
  Distribution,
  IngressRule,
  Link,
  Listener,
  LoadBalancer,
  Origin,
  PrefixList,
  Ref,
  Rule,
  Target,
  TargetGroup,
  Topology,
  VpcOrigin,
  WebAcl,
  WebAclRule,
} from '#topology/model.ts'
import type { Sealed } from '#topology/sealed.ts'

const account = '111122223333'
const region = 'eu-west-1'

/** Lines are given out by ARN, so that the same resource stands on the same line however often it is built. */
const lines = new Map<string, number>()
const lineOf = (arn: string): number => {
  const line = lines.get(arn) ?? lines.size + 2
  lines.set(arn, line)
  return line
}

/** Every line that some resource stands on. */
export const knownLines = (): ReadonlySet<number> => new Set(lines.values())

export const aRef = (
  type: string,
  name: string,
  arn = `arn:aws:test:${region}:${account}:${type}/${name}`,
): Ref => ({
  ...{ arn, type, name, account, region },
  line: lineOf(arn),
})

export const aGap = (operation = 'DescribeRules', target = '*'): Gap => ({
  code: 'denied',
  service: 'elastic-load-balancing-v2',
  operation,
  target,
  account,
  region,
  action: `elasticloadbalancing:${operation}`,
  message: `${operation} was denied for ${target}.`,
})

export const unread = (operation?: string): Known<never> => unobserved(aGap(operation))

// ---- Secrets ----

const fingerprint = (text: string): string =>
  [...text]
    .reduce((sum, c) => (sum * 31 + c.charCodeAt(0)) % 0x7fffffff, 7)
    .toString(16)
    .padStart(32, '0')

const sealed = (name: string, dialect: Sealed['dialect'], extra: Partial<Sealed>): Sealed => ({
  ...{ sealed: fingerprint(name), folded: fingerprint(name.toLowerCase()), dialect },
  ...{ length: 40, alphabet: 'alphanumeric', bits: 190, exactBits: 200, meets: [], mayMeet: [] },
  ...extra,
})

export const patternOf = (name: string, dialect: Sealed['dialect'] = 'alb-glob'): string =>
  `${dialect}|${fingerprint(name)}`

/** A value that is sent: it meets the gates of the same name, and `others`. */
export const sent = (name: string, extra: Partial<Sealed> = {}, others: readonly string[] = []): Sealed =>
  sealed(name, 'value', {
    meets: [patternOf(name), patternOf(name, 'waf:EXACTLY'), ...others],
    ...extra,
  })

/** A value that a listener rule compares with. */
export const glob = (name: string, extra: Partial<Sealed> = {}): Sealed => sealed(name, 'alb-glob', extra)
export const regex = (name: string, extra: Partial<Sealed> = {}): Sealed => sealed(name, 'alb-regex', extra)
export const wafExactly = (name: string, extra: Partial<Sealed> = {}): Sealed =>
  sealed(name, 'waf:EXACTLY', extra)

// ---- Load balancers ----

export const tokenHeader = 'x-auth-token'

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

// ---- Web ACLs and certificates ----

export const matchHeader = (value: unknown): Readonly<Record<string, unknown>> => ({
  ByteMatchStatement: {
    SearchString: value,
    FieldToMatch: { SingleHeader: { Name: tokenHeader } },
    TextTransformations: [{ Priority: 0, Type: 'NONE' }],
    PositionalConstraint: 'EXACTLY',
  },
})

export const blockUnless = (value: unknown, action: WebAclRule['action'] = 'block'): WebAclRule => ({
  name: 'require-token',
  priority: 0,
  action,
  statement: { NotStatement: { Statement: matchHeader(value) } },
})

export const aWebAcl = (rules: readonly WebAclRule[], extra: Partial<WebAcl> = {}): WebAcl => ({
  ref: aRef('AWS::WAFv2::WebACL', extra.name ?? 'edge'),
  name: 'edge',
  scope: 'CLOUDFRONT',
  defaultAction: 'allow',
  rules,
  ...extra,
})

export const managedRules = (action: 'group' | 'count' = 'group'): WebAclRule => ({
  name: 'common',
  priority: 10,
  action,
  statement: { ManagedRuleGroupStatement: { VendorName: 'AWS', Name: 'AWSManagedRulesCommonRuleSet' } },
})

export const aCertificate = (extra: Partial<Certificate> = {}): Certificate => ({
  ref: aRef('AWS::CertificateManager::Certificate', extra.domainName ?? 'origin.example.com'),
  domainName: 'origin.example.com',
  subjectAlternativeNames: ['origin.example.com'],
  notAfter: '2027-01-01T00:00:00.000Z',
  type: 'AMAZON_ISSUED',
  status: 'ISSUED',
  renewalStatus: null,
  inUse: true,
  ...extra,
})

// ---- Distributions and links ----

export const aBehavior = (extra: Partial<Behavior> = {}): Behavior => ({
  pathPattern: 'Default (*)',
  isDefault: true,
  target: 'origin',
  viewerProtocolPolicy: 'redirect-to-https',
  allowedMethods: ['GET', 'HEAD'],
  functions: [],
  signed: false,
  ...extra,
})

export const anOrigin = (extra: Partial<Origin> = {}): Origin => ({
  id: 'origin',
  domainName: 'origin.example.com',
  originPath: '',
  kind: 'alb',
  headers: [{ name: 'X-Auth-Token', value: sent('t') }],
  protocolPolicy: 'https-only',
  httpPort: 80,
  httpsPort: 443,
  sslProtocols: ['TLSv1.2'],
  vpcOriginId: null,
  originAccessControlId: null,
  ...extra,
})

export const aVpcOrigin = (extra: Partial<VpcOrigin> = {}): VpcOrigin => ({
  ref: aRef('AWS::CloudFront::VpcOrigin', 'vo_1'),
  id: 'vo_1',
  endpointArn: 'arn:aws:test:internal',
  httpPort: 80,
  httpsPort: 443,
  protocolPolicy: 'https-only',
  ...extra,
})

export const toLoadBalancer = (
  loadBalancer: LoadBalancer = aLoadBalancer(),
  vpcOrigin: VpcOrigin | null = null,
): Target => ({
  ...{ kind: 'load-balancer', loadBalancer, vpcOrigin },
  ...{ others: [], names: ['origin.example.com', loadBalancer.dnsName], gaps: [] },
})

export const lost: Target = {
  kind: 'unknown',
  names: ['origin.example.com'],
  gaps: [aGap('DescribeLoadBalancers')],
}

export interface LinkSpec {
  readonly id?: string
  readonly distribution?: Partial<Distribution>
  readonly origin?: Partial<Origin>
  readonly behaviors?: readonly Behavior[]
  readonly target?: Target
  /** Verdicts for internet and tenant; closed where not said. */
  readonly verdict?: Verdict | readonly [internet: Verdict, tenant: Verdict]
  readonly reasons?: Exposure['reasons']
  readonly probe?: ProbeVerdict['verdict']
}

const aDistribution = (id: string, origin: Origin, spec: LinkSpec): Distribution => ({
  ref: aRef('AWS::CloudFront::Distribution', id, `arn:aws:cloudfront::${account}:distribution/${id}`),
  id,
  domainName: `${id.toLowerCase()}.cloudfront.net`,
  aliases: ['www.example.com'],
  enabled: true,
  staging: false,
  behaviors: spec.behaviors ?? [aBehavior()],
  origins: [origin],
  originGroups: [],
  viewer: {
    isDefault: false,
    minimumProtocolVersion: 'TLSv1.2_2021',
    sslSupportMethod: 'sni-only',
    certificate: known(aCertificate({ domainName: 'www.example.com' })),
  },
  webAcl: known(aWebAcl([managedRules()])),
  ...spec.distribution,
})

const aLink = (spec: LinkSpec): Link => {
  const origin = anOrigin(spec.origin)
  const distribution = aDistribution(spec.id ?? 'E1EXAMPLE', origin, spec)
  return {
    id: `${distribution.id}/${origin.id}`,
    distribution,
    origin,
    behaviors: spec.behaviors ?? [aBehavior()],
    target: spec.target ?? toLoadBalancer(),
  }
}

const anExposure = (
  link: Link,
  vantage: 'internet' | 'tenant',
  verdict: Verdict,
  reasons: Exposure['reasons'],
): Exposure => ({
  verdict,
  reasons: verdict === 'unknown' ? reasons : [],
  certificate:
    verdict === 'closed'
      ? {
          obligations: [
            {
              ...{ kind: 'SECRET_REQUIRED', entryPoint: link.origin.domainName, family: 4 },
              ...{
                listener: null,
                rule: null,
                lines: [link.distribution.ref.line],
                text: 'needs the secret',
              },
            },
          ],
          reliesOn: [],
        }
      : null,
  witness:
    verdict === 'open' || verdict === 'guessable'
      ? {
          ...{
            vantage,
            family: 4,
            source: '198.51.100.7',
            scheme: 'https',
            connect: 'origin.example.com',
            port: 443,
          },
          ...{ sni: 'origin.example.com', method: 'GET', host: 'origin.example.com', path: '/', headers: [] },
          route: [
            {
              kind: 'listener',
              arn: link.distribution.ref.arn,
              line: link.distribution.ref.line,
              text: 'HTTPS:443',
            },
          ],
        }
      : null,
})

const exposureOf = (link: Link, { verdict = 'closed', reasons }: LinkSpec): LinkExposure => {
  const [internet, tenant] = typeof verdict === 'string' ? [verdict, verdict] : verdict
  const why = reasons ?? [{ kind: 'gap', gap: aGap() }]
  return {
    link,
    internet: anExposure(link, 'internet', internet, why),
    tenant: anExposure(link, 'tenant', tenant, why),
    inside: null,
  }
}

export interface World {
  readonly topology: Topology
  readonly exposures: readonly LinkExposure[]
  readonly probes: ReadonlyMap<string, ProbeVerdict>
}

/** A world of these links; load balancers are those that the links lead to, and `more`. */
export const aWorld = (
  specs: readonly LinkSpec[],
  { gaps = [], more = [] }: { readonly gaps?: readonly Gap[]; readonly more?: readonly LoadBalancer[] } = {},
): World => {
  const built = specs.map(spec => ({ spec, link: aLink(spec) }))
  const links = built.map(b => b.link)
  const behind = links.flatMap(({ target }) => (target.kind === 'load-balancer' ? [target.loadBalancer] : []))
  const probed = built.flatMap(({ spec, link }) => {
    if (spec.probe === undefined) return []
    const verdict: ProbeVerdict = {
      verdict: spec.probe,
      code: 'test',
      reason: 'as the test says',
      exchanges: [`${link.id}#1`],
    }
    return [[link.id, verdict] as const]
  })
  return {
    topology: {
      observedAt: '2026-06-01T00:00:00.000Z',
      accounts: [account],
      regions: [region],
      distributions: [...new Map(links.map(l => [l.distribution.id, l.distribution])).values()],
      links,
      loadBalancers: [...new Map([...behind, ...more].map(lb => [lb.ref.arn, lb])).values()],
      prefixLists: [cloudFrontList],
      gaps,
    },
    exposures: built.map(({ spec, link }) => exposureOf(link, spec)),
    probes: new Map(probed),
  }
}
