/** All findings, worst first: cards as long as the page can carry them, then one line each. */
import type { Finding } from '#findings/result.ts'
import type { Estate } from '../estate.ts'
import { clip } from '../visible-text.ts'
import { findingAnchor } from './anchors.ts'
import { severityBadge } from './badge.ts'
import { findingCard } from './finding.ts'
import { type Html, markup } from './markup.ts'
import { withinWeight } from './weight.ts'

/** The first findings are open when the page opens; the rest show their headline. */
const openCards = 3
/** Characters after which cards lose picture and evidence, and after which findings become lines. */
const fullUpTo = 1_200_000
const cardsUpTo = 2_000_000

const line = (finding: Finding): Html =>
  markup`<p class="tail" id="${findingAnchor(finding)}" data-item="finding" data-severity="${finding.severity}" data-verdict="" data-account="${finding.subject.account}">${severityBadge(finding.severity)} ${clip(finding.message || finding.title, 200)}</p>`

export const findingSection = (estate: Estate): Html => {
  if (estate.top.length === 0)
    return markup`<section id="findings"><h2>Findings</h2><p>No rule is violated.</p></section>`
  const cards = withinWeight(estate.top, [
    { upTo: fullUpTo, render: (f, i) => findingCard(estate, f, { open: i < openCards, brief: false }) },
    { upTo: cardsUpTo, render: f => findingCard(estate, f, { open: false, brief: true }) },
    { upTo: 0, render: line },
  ])
  return markup`<section id="findings"><h2>Findings <span class="n-of">${estate.top.length}</span></h2>${cards}</section>`
}
