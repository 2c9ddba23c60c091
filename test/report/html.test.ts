import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { htmlReport } from '#report/html/page.ts'
import { markdownHtml } from '#report/markdown.ts'
import { assets } from './assets.ts'
import { closed, finding, link, noForward, noNetwork, open } from './parts.ts'
import {
  emptyResult,
  incompleteResult,
  largeResult,
  richResult,
  scanResult,
  sharedResult,
} from './scan-result.ts'

const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
const between = (text: string, from: string, to: string): string => {
  const start = text.indexOf(from) + from.length
  return text.slice(start, text.indexOf(to, start))
}
const heading = (text: string): string => between(text, '<h1>', '</h1>')

describe('the HTML report', () => {
  it('allows exactly its own style and script', () => {
    const text = htmlReport(richResult(), { assets })
    const policy = between(text, 'http-equiv="Content-Security-Policy" content="', '"').replaceAll(
      '&#39;',
      "'",
    )
    expect(policy).toBe(
      `default-src 'none'; style-src ${hash(between(text, '<style>', '</style>'))}; script-src ${hash(between(text, '<script>', '</script>'))}; base-uri 'none'; form-action 'none'`,
    )
    expect(text.indexOf('Content-Security-Policy')).toBeLessThan(text.indexOf('<style>'))
  })

  it('tells of what links share with its own card, and names it at each of them', () => {
    const result = sharedResult()
    const text = htmlReport(result, { assets })
    expect(text.match(/The controller gets no more fixes\./g)).toHaveLength(1)
    expect(text.match(/And of what it shares with other links/g)).toHaveLength(result.links.length)
    expect(text).toContain('Deployment web/controller')
  })

  it('has no inline style, no handler, and no address outside the page but references', () => {
    const text = htmlReport(richResult(), { assets }).replace(assets.css, '').replace(assets.js, '')
    expect(text).not.toMatch(/<[^>]*\sstyle=/)
    expect(text).not.toMatch(/<[^>]*\son\w+=/)
    expect(text).not.toMatch(/<(img|iframe|object|embed|link|base|audio|video|source)\b/)
    expect(text).not.toMatch(/\ssrc=/)
  })

  it('hashes what the browser will read, whatever line ends the assets have', () => {
    const text = htmlReport(emptyResult(), { assets: { css: 'a{}\r\nb{}\r', js: 'let a\r\nlet b' } })
    expect(text).toContain('<style>a{}\nb{}\n</style>')
    expect(text.replaceAll('&#39;', "'")).toContain(hash('a{}\nb{}\n'))
  })

  it('refuses an asset that closes its own element', () => {
    expect(() =>
      htmlReport(emptyResult(), { assets: { css: 'a::after{content:"</STYLE>"}', js: '' } }),
    ).toThrow('<style>')
    expect(() => htmlReport(emptyResult(), { assets: { css: '', js: 'x = "</script>"' } })).toThrow(
      '<script>',
    )
  })

  it.each([
    ['3 of 8 origin links can be reached around CloudFront', richResult()],
    ['No origin behind CloudFront was found', emptyResult()],
    ['No way around CloudFront was found, but 1 of 1 origin link could not be decided', incompleteResult()],
    ['No way around CloudFront: 1 origin link is locked', scanResult({ links: [link('E1', 'one')] })],
    [
      'No way around CloudFront was found, but the scan is incomplete',
      scanResult({ links: [link('E1', 'one')], findings: [finding('x', { outcome: 'unknown' })] }),
    ],
  ])('answers in one sentence: %s', (answer, result) => {
    const text = htmlReport(result, { assets })
    expect(heading(text)).toBe(answer)
    expect(between(text, '<title>', '</title>')).toBe(`${answer} - originproof`)
  })

  it('says what stands between the edge and the origin in the words of the picture', () => {
    const text = htmlReport(richResult(), { assets })
    expect(text).toContain(
      'Through CloudFront E3LOCKED: lock: Secret header. Around it: any internet host: closed, closed: network; another CloudFront customer: closed, closed: secret header.',
    )
    expect(text).toContain('Through CloudFront E4VPC: lock: VPC origin.')
    expect(text).toContain(
      'Through CloudFront E1SHOP: lock: No lock. Around it: any internet host: open, no lock;',
    )
    expect(text).toContain('Through CloudFront E5BILLING: lock: Not observed.')
  })

  it('claims a web ACL at the edge only where that follows', () => {
    const without = richResult()
    const sure = {
      ...without,
      rules: without.rules.map(r => ({ ...r, outcomes: { ...r.outcomes, inapplicable: 0 } })),
    }
    expect(htmlReport(without, { assets })).not.toContain('web ACL attached')
    expect(htmlReport(sure, { assets })).toContain('web ACL attached')
    expect(htmlReport(without, { assets })).toContain('no web ACL')
  })

  it('gives every place a name of its own, and every reference a place', () => {
    const text = htmlReport(richResult(), { assets })
    const names = [...text.matchAll(/\sid="([^"]+)"/g)].map(m => m[1])
    expect(new Set(names).size).toBe(names.length)
    const missing = [...text.matchAll(/href="#([^"]+)"/g)]
      .map(m => m[1])
      .filter(name => !names.includes(name))
    expect(missing).toEqual([])
  })

  it('is worth opening on a large estate: 5,000 links, one in ten open', () => {
    const text = htmlReport(largeResult(5000), { assets })
    expect(text.length).toBeLessThan(10_000_000)
    expect(text.match(/<li class="row"/g)).toHaveLength(5000)
    expect(text).toContain('<body class="big">')
  })

  it('stays light when 5,000 links are all open and their proofs are long', () => {
    const long = (name: string) => closed(name, ...Array.from({ length: 12 }, () => noNetwork), noForward)
    const links = Array.from({ length: 5000 }, (_, i) =>
      link(`E${i}`, `app-${i}`, {
        exposure: { internet: open(`app-${i}`), tenant: long(`app-${i}`), inside: null },
      }),
    )
    const findings = links.map(l =>
      finding('origin-closed-to-internet', {
        severity: 'critical',
        distribution: l.distribution,
        origin: l.origin,
        links: [l.id],
      }),
    )
    const text = htmlReport(scanResult({ links, findings }), { assets })
    expect(text.length).toBeLessThan(10_000_000)
    expect(text.match(/data-item="finding"/g)).toHaveLength(5000)
    expect(text.match(/data-item="link"/g)).toHaveLength(5000)
  })
})

describe('Markdown in the report', () => {
  it('keeps lists, code and web links', () => {
    expect(markdownHtml('1. Do `this`\n\n```sh\naws <x>\n```\n[that](https://example.com/)')).toBe(
      '<ol>\n<li>Do <code>this</code></li>\n</ol>\n<pre><code class="language-sh">aws &lt;x&gt;\n</code></pre>\n<p><a href="https://example.com/">that</a></p>\n',
    )
  })

  it.each([
    ['markup', '<script>alert(1)</script>', '<script'],
    ['script links', '[x](javascript:alert(1))', 'href'],
    ['data links', '[x](data:text/html,hi)', 'href'],
    ['relative links', '[x](/etc)', 'href'],
    ['images', '![x](https://example.com/a.png)', '<img'],
    ['headings, which would break the outline', '# Title', '<h1'],
  ])('makes no %s', (_, text, forbidden) => {
    expect(markdownHtml(text)).not.toContain(forbidden)
    expect(markdownHtml(text)).not.toBe('')
  })
})
