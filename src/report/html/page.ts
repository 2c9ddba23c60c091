/** The HTML report: one file, no requests, a policy that allows exactly its own style and script. */
import { createHash } from 'node:crypto'
import type { ScanResult } from '#findings/result.ts'
import { arrange, type Estate } from '../estate.ts'
import type { Assets, ReportOptions } from '../options.ts'
import { controls } from './controls.ts'
import { coverageSection, unknownSection } from './coverage.ts'
import { findingSection } from './findings.ts'
import { answer, pageHeader } from './header.ts'
import { icons } from './icons.ts'
import { linkSection } from './links.ts'
import { type Html, markup, nothing, verbatim } from './markup.ts'
import { ruleSection } from './rules.ts'

/** From here on the browser lays out only what is in sight. */
const manyItems = 150

const sha256 = (text: string): string =>
  `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`

/** Line ends as the browser's parser makes them, so that the hash fits; an asset must not close its own element. */
const asset = (text: string, element: 'style' | 'script'): string => {
  if (text.toLowerCase().includes(`</${element}`))
    throw new TypeError(`the asset for <${element}> closes its element`)
  return text.replace(/\r\n?/g, '\n')
}

const policy = (assets: Assets): string =>
  [
    "default-src 'none'",
    `style-src ${sha256(assets.css)}`,
    `script-src ${sha256(assets.js)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')

const contents = (estate: Estate): Html => {
  const { result } = estate
  const entries: readonly (readonly [string, string, number | null])[] = [
    ['findings', 'Findings', estate.top.length],
    ['links', 'All links', result.links.length],
    ['unknown', 'Not decided', estate.unknown.length],
    ['coverage', 'What this rests on', null],
    ['rules', 'Rules', result.rules.length],
  ]
  return markup`<nav class="toc" aria-label="Contents"><ul>${entries
    .filter(([, , n]) => n !== 0)
    .map(
      ([id, name, n]) =>
        markup`<li><a href="#${id}">${name}</a>${n !== null && markup` <span class="n-of">${n}</span>`}</li>`,
    )}</ul></nav>`
}

const footer = (result: ScanResult): Html =>
  markup`<footer><p>Lines refer to ${result.snapshot ? markup`<code>${result.snapshot}</code>` : 'the snapshot, which was not saved'}. Secret values are not in this report: they appear as <code>sealed:</code> and a fingerprint. Made by originproof ${result.tool.version}.</p></footer>`

/** A whole document. Without `options.assets` it is plain, and just as complete. */
export const htmlReport = (result: ScanResult, options: ReportOptions): string => {
  const estate = arrange(result)
  const assets: Assets = {
    css: asset(options.assets?.css ?? '', 'style'),
    js: asset(options.assets?.js ?? '', 'script'),
  }
  const big = result.links.length + estate.top.length > manyItems
  return `<!doctype html>\n${markup`<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy(assets)}"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer"><title>${answer(result)} - originproof</title><style>${verbatim(assets.css)}</style></head><body${big ? markup` class="big"` : nothing}><a class="skip" href="#findings">Skip to the findings</a>${icons}<div class="page">${pageHeader(result)}${contents(estate)}<main>${controls(result)}${findingSection(estate)}${linkSection(estate)}${unknownSection(estate)}${coverageSection(result)}${ruleSection(estate)}</main>${footer(result)}</div><script>${verbatim(assets.js)}</script></body></html>`}\n`
}
