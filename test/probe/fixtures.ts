/** Small topologies, exposures and answers for the tests of probing. */
import type { Gap } from '#base/gap.ts'
import { known } from '#base/known.ts'
import type { Exchange, NoResponse, ProbeRequest, ProbeResponse } from '#probe/exchange.ts'
import { fingerprintBody } from '#probe/fingerprint.ts'
import type { Exposure, LinkExposure, Verdict, Witness } from '#prove/exposure.ts'
import type {
  Action,
  Condition,
  Distribution,
  Link,
  Listener,
  LoadBalancer,
  OriginHeader,
  Ref,
  Rule,
} from '#topology/model.ts'

const account = '111122223333'
const region = 'eu-west-1'

export const ref = (name: string, type = 'AWS::Test::Thing'): Ref => ({
  arn: `arn:aws:test:${region}:${account}:${name}`,
  type,
  name,
  account,
  region,
  line: 1,
})

export const denied: Action = {
  kind: 'fixed-response',
  status: 403,
  contentType: 'text/plain',
  body: 'Direct access is not allowed.',
}
export const forward: Action = { kind: 'forward', groups: [] }

export const rule = (
  name: string,
  actions: readonly Action[],
  conditions: readonly Condition[] = [],
): Rule => ({
  ref: ref(`rule/${name}`),
  priority: conditions.length === 0 ? 'default' : 1,
  conditions,
  actions,
  transforms: false,
})

export const sealed = (length = 32, bits = 150): Exclude<OriginHeader['value'], string> => ({
  sealed: 'a'.repeat(32),
  folded: 'a'.repeat(32),
  dialect: 'value',
  length,
  alphabet: 'alphanumeric',
  bits,
  exactBits: bits,
  meets: [],
  mayMeet: [],
})

const gated = rule(
  'gated',
  [forward],
  [{ field: 'http-header', name: 'X-Auth-Token', globs: [sealed()], regexes: [] }],
)

export const listener = (
  port: number,
  protocol: string,
  rules: readonly Rule[] = [gated, rule(`default-${port}`, [denied])],
): Listener => ({
  ref: ref(`listener/${port}`),
  port,
  protocol,
  sslPolicy: null,
  certificates: known([]),
  mutualTls: 'off',
  rules: known(rules),
})

export const lbName = 'shop-1234567890.eu-west-1.elb.amazonaws.com'

export const loadBalancer = (changes: Partial<LoadBalancer> = {}): LoadBalancer => ({
  ref: ref('loadbalancer/app/shop'),
  kind: 'application',
  dnsName: lbName,
  scheme: 'internet-facing',
  ipAddressType: 'ipv4',
  vpcId: 'vpc-1',
  securityGroupIds: ['sg-1'],
  ingress: known([]),
  subnets: known([]),
  listeners: known([listener(443, 'HTTPS')]),
  attributes: known({}),
  webAcl: known(null),
  instances: [],
  ...changes,
})

export const distribution = (changes: Partial<Distribution> = {}): Distribution => ({
  ref: ref('distribution/E1'),
  id: 'E1',
  domainName: 'd111111abcdef8.cloudfront.net',
  aliases: ['shop.example.com'],
  enabled: true,
  staging: false,
  behaviors: [
    {
      pathPattern: 'Default (*)',
      isDefault: true,
      target: 'app',
      viewerProtocolPolicy: 'redirect-to-https',
      allowedMethods: ['GET', 'HEAD'],
      functions: [],
      signed: false,
      keyGroups: [],
      trustedSigners: [],
    },
  ],
  origins: [],
  originGroups: [],
  viewer: {
    isDefault: false,
    minimumProtocolVersion: 'TLSv1.2_2021',
    sslSupportMethod: 'sni-only',
    certificate: null,
  },
  webAcl: known(null),
  geoRestriction: known({ kind: 'none', countries: [] }),
  continuousDeployment: known(null),
  tenants: null,
  ...changes,
})

interface LinkChanges {
  readonly id?: string
  readonly balancer?: LoadBalancer
  readonly others?: readonly LoadBalancer[]
  readonly gaps?: readonly Gap[]
  readonly target?: Link['target']
  readonly distribution?: Partial<Distribution>
  readonly origin?: Partial<Link['origin']>
}

export const link = (changes: LinkChanges = {}): Link => {
  const d = distribution(changes.distribution)
  return {
    id: changes.id ?? 'E1/app',
    distribution: d,
    origin: {
      id: 'app',
      domainName: 'origin.example.com',
      originPath: '',
      kind: 'alb',
      headers: [{ name: 'x-auth-token', value: sealed() }],
      protocolPolicy: 'https-only',
      httpPort: 80,
      httpsPort: 443,
      sslProtocols: ['TLSv1.2'],
      vpcOriginId: null,
      originAccessControlId: null,
      accessControl: known(null),
      originAccessIdentity: null,
      ...changes.origin,
    },
    behaviors: d.behaviors,
    target: changes.target ?? {
      kind: 'load-balancer',
      loadBalancer: changes.balancer ?? loadBalancer(),
      names: ['origin.example.com', lbName],
      others: changes.others ?? [],
      vpcOrigin: null,
      gaps: changes.gaps ?? [],
    },
  }
}

/** How a witness writes a value that must not be shown. */
export const hidden = `$\{sealed:aaaaaaaa}`

export const witness = (changes: Partial<Witness> = {}): Witness => ({
  vantage: 'internet',
  family: 4,
  source: '8.8.8.8',
  scheme: 'https',
  connect: lbName,
  port: 443,
  sni: 'origin.example.com',
  method: 'GET',
  host: 'origin.example.com',
  path: '/',
  headers: [],
  route: [],
  ...changes,
})

const exposureOf = (verdict: Verdict, changes: Partial<Exposure> = {}): Exposure => ({
  verdict,
  witness: null,
  certificate: null,
  reasons: [],
  ...changes,
})

export const exposed = (
  of: Link,
  verdict: Verdict = 'closed',
  changes: Partial<Exposure> = {},
): LinkExposure => ({
  link: of,
  internet: exposureOf(verdict, changes),
  tenant: exposureOf('unknown'),
  inside: null,
  sisters: { found: [], more: 0, asStrict: 0, reasons: [] },
  twins: { found: [], more: 0, apart: 0, reasons: [] },
})

// ---- Answers ----

export const pageText = (name: string): string =>
  `<html><head><title>${name}</title></head><body>${Array.from({ length: 60 }, (_, i) => `${name} line ${i} of the page`).join('\n')}</body></html>`

export const response = (
  status: number,
  body: string,
  headers: readonly (readonly [string, string])[] = [],
): ProbeResponse => ({
  status,
  headers: [['content-type', 'text/html'], ...headers],
  truncated: false,
  ...fingerprintBody(Buffer.from(body), 'text/html'),
})

const appHeaders = [
  ['server', 'example-app'],
  ['etag', '"v1"'],
] as const

export const page = response(200, pageText('shop'), appHeaders)
export const missing = response(404, pageText('missing'), [['server', 'example-app']])
export const gateAnswer: ProbeResponse = {
  ...response(403, 'Direct access is not allowed.', [['server', 'awselb/2.0']]),
  headers: [
    ['content-type', 'text/plain; charset=utf-8'],
    ['server', 'awselb/2.0'],
  ],
}

export const answered = (request: ProbeRequest, r: ProbeResponse): Exchange => ({
  id: request.id,
  request,
  address: '1.2.3.4',
  sentAt: '2026-01-01T00:00:00.000Z',
  outcome: { kind: 'response', response: r, certificateVerified: request.present.sni === null ? null : true },
})

export const silent = (request: ProbeRequest, reason: NoResponse): Exchange => ({
  id: request.id,
  request,
  address: null,
  sentAt: null,
  outcome: { kind: 'no-response', reason, message: `It was ${reason}.` },
})

export const isEdge = (r: ProbeRequest): boolean => r.role === 'P' || r.role === 'N1-edge'

/** The edge shows its page and a proper not-found page; `direct` says what the origin itself answers. */
export const play = (
  plan: readonly ProbeRequest[],
  direct: (request: ProbeRequest) => ProbeResponse | NoResponse,
): readonly Exchange[] =>
  plan.map(request => {
    const answer = request.role === 'P' ? page : request.role === 'N1-edge' ? missing : direct(request)
    return typeof answer === 'string' ? silent(request, answer) : answered(request, answer)
  })
