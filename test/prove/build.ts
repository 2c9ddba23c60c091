/** Small topologies for proving, written as one would say them. */
import { createHash } from 'node:crypto'
import type { Gap } from '#base/gap.ts'
import { foldCase, globTokens, matchesGlob } from '#base/glob.ts'
import { type Known, known, unobserved } from '#base/known.ts'
import { type Dialect, patternId, type Sealed, type Segment } from '#snapshot/sealed.ts'
import type {
  Action,
  Behavior,
  Condition,
  Distribution,
  EdgeFunction,
  IngressRule,
  Link,
  Listener,
  LoadBalancer,
  Origin,
  OriginHeader,
  PrefixList,
  Ref,
  Rule,
  Subnet,
  TargetGroup,
  Topology,
  VpcOrigin,
  WebAcl,
  WebAclRule,
} from '#topology/model.ts'

let line = 0
const ref = (arn: string, name = arn): Ref => ({
  arn,
  type: 'AWS::Test::Resource',
  name,
  account: '111122223333',
  region: 'eu-west-1',
  line: ++line,
})

export const gap = (operation: string, target = '*'): Gap => ({
  code: 'denied',
  service: 'elastic-load-balancing-v2',
  operation,
  target,
  account: '111122223333',
  region: 'eu-west-1',
  action: `elasticloadbalancing:${operation}`,
  message: `${operation} was denied for ${target}.`,
})
export const missing = (operation: string): Known<never> => unobserved(gap(operation))

// ---- Values ----

const hash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32)

const structureOf = (text: string): readonly Segment[] | undefined => {
  const segments: Segment[] = []
  for (const token of globTokens(text)) {
    const last = segments.at(-1)
    if (token === '*' || token === '?') segments.push(token)
    else if (typeof last === 'number') segments[segments.length - 1] = last + 1
    else segments.push(1)
  }
  return segments.some(s => s === '*' || s === '?') ? segments : undefined
}

/** Five bits for every literal character: a stand-in for the estimators of the snapshot. */
export const seal = (text: string, dialect: Dialect = 'alb-glob', more: Partial<Sealed> = {}): Sealed => {
  const structure = dialect === 'alb-glob' ? structureOf(text) : undefined
  const literals = dialect === 'alb-glob' ? text.replace(/[*?]/g, '').length : text.length
  return {
    sealed: hash(text),
    folded: hash(foldCase(text)),
    dialect,
    length: text.length,
    alphabet: 'alphanumeric',
    bits: literals * 5,
    exactBits: literals * 5.9,
    meets: [],
    mayMeet: [],
    ...(structure && { structure }),
    ...more,
  }
}

/** A value that CloudFront sends, with the patterns of the gates that it meets. */
export const sent = (text: string, patterns: readonly (readonly [string, Sealed])[] = []): Sealed =>
  seal(text, 'value', {
    meets: patterns
      .filter(([p, s]) =>
        s.dialect === 'alb-glob' ? matchesGlob(p, text, { ignoreCase: true }) : p === text,
      )
      .map(([, s]) => patternId(s)),
  })

export const strong = 'Zk3v9QpX2rT7bN5mL8sW4yD6'
export const otherStrong = 'h8F2kQ0vJ5xW9cR3tB7nM1zE'

// ---- Rules ----

export const header = (name: string, ...globs: readonly (string | Sealed)[]): Condition => ({
  field: 'http-header',
  name,
  globs,
  regexes: [],
})
export const token = (...texts: readonly string[]): Condition => header('X-Token', ...texts.map(t => seal(t)))
export const headerRegex = (name: string, ...regexes: readonly (string | Sealed)[]): Condition => ({
  field: 'http-header',
  name,
  globs: [],
  regexes,
})
export const host = (...globs: readonly string[]): Condition => ({ field: 'host-header', globs, regexes: [] })
export const path = (...globs: readonly string[]): Condition => ({
  field: 'path-pattern',
  globs,
  regexes: [],
})
export const pathRegex = (...regexes: readonly string[]): Condition => ({
  field: 'path-pattern',
  globs: [],
  regexes,
})
export const method = (...methods: readonly string[]): Condition => ({
  field: 'http-request-method',
  methods,
})
export const query = (...pairs: readonly (readonly [string | null, string | Sealed])[]): Condition => ({
  field: 'query-string',
  pairs: pairs.map(([key, value]) => ({ key, value })),
})
export const sourceIp = (...cidrs: readonly string[]): Condition => ({ field: 'source-ip', cidrs })

export const group = (
  name: string,
  targets: Known<readonly string[]> = known([`i-${name}:80`]),
): TargetGroup => ({
  ref: ref(`arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/${name}/1`, name),
  name,
  protocol: 'HTTP',
  port: 80,
  targetType: 'instance',
  targets,
  hosts: known([]),
  clientIpPreserved: known(true),
})
export const app = group('app')
export const forward = (...groups: readonly TargetGroup[]): Action => ({
  kind: 'forward',
  groups: (groups.length > 0 ? groups : [app]).map(g => ({ group: known(g), weight: 1 })),
})
export const weighted = (...groups: readonly (readonly [TargetGroup, number])[]): Action => ({
  kind: 'forward',
  groups: groups.map(([g, weight]) => ({ group: known(g), weight })),
})
export const fixed = (status = 403): Action => ({
  kind: 'fixed-response',
  status,
  contentType: 'text/plain',
  body: 'Forbidden',
})
export const redirect = (more: Partial<Extract<Action, { kind: 'redirect' }>> = {}): Action => ({
  kind: 'redirect',
  protocol: 'HTTPS',
  host: '#{host}',
  port: '443',
  path: '/#{path}',
  query: '#{query}',
  status: 301,
  ...more,
})
export const login = (
  onUnauthenticated: 'authenticate' | 'deny' | 'allow',
  provider: 'oidc' | 'cognito' | 'jwt' = 'oidc',
): Action => ({ kind: 'authenticate', with: provider, onUnauthenticated })

let made = 0
export const rule = (
  priority: number | 'default',
  conditions: readonly Condition[],
  ...actions: readonly Action[]
): Rule => ({
  ref: ref(`arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener-rule/app/x/${++made}`),
  priority,
  conditions,
  actions,
  transforms: false,
})
export const otherwise = (...actions: readonly Action[]): Rule => rule('default', [], ...actions)

export const listener = (rules: readonly Rule[], more: Partial<Listener> = {}): Listener => ({
  ref: ref(`arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/x/${++made}`, 'HTTPS:443'),
  port: 443,
  protocol: 'HTTPS',
  sslPolicy: null,
  certificates: known([]),
  mutualTls: 'off',
  rules: known(rules),
  ...more,
})

// ---- Network ----

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
  ref: ref(`arn:aws:ec2:eu-west-1:111122223333:security-group-rule/sgr-${++made}`),
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
  const name = `site-${++made}`
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

// ---- Web ACLs ----

type Config = Readonly<Record<string, unknown>>

export const bytes = (
  field: Config,
  search: string | Sealed,
  constraint = 'EXACTLY',
  ...transforms: readonly string[]
): Config => ({
  ByteMatchStatement: {
    FieldToMatch: field,
    SearchString: search,
    PositionalConstraint: constraint,
    TextTransformations: (transforms.length > 0 ? transforms : ['NONE']).map((Type, Priority) => ({
      Type,
      Priority,
    })),
  },
})
export const single = (Name: string): Config => ({ SingleHeader: { Name } })
export const uriPath: Config = { UriPath: {} }
export const notStatement = (Statement: Config): Config => ({ NotStatement: { Statement } })
export const andStatement = (...Statements: readonly Config[]): Config => ({ AndStatement: { Statements } })
export const orStatement = (...Statements: readonly Config[]): Config => ({ OrStatement: { Statements } })
export const secretHeader = (text: string, constraint = 'EXACTLY'): Config =>
  bytes(single('x-token'), seal(text, `waf:${constraint}`), constraint)
export const size = (field: Config, ComparisonOperator: string, Size: number): Config => ({
  SizeConstraintStatement: {
    FieldToMatch: field,
    ComparisonOperator,
    Size,
    TextTransformations: [{ Type: 'NONE', Priority: 0 }],
  },
})
export const managed = (Name = 'AWSManagedRulesCommonRuleSet'): Config => ({
  ManagedRuleGroupStatement: { VendorName: 'AWS', Name },
})

export const aclRule = (
  name: string,
  action: WebAclRule['action'],
  statement: Config,
  labels: readonly string[] = [],
): WebAclRule => ({ name, priority: ++made, action, statement, labels })

export const webAcl = (
  defaultAction: 'allow' | 'block',
  rules: readonly WebAclRule[],
  more: Partial<WebAcl> = {},
): WebAcl => ({
  ref: ref('arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/gate/1', 'gate'),
  name: 'gate',
  scope: 'REGIONAL',
  defaultAction,
  rules,
  ...more,
})

// ---- Links ----

export interface LinkSpec {
  readonly headers?: readonly OriginHeader[]
  readonly aliases?: readonly string[]
  readonly behaviors?: readonly Behavior[]
  readonly protocolPolicy?: string
  readonly originPath?: string
  readonly others?: readonly LoadBalancer[]
  readonly vpcOrigin?: boolean
  readonly gaps?: readonly Gap[]
  readonly origin?: Partial<Origin>
  readonly distribution?: Partial<Distribution>
}

export const behavior = (more: Partial<Behavior> = {}): Behavior => ({
  pathPattern: 'Default (*)',
  isDefault: true,
  target: 'origin',
  viewerProtocolPolicy: 'https-only',
  allowedMethods: ['GET', 'HEAD'],
  functions: [],
  signed: false,
  ...more,
})

/** A function that may send requests anywhere. */
export const straying = (
  event: string,
  arn = 'arn:aws:lambda:us-east-1:111122223333:function:f:1',
): EdgeFunction => ({
  arn,
  event,
  originChange: known('possible'),
  carriesHeaders: 'unknown',
  note: `it is a Lambda@Edge function at ${event}, whose code is not read`,
})

const vpcOriginTo = (lb: LoadBalancer): VpcOrigin => ({
  ref: ref('arn:aws:cloudfront::111122223333:vpcorigin/vo_1'),
  id: 'vo_1',
  endpointArn: lb.ref.arn,
  httpPort: 80,
  httpsPort: 443,
  protocolPolicy: 'https-only',
  users: known([]),
})

export const linkTo = (lb: LoadBalancer, spec: LinkSpec = {}): Link => {
  const behaviors = spec.behaviors ?? [behavior()]
  const origin = {
    id: 'origin',
    domainName: 'origin.example.com',
    originPath: spec.originPath ?? '',
    kind: 'alb' as const,
    headers: spec.headers ?? [],
    protocolPolicy: spec.protocolPolicy ?? 'https-only',
    httpPort: 80,
    httpsPort: 443,
    sslProtocols: ['TLSv1.2'],
    vpcOriginId: spec.vpcOrigin ? 'vo_1' : null,
    originAccessControlId: null,
    accessControl: known(null),
    originAccessIdentity: null,
    ...spec.origin,
  }
  const id = `E${++made}`
  const distribution = {
    ref: ref(`arn:aws:cloudfront::111122223333:distribution/${id}`, id),
    id,
    domainName: 'd111111abcdef8.cloudfront.net',
    aliases: spec.aliases ?? ['www.example.com'],
    enabled: true,
    staging: false,
    behaviors,
    origins: [origin],
    originGroups: [],
    viewer: { isDefault: true, minimumProtocolVersion: 'TLSv1', sslSupportMethod: 'vip', certificate: null },
    webAcl: known(null),
    geoRestriction: known({ kind: 'none' as const, countries: [] }),
    continuousDeployment: known(null),
    tenants: null,
    ...spec.distribution,
  }
  return {
    id: `${id}/origin`,
    distribution,
    origin,
    behaviors,
    target: {
      kind: 'load-balancer',
      loadBalancer: lb,
      others: spec.others ?? [],
      names: ['origin.example.com', lb.dnsName],
      vpcOrigin: spec.vpcOrigin ? vpcOriginTo(lb) : null,
      gaps: spec.gaps ?? [],
    },
  }
}

export const topologyOf = (
  links: readonly Link[],
  more: Partial<Topology> = {},
  ...extra: readonly LoadBalancer[]
): Topology => ({
  observedAt: '2026-09-01T00:00:00.000Z',
  accounts: ['111122223333'],
  regions: ['eu-west-1'],
  distributions: links.map(l => l.distribution),
  links,
  loadBalancers: [
    ...new Set([
      ...links.flatMap(l =>
        l.target.kind === 'load-balancer' ? [l.target.loadBalancer, ...l.target.others] : [],
      ),
      ...extra,
    ]),
  ],
  unseenLoadBalancers: [],
  prefixLists: [cloudFront4, cloudFront6],
  accelerators: { items: [], gaps: [] },
  vpcLinks: { items: [], gaps: [] },
  endpointServices: { items: [], gaps: [] },
  gaps: [],
  ...more,
})
