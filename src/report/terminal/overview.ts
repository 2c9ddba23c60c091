/** The first screen: every link with a way around CloudFront on one line, and what mends it. */
import type { LinkResult } from '#findings/result.ts'
import { aliasOf, type Estate, linkOf, linksByVerdict } from '../estate.ts'
import { vantageOfRule } from '../rule-names.ts'
import type { Verdict } from '../terms.ts'
import { label } from '../visible-text.ts'
import { count, verdictWords } from '../words.ts'
import { type Canvas, heading, oneLine, paint, paragraph } from './layout.ts'

/** More would push the findings out of sight. */
const most = 40

const columns = (cells: readonly string[]): string => {
  const [internet = '', tenant = '', probe = '', fix = '', link = ''] = cells
  return `  ${internet.padEnd(11)}${tenant.padEnd(11)}${probe.padEnd(14)}${fix.padEnd(12)}${link}`
}

/** `1 change` is a proven fix; `1 change +` leaves something that the causes explain. */
const fixCell = ({ fix }: LinkResult): string => {
  if (fix === null) return 'see below'
  return `${count(fix.edits.length, 'change')}${fix.leaves.length > 0 ? ' +' : ''}`
}

/** What people call it; with the origin's id where the distribution has other ways around it. */
const site = (link: LinkResult, links: readonly LinkResult[]): string => {
  const one = links.every(l => l === link || l.distribution !== link.distribution)
  return label(`${aliasOf(link) || link.distribution}${one ? '' : ` (${link.origin})`}`, 120)
}

const row = (link: LinkResult, links: readonly LinkResult[]): string =>
  columns([
    verdictWords[link.exposure.internet.verdict],
    verdictWords[link.exposure.tenant.verdict],
    link.probe.verdict.replace('-', ' '),
    fixCell(link),
    site(link, links),
  ])

const legend = (links: readonly LinkResult[]): string => {
  const solved = links.filter(l => l.fix !== null)
  const parts = [
    ...(solved.length > 0 ? ['Changes were proven to close the link, and are printed with it.'] : []),
    ...(solved.some(l => l.fix?.leaves.length)
      ? ['With a +, one way in is left, and the causes are to be mended as well.']
      : []),
  ]
  return parts.join(' ')
}

const bypassed: readonly Verdict[] = ['open', 'guessable']

/**
 * In the order of the findings below, and with what nothing proves but a probe has seen, such as a host outside AWS that
 * answers everybody; after them what no rule reports.
 */
const ways = (estate: Estate): readonly LinkResult[] => [
  ...new Set([
    ...estate.top.filter(f => vantageOfRule(f.rule) !== null).flatMap(f => linkOf(estate, f) ?? []),
    ...bypassed.flatMap(verdict => linksByVerdict(estate.result, verdict)),
  ]),
]

export const overview = (canvas: Canvas, estate: Estate): readonly string[] => {
  const links = ways(estate)
  if (links.length === 0) return []
  return [
    ...heading(canvas, `WAYS AROUND CLOUDFRONT (${links.length})`, ['bold', 'red']),
    paint(canvas, 'dim', oneLine(columns(['INTERNET', 'TENANT', 'PROBE', 'FIX', 'SITE']), canvas.width)),
    ...links.slice(0, most).map(link => oneLine(row(link, links), canvas.width)),
    ...(links.length > most ? [`  and ${links.length - most} more below`] : []),
    ...(legend(links) === '' ? [] : ['', ...paragraph(canvas, { text: legend(links), style: 'dim' })]),
  ]
}
