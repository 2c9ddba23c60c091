/** Filters and search: shown only when the script runs, because nothing else makes them work. */
import { severities } from '#base/severity.ts'
import type { ScanResult } from '#findings/result.ts'
import { verdictOrder } from '../terms.ts'
import { isClusterAlone, verdictWords } from '../words.ts'
import { type Html, markup } from './markup.ts'

const box = (group: string, value: string, text: string): Html =>
  markup`<label class="chip"><input type="checkbox" name="${group}" value="${value}" checked> ${text}</label>`

const accounts = (result: ScanResult): Html | false => {
  const all = [...new Set([...result.accounts, ...result.links.map(l => l.account)])]
  return (
    all.length > 1 &&
    markup`<label class="pick">Account <select name="account"><option value="">all</option>${all.map(a => markup`<option value="${a}">${a}</option>`)}</select></label>`
  )
}

/** Manifests alone have no links, which are what has a verdict. */
const verdicts = (result: ScanResult): Html | false =>
  !isClusterAlone(result) &&
  markup`<fieldset><legend>Verdict</legend>${verdictOrder.map(v => box('verdict', v, verdictWords[v]))}</fieldset>`

export const controls = (result: ScanResult): Html =>
  markup`<form class="tools" id="tools" role="search" aria-label="Filter findings and links" hidden><label class="pick find">Search <input type="search" name="q" autocomplete="off" spellcheck="false" placeholder="name, rule, address"></label>${accounts(result)}<fieldset><legend>Severity</legend>${severities.map(s => box('severity', s, s))}</fieldset>${verdicts(result)}<p class="status" id="status" role="status"></p><button type="button" id="unfold">Open all</button><button type="reset">Clear</button></form>`
