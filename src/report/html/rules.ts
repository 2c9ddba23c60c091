/** The rules that were judged, with how often each outcome came up. */
import type { RuleInfo } from '#findings/result.ts'
import type { Estate } from '../estate.ts'
import { ruleAnchor } from './anchors.ts'
import { severityBadge } from './badge.ts'
import { type Html, markup, nothing, prose } from './markup.ts'

const isWebAddress = (text: string): boolean => /^https?:\/\//i.test(text)

const reference = (url: string): Html =>
  isWebAddress(url)
    ? markup`<li><a href="${url}" rel="noreferrer noopener">${url}</a></li>`
    : markup`<li>${url}</li>`

const outcome = (n: number, word: string): Html | false => n > 0 && markup`<span>${n} ${word}</span>`

/** How often each came up; a rule that found nothing to look at says so, lest it be taken for satisfied. */
const outcomes = ({ outcomes: { violated, unknown, satisfied } }: RuleInfo): Html =>
  violated + unknown + satisfied === 0
    ? markup`<span>nothing to judge</span>`
    : markup`${outcome(violated, 'violated')}${outcome(unknown, 'undecided')}${outcome(satisfied, 'satisfied')}`

/** The page's own first heading says what the line above it says. */
const withoutTitle = (help: string): string => help.replace(/^\s*# [^\n]*\n/, '')

const ruleItem = (rule: RuleInfo): Html =>
  markup`<li class="rule" id="${ruleAnchor(rule.id)}"><details><summary>${severityBadge(rule.severity)}<span class="ti"><h3>${rule.title}</h3><span class="where">${rule.id} · ${rule.surface}</span></span><span class="out">${outcomes(rule)}</span></summary><div class="body"><div class="md">${prose(withoutTitle(rule.help))}</div>${rule.references.length > 0 && markup`<h4>References</h4><ul class="refs">${rule.references.map(reference)}</ul>`}${rule.mappings.length > 0 && markup`<h4>Mappings</h4><ul class="refs">${rule.mappings.map(m => markup`<li>${m.standard} ${m.id} (${m.fit})</li>`)}</ul>`}</div></details></li>`

export const ruleSection = (estate: Estate): Html => {
  const { rules } = estate.result
  if (rules.length === 0) return nothing
  return markup`<section id="rules"><h2>Rules <span class="n-of">${rules.length}</span></h2><ul class="rules">${rules.map(ruleItem)}</ul></section>`
}
