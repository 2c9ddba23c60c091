/** Small coloured words: severities, verdicts, probe verdicts. The colour repeats what the word says. */
import type { Severity } from '#base/severity.ts'
import type { Sight, Verdict } from '../terms.ts'
import { verdictWords } from '../words.ts'
import { type Html, markup } from './markup.ts'

export const severityBadge = (severity: Severity): Html =>
  markup`<span class="b s-${severity}">${severity}</span>`

export const verdictBadge = (verdict: Verdict): Html =>
  markup`<span class="b v-${verdict}">${verdictWords[verdict]}</span>`

/** The verdict of one vantage; the vantage is said to those who do not see the column. */
export const sightBadge = (sight: Sight): Html =>
  markup`<span class="vh">${sight.vantage} </span>${verdictBadge(sight.exposure.verdict)}`

export const probeBadge = (verdict: string): Html =>
  markup`<span class="b p-${verdict}">${verdict.replace('-', ' ')}</span>`

export const icon = (name: 'lock' | 'open' | 'cross' | 'ask' | 'weak' | 'key'): Html =>
  markup`<svg class="i" aria-hidden="true"><use href="#i-${name}"/></svg>`
