/** One finding as a card: what is wrong and where, the picture, the request, the causes, the evidence, the fix. */
import type { Evidence, Finding } from '#findings/result.ts'
import { distributionName, type Estate, linkOf, sightOf, sitesOf, subjectName } from '../estate.ts'
import { linkVerdict } from '../terms.ts'
import { clip } from '../visible-text.ts'
import { count } from '../words.ts'
import { findingAnchor, linkAnchor, ruleAnchor } from './anchors.ts'
import { probeBadge, severityBadge } from './badge.ts'
import { type Html, markup, nothing, prose } from './markup.ts'
import { picture } from './picture.ts'
import { exchangeTable, lineMark, placeMark, requestBlock, signatureLines } from './request.ts'

export interface CardStyle {
  readonly open: boolean
  /** Without picture, evidence and exchanges: for the tail of a very long report. */
  readonly brief: boolean
}

const place = (estate: Estate, finding: Finding): Html => {
  const link = linkOf(estate, finding)
  if (finding.distribution === null || link === null)
    return markup`${subjectName(finding)}${sourceMark(finding.subject.source)}${sitesText(estate, finding)}`
  if (finding.origin === null) return markup`${distributionName(link)}`
  return markup`${distributionName(link)} <span aria-hidden="true">→</span><span class="vh">to</span> ${link.originDomainName}`
}

const sourceMark = (source: Finding['subject']['source']): Html =>
  source ? markup` <span class="ln">${source.file} line ${source.line}</span>` : nothing

/** As many as a reader looks at. */
const mostSites = 6

/** What is shared is told once, with the sites that share it. */
const sitesText = (estate: Estate, finding: Finding): Html => {
  const sites = sitesOf(estate, finding)
  const rest = sites.length - mostSites
  return sites.length === 0
    ? nothing
    : markup` <span class="m">· affects ${sites.slice(0, mostSites).join(', ')}${rest > 0 && ` and ${rest} more`}</span>`
}

const causeFix = (cause: Finding): Html =>
  markup`<details class="fold"><summary>How to fix this</summary><div class="md">${prose(cause.remediation)}</div></details>`

const causeItem = (cause: Finding, number: number, style: CardStyle): Html =>
  markup`<li><span class="m">${number}</span>${severityBadge(cause.severity)}<div>${cause.message} <a class="rl" href="#${ruleAnchor(cause.rule)}">${cause.rule}</a> ${placeMark(cause.subject)}${!style.brief && cause.remediation.trim() !== '' && causeFix(cause)}</div></li>`

const causeList = (causes: readonly Finding[], style: CardStyle): Html =>
  causes.length === 0
    ? nothing
    : markup`<section><h4>Because</h4><ol class="causes numbered">${causes.map((c, i) => causeItem(c, i + 1, style))}</ol></section>`

const symptomList = (symptoms: readonly Finding[]): Html =>
  symptoms.length === 0
    ? nothing
    : markup`<section><h4>Also</h4><ul>${symptoms.map(s => markup`<li>${s.message} <a class="rl" href="#${ruleAnchor(s.rule)}">${s.rule}</a></li>`)}</ul></section>`

const evidenceRow = (e: Evidence): Html =>
  markup`<tr><td>${e.text}</td><td>${placeMark(e)}</td><td>${e.arn && markup`<code>${e.arn}</code>`}</td></tr>`

/** Exchanges that are cited without a word of their own are named together. */
const citedExchanges = (evidence: readonly Evidence[]): Html => {
  const ids = evidence.flatMap(e => (e.line === null && e.exchange !== null ? [e.exchange] : []))
  return ids.length === 0
    ? nothing
    : markup`<p class="m">Rests on ${count(ids.length, 'probe exchange')}: ${ids.slice(0, 40).join(', ')}${ids.length > 40 && ', ...'}</p>`
}

const evidenceTable = (finding: Finding, folded: boolean): Html => {
  const rows = finding.evidence.filter(e => e.line !== null || e.exchange === null)
  if (finding.evidence.length === 0) return nothing
  const table = markup`${rows.length > 0 && markup`<div class="tw" role="group" aria-label="Evidence" tabindex="0"><table><thead><tr><th>Observed</th><th>Where</th><th>Resource</th></tr></thead><tbody>${rows.map(evidenceRow)}</tbody></table></div>`}${citedExchanges(finding.evidence)}`
  return folded
    ? markup`<details class="fold"><summary>Evidence <span class="n-of">${finding.evidence.length}</span></summary>${table}</details>`
    : markup`<section><h4>Evidence</h4>${table}</section>`
}

const probeSection = (estate: Estate, finding: Finding): Html => {
  const link = linkOf(estate, finding)
  if (finding.origin === null || link === null || link.probe.verdict === 'not-probed') return nothing
  return markup`<section><h4>Probe</h4><p>${probeBadge(link.probe.verdict)} ${link.probe.reason}</p>${exchangeTable(estate, link.probe.exchanges)}${signatureLines(estate, link.probe)}</section>`
}

const fix = (finding: Finding): Html =>
  finding.remediation.trim() === ''
    ? nothing
    : markup`<section class="fix"><h4>How to fix</h4><div class="md">${prose(finding.remediation)}</div></section>`

const reference = (estate: Estate, finding: Finding): Html => {
  const links = finding.links.slice(0, 5).flatMap(id => estate.links.get(id) ?? [])
  const rule = estate.rules.get(finding.rule)
  return markup`<p class="m ref">Rule ${rule ? markup`<a href="#${ruleAnchor(finding.rule)}">${finding.rule}</a>` : finding.rule} · expected: ${finding.title} · ${finding.subject.type} <code>${clip(finding.subject.arn, 200)}</code> ${lineMark(finding.subject.line)} ${links.map(l => markup`· <a href="#${linkAnchor(l.id)}">link ${l.distribution} to ${l.origin}</a> `)}· <span class="fp">${finding.fingerprint}</span></p>`
}

const body = (estate: Estate, finding: Finding, style: CardStyle): Html => {
  const sight = sightOf(estate, finding)
  const link = linkOf(estate, finding)
  return markup`${sight && link && !style.brief && picture(estate, link)}${sight && requestBlock(sight.exposure)}${causeList(estate.causesOf(finding), style)}${symptomList(estate.symptomsOf(finding))}${fix(finding)}${!style.brief && [probeSection(estate, finding), evidenceTable(finding, sight !== null)]}${reference(estate, finding)}`
}

export const findingCard = (estate: Estate, finding: Finding, style: CardStyle): Html => {
  const link = linkOf(estate, finding)
  const verdict = finding.origin !== null && link ? linkVerdict(link) : ''
  return markup`<article class="card s-${finding.severity}" id="${findingAnchor(finding)}" data-item="finding" data-severity="${finding.severity}" data-verdict="${verdict}" data-account="${finding.subject.account}"><details${style.open && markup` open`}><summary>${severityBadge(finding.severity)}<span class="ti"><h3>${clip(finding.message || finding.title, 400)}</h3><span class="where">${place(estate, finding)}</span></span></summary><div class="body">${body(estate, finding, style)}</div></details></article>`
}
