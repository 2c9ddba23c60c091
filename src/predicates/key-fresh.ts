/** Was the key given to CloudFront not too long ago? */
import { cite, no, ofKnown, unseen, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { namesOfKey } from './reading/signing-key.ts'

const dayMs = 86_400_000

export const keyFresh = predicate<'signing-key', { readonly days: number }>({
  question: 'Was the key given to CloudFront at most so many days ago?',
  subjects: ['signing-key'],
  options: {
    days: { description: 'days that a key may be in use', type: 'number', minimum: 1, default: 365 },
  },
  ask: ({ key }, { days }, { topology }) =>
    ofKnown(key, k => {
      if (k.created === null)
        return unseen([], cite(k.ref, `when ${k.id} was created is not known`, namesOfKey(k)))
      const age = Math.floor((Date.parse(topology.observedAt) - Date.parse(k.created)) / dayMs)
      const said = cite(k.ref, `${k.id} was created on ${k.created}, ${age} days ago`, namesOfKey(k))
      return age <= days ? yes(said) : no(said)
    }),
})
