/** The terminal report: headline, findings, what is undecided, what is closed, what was not read, totals. */

import { severities } from '#base/severity.ts'
import type { ScanResult } from '#findings/result.ts'
import { arrange, type Estate } from '../estate.ts'
import type { ReportOptions } from '../options.ts'
import { verdictOrder } from '../terms.ts'
import { label } from '../visible-text.ts'
import {
  clusterAlone,
  completeText,
  count,
  isClusterAlone,
  shortages,
  timeText,
  verdictWords,
} from '../words.ts'
import { faultLines, gapLines, undecidedRules } from './coverage.ts'
import { findingLines, type Told } from './finding.ts'
import { type Canvas, field, heading, paragraph } from './layout.ts'
import { linkLines } from './links.ts'
import { overview } from './overview.ts'

const narrowest = 40

const verdictTotals = (result: ScanResult): string =>
  verdictOrder
    .filter(v => result.summary.links[v] > 0)
    .map(v => `${result.summary.links[v]} ${verdictWords[v]}`)
    .join(', ')

const severityTotals = (result: ScanResult): string =>
  severities
    .filter(s => result.summary.violated[s] > 0)
    .map(s => `${result.summary.violated[s]} ${s}`)
    .join(', ') || 'none'

const isOpen = (result: ScanResult): boolean => result.summary.links.open + result.summary.links.guessable > 0

const verdictLine = (result: ScanResult): string => {
  if (isClusterAlone(result)) return `${clusterAlone}.`
  const links = count(result.links.length, 'link')
  const totals = verdictTotals(result)
  return totals === '' ? `${links}: nothing behind CloudFront was found` : `${links}: ${totals}`
}

const estateTexts = (result: ScanResult): readonly string[] =>
  isClusterAlone(result)
    ? []
    : [count(result.accounts.length, 'account'), count(result.regions.length, 'region')]

const headline = (canvas: Canvas, result: ScanResult): readonly string[] => {
  const clean = result.summary.complete && !(isClusterAlone(result) && severityTotals(result) !== 'none')
  return [
    ...paragraph(canvas, {
      text: label(
        [`originproof ${result.tool.version}`, timeText(result.observedAt), ...estateTexts(result)].join(
          ', ',
        ),
      ),
      style: 'dim',
    }),
    '',
    ...paragraph(canvas, {
      text: verdictLine(result),
      style: ['bold', isOpen(result) ? 'red' : clean ? 'green' : 'yellow'],
    }),
    ...paragraph(canvas, { text: `Findings: ${severityTotals(result)}` }),
    ...completeness(canvas, result),
  ]
}

const completeness = (canvas: Canvas, result: ScanResult): readonly string[] =>
  result.summary.complete
    ? paragraph(canvas, { text: `Complete. ${completeText(result)}` })
    : paragraph(canvas, {
        text: `INCOMPLETE: ${shortages(result).join('; ')}. What is unknown is not counted as safe.`,
        style: ['bold', 'yellow'],
      })

const findings = (canvas: Canvas, estate: Estate): readonly string[] => {
  const told: Told = new Map()
  return estate.top.length === 0
    ? []
    : [
        ...heading(canvas, `FINDINGS (${estate.top.length})`),
        ...estate.top.flatMap(f => findingLines(canvas, estate, f, told)),
      ]
}

const whereCommandsAre = 'of every step, with your own ids: report.html and result.json (--output DIR)'

const totals = (canvas: Canvas, result: ScanResult): readonly string[] => {
  const calls = result.coverage.calls.reduce((sum, c) => sum + c.count, 0)
  const { satisfied, unknown } = result.summary
  return [
    ...heading(canvas, 'TOTALS'),
    ...(result.findings.length > 0 ? field(canvas, 'Commands', whereCommandsAre) : []),
    ...field(
      canvas,
      'Rules',
      `${result.rules.length} judged: ${satisfied} times satisfied, ${unknown} times undecided`,
    ),
    ...field(
      canvas,
      'Reads',
      `${count(calls, 'call')} answered, ${count(result.coverage.gaps.length, 'gap')}`,
    ),
    ...field(canvas, 'Probes', count(result.exchanges.length, 'exchange')),
    ...field(
      canvas,
      'Lines',
      `refer to ${label(result.snapshot || 'the snapshot that --output or --save-snapshot writes', 200)}`,
    ),
  ]
}

/** Text of at most `options.width` columns per line; ends with a line break. */
export const terminalReport = (result: ScanResult, options: ReportOptions): string => {
  const canvas: Canvas = { width: Math.max(narrowest, options.width ?? 80), color: options.color ?? false }
  const estate = arrange(result)
  const lines = [
    ...headline(canvas, result),
    ...overview(canvas, estate),
    ...findings(canvas, estate),
    ...linkLines(canvas, estate),
    ...undecidedRules(canvas, estate),
    ...gapLines(canvas, result),
    ...faultLines(canvas, result),
    ...totals(canvas, result),
  ]
  // Sections end and begin with a blank line; one is enough.
  return `${lines.filter((line, i) => line !== '' || lines[i - 1] !== '').join('\n')}\n`
}
