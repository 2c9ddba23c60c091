import { stripVTControlCharacters } from 'node:util'
import { fc, test } from '@fast-check/vitest'
import stringWidth from 'string-width'
import { describe, expect, it } from 'vitest'
import { wrap } from '#report/terminal/layout.ts'
import { terminalReport } from '#report/terminal/report.ts'
import { hostileResult, hostileStrings } from './hostile.ts'
import {
  emptyResult,
  incompleteResult,
  largeResult,
  richResult,
  scanResult,
  sharedResult,
} from './scan-result.ts'

const widest = (text: string): number => Math.max(...text.split('\n').map(line => stringWidth(line)))

describe('the terminal report', () => {
  it('opens with the totals', () => {
    const lines = terminalReport(richResult(), {}).split('\n')
    expect(lines[0]).toBe('originproof 0.1.0, 2026-09-01 12:00 UTC, 2 accounts, 2 regions')
    expect(lines[2]).toBe('8 links: 2 open, 1 guessable, 2 unknown, 1 login only, 2 closed')
    expect(lines[3]).toBe('Findings: 2 critical, 1 high, 1 medium, 1 low')
    expect(lines[4]).toContain('INCOMPLETE')
  })

  it('lists on its first screen every site with a way around CloudFront, and nothing else', () => {
    const lines = terminalReport(richResult(), {}).split('\n')
    const start = lines.findIndex(line => line.startsWith('WAYS AROUND CLOUDFRONT (3)'))
    const rows = lines.slice(start + 3, lines.indexOf('', start + 3))
    expect(start).toBeLessThan(10)
    expect(rows.map(row => row.trim().split(/ +/).slice(0, 2))).toEqual([
      ['open', 'open'],
      ['open', 'open'],
      ['closed', 'guessable'],
    ])
    expect(terminalReport(emptyResult(), {})).not.toContain('WAYS AROUND')
  })

  it('tells steps in the same words once', () => {
    const result = richResult()
    const steps = '1. Open the door.\n\n2. Close it again.'
    const told = result.findings.map(f => ({ ...f, remediation: steps, rule: 'door-closed', causes: [] }))
    const text = terminalReport({ ...result, findings: told }, {})
    expect(text.match(/Open the door/g)).toHaveLength(1)
    expect(text).toContain('The same steps as above, for rule door-closed.')
  })

  it('names rules that lack the same thing together, with what they lack', () => {
    const result = richResult()
    const [unknown] = result.findings.filter(f => f.outcome === 'unknown')
    if (unknown === undefined) throw new Error('the rich result has an undecided rule')
    const twin = { ...unknown, rule: 'another-rule', fingerprint: 'f'.repeat(32) }
    const text = terminalReport({ ...result, findings: [unknown, twin] }, { width: 200 })
    expect(text).toContain(`${unknown.rule}, another-rule\n    - ${unknown.gaps[0]?.message}`)
  })

  it('tells a finding with place, request, way, causes, probe and fix', async () => {
    const text = terminalReport(richResult(), {})
    const start = text.indexOf('CRITICAL')
    await expect(text.slice(start, text.indexOf('CRITICAL', start + 1))).toMatchFileSnapshot(
      'terminal-finding.txt',
    )
  })

  it('tells of what several sites share once, with kind, file and the sites', () => {
    const text = terminalReport(sharedResult(), { width: 200 })
    expect(text.match(/gets no more fixes/g)).toHaveLength(1)
    expect(text).toContain('Where     Deployment web/controller (deploy/controller.yaml line 3)')
    expect(text).toMatch(/Affects {3}\S+\.\S+, \S+/)
  })

  it('says of each closed link what holds it', () => {
    const text = terminalReport(richResult(), {})
    expect(text).toContain('internet: network; tenant: secret header')
    expect(text).toContain('internet: network; tenant: network; inside: open')
  })

  it('says why there is no verdict, each reason once', () => {
    const text = terminalReport(richResult(), {}).replace(/\s+/g, ' ')
    expect(text).toContain(
      'The scanning role may not read the rules of the listener of billing. (internet, tenant)',
    )
    expect(text).toContain('U-06: What an empty Host header matches is not documented. (tenant)')
  })

  it('never calls a scan complete that is not, nor one with failed rules', () => {
    expect(terminalReport(incompleteResult(), {})).not.toContain('Complete.')
    expect(terminalReport(emptyResult(), {})).toContain('Complete. Everything that was needed was read.')
  })

  it('shows an open link even when no rule reports it', () => {
    const text = terminalReport(scanResult({ links: richResult().links }), {})
    expect(text).toContain('OPEN, BUT NO RULE REPORTS IT (3)')
    expect(text).toContain('https://shop.example.com/')
  })

  it('names the rest where a list is too long', () => {
    expect(terminalReport(largeResult(300), {})).toContain('and 70 more in report.html')
  })

  it.each([40, 60, 80, 132])('keeps within %d columns, but for a long word of a command', width => {
    const lines = terminalReport(richResult(), { width }).split('\n')
    const wide = lines.filter(line => stringWidth(line) > width)
    expect(wide.filter(line => !/^ {4,6}(?:-\S+ )?(?:\S+|"[^"]*")(?: \\)?$/.test(line))).toEqual([])
  })

  it.each(Object.entries(hostileStrings))(
    'keeps within 80 columns when every text is hostile: %s',
    (_, hostile) => {
      expect(widest(terminalReport(hostileResult(hostile), { width: 80 }))).toBeLessThanOrEqual(80)
    },
  )

  it('colours only on request, and says the same without colour', () => {
    const plain = terminalReport(richResult(), { color: false })
    const colored = terminalReport(richResult(), { color: true })
    expect(plain).not.toContain('\u001b')
    expect(colored).toContain('\u001b[31m')
    expect(stripVTControlCharacters(colored)).toBe(plain)
  })

  it('lets no escape sequence of the data through when it colours', () => {
    const colored = terminalReport(hostileResult(hostileStrings.colour ?? ''), { color: true })
    expect(colored.replace(/\u001b\[\d+m/g, '')).not.toMatch(/[\u001b\u009b\u0007]/)
  })
})

describe('wrapping', () => {
  test.prop([fc.string({ unit: 'grapheme' }), fc.integer({ min: 8, max: 40 })])(
    'keeps every word and the width',
    (text, width) => {
      const lines = wrap(text, width)
      for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(width)
      expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''))
    },
  )
})
