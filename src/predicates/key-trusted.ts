/** Does a behaviour trust a group that holds the key? */
import type { Topology } from '#topology/model.ts'
import { type Answer, cite, no, ofKnown, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { namesOfKey } from './reading/signing-key.ts'

/** Behaviours of the account that trust any of the groups. */
const trusting = ({ distributions }: Topology, account: string, ids: readonly string[]) =>
  distributions
    .filter(d => d.ref.account === account)
    .flatMap(d => d.behaviors.filter(b => b.keyGroups.some(id => ids.includes(id))).map(b => ({ d, b })))

const unlisted = ({ gaps }: Topology, account: string) =>
  gaps.filter(g => g.operation === 'ListDistributions' && g.account === account)

export const keyTrusted = predicate<'signing-key'>({
  question: 'Does any behaviour trust a key group that holds the key?',
  subjects: ['signing-key'],
  ask: ({ key }, _, { topology }) =>
    ofKnown(key, k =>
      ofKnown(k.groups, (groups): Answer => {
        const found = trusting(
          topology,
          k.ref.account,
          groups.map(g => g.id),
        )
        if (found.length > 0)
          return yes(
            ...found.map(({ d, b }) =>
              cite(d.ref, `${b.pathPattern} of ${d.id} trusts a group with ${k.id}`),
            ),
          )
        const gaps = unlisted(topology, k.ref.account)
        const held = groups.map(g => cite(g.ref, `no behaviour trusts key group ${g.name}`, namesOfKey(k, g)))
        return gaps.length > 0
          ? unseen(gaps, ...held)
          : no(cite(k.ref, `nothing trusts ${k.id}`, namesOfKey(k)), ...held)
      }),
    ),
})
