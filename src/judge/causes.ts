/**
 * Folds the findings of a link into one: what is wrong with it on top, everything that contributes inside.
 *
 * The finding that speaks for a link is the violated verdict rule of lowest order, or the undecided one where none is
 * violated. A cause that bears on several links (a shared load balancer) is listed by each of them and is part of the one
 * whose link id comes first.
 */
import { compareText } from '#base/canonical.ts'
import type { Finding } from '#findings/result.ts'
import type { Facts } from '#predicates/asking/facts.ts'
import type { Contribution } from '#rulebook/rule.ts'
import type { Link } from '#topology/model.ts'
import type { Draft } from './finding.ts'

interface LinkCase {
  readonly top: Draft
  /** Other verdict findings of the link. */
  readonly rest: readonly Draft[]
  /** In what ways the link is open. */
  readonly ways: ReadonlySet<Contribution>
}

const isViolated = ({ finding }: Draft): boolean => finding.outcome === 'violated'

const bySpeaker = (a: Draft, b: Draft): number =>
  Number(isViolated(b)) - Number(isViolated(a)) ||
  (a.rule.verdict?.order ?? 0) - (b.rule.verdict?.order ?? 0) ||
  compareText(a.rule.id, b.rule.id)

const waysOf = (link: Link, verdicts: readonly Draft[], facts: Facts): ReadonlySet<Contribution> => {
  const exposure = facts.exposureOf(link)
  return new Set(
    verdicts.filter(isViolated).flatMap(({ rule }) => {
      const vantage = rule.verdict?.vantage
      if (vantage === undefined) return []
      return [exposure?.[vantage].verdict === 'guessable' ? 'guessable' : vantage]
    }),
  )
}

const linkCases = (drafts: readonly Draft[], facts: Facts): ReadonlyMap<string, LinkCase> => {
  const verdicts = drafts.filter(d => d.rule.verdict !== null && d.judged.subject.kind === 'link')
  const groups = Map.groupBy(verdicts, d => d.judged.links[0]?.id ?? '')
  const cases = new Map<string, LinkCase>()
  for (const [id, group] of groups) {
    const [top, ...rest] = group.sort(bySpeaker)
    const link = top?.judged.links[0]
    if (top && link) cases.set(id, { top, rest, ways: waysOf(link, group, facts) })
  }
  return cases
}

/** The links whose finding the draft explains. */
const explains = (draft: Draft, cases: ReadonlyMap<string, LinkCase>): readonly LinkCase[] => {
  const { cause } = draft.rule
  if (cause === null) return []
  return draft.judged.links.flatMap(link => {
    const found = cases.get(link.id)
    if (!found) return []
    if (!isViolated(draft)) return [found]
    return isViolated(found.top) && cause.of.some(way => found.ways.has(way)) ? [found] : []
  })
}

const byOrder = (a: Draft, b: Draft): number =>
  (a.rule.cause?.order ?? Number.MAX_SAFE_INTEGER) - (b.rule.cause?.order ?? Number.MAX_SAFE_INTEGER) ||
  compareText(a.rule.id, b.rule.id) ||
  compareText(a.finding.fingerprint, b.finding.fingerprint)

/** Causes first, smallest fix first; then the link's other verdicts. What is undecided explains nothing that is decided. */
const listed = ({ top, rest }: LinkCase, causes: readonly Draft[]): readonly string[] =>
  [...[...causes].sort(byOrder), ...rest]
    .filter(d => isViolated(d) || !isViolated(top))
    .map(d => d.finding.fingerprint)

/** What a probe has seen proves the finding on top as well; the exchanges in full stay with the finding inside. */
const confirmations = ({ rest }: LinkCase): Finding['evidence'] =>
  rest.filter(isViolated).flatMap(({ finding }) => finding.evidence.find(e => e.exchange !== null) ?? [])

/** The finding on top may rest on the very exchange itself. */
const withConfirmations = ({ finding: { evidence } }: Draft, own: LinkCase): Finding['evidence'] => [
  ...evidence,
  ...confirmations(own).filter(c => evidence.every(e => e.exchange !== c.exchange)),
]

export const foldCauses = (drafts: readonly Draft[], facts: Facts): readonly Finding[] => {
  const cases = linkCases(drafts, facts)
  const causesOf = new Map<Draft, Draft[]>()
  const partOf = new Map<Draft, string>()
  for (const { top, rest } of cases.values()) {
    causesOf.set(top, [])
    for (const other of rest) partOf.set(other, top.finding.fingerprint)
  }
  for (const draft of drafts) {
    const parents = explains(draft, cases)
    const [first] = parents
    if (first) partOf.set(draft, first.top.finding.fingerprint)
    for (const parent of parents) causesOf.get(parent.top)?.push(draft)
  }
  return drafts.map(draft => {
    const found = cases.get(draft.judged.links[0]?.id ?? '')
    const own = found?.top === draft ? found : null
    return {
      ...draft.finding,
      partOf: partOf.get(draft) ?? null,
      causes: own ? listed(own, causesOf.get(draft) ?? []) : [],
      evidence: own ? withConfirmations(draft, own) : draft.finding.evidence,
    }
  })
}
