/** The links that are not findings on the terminal: what is undecided, and what is closed and why. */
import type { LinkResult } from '#findings/result.ts'
import { type Estate, linkName, linksByVerdict } from '../estate.ts'
import { vantageOfRule } from '../rule-names.ts'
import { linkVerdict, type Sight, sightsOf, type Verdict } from '../terms.ts'
import { locksOf, reasonText, verdictWords } from '../words.ts'
import { type Canvas, heading, paragraph, type Style } from './layout.ts'
import { request } from './request.ts'

type Lines = (canvas: Canvas, estate: Estate, link: LinkResult) => readonly string[]

/** More would bury the findings; the HTML report has them all. */
const most = 200

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

const undecided: Lines = (canvas, estate, link) => [
  ...paragraph(canvas, { head: '? ', headStyle: 'yellow', text: linkName(estate, link) }),
  ...[...reasons(link)].flatMap(([text, vantages]) =>
    paragraph(canvas, { indent: 4, head: '- ', text: `${text} (${vantages.join(', ')})` }),
  ),
]

const shut: Lines = (canvas, estate, link) => [
  ...paragraph(canvas, { head: '  ', text: linkName(estate, link) }),
  ...paragraph(canvas, { indent: 4, text: sightsOf(link).map(lockText).join('; '), style: 'dim' }),
]

const hasVerdictFinding = (estate: Estate, link: LinkResult): boolean =>
  estate.result.findings.some(f => f.links.includes(link.id) && vantageOfRule(f.rule) !== null)

const bypass: Lines = (canvas, estate, link) => {
  const sight = sightsOf(link).find(s => s.exposure.witness !== null)
  return [
    ...paragraph(canvas, {
      head: '! ',
      headStyle: 'red',
      text: `${linkVerdict(link)}: ${linkName(estate, link)}`,
    }),
    ...(sight?.exposure.witness ? request(canvas, sight.exposure.witness) : []),
  ]
}

const section = (
  canvas: Canvas,
  estate: Estate,
  title: string,
  style: Style,
  links: readonly LinkResult[],
  lines: Lines,
): readonly string[] =>
  links.length === 0
    ? []
    : [
        ...heading(canvas, `${title} (${links.length})`, style),
        ...links.slice(0, most).flatMap(l => lines(canvas, estate, l)),
        ...(links.length > most
          ? paragraph(canvas, { text: `and ${links.length - most} more in report.html`, style: 'dim' })
          : []),
      ]

/** Links without a finding of their own: what a rule pack leaves out, what is undecided, what is held and by what. */
export const linkLines = (canvas: Canvas, estate: Estate): readonly string[] => {
  const having = (verdict: Verdict) => linksByVerdict(estate.result, verdict)
  const unreported = [...having('open'), ...having('guessable')].filter(l => !hasVerdictFinding(estate, l))
  const of = (title: string, style: Style, links: readonly LinkResult[], lines: Lines) =>
    section(canvas, estate, title, style, links, lines)
  return [
    ...of('OPEN, BUT NO RULE REPORTS IT', ['bold', 'red'], unreported, bypass),
    ...of('NO VERDICT', ['bold', 'yellow'], having('unknown'), undecided),
    ...of('BEHIND A LOGIN', ['bold', 'cyan'], having('authenticated'), shut),
    ...of('CLOSED, AND WHAT HOLDS IT', ['bold', 'green'], having('closed'), shut),
  ]
}
