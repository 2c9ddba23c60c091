/** The links that are not findings on the terminal: what is undecided, and what is closed and why. */
import type { LinkResult } from '#findings/result.ts'
import { distributionName, type Estate } from '../estate.ts'
import { vantageOfRule } from '../rule-names.ts'
import { linkVerdict, type Sight, sightsOf } from '../terms.ts'
import { label } from '../visible-text.ts'
import { locksOf, reasonText, verdictWords } from '../words.ts'
import { type Canvas, heading, oneLine, paragraph, type Style } from './layout.ts'
import { request } from './request.ts'

/** More would bury the findings; the HTML report has them all. */
const most = 200

const nameOf = (link: LinkResult): string =>
  `${label(distributionName(link), 120)} -> ${label(link.originDomainName, 120)}`

/** `internet: network; other customers: secret header`. */
const lockText = (sight: Sight): string => {
  const { verdict } = sight.exposure
  const held = verdict === 'closed' ? locksOf(sight.exposure).join(', ') : verdictWords[verdict]
  return `${sight.vantage}: ${held || 'closed'}`
}

/** Each reason once, with the vantages it keeps undecided. */
const reasons = (link: LinkResult): ReadonlyMap<string, readonly string[]> => {
  const byText = new Map<string, string[]>()
  for (const { vantage, exposure } of sightsOf(link)) {
    if (exposure.verdict !== 'unknown') continue
    for (const text of new Set(exposure.gaps.map(reasonText)))
      byText.set(text, [...(byText.get(text) ?? []), vantage])
  }
  return byText
}

const undecided = (canvas: Canvas, link: LinkResult): readonly string[] => [
  ...paragraph(canvas, { head: '? ', headStyle: 'yellow', text: nameOf(link) }),
  ...[...reasons(link)].flatMap(([text, vantages]) =>
    paragraph(canvas, { indent: 4, head: '- ', text: `${text} (${vantages.join(', ')})` }),
  ),
]

const shut = (canvas: Canvas, link: LinkResult): readonly string[] => [
  oneLine(nameOf(link), canvas.width),
  `    ${oneLine(sightsOf(link).map(lockText).join('; '), canvas.width - 4)}`,
]

const hasVerdictFinding = (estate: Estate, link: LinkResult): boolean =>
  estate.result.findings.some(f => f.links.includes(link.id) && vantageOfRule(f.rule) !== null)

const bypass = (canvas: Canvas, link: LinkResult): readonly string[] => {
  const sight = sightsOf(link).find(s => s.exposure.witness !== null)
  return [
    ...paragraph(canvas, { head: '! ', headStyle: 'red', text: `${linkVerdict(link)}: ${nameOf(link)}` }),
    ...(sight?.exposure.witness ? request(canvas, sight.exposure.witness) : []),
  ]
}

const section = (
  canvas: Canvas,
  title: string,
  style: Style,
  links: readonly LinkResult[],
  lines: (canvas: Canvas, link: LinkResult) => readonly string[],
): readonly string[] =>
  links.length === 0
    ? []
    : [
        ...heading(canvas, `${title} (${links.length})`, style),
        ...links.slice(0, most).flatMap(l => lines(canvas, l)),
        ...(links.length > most
          ? paragraph(canvas, { text: `and ${links.length - most} more in report.html`, style: 'dim' })
          : []),
      ]

/** Links without a finding of their own: what a rule pack leaves out, what is undecided, what is held and by what. */
export const linkLines = (canvas: Canvas, estate: Estate): readonly string[] => {
  const having = (...verdicts: readonly string[]) =>
    estate.result.links.filter(l => verdicts.includes(linkVerdict(l)))
  const unreported = having('open', 'guessable').filter(l => !hasVerdictFinding(estate, l))
  return [
    ...section(canvas, 'OPEN, BUT NO RULE REPORTS IT', ['bold', 'red'], unreported, bypass),
    ...section(canvas, 'NO VERDICT', ['bold', 'yellow'], having('unknown'), undecided),
    ...section(canvas, 'BEHIND A LOGIN', ['bold', 'cyan'], having('authenticated'), shut),
    ...section(canvas, 'CLOSED, AND WHAT HOLDS IT', ['bold', 'green'], having('closed'), shut),
  ]
}
