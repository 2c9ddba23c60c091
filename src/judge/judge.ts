/** Judges every rule on every subject: from the graph, the exposures and the probes to the scan result. Pure. */
import { compareText } from '#base/canonical.ts'
import { messageOf } from '#base/fault.ts'
import { severityRank } from '#base/severity.ts'
import {
  type Coverage,
  type Finding,
  type Outcome,
  type RuleInfo,
  resultFormat,
  type ScanResult,
} from '#findings/result.ts'
import { gatherFacts } from '#predicates/asking/facts.ts'
import type { Exchange, ProbeVerdict } from '#probe/exchange.ts'
import type { LinkExposure } from '#prove/exposure.ts'
import type { Fix } from '#prove/fix/edit.ts'
import { selectRules } from '#rulebook/profiles.ts'
import type { Rule, Rulebook } from '#rulebook/rule.ts'
import type { Topology } from '#topology/model.ts'
import { foldCauses } from './causes.ts'
import { judgeSubject } from './evaluate.ts'
import { type Draft, draftFinding } from './finding.ts'
import { linkResult } from './link-result.ts'
import { enumerateSubjects, type Judged, type Subjects } from './subjects.ts'
import { summarise } from './summary.ts'

export interface JudgeInput {
  readonly toolVersion: string
  readonly topology: Topology
  readonly exposures: readonly LinkExposure[]
  /** By link id; a link that is missing was not probed. */
  readonly probes: ReadonlyMap<string, ProbeVerdict>
  /** By link id; a link that is missing needs none, or none was found. */
  readonly fixes: ReadonlyMap<string, Fix>
  readonly exchanges: readonly Exchange[]
  /** Hosts outside AWS that the user answers for; none unless given. */
  readonly acceptedHosts?: readonly string[]
  readonly rulebook: Rulebook
  /** Name of a profile of the rulebook. */
  readonly profile: string
  readonly coverage: Pick<Coverage, 'gaps' | 'calls'>
  /** Repo-relative name of the snapshot file that lines refer to. */
  readonly snapshotName: string
}

interface RuleRun {
  readonly info: RuleInfo
  readonly drafts: readonly Draft[]
  readonly faults: Coverage['faults']
}

/** Of one severity, the verdicts of links come first: that somebody gets in is what the reader has to know. */
const byWeight =
  (verdicts: ReadonlyMap<string, number>) =>
  (a: Finding, b: Finding): number =>
    severityRank(a.severity) - severityRank(b.severity) ||
    (verdicts.get(a.rule) ?? Number.MAX_SAFE_INTEGER) - (verdicts.get(b.rule) ?? Number.MAX_SAFE_INTEGER) ||
    compareText(a.rule, b.rule) ||
    compareText(a.subject.arn, b.subject.arn) ||
    compareText(a.subject.name, b.subject.name) ||
    compareText(a.fingerprint, b.fingerprint)

const describe = (rule: Rule, outcomes: Readonly<Record<Outcome, number>>): RuleInfo => ({
  id: rule.id,
  surface: rule.surface,
  severity: rule.severity,
  title: rule.title,
  help: rule.help,
  references: rule.references,
  mappings: rule.mappings,
  outcomes,
})

/** A rule that throws is a fault of the tool: it is listed, and the subject is left without an outcome. */
const runRule = (
  rule: Rule,
  subjects: readonly Judged[],
  given: Parameters<typeof draftFinding>[3],
): RuleRun => {
  const outcomes = { violated: 0, satisfied: 0, unknown: 0, inapplicable: 0 }
  const drafts: Draft[] = []
  const faults: Coverage['faults'][number][] = []
  for (const judged of subjects) {
    try {
      const judgement = judgeSubject(rule, judged.subject, given.facts)
      const draft = draftFinding(rule, judged, judgement, given)
      outcomes[judgement.outcome]++
      if (draft) drafts.push(draft)
    } catch (thrown) {
      faults.push({ rule: rule.id, subject: judged.named.arn, message: messageOf(thrown) })
    }
  }
  return { info: describe(rule, outcomes), drafts, faults }
}

/** Throws a UserFault for a profile that the rulebook does not have. */
export const judge = (input: JudgeInput): ScanResult => {
  const { topology } = input
  const facts = gatherFacts(topology, input.exposures, input.probes)
  const subjects: Subjects = enumerateSubjects(facts)
  const given = { facts, fixes: input.fixes, acceptedHosts: input.acceptedHosts ?? [] }
  const selected = selectRules(input.rulebook, input.profile)
  const verdicts = new Map(
    selected.flatMap(r => (r.verdict === null ? [] : [[r.id, r.verdict.order] as const])),
  )
  const runs = selected.map(rule => runRule(rule, subjects[rule.subject], given))
  const findings = [
    ...foldCauses(
      runs.flatMap(run => run.drafts),
      facts,
    ),
  ].sort(byWeight(verdicts))
  const links = topology.links.map(link => linkResult(link, facts, input.fixes.get(link.id) ?? null))
  const rules = runs.map(run => run.info)
  const coverage: Coverage = { ...input.coverage, faults: runs.flatMap(run => run.faults) }
  return {
    format: resultFormat,
    tool: { name: 'originproof', version: input.toolVersion },
    observedAt: topology.observedAt,
    accounts: topology.accounts,
    regions: topology.regions,
    snapshot: input.snapshotName,
    links,
    findings,
    rules,
    exchanges: input.exchanges,
    coverage,
    summary: summarise(links, findings, rules, coverage),
  }
}
