import { describe, expect, it } from 'vitest'
import { known } from '#base/known.ts'
import type { Rule, Rulebook } from '#rulebook/rule.ts'
import { allCases } from '../rules/cases/all.ts'
import {
  aCertificate,
  admit,
  aGap,
  aLoadBalancer,
  aWorld,
  inCluster,
  knownLines,
  sent,
  toLoadBalancer,
} from './build.ts'
import { bundledRules, judgeWorld } from './bundled.ts'

const worlds = Object.values(allCases).flatMap(cases => cases.map(c => c.world))
const locked = aWorld([{}])
const open = aWorld([
  { verdict: 'open', target: toLoadBalancer(aLoadBalancer({ ingress: [admit('0.0.0.0/0')] })) },
])

const withRule = (change: Partial<Rule>): Rulebook => ({
  ...bundledRules,
  rules: bundledRules.rules.map(rule => (rule.id === 'origin-exists' ? { ...rule, ...change } : rule)),
})

describe('the result of judging', () => {
  it('is complete and without findings where everything is locked', () => {
    const { findings, summary } = judgeWorld(locked)
    expect(findings).toEqual([])
    expect(summary).toMatchObject({ complete: true, unknown: 0, links: { closed: 1, open: 0 } })
    expect(summary.satisfied).toBeGreaterThan(15)
  })

  it('is the same every time', () => {
    for (const world of worlds.slice(0, 40)) expect(judgeWorld(world)).toEqual(judgeWorld(world))
  })

  it('sorts findings by severity, rule and subject', () => {
    const keys = judgeWorld(open).findings.map(f => [
      ['critical', 'high', 'medium', 'low'].indexOf(f.severity),
      f.rule,
      f.subject.arn,
    ])
    expect(keys.map(String)).toEqual(keys.map(String).toSorted())
  })

  it('puts the verdicts of links before whatever else is as severe', () => {
    const { findings } = judgeWorld(inCluster({}, { verdict: 'unknown' }))
    const critical = findings.filter(f => f.severity === 'critical').map(f => f.rule)
    expect(critical).toEqual(['origin-closed-to-internet', 'ingress-requires-token'])
  })

  it('tells of an Ingress that lets strangers in inside the finding of its link', () => {
    const { findings } = judgeWorld(inCluster({}, { verdict: 'open' }))
    const link = findings.find(f => f.rule === 'origin-closed-to-internet')
    const own = findings.find(f => f.rule === 'ingress-requires-token')
    expect(own?.partOf).toBe(link?.fingerprint)
    expect(link?.causes).toContain(own?.fingerprint)
  })

  it('gives every finding a fingerprint of its own, which lines and seals do not change', () => {
    for (const world of worlds) {
      const fingerprints = judgeWorld(world).findings.map(f => f.fingerprint)
      expect(new Set(fingerprints).size).toBe(fingerprints.length)
    }
    const moved = structuredClone(open.topology)
    const again = { ...open, topology: JSON.parse(JSON.stringify(moved).replaceAll('"line":', '"line":10')) }
    const of = (world: typeof open) => judgeWorld(world).findings.map(f => f.fingerprint)
    expect(of(again)).toEqual(of(open))
  })

  it('refers to lines of the snapshot, to links and to findings that are there', () => {
    for (const world of worlds) {
      const { findings, links } = judgeWorld(world)
      const ids = new Set(links.map(l => l.id))
      const fingerprints = new Set(findings.map(f => f.fingerprint))
      for (const f of findings) {
        expect(f.links.every(id => ids.has(id))).toBe(true)
        expect([...f.causes, ...(f.partOf === null ? [] : [f.partOf])].every(c => fingerprints.has(c))).toBe(
          true,
        )
        expect(
          [f.subject.line, ...f.evidence.flatMap(e => e.line ?? [])].every(l => knownLines().has(l)),
        ).toBe(true)
        expect(f.causes).not.toContain(f.fingerprint)
        if (f.outcome === 'violated') expect(f.evidence.length).toBeGreaterThan(0)
        if (f.outcome === 'unknown') expect(f.gaps.length + f.evidence.length).toBeGreaterThan(0)
        expect(f.remediation).not.toBe('')
        expect(`${f.message}${f.remediation}`).not.toMatch(/\{[a-zA-Z]+\}(?![^`]*`)/)
      }
    }
  })

  it('counts the links by the worst of their verdicts', () => {
    const { summary } = judgeWorld(
      aWorld([
        { id: 'E1A', verdict: ['closed', 'open'] },
        { id: 'E2B', verdict: ['unknown', 'closed'] },
        { id: 'E3C', verdict: ['authenticated', 'closed'] },
      ]),
    )
    expect(summary.links).toEqual({ open: 1, guessable: 0, unknown: 1, authenticated: 1, closed: 0 })
  })

  it('is incomplete with any gap, even one that no rule met', () => {
    const result = judgeWorld(aWorld([{}], { gaps: [aGap('DescribeTags')] }))
    expect(result.findings).toEqual([])
    expect(result.summary.complete).toBe(false)
  })

  it('shows a link that was neither proven nor probed as unknown and not probed', () => {
    const [link] = judgeWorld({ ...locked, exposures: [] }).links
    expect(link).toMatchObject({
      exposure: { internet: { verdict: 'unknown' } },
      probe: { verdict: 'not-probed' },
    })
  })

  it('stays small where thousands of links have the same problem', () => {
    const target = (i: number) => toLoadBalancer(aLoadBalancer({ name: `lb-${i}` }))
    const { findings } = judgeWorld(
      aWorld(Array.from({ length: 300 }, (_, i) => ({ id: `E${i}`, target: target(i) }))),
    )
    expect(findings.map(f => f.rule)).toEqual(findings.map(() => 'token-unique'))
    expect(Math.max(...findings.map(f => f.evidence.length))).toBeLessThan(15)
    expect(Math.max(...findings.map(f => f.related.length))).toBeLessThan(15)
  })

  it('judges a certificate once, however many listeners and distributions show it', () => {
    const viewer = {
      ...{ isDefault: false, minimumProtocolVersion: 'TLSv1.2_2021', sslSupportMethod: 'sni-only' },
      certificate: known(aCertificate({ notAfter: '2026-06-02T00:00:00.000Z' })),
    }
    const ends = { certificates: known([known(aCertificate({ notAfter: '2026-06-02T00:00:00.000Z' }))]) }
    const target = toLoadBalancer(aLoadBalancer({ listeners: [ends, { ...ends, port: 8443 }] }))
    const { findings, rules } = judgeWorld(
      aWorld([
        { id: 'E1A', target, distribution: { viewer } },
        { id: 'E2B', target, distribution: { viewer } },
      ]),
    )
    expect(rules.find(r => r.id === 'certificate-not-expiring')?.outcomes.violated).toBe(1)
    expect(findings.find(f => f.rule === 'certificate-not-expiring')?.links).toEqual([
      'E1A/origin',
      'E2B/origin',
    ])
  })
})

describe('a rule that throws', () => {
  const broken = withRule({ require: { kind: 'ask', predicate: 'no-such-predicate', options: {} } })

  it('is a fault of the tool, listed apart, and the scan is incomplete', () => {
    const result = judgeWorld(locked, { rulebook: broken })
    expect(result.coverage.faults).toEqual([
      {
        rule: 'origin-exists',
        subject: 'arn:aws:cloudfront::111122223333:distribution/E1EXAMPLE',
        message: 'predicate no-such-predicate is not in the registry',
      },
    ])
    expect(result.findings).toEqual([])
    expect(result.summary.complete).toBe(false)
  })

  it('leaves the other rules as they are', () => {
    const [whole, damaged] = [judgeWorld(open), judgeWorld(open, { rulebook: broken })]
    expect(damaged.findings).toEqual(whole.findings)
  })
})

describe('profiles', () => {
  it('adjust options and severities', () => {
    const world = aWorld([{ target: toLoadBalancer(aLoadBalancer({ ingress: [admit('0.0.0.0/0')] })) }])
    const severities = ['recommended', 'strict'].map(
      profile =>
        judgeWorld(world, { profile }).findings.find(f => f.rule.endsWith('cloudfront-only'))?.severity,
    )
    expect(severities).toEqual(['medium', 'high'])
  })

  it('leave out what rests on probes when passive', () => {
    const ids = judgeWorld(locked, { profile: 'passive' }).rules.map(r => r.id)
    for (const probed of ['origin-refuses-direct-requests', 'token-not-echoed'])
      expect(ids).not.toContain(probed)
    expect(ids.length).toBe(bundledRules.rules.length - 2)
  })

  it('that do not exist are one sentence', () => {
    expect(() => judgeWorld(locked, { profile: 'strickt' })).toThrow(
      'There is no rule profile "strickt" (did you mean "strict"?): choose one of recommended, strict, passive.',
    )
  })
})

describe('what other people have written', () => {
  const hostile = 'x`\n```\n$(touch /tmp/pwned) \'"; rm -rf / #\u2028](javascript:alert(1))'
  const world = aWorld([
    {
      verdict: 'open',
      origin: { id: hostile, headers: [], domainName: hostile },
      target: toLoadBalancer(aLoadBalancer({ name: hostile })),
    },
  ])

  it('cannot leave the code block or the word of the command it stands in', () => {
    for (const { remediation } of judgeWorld(world).findings) {
      const fences = remediation.split('\n').filter(line => /^\s*```/.test(line))
      expect(fences.length % 2).toBe(0)
      expect(new Set(fences.map(f => f.trim()))).toEqual(new Set(fences.length > 0 ? ['```sh', '```'] : []))
      for (const line of remediation.split('\n').filter(l => l.includes('touch') && !/^\d+\. /.test(l)))
        expect(line).toMatch(/'[^']*\$\(touch[^']*'/)
    }
  })

  it('never shows a value that is sealed', () => {
    const secret = sent('t')
    const text = JSON.stringify(judgeWorld(aWorld([{ verdict: 'open' }])))
    expect(text).not.toContain(secret.sealed)
    expect(text).not.toContain(secret.folded)
  })
})
