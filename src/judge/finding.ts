/** Makes a finding of a judgement: names, message, evidence and remediation filled in. */
import { canonicalJson } from '#base/canonical.ts'
import type { Gap } from '#base/gap.ts'
import { findingFingerprint } from '#findings/fingerprint.ts'
import type { Evidence, Finding, Subject } from '#findings/result.ts'
import { missingFor } from '#findings/undecided.ts'
import type { Evidence as Cited } from '#predicates/asking/answer.ts'
import type { Facts } from '#predicates/asking/facts.ts'
import { loadBalancersOf } from '#predicates/reading/backends.ts'
import type { Fix } from '#prove/fix/edit.ts'
import type { Rule } from '#rulebook/rule.ts'
import type { Judgement } from './evaluate.ts'
import { fillText, namesOf, wordsFor } from './names.ts'
import { acceptedBy, remedyOutside } from './outside.ts'
import { remedyFor, remedyForGaps } from './remedy.ts'
import { remedyOfFix } from './solved-fix.ts'
import { type Judged, nameRef } from './subjects.ts'

/** A finding before it is known what it belongs to, with the rule it came from. */
export interface Draft {
  readonly rule: Rule
  readonly judged: Judged
  readonly finding: Finding
}

/** What is known besides the rule and its subject. */
interface Given {
  readonly facts: Facts
  /** By link id. */
  readonly fixes: ReadonlyMap<string, Fix>
  /** Hosts outside AWS that the user answers for. */
  readonly acceptedHosts: readonly string[]
}

/** As many other resources as a reader will look at. */
const longestRelated = 10

const distinct = <T>(values: readonly T[]): readonly T[] => [
  ...new Map(values.map(value => [canonicalJson(value), value])).values(),
]

const withoutNames = ({ text, line, arn, exchange, source }: Cited): Evidence => ({
  text,
  line,
  arn,
  exchange,
  ...(source ? { source } : {}),
})

const relatedTo = ({ subject, named, links }: Judged): readonly Subject[] => {
  const others =
    subject.kind === 'link'
      ? loadBalancersOf(subject.link).map(lb => lb.ref)
      : links.map(link => link.distribution.ref)
  return distinct(others.filter(o => o.arn !== named.arn).map(nameRef)).slice(0, longestRelated)
}

const undecided = ({ title }: Rule, gaps: readonly Gap[], evidence: readonly Evidence[]): string => {
  const reason = missingFor({ gaps, evidence }) || 'nothing says so'
  return `It could not be decided whether this holds: ${title.replace(/\.$/, '')}. Reason: ${reason.replace(/\.$/, '')}.`
}

const place = ({ subject }: Judged): Pick<Finding, 'distribution' | 'origin'> => {
  if (subject.kind === 'link')
    return { distribution: subject.link.distribution.id, origin: subject.link.origin.id }
  return { distribution: subject.kind === 'distribution' ? subject.distribution.id : null, origin: null }
}

/** A link finding says whether anyone gets in, or whoever guesses a weak value. */
const messageOf = ({ message, verdict }: Rule, { subject }: Judged, facts: Facts): string => {
  if (subject.kind !== 'link' || verdict?.guessable === undefined) return message
  const exposure = facts.exposureOf(subject.link)?.[verdict.vantage]
  return exposure?.verdict === 'guessable' ? verdict.guessable : message
}

/** A fix that was solved for the link takes the place of the rule's general advice. */
const remedy = (rule: Rule, judged: Judged, evidence: readonly Cited[], { fixes }: Given): string => {
  const fix = judged.subject.kind === 'link' ? fixes.get(judged.subject.link.id) : undefined
  const vantage = rule.verdict?.vantage
  return fix && vantage !== undefined && fix.closes.includes(vantage)
    ? remedyOfFix(fix)
    : remedyFor(rule, namesOf(judged), evidence)
}

const texts = (rule: Rule, judged: Judged, { answer }: Judgement, gaps: readonly Gap[], given: Given) => {
  const names = namesOf(judged)
  if (answer.observed)
    return {
      message: fillText(messageOf(rule, judged, given.facts), wordsFor(names, judged)),
      remediation: remedy(rule, judged, answer.evidence, given),
    }
  const accepted = acceptedBy(rule, judged, given.acceptedHosts)
  const message = undecided(rule, gaps, answer.evidence)
  return {
    message: accepted === null ? message : `${message} ${accepted}`,
    remediation: remedyOutside(rule, judged) ?? remedyForGaps(gaps),
    ...(accepted !== null && { accepted }),
  }
}

/** Null for a judgement that needs no finding. */
export const draftFinding = (
  rule: Rule,
  judged: Judged,
  judgement: Judgement,
  given: Given,
): Draft | null => {
  const { outcome, answer } = judgement
  if (outcome !== 'violated' && outcome !== 'unknown') return null
  const gaps = answer.observed ? [] : distinct(answer.gaps)
  const identity = { rule: rule.id, subject: judged.named, ...place(judged) }
  const finding: Finding = {
    ...identity,
    outcome,
    severity: rule.severity,
    links: judged.links.map(link => link.id),
    causes: [],
    partOf: null,
    related: relatedTo(judged),
    title: rule.title,
    ...texts(rule, judged, judgement, gaps, given),
    evidence: distinct(answer.evidence.map(withoutNames)),
    gaps,
    fingerprint: findingFingerprint(identity),
  }
  return { rule, judged, finding }
}
