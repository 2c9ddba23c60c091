/** Does every distribution that a rotation is for send what was stored last? */
import { sealedName } from '#topology/sealed.ts'
import { type Answer, cite, every, no, unseen, yes } from './asking/answer.ts'
import type { Facts } from './asking/facts.ts'
import { predicate } from './asking/predicate.ts'
import { senderNames } from './reading/senders.ts'
import { mayHold, storedAt } from './reading/token-age.ts'
import { eachToken } from './reading/token-drive.ts'
import { originsOfToken, type Store, storeRef } from './reading/token-stores.ts'
import { type Sent, sealedHeaders } from './reading/tokens.ts'

/** Old and new may be on their way beside each other for so long. Milliseconds. */
const underWay = 86_400_000

/** Every link whose header of that name comes from the same store. */
const sharing = (store: Store, sent: Sent, { topology }: Facts) =>
  topology.links.flatMap(link =>
    sealedHeaders(link)
      .filter(other => other.header === sent.header)
      .filter(other =>
        originsOfToken(link, other, topology.life).stores.some(s => storeRef(s).arn === storeRef(store).arn),
      )
      .map(other => ({ link, value: other.value })),
  )

const reaches = (store: Store, sent: Sent, facts: Facts): Answer => {
  const { life, observedAt } = facts.topology
  const [stored, ref] = [storedAt(store), storeRef(store)]
  if (stored === null)
    return unseen(
      store.kind === 'secret' && !store.secret.versions.known ? store.secret.versions.gaps : [],
      cite(ref, `nothing tells when the value of ${store.kind} ${ref.name} was stored`),
    )
  const day = new Date(stored).toISOString().slice(0, 10)
  const where = `the value in ${store.kind} ${ref.name} (${store.how}) is of ${day}`
  if (Date.parse(observedAt) - stored <= underWay) return yes(cite(ref, `${where}, less than a day old`))
  const senders = sharing(store, sent, facts)
  const late = senders.filter(({ link }) => !mayHold(store, link.distribution.id, life))
  const values = new Map(senders.map(s => [s.value.sealed, s]))
  if (late.length > 0)
    return no(
      cite(ref, where),
      ...late.map(({ link }) =>
        cite(
          link.distribution.ref,
          `distribution ${link.distribution.id} has not been changed since`,
          senderNames(link, sent.header),
        ),
      ),
    )
  if (values.size > 1)
    return no(
      cite(ref, where),
      ...[...values.values()].map(({ link, value }) =>
        cite(
          link.distribution.ref,
          `distribution ${link.distribution.id} sends ${sealedName(value)}`,
          senderNames(link, sent.header),
        ),
      ),
    )
  return yes(cite(ref, `${where}, and every distribution that it is for was changed after`))
}

export const rotationReachesSenders = predicate<'link'>({
  question: 'Does every distribution that a rotation is for send what was stored last?',
  subjects: ['link'],
  ask: ({ link }, _options, facts) =>
    eachToken(link, facts, ({ sent, from }) => every(from.stores.map(store => reaches(store, sent, facts)))),
})
