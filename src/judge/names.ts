/** What the placeholders of a rule stand for on one subject. */
import type { Subject } from '#findings/result.ts'
import { loadBalancersOf } from '#predicates/reading/backends.ts'
import { fill, isSubjectPlaceholder, type SubjectPlaceholder } from '#rulebook/placeholders.ts'
import type { Distribution, Link } from '#topology/model.ts'
import type { Judged } from './subjects.ts'

type Names = Readonly<Record<SubjectPlaceholder, string | null>>

/** The link that the subject is, or the only one it bears on. */
const onlyLink = ({ links }: Judged): Link | null => (links.length === 1 ? (links[0] ?? null) : null)

const distributionOf = (judged: Judged): Distribution | null =>
  judged.subject.kind === 'distribution'
    ? judged.subject.distribution
    : (onlyLink(judged)?.distribution ?? null)

const targetOf = (judged: Judged): Pick<Subject, 'arn' | 'name' | 'region'> | null => {
  if (judged.subject.kind === 'load-balancer') return judged.subject.loadBalancer.ref
  const link = judged.subject.kind === 'link' ? judged.subject.link : null
  return (link && loadBalancersOf(link)[0]?.ref) ?? null
}

const bucketOf = (link: Link | null): string | null =>
  link?.target.kind === 'bucket' ? link.target.name : null

/** Null where the name does not apply. */
export const namesOf = (judged: Judged): Names => {
  const { named } = judged
  const origin = onlyLink(judged)?.origin ?? null
  const target = targetOf(judged)
  return {
    subject: named.name,
    arn: named.arn,
    account: named.account,
    region: named.region,
    distribution: distributionOf(judged)?.id ?? null,
    origin: origin?.domainName ?? null,
    originId: origin?.id ?? null,
    target: target?.name ?? origin?.domainName ?? null,
    targetArn: target?.arn ?? null,
    targetRegion: target?.region ?? null,
    distributionArn: distributionOf(judged)?.ref.arn ?? null,
    bucket: bucketOf(onlyLink(judged)),
  }
}

/** A name that does not apply stands for the subject. */
export const fillText = (text: string, names: Names): string =>
  fill(text, name => (isSubjectPlaceholder(name) ? names[name] : null) ?? names.subject ?? '')

/** Names as a sentence puts them: a load balancer's own name is often a common word. */
export const wordsFor = (names: Names, judged: Judged): Names => {
  const worded = (name: string | null): string | null => name && `load balancer ${name}`
  return {
    ...names,
    target: names.targetArn === null ? names.target : worded(names.target),
    subject: judged.subject.kind === 'load-balancer' ? worded(names.subject) : names.subject,
  }
}
