/** All links with their verdict for each vantage; inside each one what proves it, or what is missing. */
import { assumptionTexts } from '#findings/assumptions.ts'
import type { Finding, LinkResult } from '#findings/result.ts'
import { aliasOf, type Estate } from '../estate.ts'
import { vantageOfRule } from '../rule-names.ts'
import { linkVerdict, type Obligation, type Sight, sightsOf, verdictOrder } from '../terms.ts'
import { clip } from '../visible-text.ts'
import { capital, locksOf, obligationLabel, reasonText, vantageWords, verdictWords } from '../words.ts'
import { findingAnchor, linkAnchor } from './anchors.ts'
import { probeBadge, severityBadge, sightBadge, verdictBadge } from './badge.ts'
import { type Html, markup, nothing } from './markup.ts'
import { picture } from './picture.ts'
import { exchangeTable, requestBlock, signatureLines } from './request.ts'
import { withinWeight } from './weight.ts'

/** Characters after which a link has no picture any more, and after which its proof is told in one line. */
const picturesUpTo = 1_200_000
const proofsUpTo = 2_200_000
/** More obligations than this of one vantage are counted, not listed. */
const mostObligations = 60

const lines = (o: Obligation): Html =>
  o.lines.length === 0 ? nothing : markup` <span class="ln">line ${o.lines.slice(0, 6).join(', ')}</span>`

const obligationItem = (o: Obligation): Html =>
  markup`<li><span class="k">${obligationLabel(o.kind)}</span><span>IPv${o.family}: ${o.text}${lines(o)}</span></li>`

const proof = (sight: Sight): Html => {
  const certificate = sight.exposure.certificate
  if (certificate === null) return nothing
  const rest = certificate.obligations.length - mostObligations
  return markup`<ul class="route">${certificate.obligations.slice(0, mostObligations).map(obligationItem)}</ul>${rest > 0 && markup`<p class="m">and ${rest} more in result.json</p>`}${assumptionTexts(certificate.reliesOn).map(text => markup`<p class="m">${text}</p>`)}`
}

const reasons = (sight: Sight): Html =>
  sight.exposure.gaps.length === 0
    ? nothing
    : markup`<ul>${[...new Set(sight.exposure.gaps.map(reasonText))].map(text => markup`<li>${text}</li>`)}</ul>`

/** A finding of this link shows its request already. */
const isReported = (estate: Estate, link: LinkResult, sight: Sight): boolean =>
  estate.findingsOn(link.id).some(f => vantageOfRule(f.rule) === sight.vantage)

const witnessPart = (estate: Estate, link: LinkResult, sight: Sight): Html => {
  if (sight.exposure.witness === null) return nothing
  return isReported(estate, link, sight)
    ? markup`<p class="m">The request is shown with the finding.</p>`
    : requestBlock(sight.exposure)
}

const sightSection = (estate: Estate, link: LinkResult, sight: Sight): Html =>
  markup`<section><h4>${capital(vantageWords[sight.vantage])}: ${verdictBadge(sight.exposure.verdict)}</h4>${proof(sight)}${reasons(sight)}${witnessPart(estate, link, sight)}</section>`

const findingItem = (f: Finding): Html =>
  markup`<li>${severityBadge(f.severity)} <a href="#${findingAnchor(f)}">${clip(f.message || f.title, 200)}</a></li>`

/** What several links share is told with its finding, and only named here. */
const sharedItem = (shared: readonly Finding[]): Html =>
  shared.length === 0
    ? nothing
    : markup`<li class="m">And of what it shares with other links: ${shared.slice(0, 20).map((f, i) => markup`${i > 0 && ', '}<a href="#${findingAnchor(f)}">${f.rule}</a>`)}</li>`

const findingLinks = (estate: Estate, link: LinkResult): Html => {
  const findings = estate.findingsOn(link.id)
  if (findings.length === 0) return nothing
  const own = findings.filter(f => f.links.length === 1)
  const shared = findings.filter(f => f.links.length > 1)
  return markup`<section><h4>Findings</h4><ul class="causes">${own.slice(0, 20).map(findingItem)}${sharedItem(shared)}</ul></section>`
}

const facts = (link: LinkResult): Html =>
  markup`<p class="m ref">${link.names.length > 0 && link.names.slice(0, 20).join(', ')} · behaviours ${link.behaviors.slice(0, 30).join(', ') || 'none'} · account ${link.account} · <span class="ln">line ${link.line}</span></p>`

const probeSection = (estate: Estate, link: LinkResult): Html =>
  link.probe.verdict === 'not-probed'
    ? nothing
    : markup`<section><h4>Probe</h4><p>${probeBadge(link.probe.verdict)} ${link.probe.reason}</p>${exchangeTable(estate, link.probe.exchanges)}${signatureLines(estate, link.probe)}</section>`

const inside = (link: LinkResult): Html => {
  const sight = sightsOf(link).find(s => s.vantage === 'inside')
  return sight ? sightBadge(sight) : markup`<span class="m" aria-hidden="true">–</span>`
}

const sisterItem = ({ name, domains, differences }: LinkResult['sisters']['found'][number]): Html =>
  markup`<li>${name}${domains.length > 0 && ` (${domains.slice(0, 3).join(', ')})`} ${differences.map(d => d.text).join('; ')}</li>`

/** Other ways through CloudFront, where they ask less of viewers or something else. */
const sisterSection = ({ sisters: { found, more } }: LinkResult): Html =>
  found.length === 0
    ? nothing
    : markup`<section><h4>Other ways through CloudFront to the same backend</h4><ul>${found.map(sisterItem)}</ul>${more > 0 && markup`<p class="m">and ${more} more</p>`}</section>`

const fullBody = (estate: Estate, link: LinkResult): Html =>
  markup`${findingLinks(estate, link)}${sightsOf(link).map(s => sightSection(estate, link, s))}${sisterSection(link)}${probeSection(estate, link)}${facts(link)}`

const shortBody = (estate: Estate, link: LinkResult): Html =>
  markup`${findingLinks(estate, link)}<p>${sightsOf(link)
    .map(
      s =>
        `${vantageWords[s.vantage]}: ${locksOf(s.exposure).join(', ') || verdictWords[s.exposure.verdict]}`,
    )
    .join('; ')}. The proof is in result.json.</p>`

const row = (link: LinkResult, body: Html): Html => {
  const [internet, tenant] = sightsOf(link)
  return markup`<li class="row" id="${linkAnchor(link.id)}" data-item="link" data-verdict="${linkVerdict(link)}" data-account="${link.account}"><details><summary><h3 class="c1">${link.distribution}<small>${aliasOf(link)}</small></h3><span class="c2">${link.originDomainName}<small>${link.originKind}</small></span><span class="c3">${internet && sightBadge(internet)}</span><span class="c3">${tenant && sightBadge(tenant)}</span><span class="c3">${inside(link)}</span><span class="c3">${probeBadge(link.probe.verdict)}</span></summary><div class="body">${body}</div></details></li>`
}

const worstFirst = (links: readonly LinkResult[]): readonly LinkResult[] =>
  verdictOrder.flatMap(verdict => links.filter(l => linkVerdict(l) === verdict))

const rowsOf = (estate: Estate): readonly Html[] =>
  withinWeight(worstFirst(estate.result.links), [
    { upTo: picturesUpTo, render: l => row(l, markup`${picture(estate, l)}${fullBody(estate, l)}`) },
    { upTo: proofsUpTo, render: l => row(l, fullBody(estate, l)) },
    { upTo: 0, render: l => row(l, shortBody(estate, l)) },
  ])

export const linkSection = (estate: Estate): Html => {
  const { links } = estate.result
  if (links.length === 0) return nothing
  return markup`<section id="links"><h2>All links <span class="n-of">${links.length}</span></h2><p class="lead">A link is a distribution and one of its origins, judged from three places: any host of the <b>internet</b>; <b>tenants</b>, that is other CloudFront customers, whose requests come from the same addresses as yours; and, where the origin is internal, a host <b>inside</b> the network. Open a line for the proof, or for what is missing.</p><div class="rows"><div class="row head" aria-hidden="true"><span>Distribution</span><span>Origin</span><span>Internet</span><span>Tenants</span><span>Inside</span><span>Probe</span><span></span></div><ul>${rowsOf(estate)}</ul></div></section>`
}
