/** The top of the page: the answer in one sentence, the totals, and how complete the scan was. */
import { severities } from '#base/severity.ts'
import type { ScanResult } from '#findings/result.ts'
import { missingActions } from '../estate.ts'
import { verdictOrder } from '../terms.ts'
import {
  clusterAlone,
  completeText,
  count,
  isClusterAlone,
  shortages,
  timeText,
  verdictMeanings,
  verdictWords,
} from '../words.ts'
import { severityBadge } from './badge.ts'
import { type Html, markup } from './markup.ts'

/** The page in one sentence; also its title. */
export const answer = (result: ScanResult): string => {
  const { open, guessable, unknown } = result.summary.links
  const all = result.links.length
  if (isClusterAlone(result)) return clusterAlone
  if (all === 0) return 'No origin behind CloudFront was found'
  const around = open + guessable
  if (around > 0) return `${around} of ${count(all, 'origin link')} can be reached around CloudFront`
  if (unknown > 0)
    return `No way around CloudFront was found, but ${unknown} of ${count(all, 'origin link')} could not be decided`
  if (!result.summary.complete) return 'No way around CloudFront was found, but the scan is incomplete'
  return `No way around CloudFront: ${count(all, 'origin link is', 'origin links are')} locked`
}

/** Widths in a drawing of 1000 units; attributes, because the policy of the page forbids inline style. */
const bar = (result: ScanResult): Html => {
  const all = Math.max(
    1,
    verdictOrder.reduce((n, v) => n + result.summary.links[v], 0),
  )
  let x = 0
  const pieces = verdictOrder.map(v => {
    const width = (result.summary.links[v] / all) * 1000
    const piece = markup`<rect class="v-${v}" x="${x.toFixed(1)}" y="0" width="${Math.max(0, width - 3).toFixed(1)}" height="12"/>`
    x += width
    return width > 0 && piece
  })
  return markup`<svg class="bar" viewBox="0 0 1000 12" preserveAspectRatio="none" aria-hidden="true">${pieces}</svg>`
}

const verdictTotals = (result: ScanResult): Html =>
  markup`<ul class="totals">${verdictOrder.map(v => markup`<li class="v-${v}${result.summary.links[v] === 0 && ' zero'}"><b>${result.summary.links[v]}</b> <span>${verdictWords[v]}</span><small>${verdictMeanings[v]}</small></li>`)}</ul>`

const severityTotals = (result: ScanResult): Html =>
  markup`<p class="sevs"><span class="m">Findings</span> ${severities.map(s => markup`<span class="sv${result.summary.violated[s] === 0 && ' zero'}">${severityBadge(s)} ${result.summary.violated[s]}</span>`)}</p>`

const completeness = (result: ScanResult): Html => {
  if (result.summary.complete && result.coverage.faults.length === 0)
    return markup`<p class="banner ok"><b>Complete.</b> ${completeText(result)}</p>`
  const actions = missingActions(result)
  return markup`<div class="banner gap"><p><b>Incomplete.</b> ${shortages(result).join('; ') || 'Something that was needed was not observed'}. What is unknown is not counted as safe. <a href="#coverage">What is missing</a></p>${actions.length > 0 && markup`<p class="m">Missing permissions: ${actions.slice(0, 4).map((a, i) => markup`${i > 0 && ', '}<code>${a}</code>`)}${actions.length > 4 && ` and ${actions.length - 4} more`}</p>`}</div>`
}

const list = (values: readonly string[], most: number): string =>
  values.length <= most
    ? values.join(', ') || 'none'
    : `${values.slice(0, most).join(', ')} and ${values.length - most} more`

const facts = (result: ScanResult): Html =>
  markup`<dl class="facts"><div><dt>Observed</dt><dd>${timeText(result.observedAt)}</dd></div><div><dt>${result.accounts.length === 1 ? 'Account' : 'Accounts'}</dt><dd>${list(result.accounts, 6)}</dd></div><div><dt>${result.regions.length === 1 ? 'Region' : 'Regions'}</dt><dd>${list(result.regions, 6)}</dd></div><div><dt>Snapshot</dt><dd>${result.snapshot || 'not saved'}</dd></div></dl>`

export const pageHeader = (result: ScanResult): Html =>
  markup`<header class="top"><p class="brand">originproof <span>${result.tool.version}</span></p><h1>${answer(result)}</h1>${facts(result)}${!isClusterAlone(result) && [bar(result), verdictTotals(result)]}${severityTotals(result)}${completeness(result)}</header>`
