/** The outcome of every rule on every subject of a world, by rule and subject. */
import type { Outcome } from '#findings/result.ts'
import { judgeSubject } from '#judge/evaluate.ts'
import { enumerateSubjects } from '#judge/subjects.ts'
import { gatherFacts } from '#predicates/asking/facts.ts'
import type { World } from './build.ts'
import { bundledRules } from './bundled.ts'

/** Throws where a rule throws: unlike a scan, a test has no use for the rest. */
export const outcomesOf = ({ topology, exposures, probes }: World): ReadonlyMap<string, Outcome> => {
  const facts = gatherFacts(topology, exposures, probes)
  const subjects = enumerateSubjects(facts)
  return new Map(
    bundledRules.rules.flatMap(rule =>
      subjects[rule.subject].map(({ subject, named }) => [
        `${rule.id} ${named.arn} ${named.name}`,
        judgeSubject(rule, subject, facts).outcome,
      ]),
    ),
  )
}
