import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import type { ScanResult } from '#findings/result.ts'
import { formats, reporters } from '#report/reporters.ts'
import { assets } from './assets.ts'
import { hostileResult, hostileStrings } from './hostile.ts'
import { sealedText, witness } from './parts.ts'
import { emptyResult, incompleteResult, richResult, scanResult } from './scan-result.ts'

const options = { width: 80, color: false, assets }
/** Everything that is not printed, but for the line break between lines. */
const unprintable =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|\p{Surrogate}|[\u{e0000}-\u{e007f}]/u
const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([k, v]) => [k, reversed(v)]),
  )
}
const encodings = (secret: string): readonly string[] => {
  const bytes = Buffer.from(secret, 'utf8')
  return [
    secret,
    bytes.toString('base64'),
    bytes.toString('base64url'),
    bytes.toString('hex'),
    encodeURIComponent(secret),
    [...secret].reverse().join(''),
  ]
}

describe.each(formats)('the %s report', format => {
  const { fileName, render } = reporters[format]

  it('has a file name of its own', () => {
    expect(fileName).toMatch(/^[a-z]+\.[a-z]+$/)
    expect(formats.filter(f => reporters[f].fileName === fileName)).toEqual([format])
  })

  it.each([
    ['a rich estate', richResult()],
    ['an empty scan', emptyResult()],
    ['an incomplete scan', incompleteResult()],
  ])('of %s is the same every time, and ends with one line break', (_, result) => {
    const text = render(result, options)
    expect(render(structuredClone(result), options)).toBe(text)
    expect(render(reversed(result) as ScanResult, options)).toBe(text)
    expect(text).toMatch(/[^\n]\n$/)
  })

  it('does not change the result it is given', () => {
    const result = richResult()
    render(result, options)
    expect(result).toEqual(richResult())
  })

  it.each(Object.entries(hostileStrings))(
    'holds nothing that is not printed when every text is hostile: %s',
    (_, hostile) => {
      expect(unprintable.exec(render(hostileResult(hostile), options))).toBeNull()
    },
  )

  test.prop([fc.string({ unit: 'binary', maxLength: 40 })], { numRuns: 30 })(
    'holds nothing that is not printed whatever the texts are',
    hostile => {
      expect(unprintable.exec(render(hostileResult(hostile), options))).toBeNull()
    },
  )

  it('stays small when one text is 64 KB long', () => {
    const huge = scanResult({ ...richResult(), links: richResult().links.slice(0, 1) })
    const grown = JSON.parse(
      JSON.stringify(huge).replace('shop.example.com', 'A'.repeat(65_536)),
    ) as ScanResult
    const growth = render(grown, options).length - render(huge, options).length
    expect(growth).toBeLessThan(format === 'json' ? 70_000 : 30_000)
  })

  it('shows a sealed value by its name and adds nothing from around it', () => {
    const canary = 'Canary/9+kZ value=&'
    process.env.ORIGINPROOF_TEST_SECRET = canary
    const text = render(richResult(), options)
    delete process.env.ORIGINPROOF_TEST_SECRET
    expect(text).toContain('sealed:9f86d081')
    for (const form of encodings(canary)) expect(text).not.toContain(form)
    expect(text).not.toContain(process.cwd())
  })

  it('says what an incomplete scan lacks', () => {
    const text = render(incompleteResult(), options)
    expect(text).toContain('elasticloadbalancing:DescribeRules')
    expect(text).toContain('Cannot read properties of undefined')
  })

  it('reports every top-level finding, and every cause with it', () => {
    const text = render(richResult(), options).replace(/\s+/g, ' ')
    for (const finding of richResult().findings.filter(f => f.outcome === 'violated'))
      expect(text).toContain(format === 'html' ? finding.message.replaceAll("'", '&#39;') : finding.message)
  })
})

describe('a finding whose parent is not in the result', () => {
  it.each(formats)('is not lost in %s', format => {
    const orphans = richResult().findings.filter(f => f.partOf !== null)
    const text = reporters[format].render(scanResult({ findings: orphans }), options).replace(/\s+/g, ' ')
    for (const orphan of orphans) expect(text).toContain(orphan.message)
  })
})

describe('a witness with a secret', () => {
  it.each(formats)('keeps the placeholder or names a shell variable in %s', format => {
    const [shop] = richResult().links
    if (shop === undefined) throw new Error('the fixture has links')
    const exposure = {
      verdict: 'guessable',
      certificate: null,
      gaps: [],
      witness: witness('shop', { headers: [['x-key', sealedText('deadbeef')]] }),
    } as const
    const result = scanResult({
      links: [{ ...shop, exposure: { ...shop.exposure, internet: exposure } }],
      findings: richResult().findings,
    })
    const text = reporters[format].render(result, options)
    expect(text).toContain(format === 'json' ? sealedText('deadbeef') : '$ORIGIN_TOKEN')
  })
})
