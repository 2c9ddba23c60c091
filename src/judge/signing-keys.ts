/** Which keys of signed URLs and cookies there are to judge, and which links each of them signs for. */
import { type Known, known, unobserved } from '#base/known.ts'
import type { Distribution, Link, Ref, SigningKey, Topology } from '#topology/model.ts'

interface KeyToJudge {
  readonly key: Known<SigningKey>
  /** The key; where it was not read, a distribution that trusts a group. */
  readonly holder: Ref
  readonly links: readonly Link[]
}

/** Each key once; where an account's keys were not all read, each of its distributions that trusts a group as well. */
export const keysToJudge = (topology: Topology): readonly KeyToJudge[] => {
  const { signingKeys, distributions, links } = topology
  const gapsIn = (account: string) => signingKeys.gaps.filter(g => g.account === account)
  return [
    ...signingKeys.items.map(key => ({ key: known(key), holder: key.ref, links: signedFor(key, links) })),
    ...distributions
      .filter(d => trustsGroups(d) && gapsIn(d.ref.account).length > 0)
      .map(({ ref }) => ({
        key: unobserved(...gapsIn(ref.account)),
        holder: ref,
        links: links.filter(link => link.distribution.ref.arn === ref.arn),
      })),
  ]
}

const trustsGroups = ({ behaviors }: Distribution): boolean => behaviors.some(b => b.keyGroups.length > 0)

/** Links with a behaviour that the key signs for. */
const signedFor = ({ ref, groups }: SigningKey, links: readonly Link[]): readonly Link[] => {
  const ids = new Set(groups.known ? groups.value.map(g => g.id) : [])
  return links.filter(
    ({ distribution, behaviors }) =>
      distribution.ref.account === ref.account && behaviors.some(b => b.keyGroups.some(id => ids.has(id))),
  )
}
