/** One finding as a card: what is wrong and where, the picture, the request, the causes, the evidence, the fix. */
import type { Evidence, Finding } from '#findings/result.ts'
import { distributionName, type Estate, linkOf, sightOf } from '../estate.ts'
import { linkVerdict } from '../terms.ts'
import { clip } from '../visible-text.ts'
import { findingAnchor, linkAnchor, ruleAnchor } from './anchors.ts'
import { probeBadge, severityBadge } from './badge.ts'
import { type Html, markup, nothing, prose } from './markup.ts'
import { picture } from './picture.ts'
import { exchangeTable, lineMark, requestBlock } from './request.ts'

export interface CardStyle {
  readonly open: boolean
  /** Without picture, evidence and exchanges: for the tail of a very long report. */
  readonly brief: boolean
}

const place = (estate: Estate, finding: Finding): Html => {
  const link = linkOf(estate, finding)
  if (finding.distribution === null || link === null)
    return markup`${finding.subject.name || finding.subject.arn}`
  if (finding.origin === null) return markup`${distributionName(link)}`
  return markup`${distributionName(link)} <span aria-hidden="true">→</span><span class="vh">to</span> ${link.origin.domainName}`
}

const causeItem = (cause: Finding): Html =>
  markup`<li>${severityBadge(cause.severity)} <span>${cause.message} <a class="rl" href="#${ruleAnchor(cause.rule)}">${cause.rule}</a> ${lineMark(cause.subject.line)}</span></li>`

const causeList = (causes: readonly Finding[]): Html =>
  causes.length === 0
    ? nothing
    : markup`<section><h4>Because</h4><ul class="causes">${causes.map(causeItem)}</ul></section>`

const evidenceRow = (e: Evidence): Html =>
  markup`<tr><td>${e.text}</td><td>${e.line === null ? e.exchange && markup`probe <code>${e.exchange}</code>` : lineMark(e.line)}</td><td>${e.arn && markup`<code>${e.arn}</code>`}</td></tr>`

const evidenceTable = (finding: Finding): Html =>
  finding.evidence.length === 0
    ? nothing
    : markup`<section><h4>Evidence</h4><div class="tw" role="group" aria-label="Evidence" tabindex="0"><table><thead><tr><th>Observed</th><th>Where</th><th>Resource</th></tr></thead><tbody>${finding.evidence.map(evidenceRow)}</tbody></table></div></section>`

const probeSection = (estate: Estate, finding: Finding): Html => {
  const link = linkOf(estate, finding)
  if (finding.origin === null || link === null || link.probe.verdict === 'not-probed') return nothing
  return markup`<section><h4>Probe</h4><p>${probeBadge(link.probe.verdict)} ${link.probe.reason}</p>${exchangeTable(estate, link.probe.exchanges)}</section>`
}

const fix = (finding: Finding): Html =>
  finding.remediation.trim() === ''
    ? nothing
    : markup`<section class="fix"><h4>How to fix</h4><div class="md">${prose(finding.remediation)}</div></section>`

const reference = (estate: Estate, finding: Finding): Html => {
  const links = finding.links.slice(0, 5).flatMap(id => estate.links.get(id) ?? [])
  const rule = estate.rules.get(finding.rule)
  return markup`<p class="m ref">Rule ${rule ? markup`<a href="#${ruleAnchor(finding.rule)}">${finding.rule}</a>` : finding.rule} · expected: ${finding.title} · ${finding.subject.type} <code>${clip(finding.subject.arn, 200)}</code> ${lineMark(finding.subject.line)} ${links.map(l => markup`· <a href="#${linkAnchor(l.id)}">link ${l.distribution} to ${l.origin.id}</a> `)}· <span class="fp">${finding.fingerprint}</span></p>`
}

const body = (estate: Estate, finding: Finding, style: CardStyle): Html => {
  const sight = sightOf(estate, finding)
  const link = linkOf(estate, finding)
  return markup`${sight && link && !style.brief && picture(estate, link)}${sight && requestBlock(sight.exposure)}${causeList(estate.causesOf(finding))}${fix(finding)}${!style.brief && [probeSection(estate, finding), evidenceTable(finding)]}${reference(estate, finding)}`
}

export const findingCard = (estate: Estate, finding: Finding, style: CardStyle): Html => {
  const link = linkOf(estate, finding)
  const verdict = finding.origin !== null && link ? linkVerdict(link) : ''
  return markup`<article class="card s-${finding.severity}" id="${findingAnchor(finding)}" data-item="finding" data-severity="${finding.severity}" data-verdict="${verdict}" data-account="${finding.subject.account}"><details${style.open && markup` open`}><summary>${severityBadge(finding.severity)}<span class="ti"><h3>${clip(finding.message || finding.title, 400)}</h3><span class="where">${place(estate, finding)}</span></span></summary><div class="body">${body(estate, finding, style)}</div></details></article>`
}
