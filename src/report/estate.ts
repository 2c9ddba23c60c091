/** The result arranged for reading: findings as a tree, links and exchanges by id. */
import { severityRank } from '#base/severity.ts'
import type { Finding, LinkResult, RuleInfo, ScanResult } from '#findings/result.ts'
import { vantageOfRule } from './rule-names.ts'
import { type Exchange, linkVerdict, type Sight, sightsOf, type Verdict } from './terms.ts'
import { label } from './visible-text.ts'

export interface Estate {
  readonly result: ScanResult
  /** Violated findings that are not a cause of another one, worst first. */
  readonly top: readonly Finding[]
  /** Rules that could not be decided. */
  readonly unknown: readonly Finding[]
  readonly links: ReadonlyMap<string, LinkResult>
  /** How many links share a distribution and an origin's name. */
  readonly ways: ReadonlyMap<string, number>
  readonly exchanges: ReadonlyMap<string, Exchange>
  readonly rules: ReadonlyMap<string, RuleInfo>
  /** Contributing findings, smallest fix first. */
  readonly causesOf: (finding: Finding) => readonly Finding[]
  /** Findings that the same fault shows itself in, such as the way in for other customers; mended with it. */
  readonly symptomsOf: (finding: Finding) => readonly Finding[]
  /** Top-level findings that bear on the link. */
  readonly findingsOn: (linkId: string) => readonly Finding[]
  /** The finding of a rule on a distribution, if there is one. */
  readonly findingOn: (rule: string, distribution: string) => Finding | null
}

const isVerdict = (finding: Finding): boolean => vantageOfRule(finding.rule) !== null

/** Of one severity, the ways around CloudFront come before everything else. */
export const worstFirst = (a: Finding, b: Finding): number =>
  severityRank(a.severity) - severityRank(b.severity) || Number(isVerdict(b)) - Number(isVerdict(a))

const groupBy = <K, V>(values: readonly V[], keysOf: (value: V) => readonly K[]): Map<K, V[]> => {
  const groups = new Map<K, V[]>()
  for (const value of values)
    for (const key of keysOf(value)) {
      const group = groups.get(key)
      if (group) group.push(value)
      else groups.set(key, [value])
    }
  return groups
}

export const arrange = (result: ScanResult): Estate => {
  const byFingerprint = new Map(result.findings.map(f => [f.fingerprint, f]))
  const violated = result.findings.filter(f => f.outcome === 'violated')
  // A cause whose finding is not there stands for itself: nothing may drop out of a report.
  const isTop = (f: Finding) => f.partOf === null || byFingerprint.get(f.partOf)?.outcome !== 'violated'
  const top = violated.filter(isTop).sort(worstFirst)
  const children = groupBy(violated, f => (isTop(f) || f.partOf === null ? [] : [f.partOf]))
  const onLink = groupBy(top, f => f.links)
  const onDistribution = new Map(result.findings.map(f => [`${f.rule} ${f.distribution}`, f]))

  const contributing = (finding: Finding): readonly Finding[] => {
    const named = finding.causes.flatMap(c => byFingerprint.get(c) ?? [])
    return [...new Set([...named, ...(children.get(finding.fingerprint) ?? [])])].filter(f => f !== finding)
  }
  return {
    result,
    top,
    unknown: result.findings.filter(f => f.outcome === 'unknown').sort(worstFirst),
    links: new Map(result.links.map(l => [l.id, l])),
    ways: new Map([...groupBy(result.links, l => [wayOf(l)])].map(([way, links]) => [way, links.length])),
    exchanges: new Map(result.exchanges.map(e => [e.id, e])),
    rules: new Map(result.rules.map(r => [r.id, r])),
    causesOf: finding => contributing(finding).filter(f => !isVerdict(f)),
    symptomsOf: finding => contributing(finding).filter(isVerdict),
    findingsOn: id => onLink.get(id) ?? [],
    findingOn: (rule, distribution) => onDistribution.get(`${rule} ${distribution}`) ?? null,
  }
}

/** The first link that a finding is about, if it was judged. */
export const linkOf = (estate: Estate, finding: Finding): LinkResult | null =>
  finding.links.map(id => estate.links.get(id)).find(link => link !== undefined) ?? null

/** Name of the resource that a finding is about; of an object of a cluster with its kind, as people ask for it. */
export const subjectName = ({ subject: { arn, name } }: Finding): string => {
  const kind = /^kubernetes:\/\/.*\/([A-Za-z]+)[A-Za-z.]*\/[^/]+\/[^/]+$/.exec(arn)?.[1]
  return kind === undefined ? name || arn : `${kind} ${name}`
}

/** Names of the sites that a finding about something they share bears on; none for a finding about one of them. */
export const sitesOf = (estate: Estate, finding: Finding): readonly string[] =>
  finding.distribution !== null
    ? []
    : [
        ...new Set(
          finding.links.flatMap(id => estate.links.get(id) ?? []).map(l => aliasOf(l) || l.distribution),
        ),
      ]

/** The exposure that a verdict finding reports; null for other findings. */
export const sightOf = (estate: Estate, finding: Finding): Sight | null => {
  const vantage = vantageOfRule(finding.rule)
  const link = linkOf(estate, finding)
  if (vantage === null || link === null) return null
  return sightsOf(link).find(s => s.vantage === vantage) ?? null
}

/** The solved fix of the link, where it closes what the finding reports. */
export const solvedFixOf = (estate: Estate, finding: Finding): NonNullable<LinkResult['fix']> | null => {
  const vantage = vantageOfRule(finding.rule)
  const fix = linkOf(estate, finding)?.fix ?? null
  return fix !== null && vantage !== null && fix.closes.includes(vantage) ? fix : null
}

/** Missing IAM actions over all gaps, sorted. */
export const missingActions = (result: ScanResult): readonly string[] =>
  [...new Set(result.coverage.gaps.map(g => g.action).filter(a => a !== ''))].sort()

/** The name people know the distribution by: its first alias, else its CloudFront name. */
export const aliasOf = (link: LinkResult): string =>
  link.names.find(name => !name.endsWith('.cloudfront.net')) ?? link.names[0] ?? ''

/** Links of one verdict, in the order of the result. */
export const linksByVerdict = (result: ScanResult, verdict: Verdict): readonly LinkResult[] =>
  result.links.filter(link => linkVerdict(link) === verdict)

/** `E2EXAMPLE (www.example.com)`. */
export const distributionName = (link: LinkResult): string => {
  const alias = aliasOf(link)
  return alias === '' ? link.distribution : `${link.distribution} (${alias})`
}

/** What a reader calls the way: two origins of a distribution may lead to one host. */
const wayOf = (link: LinkResult): string => `${link.distribution} ${link.originDomainName}`

/** `E2EXAMPLE (www.example.com) -> origin.example.com`; with the origin's id where the name alone leaves two links alike. */
export const linkName = (estate: Estate, link: LinkResult): string => {
  const id = (estate.ways.get(wayOf(link)) ?? 0) > 1 ? ` (${link.origin})` : ''
  return label(`${distributionName(link)} -> ${link.originDomainName}${id}`, 300)
}

/** The link or the resource that a finding is about. */
export const placeOf = (estate: Estate, finding: Finding): string => {
  const link = linkOf(estate, finding)
  if (finding.distribution === null || link === null) return label(subjectName(finding), 200)
  return finding.origin === null ? label(distributionName(link), 160) : linkName(estate, link)
}
