import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { Log, Notification, Run } from 'sarif'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { artifactUri } from '#report/sarif/location.ts'
import { mostResults, sarifReport } from '#report/sarif/log.ts'
import { mostNotifications } from '#report/sarif/notifications.ts'
import { hostileResult, hostileStrings } from './hostile.ts'
import { finding, gap, rule } from './parts.ts'
import { emptyResult, incompleteResult, largeResult, richResult, scanResult } from './scan-result.ts'

const root = new URL('../../', import.meta.url)
const schema = JSON.parse(readFileSync(new URL('reports/sarif-2.1.0.schema.json', root), 'utf8'))
const ajv = new Ajv2020({ strict: false, allErrors: false })
ajv.addFormat('uri', text => URL.canParse(text))
ajv.addFormat('uri-reference', text => URL.canParse(text, 'https://example.com/') && !/[\s\\]/.test(text))
ajv.addFormat('date-time', text => !Number.isNaN(Date.parse(text)))
const accepts = ajv.compile(schema)

const runOf = (text: string): Run => {
  const [run] = (JSON.parse(text) as Log).runs
  if (run === undefined) throw new Error('a log has a run')
  return run
}
const notes = (run: Run): readonly Notification[] => [
  ...(run.invocations?.[0]?.toolExecutionNotifications ?? []),
  ...(run.invocations?.[0]?.toolConfigurationNotifications ?? []),
]
const noted = (run: Run): string =>
  notes(run)
    .map(n => n.message.text)
    .join('\n')

const results = { rich: richResult(), empty: emptyResult(), incomplete: incompleteResult() }

describe('the SARIF report', () => {
  it.each(Object.entries(results))('of a %s scan is valid against the schema of SARIF 2.1.0', (_, result) => {
    expect(accepts(JSON.parse(sarifReport(result))), JSON.stringify(accepts.errors)).toBe(true)
  })

  it.each(Object.entries(hostileStrings))('is valid when every text is hostile: %s', (_, hostile) => {
    expect(accepts(JSON.parse(sarifReport(hostileResult(hostile)))), JSON.stringify(accepts.errors)).toBe(
      true,
    )
  })

  it('has one result for each top-level finding, worst first, and none for a cause or an undecided rule', () => {
    expect(runOf(sarifReport(results.rich)).results?.map(r => [r.ruleId, r.level])).toEqual([
      ['origin-closed-to-internet', 'error'],
      ['origin-closed-to-internet', 'error'],
      ['origin-closed-to-tenants', 'error'],
      ['origin-link-encrypted', 'warning'],
      ['distribution-waf-attached', 'note'],
    ])
  })

  it('points each result at its rule, its line and its resource', () => {
    const run = runOf(sarifReport(results.rich))
    for (const r of run.results ?? []) {
      const [location] = r.locations ?? []
      expect(run.tool.driver.rules?.[r.ruleIndex ?? -1]?.id).toBe(r.ruleId)
      expect(location?.physicalLocation?.artifactLocation?.uri).toBe('originproof-report/snapshot.ndjson')
      expect(location?.physicalLocation?.region?.startLine).toBeGreaterThanOrEqual(1)
      expect(location?.logicalLocations?.[0]?.fullyQualifiedName).toMatch(/^arn:aws:/)
    }
  })

  it('names the causes in the message and links them to related locations', () => {
    const [first] = runOf(sarifReport(results.rich)).results ?? []
    expect(first?.message.text).toContain(
      'Because: The default action of HTTPS:443 forwards to shop-web instead of answering 403. [alb-default-action-denies](1)',
    )
    expect(first?.message.text).toContain('curl --insecure')
    expect(first?.relatedLocations?.map(l => [l.id, l.physicalLocation?.region?.startLine])).toEqual([
      [1, 22],
      [2, 31],
      [3, 20],
    ])
    expect(
      first?.codeFlows?.[0]?.threadFlows[0]?.locations.map(
        l => l.location?.physicalLocation?.region?.startLine,
      ),
    ).toEqual([31, 22, 25, 25, 40])
  })

  it('keeps alerts the same across scans although lines move', () => {
    const moved = JSON.parse(
      JSON.stringify(results.rich).replace(/"line":(\d+)/g, (_, n) => `"line":${Number(n) + 7}`),
    )
    const prints = (text: string) => runOf(text).results?.map(r => r.partialFingerprints)
    expect(prints(sarifReport(moved))).toEqual(prints(sarifReport(results.rich)))
    const all = prints(sarifReport(results.rich)) ?? []
    expect(new Set(all.map(p => p?.primaryLocationLineHash)).size).toBe(all.length)
    expect(all[0]?.['originproofFingerprint/v1']).toBe(results.rich.findings[0]?.fingerprint)
  })

  it('gives every rule its severity score, help and at most ten tags', () => {
    const mappings = Array.from(
      { length: 30 },
      (_, i) => ({ standard: 'nist', id: `AC-${i}`, fit: 'partial' }) as const,
    )
    const run = runOf(
      sarifReport(scanResult({ rules: [rule('many-mappings', { severity: 'critical', mappings })] })),
    )
    const [descriptor] = run.tool.driver.rules ?? []
    expect(descriptor?.properties?.['security-severity']).toBe('9.8')
    expect(descriptor?.properties?.tags).toHaveLength(10)
    expect(descriptor?.help?.markdown).toContain('How to fix')
    expect(descriptor?.name).toBe('ManyMappings')
  })

  it('writes a clean scan as a file without results that says it succeeded', () => {
    const run = runOf(sarifReport(results.empty))
    expect(run.results).toEqual([])
    expect(run.invocations?.[0]?.executionSuccessful).toBe(true)
  })

  it('writes what is missing as notifications and says that the scan did not succeed', () => {
    const run = runOf(sarifReport(results.incomplete))
    expect(run.results).toEqual([])
    expect(run.invocations?.[0]?.executionSuccessful).toBe(false)
    expect(noted(run)).toContain('Needs elasticloadbalancing:DescribeRules')
    expect(noted(run)).toContain('origin-header-enforced is undecided')
    expect(noted(run)).toContain('Cannot read properties of undefined')
    expect(
      notes(run).every(
        n => run.tool.driver.notifications?.[n.descriptor?.index ?? -1]?.id === n.descriptor?.id,
      ),
    ).toBe(true)
  })

  it('keeps the scans of different accounts apart', () => {
    const id = (accounts: readonly string[]) =>
      runOf(sarifReport(scanResult({ over: { accounts } }))).automationDetails?.id
    expect(id(['111122223333'])).toBe('originproof/aws/111122223333/')
    const many = Array.from({ length: 20 }, (_, i) => String(100000000000 + i))
    expect(id(many)).toMatch(/^originproof\/aws\/20-accounts-[0-9a-f]{8}\/$/)
    expect(id(many)).not.toBe(id([...many.slice(1), '999999999999']))
  })

  it('drops the least severe results beyond what GitHub stores, and says so', () => {
    const severe = Array.from({ length: mostResults }, (_, i) =>
      finding('a', { severity: 'high', fingerprint: `h${i}` }),
    )
    const minor = Array.from({ length: 25 }, (_, i) =>
      finding('b', { severity: 'low', fingerprint: `l${i}` }),
    )
    const run = runOf(sarifReport(scanResult({ findings: [...minor, ...severe] })))
    expect(run.results).toHaveLength(mostResults)
    expect(run.results?.every(r => r.ruleId === 'a')).toBe(true)
    expect(noted(run)).toContain('25 results of the least severity were left out')
  })

  it('counts gaps beyond a thousand instead of listing them', () => {
    const gaps = Array.from({ length: mostNotifications + 5 }, () => gap())
    const run = runOf(sarifReport(scanResult({ over: { coverage: { gaps, calls: [], faults: [] } } })))
    expect(run.invocations?.[0]?.toolConfigurationNotifications).toHaveLength(mostNotifications + 1)
    expect(noted(run)).toContain('5 more gaps are in result.json')
  })

  it('stays under ten megabytes after gzip on a large estate', () => {
    const text = sarifReport(largeResult(5000))
    expect(runOf(text).results).toHaveLength(500)
    expect(gzipSync(text).length).toBeLessThan(10_000_000)
  })
})

describe('the address of the snapshot', () => {
  it.each([
    ['out/snapshot.ndjson', 'out/snapshot.ndjson'],
    ['./my report/snap shot.ndjson', 'my%20report/snap%20shot.ndjson'],
    ['../../etc/passwd', 'etc/passwd'],
    ['/absolute/file', 'absolute/file'],
    [String.raw`C:\reports\snapshot.ndjson`, 'C%3A/reports/snapshot.ndjson'],
    ['git::https://example.com/a', 'git%3A%3Ahttps%3A/example.com/a'],
    ['arn:aws:s3:::bucket', 'arn%3Aaws%3As3%3A%3A%3Abucket'],
    ['half \ud83d', 'half%20%EF%BF%BD'],
    ['', 'snapshot.ndjson'],
  ])('of %j is relative, without scheme or blanks', (path, uri) => {
    expect(artifactUri(path)).toBe(uri)
  })
})

describe('the SARIF validator of Microsoft, with the rules of GitHub', () => {
  const { platform } = process
  const program = new URL(
    `node_modules/@microsoft/sarif-multitool-${platform}/Sarif.Multitool${platform === 'win32' ? '.exe' : ''}`,
    root,
  ).pathname
  // The one rule that asks the network whether addresses exist is switched off.
  const configuration =
    '<?xml version="1.0" encoding="utf-8"?><Properties><Properties Key="SARIF2006.UrisShouldBeReachable.Options"><Property Key="RuleEnabled" Value="Disabled" Type="Driver.RuleEnabledState" /></Properties></Properties>'
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'originproof-sarif-'))
    writeFileSync(join(folder, 'rules.xml'), configuration)
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const complaints = (text: string): readonly string[] => {
    const [input, output] = [join(folder, 'report.sarif'), join(folder, 'validation.sarif')]
    writeFileSync(input, text)
    execFileSync(
      program,
      [
        'validate',
        input,
        '-o',
        output,
        '-c',
        join(folder, 'rules.xml'),
        '--rule-kind',
        'Sarif;Ghas',
        '--level',
        'Error;Warning;Note',
        '--log',
        'ForceOverwrite',
        '--quiet',
      ],
      { stdio: 'ignore' },
    )
    const run = runOf(readFileSync(output, 'utf8').replace(/^\ufeff/, ''))
    expect(run.tool.driver.name).toBe('Sarif.Multitool')
    return [...new Set((run.results ?? []).map(r => `${r.level ?? 'warning'} ${r.ruleId}`))]
      .filter(c => !c.startsWith('note'))
      .sort()
  }

  it.each(Object.entries(results))('has neither error nor warning for a %s scan', (_, result) => {
    expect(complaints(sarifReport(result))).toEqual([])
  })

  it('has neither error nor warning for hostile texts', () => {
    const hostile = ['markdown link', 'placeholders', 'newline', 'script address', 'bidi'].map(
      name => hostileStrings[name],
    )
    expect(complaints(sarifReport(hostileResult(hostile.join(' '))))).toEqual([])
  })

  it('does complain when something is wrong, so its silence means something', () => {
    expect(complaints(sarifReport(richResult()).replaceAll('"startLine"', '"endLine"'))).not.toEqual([])
  })
})
