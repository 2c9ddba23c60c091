/** What the scan could not see, on the terminal: grouped by what would have to be granted. */
import type { Finding, ScanResult } from '#findings/result.ts'
import { missingFor } from '#findings/undecided.ts'
import { type Estate, placeOf } from '../estate.ts'
import { label } from '../visible-text.ts'
import { count, gapSubject } from '../words.ts'
import { type Canvas, heading, paragraph } from './layout.ts'

type Gap = ScanResult['coverage']['gaps'][number]

const shown = 5
const mostUndecided = 20

const groups = (gaps: readonly Gap[]): ReadonlyMap<string, readonly Gap[]> => {
  const map = new Map<string, Gap[]>()
  for (const gap of gaps) {
    const key = gap.code === 'denied' && gap.action !== '' ? `needs ${gap.action}` : gap.code
    map.set(key, [...(map.get(key) ?? []), gap])
  }
  return map
}

const place = (gap: Gap): string => [gap.account, gap.region].filter(Boolean).join(' ')

const group = (canvas: Canvas, key: string, gaps: readonly Gap[]): readonly string[] => [
  ...paragraph(canvas, {
    head: '! ',
    headStyle: 'yellow',
    text: `${label(key, 120)} (${gaps.length})`,
    style: 'bold',
  }),
  ...gaps.slice(0, shown).flatMap(gap =>
    paragraph(canvas, {
      indent: 4,
      head: '- ',
      text: `${gapSubject(gap)} ${label(place(gap), 60)}: ${label(gap.message)}`,
    }),
  ),
  ...(gaps.length > shown
    ? paragraph(canvas, { indent: 4, text: `and ${gaps.length - shown} more in result.json`, style: 'dim' })
    : []),
]

export const gapLines = (canvas: Canvas, result: ScanResult): readonly string[] => {
  const { gaps } = result.coverage
  if (gaps.length === 0) return []
  return [
    ...heading(canvas, `NOT READ (${gaps.length})`, ['bold', 'yellow']),
    ...[...groups(gaps)].flatMap(([key, members]) => group(canvas, key, members)),
  ]
}

/** Rules that lack the same thing in the same place, together. */
const undecidedGroups = (estate: Estate): readonly (readonly Finding[])[] => [
  ...Map.groupBy(estate.unknown, f => `${placeOf(estate, f)}\n${missingFor(f)}`).values(),
]

const undecidedGroup = (canvas: Canvas, estate: Estate, findings: readonly Finding[]): readonly string[] =>
  findings.slice(0, 1).flatMap(first => [
    ...paragraph(canvas, { head: '? ', headStyle: 'yellow', text: placeOf(estate, first) }),
    ...paragraph(canvas, {
      indent: 4,
      text: findings.map(f => label(f.rule, 80)).join(', '),
      style: 'dim',
    }),
    ...paragraph(canvas, { indent: 4, head: '- ', text: label(missingFor(first) || first.message) }),
  ])

export const undecidedRules = (canvas: Canvas, estate: Estate): readonly string[] => {
  const all = undecidedGroups(estate)
  const left = all.slice(mostUndecided).flat().length
  if (all.length === 0) return []
  return [
    ...heading(canvas, `RULES NOT DECIDED (${estate.unknown.length})`, ['bold', 'yellow']),
    ...all.slice(0, mostUndecided).flatMap(group => undecidedGroup(canvas, estate, group)),
    ...(left > 0
      ? paragraph(canvas, { indent: 2, text: `and ${left} more in result.json`, style: 'dim' })
      : []),
  ]
}

export const faultLines = (canvas: Canvas, result: ScanResult): readonly string[] => {
  const { faults } = result.coverage
  if (faults.length === 0) return []
  return [
    ...heading(canvas, `FAULTS OF ORIGINPROOF (${faults.length})`, ['bold', 'red']),
    ...faults.flatMap(f =>
      paragraph(canvas, {
        head: '! ',
        text: `${label(f.rule, 80)} on ${label(f.subject, 120)}: ${label(f.message)}`,
      }),
    ),
    ...paragraph(canvas, {
      text: `${count(faults.length, 'rule')} gave no verdict; please report this.`,
      style: 'dim',
    }),
  ]
}
