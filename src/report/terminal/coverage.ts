/** What the scan could not see, on the terminal: grouped by what would have to be granted. */
import type { ScanResult } from '#findings/result.ts'
import type { Estate } from '../estate.ts'
import { label } from '../visible-text.ts'
import { count, gapSubject } from '../words.ts'
import { type Canvas, heading, paragraph } from './layout.ts'

type Gap = ScanResult['coverage']['gaps'][number]

const shown = 5

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

export const undecidedRules = (canvas: Canvas, estate: Estate): readonly string[] => {
  if (estate.unknown.length === 0) return []
  return [
    ...heading(canvas, `RULES NOT DECIDED (${estate.unknown.length})`, ['bold', 'yellow']),
    ...estate.unknown.slice(0, 20).flatMap(f =>
      paragraph(canvas, {
        head: '? ',
        headStyle: 'yellow',
        text: `${label(f.rule, 80)} on ${label(f.subject.name || f.subject.arn, 120)}: ${label(f.message)}`,
      }),
    ),
    ...(estate.unknown.length > 20
      ? paragraph(canvas, {
          indent: 2,
          text: `and ${estate.unknown.length - 20} more in result.json`,
          style: 'dim',
        })
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
