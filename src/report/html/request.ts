/** A witness on the page: who can send it, the command, and the steps of its way. */
import type { Evidence, LinkResult } from '#findings/result.ts'
import { commandLine, curlOf } from '../curl.ts'
import type { Estate } from '../estate.ts'
import type { Exchange, Exposure, Vantage, Verdict, Witness } from '../terms.ts'
import { count, vantageWords } from '../words.ts'
import { type Html, markup, nothing } from './markup.ts'

/** Longer commands are nothing to paste; the result file has them. */
const longestCommand = 2000

const effects: Readonly<Record<Verdict, string>> = {
  open: 'The request that gets through',
  guessable: 'The request that gets through once the value is known',
  authenticated: 'The request that meets the login',
  closed: 'The request',
  unknown: 'The request',
}

const senders = (witness: Witness): Readonly<Record<Vantage, string>> => ({
  internet: `from ${vantageWords.internet}`,
  tenant: `as anybody's CloudFront distribution sends it to its origin (for example from ${witness.source})`,
  inside: `from inside the network (for example from ${witness.source})`,
})

const command = (witness: Witness): Html => {
  const curl = curlOf(witness)
  const line = curl && commandLine(curl)
  if (curl === null || line === null || line.length > longestCommand)
    return markup`<p class="m">It does not fit a command line; result.json holds it.</p>`
  return markup`<div class="cmd"><pre><code>${line}</code></pre></div>${curl.secrets.map(s => markup`<p class="m"><code>${s.variable}</code> stands for a value that the gate accepts; no report holds it (<code>${s.sealed}</code>).</p>`)}`
}

/** `line 31`, as a reference into the snapshot file. */
export const lineMark = (line: number | null): Html =>
  line === null ? nothing : markup`<span class="ln">line ${line}</span>`

/** The line of the reader's own file where one is known, which says more than one of the snapshot. */
export const placeMark = (at: Pick<Evidence, 'line' | 'source'>): Html =>
  at.source ? markup`<span class="ln">${at.source.file} line ${at.source.line}</span>` : lineMark(at.line)

const routeList = (witness: Witness): Html =>
  witness.route.length === 0
    ? nothing
    : markup`<ol class="route">${witness.route.map(s => markup`<li><span class="k">${s.kind}</span><span>${s.text} ${lineMark(s.line)}</span></li>`)}</ol>`

/** The witness of an exposure, if it has one. */
export const requestBlock = ({ verdict, witness }: Exposure): Html =>
  witness === null
    ? nothing
    : markup`<section><h4>${effects[verdict]}, ${senders(witness)[witness.vantage]}</h4>${command(witness)}${witness.route.length > 0 && markup`<h4>What it passes</h4>`}${routeList(witness)}</section>`

const roles: Readonly<Record<Exchange['request']['role'], string>> = {
  P: 'through the edge',
  'N1-edge': 'random path, edge',
  'N1-direct': 'random path, direct',
  N2: 'random host, direct',
  N3: 'wrong token, direct',
  W: 'direct',
  'S-edge': 'unsigned, edge',
  'S-twin': 'unsigned spelling, edge',
  'S-direct': 'unsigned, direct',
}

const answer = ({ outcome }: Exchange): string => {
  if (outcome.kind === 'no-response') return `${outcome.reason}: ${outcome.message}`
  const { status, bodyBytes, title } = outcome.response
  return `${status}, ${bodyBytes} bytes${title === null ? '' : `, “${title}”`}`
}

const exchangeRow = (exchange: Exchange): Html => {
  const { role, method, path, connect, present } = exchange.request
  return markup`<tr><td>${roles[role]}</td><td><code>${method} ${path}</code> at <code>${connect.name}:${connect.port}</code></td><td>${present.host}</td><td>${answer(exchange)}</td></tr>`
}

/** The exchanges of a probe as a table, folded. */
export const exchangeTable = (estate: Estate, ids: readonly string[]): Html => {
  const exchanges = ids.flatMap(id => estate.exchanges.get(id) ?? [])
  if (exchanges.length === 0) return nothing
  return markup`<details class="fold"><summary>${count(exchanges.length, 'exchange')}</summary><div class="tw" role="group" aria-label="Probe exchanges" tabindex="0"><table><thead><tr><th>Asked</th><th>Request</th><th>Claimed host</th><th>Answer</th></tr></thead><tbody>${exchanges.map(exchangeRow)}</tbody></table></div></details>`
}

/** What the probe says of paths that need a signature, where it asked for any. */
export const signatureLines = (estate: Estate, { signature }: LinkResult['probe']): Html =>
  signature === undefined
    ? nothing
    : markup`<p>Signed paths, asked for without a signature: ${signature.verdict}. ${signature.reason}</p>${exchangeTable(estate, signature.exchanges)}`
