/** What the report rests on: what could not be read or decided, and the calls that were answered. */
import type { ScanResult } from '#findings/result.ts'
import { missingFor } from '#findings/undecided.ts'
import { type Estate, missingActions, placeOf } from '../estate.ts'
import { ruleAnchor } from './anchors.ts'
import { type Html, markup, nothing } from './markup.ts'
import { lineMark } from './request.ts'

type Gap = ScanResult['coverage']['gaps'][number]

/** Beyond this a table helps nobody; result.json has the rest. */
const mostRows = 500

const table = (name: string, heads: readonly string[], rows: readonly Html[]): Html =>
  markup`<div class="tw" role="group" aria-label="${name}" tabindex="0"><table><thead><tr>${heads.map(h => markup`<th>${h}</th>`)}</tr></thead><tbody>${rows.slice(0, mostRows)}</tbody></table></div>${rows.length > mostRows && markup`<p class="m">and ${rows.length - mostRows} more in result.json</p>`}`

const gapRow = (gap: Gap): Html =>
  markup`<tr><td><span class="b q">${gap.code}</span></td><td><code>${gap.service}:${gap.operation}</code></td><td>${gap.target === '*' ? 'all' : gap.target}</td><td>${[gap.account, gap.region].filter(Boolean).join(' ')}</td><td>${gap.action && markup`<code>${gap.action}</code>`}</td><td>${gap.message}</td></tr>`

const isAction = (text: string): boolean => /^[a-z0-9-]+:[A-Za-z0-9*]+$/.test(text)

/** The statement to add to the role, ready to paste. */
const grant = (result: ScanResult): Html => {
  const actions = missingActions(result).filter(isAction)
  if (actions.length === 0) return nothing
  const statement = [
    '{',
    '  "Effect": "Allow",',
    '  "Action": [',
    ...actions.map((a, i) => `    "${a}"${i < actions.length - 1 ? ',' : ''}`),
    '  ],',
    '  "Resource": "*"',
    '}',
  ]
  return markup`<h3>Grant this to the scanning role, then scan again</h3><div class="cmd"><pre><code>${statement.map(line => markup`${line}\n`)}</code></pre></div>`
}

const gapPart = (result: ScanResult): Html =>
  result.coverage.gaps.length === 0
    ? markup`<p>Everything that was needed was read.</p>`
    : markup`${grant(result)}<h3>Not read <span class="n-of">${result.coverage.gaps.length}</span></h3>${table('Not read', ['Why', 'Call', 'About', 'Where', 'IAM action', 'Message'], result.coverage.gaps.map(gapRow))}`

const faultPart = (result: ScanResult): Html =>
  result.coverage.faults.length === 0
    ? nothing
    : markup`<h3>Faults of originproof <span class="n-of">${result.coverage.faults.length}</span></h3><p>These rules failed and gave no verdict. This is not a fault of the account; please report it.</p>${table(
        'Faults',
        ['Rule', 'Subject', 'Message'],
        result.coverage.faults.map(
          f => markup`<tr><td>${f.rule}</td><td>${f.subject}</td><td>${f.message}</td></tr>`,
        ),
      )}`

const callPart = (result: ScanResult): Html =>
  result.coverage.calls.length === 0
    ? nothing
    : markup`<details class="fold"><summary>Calls answered <span class="n-of">${result.coverage.calls.reduce((n, c) => n + c.count, 0)}</span></summary>${table(
        'Calls answered',
        ['Call', 'Times'],
        result.coverage.calls.map(c => markup`<tr><td><code>${c.call}</code></td><td>${c.count}</td></tr>`),
      )}</details>`

export const coverageSection = (result: ScanResult): Html =>
  markup`<section id="coverage"><h2>What this rests on</h2>${gapPart(result)}${faultPart(result)}${callPart(result)}</section>`

/** Rules that could not be decided: never counted as satisfied. */
export const unknownSection = (estate: Estate): Html => {
  if (estate.unknown.length === 0) return nothing
  return markup`<section id="unknown"><h2>Not decided <span class="n-of">${estate.unknown.length}</span></h2><p class="lead">Something these rules need was not observed. They count neither as met nor as broken.</p>${table(
    'Not decided',
    ['Rule', 'On', 'What is missing'],
    estate.unknown.map(
      f =>
        markup`<tr><td><a href="#${ruleAnchor(f.rule)}">${f.rule}</a></td><td>${placeOf(estate, f)} ${lineMark(f.subject.line)}</td><td>${missingFor(f) || f.message}${f.gaps.slice(0, 5).map(g => g.action && markup` <code>${g.action}</code>`)}</td></tr>`,
    ),
  )}</section>`
}
