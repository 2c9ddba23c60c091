/** Does any key group hold the key, so that it signs? */
import { cite, no, ofKnown, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { namesOfKey } from './reading/signing-key.ts'

export const keyInGroup = predicate<'signing-key'>({
  question: 'Does any key group hold the key?',
  subjects: ['signing-key'],
  ask: ({ key }) =>
    ofKnown(key, k =>
      ofKnown(k.groups, groups =>
        groups.length > 0
          ? yes(...groups.map(g => cite(g.ref, `key group ${g.name} holds ${k.id}`, namesOfKey(k, g))))
          : no(cite(k.ref, `no key group holds ${k.id}`, namesOfKey(k))),
      ),
    ),
})
