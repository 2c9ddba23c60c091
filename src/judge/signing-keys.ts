/** The keys that signed URLs and cookies are checked with, as subjects. */
import { known, unobserved } from '#base/known.ts'
import type { Distribution, Link, SigningKey, Topology } from '#topology/model.ts'
import { type Judged, linksInOrder, nameRef } from './subjects.ts'

/** Groups that the distribution's behaviours trust. */
const trustedBy = ({ behaviors }: Distribution): readonly string[] => behaviors.flatMap(b => b.keyGroups)

/** Links with a behaviour that the key signs for. */
const signedFor = ({ ref, groups }: SigningKey, links: readonly Link[]): readonly Link[] => {
  const ids = new Set(groups.known ? groups.value.map(g => g.id) : [])
  return links.filter(
    ({ distribution, behaviors }) =>
      distribution.ref.account === ref.account && behaviors.some(b => b.keyGroups.some(id => ids.has(id))),
  )
}

/** One subject for each key; where an account's keys were not all read, one for each distribution that trusts a group. */
export const signingKeySubjects = ({ signingKeys, distributions, links }: Topology): readonly Judged[] => {
  const unread = distributions.filter(
    d => trustedBy(d).length > 0 && signingKeys.gaps.some(g => g.account === d.ref.account),
  )
  return [
    ...signingKeys.items.map(key => ({
      subject: { kind: 'signing-key', key: known(key), holder: key.ref } as const,
      named: nameRef(key.ref),
      links: linksInOrder(signedFor(key, links)),
    })),
    ...unread.map(({ ref }) => ({
      subject: {
        kind: 'signing-key',
        key: unobserved(...signingKeys.gaps.filter(g => g.account === ref.account)),
        holder: ref,
      } as const,
      named: nameRef(ref),
      links: linksInOrder(links.filter(link => link.distribution.ref.arn === ref.arn)),
    })),
  ]
}
