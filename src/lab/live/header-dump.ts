/** A debug page of the laboratory: the headers of the request, as frameworks show them. */
import type { IncomingHttpHeaders } from 'node:http'
import type { HeaderDump } from '../world.ts'
import type { Page } from './app.ts'

const escaped = (text: string): string =>
  text
    .replace(/[&<>"'-]/g, c => `&#${c.charCodeAt(0)};`)
    .replace(/^./, c => `&#x${c.charCodeAt(0).toString(16)};`)

const texts: Readonly<Record<Exclude<HeaderDump['as'], 'header'>, (lines: readonly string[]) => string>> = {
  html: lines => `<ul>${lines.map(line => `<li>${escaped(line)}</li>`).join('')}</ul>`,
  json: lines => `<script>window.request = ${JSON.stringify(JSON.stringify(lines))}</script>`,
  base64: lines => `<code>${Buffer.from(lines.join('\n')).toString('base64')}</code>`,
  hex: lines => `<code>${Buffer.from(lines.join('\n')).toString('hex')}</code>`,
  percent: lines => `<a href="/report?${lines.map(encodeURIComponent).join('&')}">report</a>`,
}

/** The page with the headers in it, where this page shows them. */
export const withHeaders = (page: Page, dump: HeaderDump | undefined, headers: IncomingHttpHeaders): Page => {
  if (dump === undefined || (dump.on === 'missing-pages' && page.status !== 404)) return page
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}`)
  if (dump.as === 'header')
    return { ...page, headers: { ...page.headers, location: `/debug/${String(headers['x-origin-verify'])}` } }
  return { ...page, body: `${page.body}${texts[dump.as](lines)}` }
}
