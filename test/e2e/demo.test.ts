import { beforeAll, describe, expect, it } from 'vitest'
import { pageAssets } from '#cli/package-files.ts'
import { loadRules } from '#cli/rules.ts'
import { reporters } from '#report/reporters.ts'
import { type JudgeOptions, judgeSnapshot, type Scan } from '#scan.ts'
import { readSnapshot } from '#snapshot/read.ts'
import { snapshotLines } from '#snapshot/write.ts'
import { demoWorld } from '../../fixtures/worlds/demo.ts'
import { demoManifests } from '../../fixtures/worlds/demo-cluster.ts'
import { scanWorld } from './run.ts'
import { formsOf, secretsOf } from './secrets.ts'

let done: Scan
let judging: JudgeOptions

/** Through the file and back, as `originproof judge` does. */
const replay = (snapshot: Scan['snapshot']): Scan['result'] =>
  judgeSnapshot(readSnapshot([...snapshotLines(snapshot)].join(''), 'snapshot.ndjson'), judging)

beforeAll(async () => {
  done = await scanWorld(demoWorld, { probing: () => ({ mode: 'all' }), manifests: demoManifests })
  judging = {
    rulebook: await loadRules(undefined),
    profile: 'recommended',
    toolVersion: '0.0.0',
    snapshotName: 'snapshot.ndjson',
  }
}, 120_000)

/** What the demo account must come to: internet, tenant, probe, and the rules violated on the link. */
const story: Readonly<
  Record<string, readonly [internet: string, tenant: string, probe: string, rules: readonly string[]]>
> = {
  shop: ['closed', 'closed', 'blocked', []],
  vault: ['closed', 'closed', 'not-probed', []],
  pay: ['closed', 'closed', 'blocked', []],
  blog: [
    'closed',
    'open',
    'blocked',
    ['origin-closed-to-tenants', 'origin-header-sent', 'distribution-waf-attached'],
  ],
  news: ['open', 'open', 'confirmed', ['origin-closed-to-internet', 'alb-default-action-denies']],
  docs: ['open', 'open', 'confirmed', ['origin-closed-to-internet', 'alb-every-listener-gated']],
  wiki: [
    'guessable',
    'guessable',
    'blocked',
    ['origin-header-exact', 'token-strong', 'distribution-waf-enforcing'],
  ],
  forum: ['guessable', 'guessable', 'blocked', ['token-strong', 'viewer-tls-floor']],
  crm: ['closed', 'closed', 'blocked', ['token-unique']],
  erp: ['closed', 'closed', 'blocked', ['token-unique']],
  people: ['closed', 'closed', 'blocked', ['token-retired']],
  mail: ['open', 'open', 'confirmed', ['origin-closed-to-internet', 'alb-every-listener-gated']],
  video: [
    'open',
    'open',
    'confirmed',
    ['origin-closed-to-internet', 'origin-security-group-cloudfront-only'],
  ],
  status: [
    'closed',
    'closed',
    'blocked',
    ['origin-security-group-cloudfront-only', 'origin-security-group-minimal-ports'],
  ],
  api: ['closed', 'closed', 'blocked', ['origin-link-encrypted']],
  portal: [
    'closed',
    'closed',
    'inconclusive',
    ['origin-certificate-covers-name', 'origin-link-encrypted', 'origin-tls-floor', 'viewer-https-required'],
  ],
  partners: ['closed', 'closed', 'inconclusive', ['origin-header-accepted']],
  legacy: ['unknown', 'unknown', 'not-probed', ['origin-exists']],
  media: ['closed', 'closed', 'blocked', []],
  thumbs: ['closed', 'closed', 'blocked', []],
  tickets: ['authenticated', 'authenticated', 'blocked', []],
  courses: ['closed', 'closed', 'inconclusive', []],
  lessons: ['closed', 'closed', 'blocked', ['signed-content-has-no-unsigned-twin']],
  billing: ['open', 'open', 'confirmed', ['origin-closed-to-internet']],
  orders: ['closed', 'closed', 'inconclusive', ['ingress-token-not-in-clear']],
  reports: ['closed', 'closed', 'inconclusive', ['ingress-controller-supported']],
  catalog: ['closed', 'closed', 'inconclusive', ['ingress-token-not-in-clear']],
  search: ['open', 'open', 'inconclusive', ['ingress-requires-token', 'origin-header-sent']],
  chat: ['open', 'open', 'inconclusive', ['ingress-requires-token', 'ingress-no-ungated-sibling']],
  quotes: ['closed', 'closed', 'inconclusive', ['ingress-snippet-parses', 'ingress-credentials-match']],
  intern: ['unknown', 'unknown', 'inconclusive', ['ingress-credentials-match']],
  invoices: [
    'open',
    'open',
    'inconclusive',
    ['ingress-requires-token', 'ingress-token-check-rendered', 'ingress-snippet-parses'],
  ],
  payroll: ['open', 'open', 'inconclusive', ['ingress-requires-token', 'ingress-client-ip-trusted']],
  ledger: ['unknown', 'unknown', 'inconclusive', ['ingress-credentials-match']],
  support: ['closed', 'closed', 'inconclusive', ['ingress-credentials-match']],
  stock: ['open', 'open', 'inconclusive', ['gateway-route-gated', 'traefik-client-ip-trusted']],
  events: ['open', 'open', 'inconclusive', ['gateway-route-gated']],
  labels: ['closed', 'closed', 'blocked', []],
  parcels: ['open', 'open', 'confirmed', ['lbc-condition-effective', 'lbc-security-group-closed']],
  returns: ['closed', 'open', 'blocked', ['lbc-waf-kept', 'lbc-group-restricted']],
  gallery: [
    'open',
    'open',
    'confirmed',
    ['origin-closed-to-internet', 's3-bucket-cloudfront-only', 's3-origin-access-control'],
  ],
  contact: ['open', 'open', 'confirmed', ['origin-closed-to-internet', 'lambda-url-iam']],
  stream: ['open', 'open', 'confirmed', ['origin-closed-to-internet', 'origin-header-sent']],
  depot: ['closed', 'open', 'blocked', ['origin-closed-to-tenants', 'origin-header-sent']],
  archive: ['unknown', 'unknown', 'confirmed', ['origin-refuses-direct-requests']],
  careers: ['unknown', 'unknown', 'not-probed', []],
}

const linkOf = (site: string) => {
  const link = done.result.links.find(l => l.names.includes(`${site}.example.com`))
  if (!link) throw new Error(`no link for ${site}`)
  return link
}

describe('the demo account', () => {
  it('holds exactly the sites of the story', () => {
    const sites = new Set(done.result.links.map(l => l.distribution))
    expect(sites.size).toBe(Object.keys(story).length)
  })

  it.each(Object.entries(story))(
    'tells of %s what the story says',
    (site, [internet, tenant, probe, rules]) => {
      const link = linkOf(site)
      const violated = done.result.findings.filter(
        f => f.outcome === 'violated' && f.links.some(id => id.startsWith(`${link.distribution}/`)),
      )
      expect([link.exposure.internet.verdict, link.exposure.tenant.verdict, link.probe.verdict]).toEqual([
        internet,
        tenant,
        probe,
      ])
      expect(violated.map(f => f.rule)).toEqual(expect.arrayContaining([...rules]))
      if (rules.length === 0) expect(violated).toEqual([])
    },
  )

  it('is read whole: no gap, nothing unknown but the link that leads nowhere, those that leave AWS and the passwords that do not fit', () => {
    expect(done.result.coverage.gaps).toEqual([])
    expect(done.result.coverage.faults).toEqual([])
    expect(done.result.summary.links.unknown).toBe(5)
  })

  it('violates every rule it can within one account at least once', () => {
    const never = done.result.rules.filter(r => r.outcomes.violated === 0).map(r => r.id)
    // The demo has one distribution before each origin, and the plainest mistake of each kind.
    const elsewhere =
      /^(?:api|staging|tenant|edge-function|cookie|signed|signing)-|-weaker-sister$|-names-distribution$|^s3-origin-(?:bucket|not)-|^token-not-/
    expect(never.filter(id => !elsewhere.test(id))).toEqual(['certificate-not-expiring'])
  })

  it('gives byte-identical findings and exposures when the snapshot of a scan is judged again', async () => {
    const { snapshot, result } = await scanWorld(demoWorld, { manifests: demoManifests })
    expect(replay(snapshot).findings.map(f => JSON.stringify(f))).toEqual(
      result.findings.map(f => JSON.stringify(f)),
    )
    expect(replay(snapshot).links).toEqual(result.links)
  })

  it('differs from its replay by what the probe saw, and by nothing else', () => {
    const seenOnly = /^(?:origin-refuses-direct-requests|token-not-echoed)$/
    const archive = done.result.links.find(
      l => l.originDomainName === 'origin-archive.example.com',
    )?.distribution
    expect(archive).toBeDefined()
    const outcomes = (result: Scan['result']) =>
      result.findings
        // Of a host outside AWS nothing is known but what the probe saw.
        .filter(f => !seenOnly.test(f.rule) && f.distribution !== archive)
        // What cannot be proven is listed with what the probe saw, where it saw something.
        .map(f => ({ ...f, partOf: f.outcome === 'unknown' ? null : f.partOf }))
        .map(f => `${f.rule} ${f.outcome} ${f.severity} ${f.message} ${f.fingerprint} ${f.partOf}`)
    expect(outcomes(replay(done.snapshot))).toEqual(outcomes(done.result))
  })

  it('shows no secret in any encoding in any file', async () => {
    const options = { width: 80, color: false, assets: await pageAssets() }
    const files = [
      ...Object.values(reporters).map(r => r.render(done.result, options)),
      [...snapshotLines(done.snapshot)].join(''),
    ].map(t => t.toLowerCase())
    const secrets = secretsOf(demoWorld)
    expect(secrets.length).toBeGreaterThan(12)
    const found = secrets.flatMap(s =>
      formsOf(s).filter(form => files.some(f => f.includes(form.toLowerCase()))),
    )
    expect(found).toEqual([])
  })

  it('cites for every finding a line of the snapshot that holds its subject', () => {
    const lines = [...snapshotLines(done.snapshot)].join('').split('\n')
    for (const { subject } of done.result.findings) expect(lines[subject.line - 1]).toContain(subject.arn)
  })

  it('gives one top-level finding per way around, with its causes inside', () => {
    const ways = done.result.findings.filter(
      f => f.partOf === null && ['origin-closed-to-internet', 'origin-closed-to-tenants'].includes(f.rule),
    )
    const open = done.result.links.filter(
      l =>
        // Of a host outside AWS only the probe can tell.
        l.probe.verdict === 'confirmed' ||
        [l.exposure.internet.verdict, l.exposure.tenant.verdict].some(v => v === 'open' || v === 'guessable'),
    )
    expect(
      ways
        .filter(f => f.outcome === 'violated')
        .map(f => f.links[0])
        .sort(),
    ).toEqual(open.map(l => l.id).sort())
    expect(ways.filter(f => f.outcome === 'violated').every(f => f.causes.length > 0)).toBe(true)
  })
})
