/** One finding on the terminal: what, where, the request that proves it, the causes, the fix, the probe. */

import { fixSummary } from '#findings/fix-words.ts'
import type { Finding } from '#findings/result.ts'
import { type Estate, linkOf, placeOf, sightOf, sitesOf, solvedFixOf } from '../estate.ts'
import { steps } from '../markdown.ts'
import { label, visible } from '../visible-text.ts'
import { type Canvas, field, labelWidth, paragraph, type Style } from './layout.ts'
import { request, route } from './request.ts'
import { shellLines } from './shell.ts'

const severityStyles: Readonly<Record<Finding['severity'], Style>> = {
  critical: ['bold', 'white', 'bgRed'],
  high: ['bold', 'red'],
  medium: ['bold', 'yellow'],
  low: ['bold', 'cyan'],
}

/** Remediations that the report has printed, and the rule they stand with: steps in the same words are told once. */
export type Told = Map<string, string>

const seeAbove = 'The same steps as above, for rule'

/** The steps of a remediation, or where they stand already. */
const stepsOnce = (finding: Finding, told: Told): readonly string[] => {
  const all = steps(finding.remediation)
  const key = all.join('\n')
  const first = told.get(key)
  if (all.length > 1 && first !== undefined) return [`${seeAbove} ${first}.`]
  told.set(key, finding.rule)
  return all
}

/** With the line of the user's own file where the rule is about an object in one. */
const where = (estate: Estate, finding: Finding): string =>
  placeOf(estate, finding) + (finding.distribution === null ? sourceText(finding.subject.source) : '')

/** As many as a reader looks at. */
const mostSites = 6

const sites = (estate: Estate, finding: Finding): string => {
  const names = sitesOf(estate, finding)
  const rest = names.length - mostSites
  return label(names.slice(0, mostSites).join(', '), 600) + (rest > 0 ? ` and ${rest} more` : '')
}

/** Numbered, because they are to be mended in this order; each with what to do about it where no solved fix closes it all. */
const causes = (canvas: Canvas, estate: Estate, finding: Finding, told: Told): readonly string[] =>
  estate.causesOf(finding).flatMap((cause, i) => [
    ...paragraph(canvas, {
      indent: 2,
      head: `${(i === 0 ? 'Because' : '').padEnd(labelWidth)}${i + 1}. `,
      headStyle: 'dim',
      text: `${label(cause.message)}${sourceText(cause.subject.source)} [${label(cause.rule, 80)}]`,
    }),
    ...(isWhole(solvedFixOf(estate, finding)) ? [] : stepsOnce(cause, told)).flatMap(step =>
      paragraph(canvas, { indent: labelWidth + 5, head: '> ', text: label(step, 300), style: 'dim' }),
    ),
  ])

const symptoms = (canvas: Canvas, estate: Estate, finding: Finding): readonly string[] =>
  estate
    .symptomsOf(finding)
    .flatMap((s, i) => field(canvas, i === 0 ? 'Also' : ' ', `${label(s.message)} [${label(s.rule, 80)}]`))

const probe = (estate: Estate, finding: Finding): string => {
  const link = linkOf(estate, finding)
  if (finding.origin === null || link === null || link.probe.verdict === 'not-probed') return ''
  const { verdict, reason, signature } = link.probe
  const signed =
    signature === undefined ? '' : ` Signed paths, ${signature.verdict}: ${label(signature.reason)}`
  return `${verdict}: ${label(reason)}${signed}`
}

const evidence = (canvas: Canvas, finding: Finding): readonly string[] =>
  finding.evidence
    .slice(0, 3)
    .flatMap((e, i) => field(canvas, i === 0 ? 'Seen' : ' ', label(e.text) + placeText(e)))

type Fix = NonNullable<ReturnType<typeof solvedFixOf>>

/** Nothing is left that only the causes explain how to close. */
const isWhole = (fix: Fix | null): boolean => fix !== null && fix.leaves.length === 0

/** The solved fix, with its commands. */
const solved = (canvas: Canvas, fix: Fix): readonly string[] => [
  ...field(canvas, 'Fix', label(fixSummary(fix), 600)),
  ...fix.edits.flatMap(({ text, commands }, i) => [
    ...field(canvas, ' ', `${i + 1}. ${label(text, 600)}`),
    ...commands.flatMap(command => shellLines(visible(command), canvas.width, 4)),
  ]),
]

/** What to do, step by step; the commands stand in the reports that can be copied from. */
const advice = (canvas: Canvas, finding: Finding, told: Told): readonly string[] => {
  const all = stepsOnce(finding, told)
  return all.flatMap((step, i) =>
    field(canvas, i === 0 ? 'Fix' : ' ', `${all.length > 1 ? `${i + 1}. ` : ''}${label(step, 400)}`),
  )
}

/** Adds to `told` what it tells. */
export const findingLines = (
  canvas: Canvas,
  estate: Estate,
  finding: Finding,
  told: Told,
): readonly string[] => {
  const witness = sightOf(estate, finding)?.exposure.witness ?? null
  const fix = solvedFixOf(estate, finding)
  return [
    ...paragraph(canvas, {
      head: `${finding.severity.toUpperCase()} `,
      headStyle: severityStyles[finding.severity],
      headWidth: labelWidth,
      text: label(finding.message || finding.title, 600),
      style: 'bold',
    }),
    ...field(canvas, 'Where', where(estate, finding)),
    ...field(canvas, 'Affects', sites(estate, finding)),
    ...(witness ? [...request(canvas, witness), ...route(canvas, witness)] : evidence(canvas, finding)),
    ...causes(canvas, estate, finding, told),
    ...symptoms(canvas, estate, finding),
    ...field(canvas, 'Probe', probe(estate, finding)),
    ...(fix ? solved(canvas, fix) : advice(canvas, finding, told)),
    ...field(canvas, 'Rule', `${label(finding.rule, 80)}  ${label(finding.fingerprint).slice(0, 8)}`),
    '',
  ]
}

const sourceText = (source: Finding['subject']['source']): string =>
  source ? ` (${label(source.file)} line ${source.line})` : ''

/** A line of the user's own file says more than one of the snapshot. */
const placeText = ({ line, source }: Finding['evidence'][number]): string =>
  sourceText(source) || (line === null ? '' : ` (line ${line})`)
