/** Whole scan results for tests: a rich estate with every verdict, an empty one, an incomplete one, a large one. */
import type { Severity } from '#base/severity.ts'
import {
  type Finding,
  type LinkResult,
  type RuleInfo,
  resultFormat,
  type ScanResult,
} from '#findings/result.ts'
import { about, account2, billing, findings, links } from './estate.ts'
import { account, albName, exchange, finding, gap, link, open, rule, subject } from './parts.ts'

const summarise = (
  links: readonly LinkResult[],
  findings: readonly Finding[],
  complete: boolean,
): ScanResult['summary'] => {
  const worst = ['open', 'guessable', 'unknown', 'authenticated', 'closed'] as const
  const ofLink = (l: LinkResult) =>
    worst.find(v => l.exposure.internet.verdict === v || l.exposure.tenant.verdict === v)
  const links_ = { open: 0, guessable: 0, authenticated: 0, closed: 0, unknown: 0 }
  for (const l of links) links_[ofLink(l) ?? 'unknown'] += 1
  const violated: Record<Severity, number> = { critical: 0, high: 0, medium: 0, low: 0 }
  for (const f of findings) if (f.outcome === 'violated' && f.partOf === null) violated[f.severity] += 1
  return {
    links: links_,
    violated,
    unknown: findings.filter(f => f.outcome === 'unknown').length,
    satisfied: 61,
    complete,
  }
}

export interface Parts {
  readonly links?: readonly LinkResult[]
  readonly findings?: readonly Finding[]
  readonly rules?: readonly RuleInfo[]
  readonly over?: Partial<ScanResult>
}

/** A result whose summary agrees with its parts. */
export const scanResult = ({ links = [], findings = [], rules = [], over = {} }: Parts = {}): ScanResult => {
  const coverage = over.coverage ?? {
    gaps: [],
    calls: [{ call: 'cloudfront:ListDistributions', count: 1 }],
    faults: [],
  }
  const complete =
    coverage.gaps.length === 0 && coverage.faults.length === 0 && findings.every(f => f.outcome !== 'unknown')
  return {
    format: resultFormat,
    tool: { name: 'originproof', version: '0.1.0' },
    observedAt: '2026-09-01T12:00:00.000Z',
    accounts: [account],
    regions: ['eu-central-1', 'us-east-1'],
    snapshot: 'originproof-report/snapshot.ndjson',
    links,
    findings,
    rules,
    exchanges: [],
    coverage,
    summary: summarise(links, findings, complete),
    ...over,
  }
}

export const emptyResult = (): ScanResult =>
  scanResult({ rules: [rule('origin-closed-to-internet', { severity: 'critical' })] })

export const richResult = (): ScanResult =>
  scanResult({
    links,
    findings,
    rules: [...new Set(findings.map(f => f.rule))]
      .sort()
      .map(id => rule(id, { severity: findings.find(f => f.rule === id)?.severity ?? 'high' })),
    over: {
      accounts: [account, account2],
      exchanges: [
        exchange('E1SHOP/shop', 1, 'P', 200, 'shop.example.com'),
        exchange('E1SHOP/shop', 2, 'N1-direct', 404, albName('shop')),
        exchange('E1SHOP/shop', 3, 'W', 200, albName('shop')),
        exchange('E3LOCKED/locked', 1, 'W', 403, albName('locked')),
        exchange('E5BILLING/billing', 1, 'P', 200, 'billing.example.com'),
        exchange('E5BILLING/billing', 2, 'W', null, albName('billing')),
      ],
      coverage: {
        gaps: [
          gap(),
          gap({
            operation: 'GetWebACL',
            service: 'wafv2',
            action: 'wafv2:GetWebACL',
            target: 'billing',
            message: 'The web ACL of billing was not read.',
          }),
          gap({
            code: 'throttled',
            operation: 'DescribeTags',
            target: '*',
            message: 'Still throttled after 8 tries.',
          }),
        ],
        calls: [
          { call: 'cloudfront:ListDistributions', count: 1 },
          { call: 'elastic-load-balancing-v2:DescribeListeners', count: 8 },
        ],
        faults: [],
      },
    },
  })

/** Nothing found, and not everything read. */
export const incompleteResult = (): ScanResult =>
  scanResult({
    links: [billing],
    rules: [rule('origin-header-enforced')],
    findings: findings.filter(f => f.outcome === 'unknown'),
    over: {
      coverage: {
        gaps: [gap()],
        calls: [],
        faults: [
          { rule: 'token-strong', subject: billing.id, message: 'Cannot read properties of undefined' },
        ],
      },
    },
  })

/** `n` links, one in ten open. */
export const largeResult = (n: number): ScanResult => {
  const links = Array.from({ length: n }, (_, i) => {
    const id = `E${String(i).padStart(13, '0')}`
    const name = `service-${i}`
    return link(
      id,
      name,
      i % 10 === 0
        ? { exposure: { internet: open(name), tenant: open(name, { vantage: 'tenant' }), inside: null } }
        : {},
    )
  })
  const opened = links.filter(l => l.exposure.internet.verdict === 'open')
  return scanResult({
    links,
    rules: [rule('origin-closed-to-internet', { severity: 'critical' })],
    findings: opened.map(l =>
      finding('origin-closed-to-internet', {
        ...about(l),
        severity: 'critical',
        subject: subject(l.distributionArn, 'AWS::CloudFront::Distribution', l.distribution),
      }),
    ),
  })
}

/** The rich estate with a finding about an ingress controller that all of its links share. */
export const sharedResult = (): ScanResult => {
  const rich = richResult()
  const shared = finding('ingress-controller-supported', {
    message: 'The controller gets no more fixes.',
    subject: {
      ...subject(
        'kubernetes://manifests/Deployment/web/controller',
        'Kubernetes::Workload',
        'web/controller',
      ),
      source: { file: 'deploy/controller.yaml', line: 3 },
    },
    links: rich.links.map(l => l.id),
  })
  return { ...rich, findings: [...rich.findings, shared] }
}
