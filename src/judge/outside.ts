/** Hosts outside AWS: nothing that was read decides about them, so that people must. */
import { sameName } from '#base/domain-name.ts'
import type { Rule } from '#rulebook/rule.ts'
import type { Link } from '#topology/model.ts'
import type { Judged } from './subjects.ts'

/** The link, where the rule is its verdict and the origin is a host that is not in AWS as far as was read. */
const linkOutside = ({ verdict }: Rule, { subject }: Judged): Link | null => {
  if (subject.kind !== 'link' || verdict === null) return null
  const { kind } = subject.link.target
  return kind === 'external' || kind === 'unknown' ? subject.link : null
}

/** Why the user's word for the host leaves the scan complete; null without one, and for what AWS decides. */
export const acceptedBy = (rule: Rule, judged: Judged, hosts: readonly string[]): string | null => {
  const link = linkOutside(rule, judged)
  const name = link?.origin.domainName ?? ''
  return link?.target.kind === 'external' && hosts.some(host => sameName(host, name))
    ? `The config accepts ${name}: whoever runs it must let in this distribution only, and nothing of that is proven.`
    : null
}

/** What to do about a host that cannot be decided; null for what is no such host. */
export const remedyOutside = (rule: Rule, judged: Judged): string | null => {
  const link = linkOutside(rule, judged)
  if (link === null || link.target.kind !== 'external') return null
  const name = link.origin.domainName
  return [
    `1. If ${name} is yours, name it in \`ownedHosts\` of the config file: it is then asked what it answers directly.`,
    `2. Let it answer this distribution only: whoever runs it compares a secret header that CloudFront adds, or asks for a client certificate of CloudFront's. Addresses alone let in every customer of CloudFront.`,
    `3. Once that is agreed, name it in \`acceptedHosts\`: it stays undecided in every report, and no longer makes a scan incomplete.`,
  ].join('\n\n')
}
