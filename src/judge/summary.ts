/** Counts of a scan, and whether it saw everything it needed. */
import { severities } from '#base/severity.ts'
import type { Coverage, Finding, LinkResult, RuleInfo, Summary } from '#findings/result.ts'

type Verdict = LinkResult['exposure']['internet']['verdict']

/** Worst first. Unknown stands before closed: it may hide anything. */
const worst: readonly Verdict[] = ['open', 'guessable', 'unknown', 'authenticated', 'closed']

const verdictOf = ({ exposure }: LinkResult): Verdict =>
  worst.find(v => exposure.internet.verdict === v || exposure.tenant.verdict === v) ?? 'unknown'

const countBy = <K extends string>(keys: readonly K[], values: readonly K[]): Readonly<Record<K, number>> => {
  const counts = Object.fromEntries(keys.map(key => [key, 0])) as Record<K, number>
  for (const value of values) counts[value]++
  return counts
}

/** Every gap matters: what was not read may hold a distribution, a listener or a way in that nothing else speaks of. */
const isComplete = (findings: readonly Finding[], { gaps, faults }: Coverage): boolean =>
  gaps.length === 0 &&
  faults.length === 0 &&
  findings.every(f => f.outcome !== 'unknown' || f.accepted !== undefined)

export const summarise = (
  links: readonly LinkResult[],
  findings: readonly Finding[],
  rules: readonly RuleInfo[],
  coverage: Coverage,
): Summary => ({
  links: countBy(worst, links.map(verdictOf)),
  violated: countBy(
    severities,
    findings.filter(f => f.outcome === 'violated' && f.partOf === null).map(f => f.severity),
  ),
  unknown: findings.filter(f => f.outcome === 'unknown').length,
  satisfied: rules.reduce((sum, rule) => sum + rule.outcomes.satisfied, 0),
  complete: isComplete(findings, coverage),
})
