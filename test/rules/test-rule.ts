/** `testRule(id, table)`: a rule's whole behaviour as a table of worlds and outcomes. */
import { describe, expect, it } from 'vitest'
import type { Finding, Outcome } from '#findings/result.ts'
import { knownLines, type World } from '../judge/build.ts'
import { judgeWorld } from '../judge/bundled.ts'

export interface Case {
  /** What is the matter with the world. */
  readonly name: string
  readonly world: World
  readonly outcome: Outcome
  /** Words that the evidence or the message must hold. */
  readonly says?: string
  /** What comes of further subjects of the world, which are not what it is about. */
  readonly beside?: Outcome
}

/** By rule id. */
export type Cases = Readonly<Record<string, readonly Case[]>>

const wordsOf = (findings: readonly Finding[]): string =>
  findings.flatMap(f => [f.message, ...f.evidence.map(e => e.text)]).join('\n')

const outcomes: readonly Outcome[] = ['violated', 'satisfied', 'unknown', 'inapplicable']

/** Every certificate and every controller is judged: where there is none, there is no subject. */
const alwaysApplicable = new Set([
  'certificate-not-expiring',
  'ingress-controller-supported',
  'ingress-snippet-parses',
  'ingress-token-not-in-clear',
])

/** What was not looked at is not asked about. */
const alwaysSettled = new Set(['token-not-echoed'])

export const testRule = (id: string, cases: readonly Case[]): void => {
  describe(id, () => {
    it('has a world for every outcome', () => {
      const missing = outcomes.filter(o => !cases.some(c => c.outcome === o))
      expect(missing).toEqual([
        ...(alwaysSettled.has(id) ? ['unknown'] : []),
        ...(alwaysApplicable.has(id) ? ['inapplicable'] : []),
      ])
    })
    for (const { name, world, outcome, says, beside } of cases)
      it(`is ${outcome}: ${name}`, () => {
        const result = judgeWorld(world)
        const rule = result.rules.find(r => r.id === id)
        const judged = outcomes.filter(o => (rule?.outcomes[o] ?? 0) > 0)
        expect(result.coverage.faults).toEqual([])
        expect(judged).toEqual(outcomes.filter(o => o === outcome || o === beside))
        const findings = result.findings.filter(f => f.rule === id)
        expect(findings.every(f => f.outcome === outcome)).toBe(true)
        if (outcome === 'violated') {
          const lines = findings.flatMap(f => f.evidence.flatMap(e => e.line ?? []))
          expect(lines.length).toBeGreaterThan(0)
          expect(lines.every(line => knownLines().has(line))).toBe(true)
        }
        if (says !== undefined) expect(wordsOf(findings)).toContain(says)
      })
  })
}
