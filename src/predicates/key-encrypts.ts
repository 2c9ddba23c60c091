/** Does a field-level encryption profile use the key? */
import { cite, no, ofKnown, yes } from './asking/answer.ts'
import { predicate } from './asking/predicate.ts'
import { namesOfKey } from './reading/signing-key.ts'

export const keyEncrypts = predicate<'signing-key'>({
  question: 'Does a field-level encryption profile use the key?',
  subjects: ['signing-key'],
  ask: ({ key }) =>
    ofKnown(key, k =>
      ofKnown(k.encrypts, profiles =>
        profiles.length > 0
          ? yes(cite(k.ref, `${k.id} encrypts fields of ${profiles.join(', ')}`, namesOfKey(k)))
          : no(cite(k.ref, `no field-level encryption profile uses ${k.id}`, namesOfKey(k))),
      ),
    ),
})
