import { randomBytes } from 'node:crypto'
import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { overlap } from '#probe/alike.ts'
import { fingerprintBody } from '#probe/fingerprint.ts'
import { normaliseText } from '#probe/normalise.ts'
import { pageText } from './fixtures.ts'

const html = (text: string) => fingerprintBody(Buffer.from(text), 'text/html; charset=utf-8')

describe('normalising', () => {
  const hex = (digits: number) =>
    fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: digits, maxLength: digits })
  const moving = fc.record({
    nonce: fc.base64String({ minLength: 8, maxLength: 44 }),
    token: hex(64),
    uuid: fc.uuid(),
    request: hex(24),
    date: fc.date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }),
    space: fc.constantFrom(' ', '\n', '\r\n\t  '),
  })
  const visit = (m: {
    nonce: string
    token: string
    uuid: string
    request: string
    date: Date
    space: string
  }) =>
    [
      `<html><head><meta name="csrf-token" content="${m.token}">`,
      `<meta content='${m.token}' name='_csrf'>`,
      `<meta http-equiv="Content-Security-Policy" content="script-src 'nonce-${m.nonce}'">`,
      `<script nonce="${m.nonce}">window.data = {"csrfToken":"${m.token}","requestId": "${m.request}"}</script>`,
      `<title>Shop</title></head><body>${pageText('shop')}`,
      `<form><input type="hidden" name="__RequestVerificationToken" value="${m.token}"></form>`,
      `<footer>${m.date.toISOString()}`,
      `${m.date.toUTCString()} ${Math.floor(m.date.getTime() / 1000)} ${m.date.getTime()} ${m.uuid}`,
      `Root=1-${m.request.slice(0, 8)}-${m.request}</footer></body></html>`,
    ].join(m.space)

  property.prop([moving, moving], { numRuns: 30 })(
    'gives two visits of one page the same fingerprint',
    (a, b) => {
      expect(html(visit(a)).bodyHash).toBe(html(visit(b)).bodyHash)
      expect(html(visit(a)).shingles).toEqual(html(visit(b)).shingles)
    },
  )

  property.prop([fc.lorem({ maxCount: 40 }), fc.lorem({ maxCount: 40 })])(
    'keeps what two pages really say apart',
    (a, b) => {
      expect(normaliseText(`<p>${a}</p>`) === normaliseText(`<p>${b}</p>`)).toBe(a === b)
    },
  )

  it.each([
    ['open tags', '<input '.repeat(40_000)],
    ['token words', 'csrf'.repeat(65_000)],
    ['digits', '1'.repeat(260_000)],
    ['hex and dashes', '12345678-1234-'.repeat(18_000)],
    ['spaces', ' '.repeat(260_000)],
    ['quotes', `'nonce-${'a'.repeat(250_000)}`],
    ['titles', '<title'.repeat(43_000)],
  ])('survives a page made of %s', (_, text) => {
    // A pattern that backtracks would not come back within the time of the test.
    expect(html(text).bodyBytes).toBe(Buffer.byteLength(text))
  })
})

describe('the fingerprint of a body', () => {
  it('has 32 hex digits, and at most 128 sorted shingles of 8', () => {
    const f = html(Array.from({ length: 2_000 }, (_, i) => `word${i}`).join(' '))
    expect(f.bodyHash).toMatch(/^[0-9a-f]{32}$/)
    expect(f.shingles).toHaveLength(128)
    expect(f.shingles).toEqual([...f.shingles].sort())
    expect(f.shingles.every(s => /^[0-9a-f]{8}$/.test(s))).toBe(true)
  })

  it('has no shingles below 256 bytes after normalising', () => {
    expect(html('short page').shingles).toEqual([])
    expect(html(`short${' '.repeat(1_000)}page`).shingles).toEqual([])
    expect(html('a'.repeat(256)).shingles).toHaveLength(1)
  })

  it('takes what is no text byte for byte', () => {
    const image = randomBytes(1_000)
    const other = Buffer.from(image)
    other[500] = (other[500] ?? 0) ^ 1
    const [a, b] = [image, other].map(i => fingerprintBody(i, 'image/png'))
    expect(a?.bodyHash).not.toBe(b?.bodyHash)
    expect(a?.title).toBeNull()
    expect(overlap(a?.shingles ?? [], b?.shingles ?? [])).toBeGreaterThan(0.7)
  })

  it('tells a page with a changed line from another page', () => {
    const page = Array.from({ length: 300 }, (_, i) => `this is line number ${i * 7919}`).join('\n')
    const changed = page.replace('line number 7919\n', 'line with news\n')
    const near = overlap(html(page).shingles, html(changed).shingles)
    expect(near).toBeGreaterThan(0.9)
    expect(overlap(html(page).shingles, html(pageText('other')).shingles)).toBeLessThan(0.1)
  })

  it('shows the title cut, on one line, and without anything long enough to be a secret', () => {
    expect(html('<title>\n Shop \u202e\u0007 home </title>').title).toBe('Shop home')
    expect(html(`<title>${'long words '.repeat(50)}</title>`).title?.length).toBe(120)
    expect(html('<title>debug Zk3vP9xQ1mN8rT5wY2bH7cJ4 end</title>').title).toMatch(
      /^debug ~[0-9a-f]{8} end$/,
    )
    expect(html('<p>no title</p>').title).toBeNull()
  })
})
