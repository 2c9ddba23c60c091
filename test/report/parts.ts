/** Small builders for the parts of a scan result: every field has a harmless default. */

import { identityFingerprint } from '#base/fingerprint.ts'
import type { Gap } from '#base/gap.ts'
import type { ExposureResult as Exposure, Finding, LinkResult, RuleInfo, Subject } from '#findings/result.ts'
import type { Exchange } from '#probe/exchange.ts'
import type { Obligation, RouteStep, Witness } from '#prove/exposure.ts'

export const account = '111122223333'
export const albName = (name: string): string => `${name}-1234567890.eu-central-1.elb.amazonaws.com`
export const albArn = (name: string): string =>
  `arn:aws:elasticloadbalancing:eu-central-1:${account}:loadbalancer/app/${name}/50dc6c495c0c9188`
export const distributionArn = (id: string): string => `arn:aws:cloudfront::${account}:distribution/${id}`

/** A value that is not shown, as a witness writes it. */
export const sealedText = (name: string): string => `\${sealed:${name}}`

export const gap = (over: Partial<Gap> = {}): Gap => ({
  code: 'denied',
  service: 'elastic-load-balancing-v2',
  operation: 'DescribeRules',
  target: albArn('billing').replace('loadbalancer', 'listener'),
  account,
  region: 'eu-central-1',
  action: 'elasticloadbalancing:DescribeRules',
  message: 'The scanning role may not read the rules of the listener of billing.',
  ...over,
})

const route = (name: string): readonly RouteStep[] => [
  {
    kind: 'network',
    arn: `arn:aws:ec2:eu-central-1:${account}:security-group-rule/sgr-0a1b2c`,
    line: 31,
    text: 'sg-0a1b2c3d admits tcp/443 from 0.0.0.0/0',
  },
  {
    kind: 'listener',
    arn: albArn(name).replace('loadbalancer', 'listener'),
    line: 22,
    text: `HTTPS:443 of ${name}`,
  },
  {
    kind: 'rule',
    arn: albArn(name).replace('loadbalancer', 'listener-rule'),
    line: 25,
    text: 'the default rule takes the request',
  },
  {
    kind: 'action',
    arn: albArn(name).replace('loadbalancer', 'listener-rule'),
    line: 25,
    text: `forwards to target group ${name}-web`,
  },
  {
    kind: 'target',
    arn: `arn:aws:elasticloadbalancing:eu-central-1:${account}:targetgroup/${name}-web/73e2d6bc24d8a067`,
    line: 40,
    text: `${name}-web: 2 targets on port 8080`,
  },
]

export const witness = (name: string, over: Partial<Witness> = {}): Witness => ({
  vantage: 'internet',
  family: 4,
  source: '8.8.8.8',
  scheme: 'https',
  connect: albName(name),
  port: 443,
  sni: `${name}.example.com`,
  method: 'GET',
  host: `${name}.example.com`,
  path: '/',
  headers: [],
  route: route(name),
  ...over,
})

const obligation = (name: string, over: Partial<Obligation> = {}): Obligation => ({
  kind: 'SECRET_REQUIRED',
  entryPoint: albArn(name),
  family: 4,
  listener: albArn(name).replace('loadbalancer', 'listener'),
  rule: albArn(name).replace('loadbalancer', 'listener-rule'),
  lines: [22, 24],
  text: 'rule 1 forwards only with header x-origin-verify (sealed:4be1c0aa, 128 bits)',
  ...over,
})

export const open = (name: string, over: Partial<Witness> = {}): Exposure => ({
  verdict: 'open',
  witness: witness(name, over),
  certificate: null,
  gaps: [],
})
export const closed = (name: string, ...obligations: readonly Partial<Obligation>[]): Exposure => ({
  verdict: 'closed',
  witness: null,
  certificate: { obligations: obligations.map(o => obligation(name, o)), reliesOn: ['U-06'] },
  gaps: [],
})
export const unknown = (...gaps: readonly Gap[]): Exposure => ({
  verdict: 'unknown',
  witness: null,
  certificate: null,
  gaps: gaps.map(g => ({ kind: 'gap', gap: g })),
})
export const noNetwork = {
  kind: 'NET_UNREACHABLE',
  listener: null,
  rule: null,
  lines: [33],
  text: 'sg-0c admits only pl-a3a144ac (com.amazonaws.global.cloudfront.origin-facing)',
} as const
export const noForward = { kind: 'NON_FORWARD', lines: [26], text: 'the default action answers 403' } as const

export const link = (id: string, name: string, over: Partial<LinkResult> = {}): LinkResult => ({
  id: `${id}/${name}`,
  distribution: id,
  distributionArn: distributionArn(id),
  names: [`d${id.toLowerCase().slice(1, 9)}.cloudfront.net`, `${name}.example.com`],
  account,
  origin: name,
  originDomainName: albName(name),
  originKind: 'alb',
  line: 3,
  behaviors: ['/api/*', 'Default (*)'],
  target: {
    type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    arn: albArn(name),
    name,
    region: 'eu-central-1',
  },
  exposure: { internet: closed(name, noNetwork), tenant: closed(name, {}, noForward), inside: null },
  sisters: { found: [], more: 0, asStrict: 1, gaps: [] },
  probe: { verdict: 'not-probed', code: 'off', reason: 'probing is off', exchanges: [] },
  fix: null,
  ...over,
})

export const subject = (arn: string, type: string, name: string, line = 3): Subject => ({
  arn,
  type,
  name,
  account,
  region: 'eu-central-1',
  line,
})

export const finding = (rule: string, over: Partial<Finding> = {}): Finding => {
  const s = over.subject ?? subject(distributionArn('E1SHOP'), 'AWS::CloudFront::Distribution', 'E1SHOP')
  return {
    rule,
    outcome: 'violated',
    severity: 'high',
    subject: s,
    distribution: null,
    origin: null,
    links: [],
    causes: [],
    partOf: null,
    related: [],
    title: `The good world of ${rule} holds`,
    message: `${rule} does not hold for ${s.name}.`,
    evidence: [{ text: `${s.name} was read`, line: s.line, arn: s.arn, exchange: null }],
    remediation: `Change it back:\n\n\`\`\`sh\naws cloudfront update-distribution --id ${s.name}\n\`\`\`\n`,
    gaps: [],
    fingerprint: identityFingerprint(rule, s.account, s.arn, over.distribution ?? '', over.origin ?? ''),
    ...over,
  }
}

export const rule = (id: string, over: Partial<RuleInfo> = {}): RuleInfo => ({
  id,
  surface: 'alb',
  severity: 'high',
  title: `The good world of ${id} holds`,
  help: `# ${id}\n\nWhy it matters, in one paragraph.\n\n## How to fix\n\n1. Do *this*.\n2. Then [that](https://docs.aws.amazon.com/).\n`,
  references: [
    'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/restrict-access-to-load-balancer.html',
  ],
  mappings: [{ standard: 'cwe', id: 'CWE-284', fit: 'partial' }],
  outcomes: { violated: 1, satisfied: 4, unknown: 0, inapplicable: 2 },
  ...over,
})

export const exchange = (
  linkId: string,
  n: number,
  role: Exchange['request']['role'],
  status: number | null,
  host: string,
): Exchange => ({
  id: `${linkId}#${n}`,
  request: {
    id: `${linkId}#${n}`,
    link: linkId,
    recipe: role === 'W' ? 'R1' : 'control',
    role,
    connect: { name: host, port: 443, family: 4 },
    present: { host, sni: host },
    method: 'GET',
    path: '/',
    headers: [['user-agent', 'originproof/0.1.0']],
  },
  address: status === null ? null : '203.0.113.10',
  sentAt: status === null ? null : '2026-09-01T12:00:03.000Z',
  outcome:
    status === null
      ? { kind: 'no-response', reason: 'connect-timeout', message: 'no connection within 5 s' }
      : {
          kind: 'response',
          response: {
            status,
            headers: [
              ['content-type', 'text/html'],
              ['server', 'nginx'],
            ],
            bodyBytes: 1832,
            truncated: false,
            bodyHash: 'a'.repeat(32),
            shingles: ['0a1b2c3d'],
            title: 'Shop',
          },
          certificateVerified: true,
        },
})
