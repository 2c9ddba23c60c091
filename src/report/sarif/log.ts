/** The SARIF report: a log that GitHub code scanning accepts, within its limits. */
import { gzipSync } from 'node:zlib'
import type { Log } from 'sarif'
import { canonicalJson } from '#base/canonical.ts'
import { identityFingerprint } from '#base/fingerprint.ts'
import type { Finding, ScanResult } from '#findings/result.ts'
import { arrange, type Estate, worstFirst } from '../estate.ts'
import { inertJson, label } from '../visible-text.ts'
import { artifactUri } from './location.ts'
import {
  configurationNotifications,
  executionNotifications,
  notificationDescriptors,
} from './notifications.ts'
import { resultOf } from './results.ts'
import { allRules, ruleDescriptor, ruleId } from './rules.ts'

/** GitHub refuses more than 25,000 results and stores 5,000 of them; what lies beyond would be lost without a word. */
export const mostResults = 5000
/** GitHub refuses uploads over 10 MB after gzip. */
const mostBytes = 10_000_000

/** The part of the id before the last slash keeps scans of other accounts apart in one repository. */
const category = (accounts: readonly string[]): string => {
  if (accounts.length === 0) return 'originproof/manifests/'
  const names = accounts.map(a => label(a, 20).replace(/[^\w-]/g, '_'))
  const estate =
    names.length <= 4
      ? names.join('+')
      : `${names.length}-accounts-${identityFingerprint(...accounts).slice(0, 8)}`
  return `originproof/aws/${estate}/`
}

const isComplete = (result: ScanResult): boolean =>
  result.summary.complete && result.coverage.faults.length === 0

const logOf = (estate: Estate, shown: readonly Finding[], leftOut: number): Log => {
  const { result } = estate
  const rules = allRules(result)
  const index = new Map(rules.map((rule, i) => [ruleId(rule.id), i]))
  const ruleIndex = (rule: string): number => index.get(ruleId(rule)) ?? -1
  const { version } = result.tool
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'originproof',
            informationUri: 'https://www.npmjs.com/package/originproof',
            version: label(version, 100),
            ...(/^\d+\.\d+\.\d+/.test(version) ? { semanticVersion: label(version, 100) } : {}),
            rules: rules.map(ruleDescriptor),
            notifications: [...notificationDescriptors],
          },
        },
        automationDetails: { id: category(result.accounts) },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The root of the repository.' } } },
        artifacts: [
          {
            location: { uri: artifactUri(result.snapshot), uriBaseId: '%SRCROOT%' },
            description: { text: 'What was read, one resource on each line, secrets sealed.' },
            mimeType: 'application/x-ndjson',
            encoding: 'utf-8',
          },
        ],
        invocations: [
          {
            executionSuccessful: isComplete(result),
            toolConfigurationNotifications: configurationNotifications(result),
            toolExecutionNotifications: executionNotifications(estate, ruleIndex, leftOut),
          },
        ],
        results: shown.map(finding => resultOf(estate, finding, ruleIndex(finding.rule))),
        properties: { observedAt: label(result.observedAt, 40) },
      },
    ],
  }
}

const serialise = (log: Log): string =>
  `${inertJson(JSON.stringify(JSON.parse(canonicalJson(log)), null, 2))}\n`

const fits = (text: string): boolean => text.length < mostBytes / 4 || gzipSync(text).length < mostBytes

/** A cause that lies in a file of the reader is an alert of its own: only so does it show beside the line that is wrong. */
const alertsOf = ({ result, top }: Estate): readonly Finding[] => {
  const onTop = new Set(top)
  return result.findings
    .filter(f => f.outcome === 'violated' && (onTop.has(f) || f.subject.source !== undefined))
    .sort(worstFirst)
}

/** Worst findings first; the least severe ones are left out where the limits demand it, and a notification says so. */
export const sarifReport = (result: ScanResult): string => {
  const estate = arrange(result)
  const alerts = alertsOf(estate)
  let shown = alerts.slice(0, mostResults)
  let text = serialise(logOf(estate, shown, alerts.length - shown.length))
  while (!fits(text) && shown.length > 0) {
    shown = shown.slice(0, Math.floor(shown.length / 2))
    text = serialise(logOf(estate, shown, alerts.length - shown.length))
  }
  return text
}
