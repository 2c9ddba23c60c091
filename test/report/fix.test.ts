import { describe, expect, it } from 'vitest'
import type { ScanResult } from '#findings/result.ts'
import { sarifReport } from '#report/sarif/log.ts'
import { terminalReport } from '#report/terminal/report.ts'
import { richResult } from './scan-result.ts'

type Fix = NonNullable<ScanResult['links'][number]['fix']>

const command = "aws elbv2 modify-listener --listener-arn arn:x --default-actions 'Type=fixed-response'"
const fix: Fix = {
  edits: [{ text: 'Let the default action of listener HTTPS:443 of shop answer 403.', commands: [command] }],
  closes: ['internet', 'tenant'],
  leaves: [],
  smallest: true,
}

const resultWith = (own: Fix | null): ScanResult => {
  const result = richResult()
  return { ...result, links: result.links.map(l => (l.id === 'E1SHOP/shop' ? { ...l, fix: own } : l)) }
}

const about = (text: string): string => {
  const start = text.indexOf('CRITICAL')
  return text.slice(start, text.indexOf('CRITICAL', start + 1)).replace(/\\?\s+/g, ' ')
}

describe('a solved fix', () => {
  it('stands on the terminal with its commands, in place of what the causes advise', () => {
    const text = about(terminalReport(resultWith(fix), { width: 100 }))
    expect(text).toContain('Fix This change closes the origin to the internet and other CloudFront customers')
    expect(text).toContain('1. Let the default action of listener HTTPS:443 of shop answer 403.')
    expect(text).toContain(command)
    expect(text).toContain('Because 1.')
    expect(text).not.toContain(' > ')
  })

  it('says what it leaves open, and then keeps the advice of the causes', () => {
    const partly = about(
      terminalReport(resultWith({ ...fix, closes: ['internet'], leaves: ['tenant'] }), { width: 100 }),
    )
    expect(partly).toContain('It is not closed to other CloudFront customers until the causes are mended.')
    expect(partly).toContain(' > ')
  })

  it('is not shown with a finding that it does not close', () => {
    const text = about(terminalReport(resultWith({ ...fix, closes: ['tenant'] }), { width: 100 }))
    expect(text).not.toContain('modify-listener --listener-arn arn:x')
  })

  it('stands in the message of the SARIF result', () => {
    expect(sarifReport(resultWith(fix))).toContain('modify-listener --listener-arn arn:x')
    expect(sarifReport(resultWith(null))).not.toContain('modify-listener --listener-arn arn:x')
  })

  it('counts the changes, and says where fewer would not do', () => {
    const two = { ...fix, edits: [...fix.edits, ...fix.edits] }
    expect(about(terminalReport(resultWith(two), { width: 100 }))).toContain(
      'These 2 changes, and no fewer, close',
    )
    const some = about(terminalReport(resultWith({ ...two, smallest: false }), { width: 100 }))
    expect(some).toContain('These 2 changes together close')
  })
})
