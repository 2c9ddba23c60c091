import { expect, it } from 'vitest'
import { judgeSubject } from '#judge/evaluate.ts'
import { enumerateSubjects } from '#judge/subjects.ts'
import { gatherFacts } from '#predicates/asking/facts.ts'
import { allCases } from '../rules/cases/all.ts'
import type { World } from './build.ts'
import { bundledRules } from './bundled.ts'
import { degradeExcept } from './degrade.ts'

const violated = Object.entries(allCases).flatMap(([id, cases]) =>
  cases.filter(c => c.outcome === 'violated').map(c => [id, c.name, c.world] as const),
)

/** What the requirement of the rule says of each subject, and the lines it cites where it is violated. */
const judged = (id: string, { topology, exposures, probes }: World) => {
  const rule = bundledRules.rules.filter(r => r.id === id)
  const facts = gatherFacts(topology, exposures, probes)
  return rule.flatMap(r =>
    enumerateSubjects(facts)[r.subject].map(({ subject, named }) => {
      const { outcome, answer } = judgeSubject({ ...r, when: null }, subject, facts)
      return {
        name: named.arn,
        outcome,
        lines: new Set(answer.evidence.flatMap(e => e.line ?? [])),
      }
    }),
  )
}

it.each(violated)('%s, %s: judging with only the cited records gives the same outcome', (id, _, world) => {
  for (const { name, outcome, lines } of judged(id, world).filter(j => j.outcome === 'violated')) {
    const again = judged(id, degradeExcept(world, lines)).find(j => j.name === name)
    expect([name, again?.outcome]).toEqual([name, outcome])
  }
})
