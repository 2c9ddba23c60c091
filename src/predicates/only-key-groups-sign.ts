/** Do key groups alone sign, and no key pairs of root users? */
import type { Behavior, Ref } from '#topology/model.ts'
import { type Answer, cite, every, no, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { unreadBehaviors } from './reading/unread-behaviors.ts'

export const onlyKeyGroupsSign = predicate<'distribution'>({
  question: 'Do key groups alone sign for behaviours, and no key pairs of AWS accounts?',
  subjects: ['distribution'],
  ask: ({ distribution }, _, { topology }) => {
    const gaps = unreadBehaviors(topology, distribution)
    return every([
      ...distribution.behaviors.filter(b => b.signed).map(b => signers(distribution.ref, b)),
      ...(gaps.length > 0 ? [unseen(gaps)] : []),
    ])
  },
})

const signers = (ref: Ref, { pathPattern, trustedSigners, keyGroups }: Behavior): Answer =>
  trustedSigners.length > 0
    ? no(
        cite(ref, `${pathPattern} trusts the key pairs of ${trustedSigners.map(whose).join(', ')}`, {
          behavior: pathPattern,
        }),
      )
    : yes(cite(ref, `${pathPattern} trusts key groups alone: ${keyGroups.join(', ')}`))

const whose = (signer: string): string => (signer === 'self' ? "the distribution's own account" : signer)
